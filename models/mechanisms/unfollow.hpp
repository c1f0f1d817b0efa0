// Unfollowing as a hazard with causes, per day:
//   h = h0 [b_0 + b_p S pi (1 - a) + b_i I^2 + b_n Q W + b_d D max(0, 1 - 2 phi)] exp(-b_t (tau - 1/2) - b_r recip -
//   b_m m - further mechanisms' shields)
// S, I, W, D are moving averages over the posts seen: pitch, irrelevance, unwanted, routine. A spell of following ends
// when its accumulated hazard crosses the spell's own Exp(1) threshold, so that strategies share the threshold.
#pragma once
#include <algorithm>
#include <array>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/engine/inquiry.hpp"
#include "sim/scenario/fields.hpp"

namespace passalong {

// What a reader has lately got from an author; each in [0, 1].
struct Impressions {
  float pitch = 0, irrelevance = 0, unwanted = 0, routine = 0;
};

struct Unfollow {
  static constexpr std::size_t causes = 5;
  static constexpr const char* cause_names[causes] = {"base", "pitch", "irrelevance", "volume", "routine"};

  bool on = true;
  double rate = 0.0406 / 30;                // h0, per day
  double base = 0.2;                        // b_0
  double pitch = 2.2;                       // b_p
  double irrelevance = 1.8;                 // b_i
  double volume = 22;                       // b_n
  double routine = 1;                       // b_d
  double trust = 1;                         // b_t
  double reciprocity = 0.8329091229351039;  // b_r = ln 2.3
  double seller = 1.5;                      // b_m
  double memory = 0.1;                      // weight of the newest post
  double new_tie = 2;                       // factor for new followers
  double new_for = 720;                     // hours

  // Worth of each cause, before the common factor.
  std::array<double, causes> terms(const Impressions& seen, double suspicion, double affinity, double share_of_feed,
                                   double fame) const {
    const double s = seen.pitch, i = seen.irrelevance, w = seen.unwanted, d = seen.routine;
    return {base, pitch * s * suspicion * (1 - affinity), irrelevance * i * i, volume * share_of_feed * w,
            routine * d * std::max(0.0, 1 - 2 * fame)};
  }
  // Hazard per day.
  double hazard(const std::array<double, causes>& terms, double trust_level, bool reciprocal, bool sells,
                bool new_follower, double further_shield) const {
    double sum = 0;
    for (const double t : terms) sum += t;
    const double shield =
        trust * (trust_level - 0.5) + (reciprocal ? reciprocity : 0.0) + (sells ? seller : 0.0) + further_shield;
    return rate * sum * exp(-shield) * (new_follower ? new_tie : 1.0);
  }
  // What protects, less what further mechanisms add.
  std::vector<Term> shields(double trust_level, bool reciprocal, bool sells) const {
    return {{"trust", trust * (trust_level - 0.5)},
            {"reciprocity", reciprocal ? reciprocity : 0.0},
            {"seller", sells ? seller : 0.0}};
  }
  float average(float old, double newest) const {
    return static_cast<float>(static_cast<double>(old) + memory * (newest - static_cast<double>(old)));
  }
  // The cause an unfollow is put down to, for a uniform u: in proportion to the terms.
  static std::uint32_t cause(const std::array<double, causes>& terms, double u) {
    double sum = 0;
    for (const double t : terms) sum += t;
    double left = u * sum;
    for (std::uint32_t c = 0; c + 1 < causes; ++c)
      if ((left -= terms[c]) < 0) return c;
    return causes - 1;
  }

  void declare(Fields& f) {
    f.flag("on", on, {.help = "off: nobody unfollows", .source = "assumption"});
    f.number("rate", rate,
             {.unit = "per day",
              .low = 0,
              .high = 100,
              .help = "h0: scale of the hazard",
              .source = "Kivran-Swaine, Govindan & Naaman 2011"});
    f.number("base", base,
             {.low = 0, .high = 1000, .help = "b_0: leaving for no reason the model knows", .source = "assumption"});
    f.number("pitch", pitch,
             {.low = 0,
              .high = 1000,
              .help = "b_p: too many suspected pitches",
              .source = "calibrated to Sprout Social 2016 (46 : 41 : 35)"});
    f.number("irrelevance", irrelevance,
             {.low = 0,
              .high = 1000,
              .help = "b_i: posts off one's interests",
              .source = "calibrated to Sprout Social 2016 (46 : 41 : 35)"});
    f.number("volume", volume,
             {.low = 0,
              .high = 1000,
              .help = "b_n: too many unwanted posts",
              .source = "calibrated to Sprout Social 2016 (46 : 41 : 35)"});
    f.number("routine", routine,
             {.low = 0,
              .high = 1000,
              .help = "b_d: daily life of someone who is not famous",
              .source = "sign after Kwak, Chun & Moon 2011; size: assumption"});
    f.number("trust", trust, {.low = 0, .high = 100, .help = "b_t: protection by trust", .source = "assumption"});
    f.number("reciprocity", reciprocity,
             {.low = 0,
              .high = 100,
              .help = "b_r: protection of mutual ties (ln 2.3)",
              .source = "sign after Kwak, Chun & Moon 2011; size: assumption"});
    f.number("seller", seller,
             {.low = 0,
              .high = 100,
              .help = "b_m: protection by having something to pitch oneself",
              .source = "assumption; alone makes the sellers' share rise"});
    f.number(
        "memory", memory,
        {.low = 1e-6, .high = 1, .help = "weight of the newest post in the moving averages", .source = "assumption"});
    f.number("new_tie", new_tie,
             {.low = 0,
              .high = 100,
              .help = "factor on the hazard of new followers",
              .source = "sign after Kwak, Chun & Moon 2011; size: assumption"});
    f.duration("new_for", new_for,
               {.low = 0, .high = 1e6, .help = "how long a follower is new", .source = "assumption"});
  }
};

}  // namespace passalong
