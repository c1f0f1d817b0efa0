// Series and continued fractions (modified Lentz) for the incomplete gamma and beta functions.
#include "sim/base/special.hpp"

#include <cmath>

#include "sim/base/math.hpp"

namespace passalong {
namespace {
constexpr double tiny = 1e-300, precise = 1e-16;
constexpr int most_terms = 2000;

double gamma_series(double a, double x) {
  double term = 1 / a, sum = term;
  for (int n = 1; n < most_terms; ++n) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * precise) break;
  }
  return sum * passalong::exp(a * passalong::log(x) - x - log_gamma(a));
}

double gamma_fraction(double a, double x) {
  double b = x + 1 - a, c = 1 / tiny, d = 1 / b, h = d;
  for (int n = 1; n < most_terms; ++n) {
    const double an = -n * (n - a);
    b += 2;
    d = an * d + b;
    if (std::fabs(d) < tiny) d = tiny;
    c = b + an / c;
    if (std::fabs(c) < tiny) c = tiny;
    d = 1 / d;
    h *= d * c;
    if (std::fabs(d * c - 1) < precise) break;
  }
  return h * passalong::exp(a * passalong::log(x) - x - log_gamma(a));
}

double beta_fraction(double a, double b, double x) {
  double c = 1, d = 1 - (a + b) * x / (a + 1);
  if (std::fabs(d) < tiny) d = tiny;
  d = 1 / d;
  double h = d;
  const auto step = [&](double coefficient) {
    d = 1 + coefficient * d;
    if (std::fabs(d) < tiny) d = tiny;
    c = 1 + coefficient / c;
    if (std::fabs(c) < tiny) c = tiny;
    d = 1 / d;
    h *= d * c;
  };
  for (int m = 1; m < most_terms; ++m) {
    step(m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)));
    const double before = h;
    step(-(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)));
    if (std::fabs(h - before) < precise * std::fabs(h)) break;
  }
  return h;
}
}  // namespace

double log_gamma(double x) {
  constexpr double g[] = {676.5203681218851,  -1259.1392167224028,  771.32342877765313,    -176.61502916214059,
                          12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7};
  double sum = 0.99999999999980993;
  for (int i = 0; i < 8; ++i) sum += g[i] / (x + i);
  const double t = x + 6.5;
  return 0.91893853320467274178 + (x - 0.5) * passalong::log(t) - t + passalong::log(sum);
}

double gamma_p(double a, double x) {
  if (x <= 0) return 0;
  return x < a + 1 ? gamma_series(a, x) : 1 - gamma_fraction(a, x);
}
double gamma_q(double a, double x) {
  if (x <= 0) return 1;
  return x < a + 1 ? 1 - gamma_series(a, x) : gamma_fraction(a, x);
}

double beta_cdf(double a, double b, double x) {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const double front = passalong::exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * passalong::log(x) +
                                      b * passalong::log(1 - x));
  return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a : 1 - front * beta_fraction(b, a, 1 - x) / b;
}

double student_cdf(double t, double df) {
  const double tail = 0.5 * beta_cdf(0.5 * df, 0.5, df / (df + t * t));
  return t > 0 ? 1 - tail : tail;
}

double student_quantile(double p, double df) {
  if (p == 0.5) return 0;
  if (p < 0.5) return -student_quantile(1 - p, df);
  double low = 0, high = 1;
  while (student_cdf(high, df) < p && high < 1e12) high *= 2;
  for (int i = 0; i < 200 && high - low > 1e-14 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (student_cdf(middle, df) < p ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace passalong
