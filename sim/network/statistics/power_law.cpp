// Moments, quantiles and fits of power laws.
#include "sim/network/statistics/power_law.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/base/math.hpp"

namespace passalong {
namespace {
// (r^q - 1) / q, the integral of x^(q-1) from 1 to r, sound where q is near 0.
double box_cox(double log_r, double q) {
  const double x = q * log_r;
  if (std::fabs(x) < 1e-5) return log_r * (1 + x / 2 + x * x / 6);
  return (passalong::exp(x) - 1) / q;
}
}  // namespace

double PowerLaw::mean() const {
  if (lower >= upper) return upper;
  const double log_r = passalong::log(upper / lower);
  return lower * box_cox(log_r, 2 - exponent) / box_cox(log_r, 1 - exponent);
}

double PowerLaw::quantile(double u) const {
  if (lower >= upper) return upper;
  const double log_r = passalong::log(upper / lower), q = 1 - exponent;
  if (std::fabs(q * log_r) < 1e-5) return std::min(upper, lower * passalong::exp(u * log_r));
  const double x = passalong::log(1 + u * q * box_cox(log_r, q)) / q;
  return std::clamp(lower * passalong::exp(x), lower, upper);
}

PowerLaw PowerLaw::with_mean(double exponent, double upper, double mean) {
  PowerLaw law{exponent, upper, upper};
  if (mean >= upper) return law;
  double low = passalong::log(upper * 1e-12), high = passalong::log(upper);
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    law.lower = passalong::exp(middle);
    (law.mean() < mean ? low : high) = middle;
  }
  return law;
}

namespace {
struct Tail {  // of a histogram: its distinct counts with how many have them
  std::vector<double> x, number, log_x;
};

Tail distinct_counts(std::span<const unsigned long long> histogram) {
  Tail tail;
  for (std::size_t x = 1; x < histogram.size(); ++x) {
    if (histogram[x] == 0) continue;
    tail.x.push_back(static_cast<double>(x));
    tail.number.push_back(static_cast<double>(histogram[x]));
    tail.log_x.push_back(passalong::log(static_cast<double>(x)));
  }
  return tail;
}

// Largest distance between the tail from `first` on and the power law fitted to it.
double distance(const Tail& tail, std::size_t first, double exponent, double all) {
  const double base = passalong::log(tail.x[first] - 0.5);
  double above = all, worst = 0;
  for (std::size_t i = first; i < tail.x.size(); ++i) {
    const double fitted = passalong::exp((1 - exponent) * (passalong::log(tail.x[i] - 0.5) - base));
    worst = std::max(worst, std::fabs(above / all - fitted));
    above -= tail.number[i];
  }
  return worst;
}
}  // namespace

TailFit fit_tail(std::span<const unsigned long long> histogram) {
  constexpr double fewest = 50;  // counts a tail must have
  const Tail tail = distinct_counts(histogram);
  double all = 0, log_sum = 0, best = 2, next = 1;
  std::vector<double> suffix_number(tail.x.size()), suffix_log(tail.x.size());
  for (std::size_t i = tail.x.size(); i-- > 0;) {
    suffix_number[i] = all += tail.number[i];
    suffix_log[i] = log_sum += tail.number[i] * tail.log_x[i];
  }
  TailFit fit;
  for (std::size_t i = 0; i + 1 < tail.x.size() && suffix_number[i] >= fewest; ++i) {
    if (tail.x[i] < next) continue;  // every count up to 20, then steps of 5 %
    next = tail.x[i] * 1.05;
    const double n = suffix_number[i];
    const double exponent = 1 + n / (suffix_log[i] - n * passalong::log(tail.x[i] - 0.5));
    const double apart = distance(tail, i, exponent, n);
    if (apart < best) best = apart, fit = {exponent, (exponent - 1) / std::sqrt(n), tail.x[i], n, apart};
  }
  return fit;
}

}  // namespace passalong
