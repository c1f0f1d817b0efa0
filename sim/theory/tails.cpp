// Incomplete beta and gamma functions by their continued fractions and series (Abramowitz &
// Stegun 26.5.8, 6.5.29, 6.5.31; modified Lentz), and what follows from them.
#include "sim/theory/tails.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace passalong::theory {
namespace {
constexpr double tiny = 1e-300, small_enough = 1e-15;
constexpr int most_terms = 1'000'000;

// Lentz's evaluation of b0 + a1 / (b1 + a2 / (b2 + ...)) one term at a time.
class Fraction {
 public:
  explicit Fraction(double b0) : value_(b0 == 0 ? tiny : b0), c_(value_) {}
  double term(double a, double b) {  // the factor by which it changed
    d_ = b + a * d_, d_ = 1 / (d_ == 0 ? tiny : d_);
    c_ = b + a / c_, c_ = c_ == 0 ? tiny : c_;
    value_ *= c_ * d_;
    return c_ * d_;
  }
  double value() const { return value_; }

 private:
  double value_, c_, d_ = 0;
};

double beta_fraction(double x, double a, double b) {
  Fraction f(0);
  f.term(1, 1);
  for (int m = 0; m < most_terms; ++m) {
    if (m > 0) f.term(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1);
    const double change = f.term(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1);
    if (std::fabs(change - 1) < small_enough) break;
  }
  return f.value();
}

double upper_gamma_fraction(double a, double x) {
  Fraction f(0);
  f.term(1, x + 1 - a);
  for (int n = 1; n < most_terms; ++n)
    if (std::fabs(f.term(-n * (n - a), x + 2 * n + 1 - a) - 1) < small_enough) break;
  return f.value();
}

double lower_gamma_series(double a, double x) {
  double term = 1 / a, sum = term;
  for (int n = 1; n < most_terms && term > sum * small_enough; ++n) term *= x / (a + n), sum += term;
  return sum;
}

// x in [low, high] where a falling function reaches `value`.
template <class Function>
double bisect(double low, double high, double value, const Function& falling) {
  for (int k = 0; k < 200; ++k) {
    const double middle = (low + high) / 2;
    (falling(middle) > value ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace

double regular_beta(double x, double a, double b) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - regular_beta(1 - x, b, a);
  const double front = a * std::log(x) + b * std::log1p(-x) + std::lgamma(a + b) - std::lgamma(a) - std::lgamma(b);
  return std::exp(front) / a * beta_fraction(x, a, b);
}

double upper_gamma(double a, double x) {
  if (x <= 0) return 1;
  const double front = a * std::log(x) - x - std::lgamma(a);
  return x < a + 1 ? 1 - std::exp(front) * lower_gamma_series(a, x) : std::exp(front) * upper_gamma_fraction(a, x);
}

double normal_tail(double z) { return std::erfc(z / std::sqrt(2.0)) / 2; }
double normal_point(double tail) { return bisect(-40, 40, tail, normal_tail); }

double student_tail(double t, double freedom) {
  if (std::isinf(freedom)) return normal_tail(t);
  const double outside = regular_beta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2;
  return t >= 0 ? outside : 1 - outside;
}
double student_point(double tail, double freedom) {
  return bisect(-1e9, 1e9, tail, [&](double t) { return student_tail(t, freedom); });
}

double chi_square_tail(double x, double freedom) { return upper_gamma(freedom / 2, x / 2); }
double chi_square_point(double tail, double freedom) {
  const double far = freedom + 100 * std::sqrt(2 * freedom) + 1000;
  return bisect(0, far, tail, [&](double x) { return chi_square_tail(x, freedom); });
}

// A Poisson mixture of central ones, from its largest weight outwards.
double noncentral_chi_square_tail(double x, double freedom, double noncentrality) {
  const double half = noncentrality / 2, spread = 12 * std::sqrt(half) + 30;
  double sum = 0;
  for (double k = std::floor(std::max(0.0, half - spread)); k <= half + spread; ++k) {
    const double weight = half > 0 ? std::exp(k * std::log(half) - half - std::lgamma(k + 1)) : (k == 0 ? 1.0 : 0.0);
    sum += weight * chi_square_tail(x, freedom + 2 * k);
  }
  return std::min(1.0, sum);
}

double binomial_at_least(std::uint64_t k, std::uint64_t n, double p) {
  if (k == 0) return 1;
  if (k > n) return 0;
  return regular_beta(p, static_cast<double>(k), static_cast<double>(n - k) + 1);
}
double binomial_at_most(std::uint64_t k, std::uint64_t n, double p) {
  if (k >= n) return 1;
  return regular_beta(1 - p, static_cast<double>(n - k), static_cast<double>(k) + 1);
}
double binomial_two_sided(std::uint64_t k, std::uint64_t n, double p) {
  return std::min(1.0, 2 * std::min(binomial_at_least(k, n, p), binomial_at_most(k, n, p)));
}

}  // namespace passalong::theory
