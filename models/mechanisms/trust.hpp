// Trust as beta counts with forgetting (Joesang & Ismail 2002): slow to gain, quick to lose, and the order matters.
//   A <- 1 + lambda (A - 1), B <- 1 + lambda (B - 1) at each post seen; V > u_t: A += g (x g_s for a pitch) x the
//   author's authenticity;
//   V < -u_t: B += rho g (x kappa unless it is the first bad one in a month);  tau = A / (A + B).
// It judges by the merit V, not by the utility U: trust must never judge itself.
#pragma once
#include <vector>

#include "sim/engine/inquiry.hpp"
#include "sim/scenario/fields.hpp"

namespace passalong {

struct TrustCounts {
  float good = 0;  // A - 1
  float bad = 0;   // B - 1
};

struct Trust {
  bool on = true;
  double gain = 1;              // g
  double pitch_gain = 0.3;      // g_s
  double loss = 2.2;            // rho
  double repeated_loss = 0.75;  // kappa
  double memory = 0.97;         // lambda
  double dead_zone = 0.05;      // u_t
  double forgiveness = 720;     // hours after which a bad experience is a first one again

  double level(const TrustCounts& t) const {
    const double a = 1 + static_cast<double>(t.good), b = 1 + static_cast<double>(t.bad);
    return on ? a / (a + b) : 0.5;
  }
  bool is_bad(double merit) const { return merit < -dead_zone; }
  TrustCounts update(TrustCounts t, double merit, bool pitch, bool first_bad, double authenticity = 1) const {
    double good = memory * static_cast<double>(t.good), bad = memory * static_cast<double>(t.bad);
    if (merit > dead_zone) good += authenticity * (gain * (pitch ? pitch_gain : 1.0));
    if (is_bad(merit)) bad += loss * gain * (first_bad ? 1.0 : repeated_loss);
    return {static_cast<float>(good), static_cast<float>(bad)};
  }

  // What A - 1 and B - 1 add up to.
  std::vector<Term> good_terms(const TrustCounts& t, double merit, bool pitch, double authenticity) const {
    const double gained = merit > dead_zone ? authenticity * (gain * (pitch ? pitch_gain : 1.0)) : 0;
    return {{"kept", memory * static_cast<double>(t.good)}, {"gained", gained}};
  }
  std::vector<Term> bad_terms(const TrustCounts& t, double merit, bool first_bad) const {
    return {{"kept", memory * static_cast<double>(t.bad)},
            {"lost", is_bad(merit) ? loss * gain * (first_bad ? 1.0 : repeated_loss) : 0}};
  }

  void declare(Fields& f) {
    f.flag("on", on, {.help = "off: trust stays at one half", .source = "assumption"});
    f.number("gain", gain, {.low = 0, .high = 100, .help = "g: what a good post adds", .source = "unit of trust"});
    f.number("pitch_gain", pitch_gain,
             {.low = 0, .high = 1, .help = "g_s: share of that for a welcome pitch", .source = "assumption"});
    f.number("loss", loss,
             {.low = 0,
              .high = 100,
              .help = "rho: how much more a bad post takes than a good one gives",
              .source = "asymmetry after Cabral & Hortacsu 2010; size: assumption"});
    f.number("repeated_loss", repeated_loss,
             {.low = 0,
              .high = 1,
              .help = "kappa: factor on bad posts after the first",
              .source = "sign after Cabral & Hortacsu 2010; size: assumption"});
    f.number("memory", memory,
             {.low = 0, .high = 1, .help = "lambda: what is kept of the counts at each post", .source = "assumption"});
    f.number("dead_zone", dead_zone,
             {.low = 0, .high = 10, .help = "u_t: merit within +- this leaves trust alone", .source = "assumption"});
    f.duration(
        "forgiveness", forgiveness,
        {.low = 0, .high = 1e6, .help = "a bad post after this long counts as a first one", .source = "assumption"});
  }
};

}  // namespace passalong
