// The 'Tupperware detector': a reader infers from what it saw whether an author is out to sell. Log-odds with
// forgetting toward the prior; exact Bayes (Wald 1945) for memory = 1 and no error:
//   L <- L0 + lambda (L - L0) + (log(q1 / q0) if perceived as a pitch, else log((1 - q1) / (1 - q0))),  pi = 1 / (1 +
//   e^-L)
#pragma once
#include <algorithm>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/engine/inquiry.hpp"
#include "sim/scenario/fields.hpp"

namespace passalong {

struct Suspicion {
  bool on = true;
  double pitcher_rate = 0.6;   // q1
  double ordinary_rate = 0.1;  // q0
  double misreading = 0.1;     // eta
  double prior = 0.15;
  double memory = 0.97;  // lambda
  double bound = 6;      // |L| <= bound

  static double log_odds_of(double probability) { return log(probability / (1 - probability)); }
  float initial() const { return static_cast<float>(log_odds_of(prior)); }
  double probability(float log_odds) const { return on ? logistic(static_cast<double>(log_odds)) : 0.0; }
  bool perceive(bool pitch, double u) const { return pitch != (u < misreading); }
  float update(float log_odds, bool perceived_pitch) const {
    return update(log_odds, perceived_pitch, log_odds_of(prior));
  }
  float update(float log_odds, bool perceived_pitch, double start) const {  // from an author's own start
    const double evidence =
        perceived_pitch ? log(pitcher_rate / ordinary_rate) : log((1 - pitcher_rate) / (1 - ordinary_rate));
    const double next = start + memory * (static_cast<double>(log_odds) - start) + evidence;
    return static_cast<float>(std::clamp(next, -bound, bound));
  }

  // What the log-odds add up to, before they are bounded.
  std::vector<Term> terms(float log_odds, bool perceived_pitch, double start) const {
    const double evidence =
        perceived_pitch ? log(pitcher_rate / ordinary_rate) : log((1 - pitcher_rate) / (1 - ordinary_rate));
    return {{"start", start}, {"kept", memory * (static_cast<double>(log_odds) - start)}, {"evidence", evidence}};
  }

  void declare(Fields& f) {
    f.flag("on", on, {.help = "off: nobody ever suspects anyone", .source = "assumption"});
    f.number("pitcher_rate", pitcher_rate,
             {.unit = "probability",
              .low = 1e-6,
              .high = 1 - 1e-6,
              .help = "q1: how often a pitcher is thought to pitch",
              .source = "assumption"});
    f.number("ordinary_rate", ordinary_rate,
             {.unit = "probability",
              .low = 1e-6,
              .high = 1 - 1e-6,
              .help = "q0: how often anyone else is",
              .source = "assumption"});
    f.number("misreading", misreading,
             {.unit = "probability",
              .low = 0,
              .high = 1,
              .help = "eta: chance that a post is taken for the other kind",
              .source = "assumption"});
    f.number("prior", prior,
             {.unit = "probability",
              .low = 1e-6,
              .high = 1 - 1e-6,
              .help = "suspicion of a stranger",
              .source = "assumption"});
    f.number("memory", memory,
             {.low = 0,
              .high = 1,
              .help = "lambda_pi: what is kept of the evidence at each post; 1 is exact Bayes",
              .source = "assumption"});
    f.number("bound", bound, {.low = 0.1, .high = 700, .help = "bound on the log-odds", .source = "assumption"});
  }
};

}  // namespace passalong
