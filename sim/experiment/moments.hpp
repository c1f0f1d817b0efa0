// Mean, variance and covariance over replicates, summed in their order.
#pragma once
#include <cmath>
#include <cstddef>
#include <vector>

namespace passalong {

// Equal values give exactly that value and, below, exactly no variance: sums of copies would round.
inline double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double v : values) sum += v - values.front();
  return values.front() + sum / static_cast<double>(values.size());
}

inline double covariance_of(const std::vector<double>& a, const std::vector<double>& b) {
  const double mean_a = mean_of(a), mean_b = mean_of(b);
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += (a[i] - mean_a) * (b[i] - mean_b);
  return sum / static_cast<double>(a.size() - 1);
}

inline double variance_of(const std::vector<double>& values) { return covariance_of(values, values); }

// What is left where some replicates have no value.
inline std::vector<double> finite_only(std::vector<double> values) {
  std::erase_if(values, [](double v) { return !std::isfinite(v); });
  return values;
}

}  // namespace passalong
