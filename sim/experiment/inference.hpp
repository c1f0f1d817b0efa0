// Tests behind a comparison: paired and Welch's t, Holm's correction for many pairs, how often one arm beats another,
// and how many more replicates would decide.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "sim/experiment/statistics.hpp"

namespace passalong {

// Values that are all alike, which counts often are, tell nothing of rare others; so many, that these are rarer than
// one in twenty.
inline constexpr double enough_alike = 64;

// A difference of means against none. Variances are per replicate; paired: of the differences, count_b = 0.
struct TTest {
  Estimate difference;  // with its 95 % interval
  double variance_a = 0, count_a = 0, variance_b = 0, count_b = 0;
  bool fixed = false;                                   // by the policies: no replicate could have another
  double p = std::numeric_limits<double>::quiet_NaN();  // two-sided, never 0; NaN where too few replicates can tell

  bool paired() const { return count_b == 0; }
  double squared_error(double more = 0) const;  // of the difference, with so many more replicates (in each file)
  double degrees(double more = 0) const;        // Student's; independent: Welch's (Satterthwaite 1946)
  Interval interval(double level) const;        // infinite where too few replicates can tell
  bool few_alike() const;                       // a difference without any spread, in too few replicates
};
TTest paired_test(const std::vector<double>& differences, bool fixed = false);
TTest welch_test(const std::vector<double>& a, const std::vector<double>& b);  // B. L. Welch 1947

// Holm's step-down p-values (S. Holm 1979): the chance of any false finding among all of them is at most the level, for
// any dependence between them. NaN stays and does not count.
std::vector<double> holm_adjusted(const std::vector<double>& p);

// Share of pairs, one of each, where a > b, ties half (Mann and Whitney 1947); NaN where either is empty.
double share_of_wins(std::vector<double> a, std::vector<double> b);
// Its interval for independent a and b: a score interval like Wilson's (R. G. Newcombe 2006, method 5).
Interval wins_interval(double share, double count_a, double count_b, double level = 0.95);

// The chance that a two-sided t test at `alpha` finds a difference of that many standard errors (noncentral t by the
// normal approximation of Johnson and Kotz).
double power_of(double standard_errors, double degrees, double alpha);
// How many more replicates (in each file) bring that chance to `power`, were the difference and the spread as seen;
// 0 where it is decided at `alpha`, nothing where there is no difference, no spread known or no end to it (> 1e7).
std::optional<std::int64_t> replicates_more(const TTest& test, double alpha, double power = 0.8);

}  // namespace passalong
