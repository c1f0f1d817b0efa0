// Intervals of means and shares. Sums run in replicate order, so every digit is the same everywhere.
#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/math.hpp"
#include "sim/base/special.hpp"
#include "sim/experiment/moments.hpp"
#include "sim/experiment/statistics.hpp"

namespace passalong {

Estimate mean_interval(const std::vector<double>& values, double level) {
  if (values.empty()) {
    const double none = std::numeric_limits<double>::quiet_NaN();
    return {none, {none, none}};
  }
  const double n = static_cast<double>(values.size()), mean = mean_of(values);
  if (values.size() == 1) {
    const double infinity = std::numeric_limits<double>::infinity();
    return {mean, {-infinity, infinity}};
  }
  const double half = student_quantile(0.5 + 0.5 * level, n - 1) * std::sqrt(variance_of(values) / n);
  return {mean, {mean - half, mean + half}};
}

Interval wilson_interval(double wins, double n, double level) {
  if (!(n > 0)) return {0, 1};
  const double z = normal_quantile(0.5 + 0.5 * level), share = wins / n, scale = 1 + z * z / n;
  const double centre = (share + z * z / (2 * n)) / scale;
  const double half = z / scale * std::sqrt(share * (1 - share) / n + z * z / (4 * n * n));
  // At 0 and n the end is exact; rounding must not push it past.
  return {wins <= 0 ? 0 : std::max(0.0, centre - half), wins >= n ? 1 : std::min(1.0, centre + half)};
}

}  // namespace passalong
