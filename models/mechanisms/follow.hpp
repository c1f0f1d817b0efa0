// Following an author met through a share (Antoniades & Dovrolis 2015: far likelier than out of the blue).
//   P = f0 Lam(slope (U - u1)) (1 + r_r [author follows reader]) (1 + r_n log(1 + exposures))
#pragma once
#include <algorithm>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/engine/inquiry.hpp"
#include "sim/scenario/fields.hpp"

namespace passalong {

struct Follow {
  bool on = true;
  double rate = 0.02;  // f0
  double slope = 6;
  double midpoint = 0.3;    // u1
  double reciprocity = 1;   // r_r
  double repetition = 0.5;  // r_n

  double probability(double utility, bool author_follows, double exposures) const {
    if (!on) return 0;
    return std::min(1.0, rate * logistic(slope * (utility - midpoint)) * (1 + (author_follows ? reciprocity : 0.0)) *
                             (1 + repetition * log(1 + exposures)));
  }

  std::vector<Term> factors(double utility, bool author_follows, double exposures) const {
    return {{"rate", on ? rate : 0},
            {"liking", logistic(slope * (utility - midpoint))},
            {"author_follows", 1 + (author_follows ? reciprocity : 0.0)},
            {"repetition", 1 + repetition * log(1 + exposures)}};
  }

  void declare(Fields& f) {
    f.flag("on", on, {.help = "off: nobody follows because of a share", .source = "assumption"});
    f.number("rate", rate,
             {.unit = "probability",
              .low = 0,
              .high = 1,
              .help = "f0: chance after one excellent exposure",
              .source = "assumption"});
    f.number("slope", slope, {.low = 0, .high = 1000, .help = "how sharply utility decides", .source = "assumption"});
    f.number("midpoint", midpoint,
             {.low = -10, .high = 10, .help = "u1: utility of an even chance", .source = "assumption"});
    f.number("reciprocity", reciprocity,
             {.low = 0,
              .high = 100,
              .help = "r_r: gain where the author already follows the reader",
              .source = "sign after Antoniades & Dovrolis 2015; size: assumption"});
    f.number("repetition", repetition,
             {.low = 0,
              .high = 100,
              .help = "r_n: gain with the log of exposures",
              .source = "sign after Antoniades & Dovrolis 2015; size: assumption"});
  }
};

}  // namespace passalong
