// What replicates say about policies, of strategies in worlds of their own or of brands that share one: means with
// intervals, paired differences, how often one beats the other, from which day on. Pairs share their random numbers, so
// differences are taken replicate by replicate.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/observe/result.hpp"

namespace passalong {

struct Interval {
  double low = 0, high = 0;
};
struct Estimate {
  double mean = 0;
  Interval ci;  // 95 %
};

// Student's t interval of the mean; with one value the interval is infinite on both sides.
Estimate mean_interval(const std::vector<double>& values, double level = 0.95);
// Wilson's score interval for a share of n (E. B. Wilson 1927); wins may be half-integers (ties count half).
Interval wilson_interval(double wins, double n, double level = 0.95);
// Critical value of the simultaneous band of a mean curve: the `level` quantile of max_t |T_t| given the curves' own
// correlation over time, by 10,000 keyed draws; infinite for one curve. curves[replicate][time].
double simultaneous_critical_value(const std::vector<std::vector<double>>& curves, double level = 0.95);

// The mean curve with that band, mean +- c * standard error; NaN where a replicate has no value.
struct Band {
  std::vector<double> mean, low, high;
};
Band simultaneous_band(const std::vector<std::vector<double>>& curves, double level = 0.95);
// The first index from which the band lies on one side of 0 to the end.
std::optional<std::size_t> settles(const Band& band);

struct StrategyResult {
  std::string name;
  Estimate value;
};
struct PairResult {
  std::string a, b;
  Estimate difference;  // a - b, paired by replicate
  double p_a_beats_b = 0.5;
  Interval p_ci;
  std::optional<double> crossing_day;
  double correlation = 0;         // of a and b over replicates; NaN where either does not vary
  double variance_reduction = 1;  // (var a + var b) / var(a - b); infinite for identical arms
};
struct Comparison {
  std::string metric;
  double at = 0;                                        // day
  std::int64_t replicates = 0, replicates_planned = 0;  // what the file holds; what its scenario asked for
  bool complete = true;
  std::string arm = "strategy";  // what is compared: strategies, or brands that share a world
  std::vector<StrategyResult> strategies;
  std::vector<PairResult> pairs;  // every pair, or all against the baseline
  std::string verdict;            // one paragraph for people
};

// metric: a root series; baseline: an arm's name or empty for all pairs; at: a day, or < 0 for the last. Between
// two outputs the earlier one counts. Replicates without a value (NaN: a mean over nobody) are left out, and the
// verdict says so. Failure(Exit::usage) with a suggestion for an unknown metric, arm or a day outside the file.
Comparison compare(const Result& result, const std::string& metric, const std::string& baseline, double at);
std::string comparison_text(const Comparison& c);
std::string comparison_json(const Comparison& c);

}  // namespace passalong
