// Confidence sequences: intervals of a mean that hold for every number of values at once, so that one may look whenever
// one likes and stop for whatever reason (Robbins 1970). Intervals for a number fixed in advance do not: looked at
// after every value, a 95 % one misses the mean sooner or later.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/experiment/interval.hpp"
#include "sim/observe/result.hpp"

namespace passalong {

// For n >= 2 normal values of unknown variance, t being Student's statistic of a supposed mean, with g = 2:
//
//   E = (1 + n g)^(-1/2) ((1 + t^2 / (n - 1)) / (1 + t^2 / ((n - 1) (1 + n g))))^(n / 2)
//
// the ratio of what the values would be if (mean - supposed) / sd were drawn from Normal(0, g) to what they would be if
// it were 0, the deviation in both having the right Haar prior, 1 / sigma (in this form Gönen et al. 2005). It is 1 for
// one value and, where the supposed mean is the true one, a martingale in what does not change with the unit of the
// values (Hendriksen, de Heide & Grünwald 2021; Wang & Ramdas 2023, who put the Gaussian mixture for the flat one of
// Lai 1976), so it ever reaches 1 / alpha with a chance of alpha at most (Ville 1939). An infinite t, of values all
// alike, gives the largest there is, (1 + n g)^((n - 1) / 2).
//
// g: with 2 an interval is within a tenth of the shortest there is at n for any n from 6 to 100, alone or as one of
// three, where comparisons of policies fall.
double e_value(double n, double t);

// The |t| at which E is 1 / alpha, t^2 = (n - 1) (A - 1) / (1 - A / (1 + n g)) with A = ((1 + n g)^(1/2) / alpha)^(2 /
// n); infinite where no values could reach that.
double sequence_critical_value(double n, double alpha);

// Fewer values than that are not judged: they do not show yet how skewed they are.
inline constexpr std::size_t least_judged = 8;

// The sequence's interval at the values so far; infinite where they are too few, and where they are all alike, which
// counts often are: however many, they tell nothing of how large rare others may be. All of them together hold with
// 1 - alpha. Differences of policies are seldom quite normal: on the side to which the values are skewed the interval
// is longer, by Hall's (1992) transform of t, up to four times; it is never shorter than that of normal values.
class SequentialMean {
 public:
  void add(double value);
  double mean() const { return mean_; }
  bool is_alike() const { return count_ > 0 && !(squares_ > 0); }
  std::size_t count() const { return static_cast<std::size_t>(count_); }
  Interval interval(double alpha) const;

 private:
  double count_ = 0, mean_ = 0, squares_ = 0, cubes_ = 0;  // of what is beyond the mean
};
SequentialMean sequential_mean(const std::vector<double>& values);  // of those that are finite
Interval mean_sequence(const std::vector<double>& values, double alpha = 0.05);

// For each of so many intervals, so that all hold together.
inline double shared_alpha(std::size_t intervals) { return 0.05 / static_cast<double>(intervals > 0 ? intervals : 1); }

// Where a result's number of replicates follows from what they showed (its scenario has `until`), fixed intervals are
// too narrow: the sequence's interval of paired differences, 95 % for all pairs of arms together. Else nothing.
std::optional<Interval> sequence_interval(const Result& result, const std::vector<double>& differences);

// How many more replicates bring the sequence's interval off 0 with a chance of about 80 %, were mean and variance of
// the differences as seen, and these not skewed; nothing where there is no difference, no spread or no end to it.
std::optional<std::int64_t> sequence_more(double mean, double variance, double n, double alpha);

}  // namespace passalong
