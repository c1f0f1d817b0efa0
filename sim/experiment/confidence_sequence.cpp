// Arithmetic of this house alone (math.hpp): how many replicates there are is a result.
#include "sim/experiment/confidence_sequence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/math.hpp"

namespace passalong {
namespace {
constexpr double g = 2;  // variance of the prior of (mean - supposed) / sd
constexpr double infinity = std::numeric_limits<double>::infinity();

double cube_root(double x) { return x < 0 ? -power(-x, 1.0 / 3) : power(x, 1.0 / 3); }

// By how much Hall's transform ((1 + a t / 3)^3 - 1) / a of t, a being skewness / sqrt(n), lengthens the interval on
// the longer side: 3 (1 - c) / x with c^3 = 1 - x, x = a t. Beyond x = 9/8 it would fall again.
double stretch_of(double x) {
  const double c = cube_root(1 - std::min(x, 9.0 / 8));
  return 3 / (1 + c + c * c);
}
}  // namespace

double e_value(double n, double t) {
  const double spread = 1 + n * g, x = t * t / (n - 1);
  const double gain = std::isfinite(x) ? passalong::log((1 + x) / (1 + x / spread)) : passalong::log(spread);
  return passalong::exp(0.5 * (n * gain - passalong::log(spread)));
}

double sequence_critical_value(double n, double alpha) {
  if (n < 2) return infinity;
  const double spread = 1 + n * g;
  const double a = passalong::exp((passalong::log(spread) - 2 * passalong::log(alpha)) / n);
  return a < spread ? std::sqrt((n - 1) * (a - 1) / (1 - a / spread)) : infinity;
}

// Pébay's (2008) updates: nothing is lost where the mean is large, and values all alike leave exactly nothing.
void SequentialMean::add(double value) {
  const double before = count_++, off = value - mean_, step = off / count_, square = off * step * before;
  mean_ += step;
  cubes_ += square * step * (count_ - 2) - 3 * step * squares_;
  squares_ += square;
}

Interval SequentialMean::interval(double alpha) const {
  const double n = count_, t = sequence_critical_value(n, alpha);
  if (n < least_judged || !std::isfinite(t) || is_alike()) return {-infinity, infinity};
  const double half = t * std::sqrt(squares_ / (n - 1) / n);
  // The third standardised moment with its usual correction for few values.
  const double skewness = n * std::sqrt(n - 1) / (n - 2) * cubes_ / (squares_ * std::sqrt(squares_));
  const double longer = half * stretch_of(std::fabs(skewness) * t / std::sqrt(n));
  // As long as the long tail has not come up, the mean of the values is too near to the other side, and seems too sure.
  return {mean_ - (skewness < 0 ? longer : half), mean_ + (skewness > 0 ? longer : half)};
}

SequentialMean sequential_mean(const std::vector<double>& values) {
  SequentialMean sum;
  for (const double v : values)
    if (std::isfinite(v)) sum.add(v);
  return sum;
}

Interval mean_sequence(const std::vector<double>& values, double alpha) {
  return sequential_mean(values).interval(alpha);
}

std::optional<std::int64_t> sequence_more(double mean, double variance, double n, double alpha) {
  constexpr double most = 1e7, power = 0.8416;  // the normal's 80 % quantile
  if (mean == 0 || !(variance > 0)) return {};  // values all alike tell nothing, however many
  const auto enough = [&](double more) {
    return (sequence_critical_value(n + more, alpha) + power) * std::sqrt(variance / (n + more)) <= std::fabs(mean);
  };
  if (!enough(most)) return {};
  double low = 0, high = 1;
  while (!enough(high)) low = high, high *= 2;
  while (high - low > 1) {
    const double middle = std::floor(0.5 * (low + high));
    (enough(middle) ? high : low) = middle;
  }
  return static_cast<std::int64_t>(std::max(high, static_cast<double>(least_judged) - n));
}

std::optional<Interval> sequence_interval(const Result& result, const std::vector<double>& differences) {
  if (result.text_of("until").empty()) return {};
  const std::size_t arms = result.arms().size();
  return mean_sequence(differences, shared_alpha(arms * (arms - 1) / 2));
}

}  // namespace passalong
