// What a row of `passalong validate` compares, and how: its gate. A gate turns what was measured into the chance to see
// a deviation as large where the expectation holds (p), and says how large a fault it would notice in 99 of 100 runs.
#pragma once
#include <cstdint>
#include <limits>
#include <string>

namespace passalong {

struct Gate {
  enum class Kind : std::uint8_t {
    exact,     // |got - expected| within `tolerance`, relative where expected is above 1; no chance is involved
    mean,      // a mean with its standard error: t with `freedom`, z where that is infinite
    share,     // `count` of `n`: exact binomial
    fit,       // chi-square with `freedom` over counts of `n` in all: got is the statistic, expected its mean; its p is
               // ten times the tail, as that of counts is heavier
    band,      // a mean that should lie in [low, high], its error allowed for
    in_share,  // a share likewise
  };
  Kind kind = Kind::exact;
  double tolerance = 0;
  double se = std::numeric_limits<double>::quiet_NaN();
  double freedom = std::numeric_limits<double>::infinity();
  std::uint64_t count = 0;
  double n = 0;
  double low = 0, high = 0;

  bool by_chance() const { return kind != Kind::exact; }  // it can be red by chance
};

// One comparison.
struct Row {
  std::string what;
  double expected = 0, got = 0;
  Gate gate{};
};

struct Judged {
  double z = std::numeric_limits<double>::quiet_NaN();  // standard errors from the expectation
  double p = 1;                                         // two-sided; 0 or 1 where no chance is involved
  bool ok = false;
  // The deviation noticed with 99 % power: absolute; of a fit the root mean square relative error of its shares.
  double detects = 0;
};

// With a false-alarm rate of alpha.
Judged judge(const Row& row, double alpha);
const char* name_of(Gate::Kind kind);
std::string detects_text(const Row& row, const Judged& judged);  // "mean off by .8 %", "any"

}  // namespace passalong
