// What replicates say about policies, of strategies in worlds of their own, of brands that share one, or of several
// results: means with intervals, differences, how often one beats the other, from which day on, and which can be the
// best. Where two arms met the same draws differences are taken replicate by replicate.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/experiment/interval.hpp"
#include "sim/observe/result.hpp"

namespace passalong {

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
// ... of the difference a - b of two mean curves whose replicates are independent; the critical value of max_t |T_t|
// for Welch's T_t, by the same draws.
Band simultaneous_band(const std::vector<std::vector<double>>& a, const std::vector<std::vector<double>>& b,
                       double level = 0.95);
// The first index from which the band lies on one side of 0 to the end.
std::optional<std::size_t> settles(const Band& band);

struct StrategyResult {
  std::string name;
  Estimate value;
};
struct PairResult {
  std::string a, b;
  Estimate difference;       // a - b; its interval is for this comparison alone
  double p_a_beats_b = 0.5;  // ties half
  // Replicates in which a is above b, level with it and below; independent: pairs of replicates.
  std::int64_t above = 0, level = 0, below = 0;
  Interval p_ci;
  std::optional<double> crossing_day;
  double correlation = 0;         // of a and b over replicates; NaN where either does not vary or they are not paired
  double variance_reduction = 1;  // (var a + var b) / var(a - b); infinite for identical arms, NaN where not paired
  bool paired = true;             // by replicate; else independent
  std::string reason;             // why not paired
  std::int64_t replicates_a = 0, replicates_b = 0;  // that count
  double p_value = 0, p_adjusted = 0;               // of no difference; Holm's over all pairs told. NaN: one replicate
  Interval simultaneous;                            // these hold together over all pairs told (Bonferroni)
  std::optional<std::int64_t> replicates_more;      // that would decide it; 0: it is decided
  // Holds though the run itself decided how many replicates there are, for all pairs together; see sequence_interval.
  std::optional<Interval> sequence{};

  const Interval& interval() const { return sequence ? *sequence : difference.ci; }  // the one that holds
  bool decided() const;                                                              // by itself and among all
  bool alike() const;                                                                // in every replicate
  PairResult turned() const;                                                         // b - a
};
// The place of an arm among all, the best first: most, or least where that is better.
struct Ranked {
  std::string name, file;
  std::int64_t replicates = 0;             // with a value
  std::size_t rank = 1;                    // by the mean; equals share one
  std::size_t rank_from = 1, rank_to = 1;  // which ranks are possible
  bool best_possible = true;               // no other arm is shown to be better
};
struct ComparedFile {
  std::string name;
  std::int64_t replicates = 0, replicates_planned = 0;  // what the file holds; what its scenario asked for
  bool complete = true;
};
struct Comparison {
  std::string metric;
  double at = 0;                                        // day; NaN where a replicate has one value
  std::int64_t replicates = 0, replicates_planned = 0;  // of the file with fewest
  bool complete = true;
  std::string arm = "strategy";  // what is compared: strategies, brands that share a world, files, or a mixture: arms
  std::vector<StrategyResult> strategies;
  std::vector<PairResult> pairs;                // every pair, or all against the baseline
  std::string verdict;                          // one paragraph for people
  std::string basis = "level", units, meaning;  // as sim/experiment/metric.hpp words it
  std::vector<Ranked> ranking;                  // in the strategies' order; over every pair
  std::vector<ComparedFile> files;
};

struct Question {
  std::string metric{};    // see sim/experiment/metric.hpp
  std::string baseline{};  // an arm's name, or empty for all pairs
  double at = -1;          // a day, or < 0 for the last
  bool per_step = false;   // flows of the output step instead of their totals
};
struct Source {
  std::string file;  // as texts call it; empty: this result
  const Result* result;
};

// One result or several. Between two outputs the earlier one counts. Replicates without a value (NaN: a mean over
// nobody) are left out, and the verdict says so. Arms of different results are paired by replicate where they met the
// same draws (sim/experiment/pairing.hpp), and on the days they share. Failure(Exit::usage) with a suggestion for an
// unknown metric, arm or a day outside the file.
Comparison compare(const std::vector<Source>& sources, const Question& question);
Comparison compare(const Result& result, const std::string& metric, const std::string& baseline, double at);
std::string comparison_text(const Comparison& c);
std::string comparison_json(const Comparison& c);
std::string comparison_csv(const Comparison& c);  // RFC 4180, a row a strategy and a row a pair

}  // namespace passalong
