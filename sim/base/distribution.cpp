// Quantiles of the named distributions; tables for those without a closed form are made once, by bisection.
#include "sim/base/distribution.hpp"

#include <algorithm>

#include "sim/base/math.hpp"
#include "sim/base/special.hpp"

namespace passalong {
namespace {
constexpr std::size_t points = 4096;

template <class Cdf>
double invert(Cdf cdf, double u, double low, double high) {
  while (cdf(high) < u) high *= 2;
  for (int i = 0; i < 200 && high - low > 1e-13 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (cdf(middle) < u ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

template <class Cdf>
std::vector<double> tabulate(Cdf cdf, double high) {
  std::vector<double> table(points);
  double low = 0;
  for (std::size_t i = 0; i < points; ++i) {
    table[i] = low = invert(cdf, (static_cast<double>(i) + 0.5) / points, low, high);
  }
  return table;
}
}  // namespace

Distribution::Distribution(Kind kind, double first, double second) : kind_(kind), first_(first), second_(second) {
  if (kind == Kind::beta) table_ = tabulate([=](double x) { return beta_cdf(first, second, x); }, 1.0);
  if (kind == Kind::gamma) table_ = tabulate([=](double x) { return gamma_p(first, x * first / second); }, second * 8);
}

Distribution Distribution::constant(double value) { return {Kind::constant, value, 0}; }
Distribution Distribution::uniform(double low, double high) { return {Kind::uniform, low, high}; }
Distribution Distribution::beta(double a, double b) { return {Kind::beta, a, b}; }
Distribution Distribution::normal(double mean, double sd) { return {Kind::normal, mean, sd}; }
Distribution Distribution::log_normal(double mean, double sigma) { return {Kind::log_normal, mean, sigma}; }
Distribution Distribution::exponential(double mean) { return {Kind::exponential, mean, 0}; }
Distribution Distribution::gamma(double shape, double mean) { return {Kind::gamma, shape, mean}; }

double Distribution::mean() const {
  if (kind_ == Kind::uniform) return 0.5 * (first_ + second_);
  if (kind_ == Kind::beta) return first_ / (first_ + second_);
  return kind_ == Kind::gamma ? second_ : first_;
}

double Distribution::quantile(double u) const {
  switch (kind_) {
    case Kind::constant:
      return first_;
    case Kind::uniform:
      return first_ + u * (second_ - first_);
    case Kind::normal:
      return first_ + second_ * normal_quantile(u);
    case Kind::log_normal:
      return first_ * passalong::exp(second_ * normal_quantile(u) - 0.5 * second_ * second_);
    case Kind::exponential:
      return -first_ * passalong::log(1 - u);
    case Kind::beta:
    case Kind::gamma:
      break;
  }
  return look_up(u);
}

double Distribution::look_up(double u) const {
  constexpr double ceiling = 1 - 0x1p-53;  // beta stays below 1 where its quantile would round up to it
  const double at = u * points - 0.5;
  const auto cdf = [this](double x) {
    return kind_ == Kind::beta ? beta_cdf(first_, second_, x) : gamma_p(first_, x * first_ / second_);
  };
  if (at <= 0) return std::min(table_.front(), invert(cdf, u, 0, table_.front()));
  if (at >= points - 1) {
    const double value = invert(cdf, u, table_.back(), kind_ == Kind::beta ? 1.0 : 2 * table_.back());
    return kind_ == Kind::beta ? std::min(value, ceiling) : value;
  }
  const auto i = static_cast<std::size_t>(at);
  return table_[i] + (at - static_cast<double>(i)) * (table_[i + 1] - table_[i]);
}

double Distribution::at_score(double z) const {
  if (kind_ == Kind::normal) return first_ + second_ * z;
  if (kind_ == Kind::log_normal) return first_ * passalong::exp(second_ * z - 0.5 * second_ * second_);
  return quantile(std::clamp(normal_cdf(z), 1e-12, 1 - 1e-12));
}

}  // namespace passalong
