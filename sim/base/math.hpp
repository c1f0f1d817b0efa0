// exp, log and the normal quantile from + - * / and sqrt alone. The C library picks instruction variants per
// processor, so its last bits differ between machines; these do not, and one digest holds everywhere.
#pragma once
#include <bit>
#include <cmath>
#include <cstdint>
#include <initializer_list>

namespace passalong {

// e^x for any finite x, within 2 ulp; 0 below -708, saturating at e^709.
inline double exp(double x) {
  if (x < -708.0) return 0.0;
  if (x > 709.0) x = 709.0;
  constexpr double log2e = 1.4426950408889634, ln2_hi = 6.93147180369123816490e-01, ln2_lo = 1.90821492927058770002e-10;
  const double shifted = x * log2e + 6755399441055744.0;  // 1.5 * 2^52 rounds to the nearest integer
  const auto n = static_cast<std::int32_t>(std::bit_cast<std::uint64_t>(shifted));
  const double k = shifted - 6755399441055744.0;
  const double r = (x - k * ln2_hi) - k * ln2_lo;
  double p = 1.0 / 6227020800;  // Taylor to degree 13 on |r| <= ln2 / 2: error below 2^-57
  for (const double c : {1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
                         1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1.0, 1.0})
    p = p * r + c;
  return p * std::bit_cast<double>(static_cast<std::uint64_t>(n + 1023) << 52);
}

inline constexpr double least_normal = 2.2250738585072014e-308, log_of_zero = -745.0;

// ln x for x > least_normal, within 2 ulp (fdlibm's reduction: s = f / (2 + f)); without a branch, so that loops over
// columns can work side by side.
inline double log_of_normal(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const double whole = std::bit_cast<double>((bits & 0x000f'ffff'ffff'ffffULL) | 0x3ff0'0000'0000'0000ULL);
  const bool large = whole > 1.4142135623730951;
  const double m = whole * (large ? 0.5 : 1.0);
  const std::int32_t e = static_cast<std::int32_t>(bits >> 52) - 1023 + static_cast<std::int32_t>(large);
  const double f = m - 1.0, s = f / (2.0 + f), z = s * s;
  double p = 1.479819860511658591e-01;
  for (const double c : {1.531383769920937332e-01, 1.818357216161805012e-01, 2.222219843214978396e-01,
                         2.857142874366239149e-01, 3.999999999940941908e-01, 6.666666666666735130e-01})
    p = p * z + c;
  const double half = 0.5 * f * f, k = e;
  return k * 6.93147180369123816490e-01 - ((half - (s * (half + p * z) + k * 1.90821492927058770002e-10)) - f);
}

// ln x for normal x > 0. log_of_zero stands for ln 0.
inline double log(double x) { return x > least_normal ? log_of_normal(x) : log_of_zero; }

inline double power(double x, double y) { return x > 0 ? passalong::exp(y * passalong::log(x)) : 0.0; }
inline double logistic(double x) { return 1.0 / (1.0 + passalong::exp(-x)); }

// Inverse of the standard normal distribution function for 0 < u < 1 (Wichura 1988, AS 241, PPND16; error 1e-16).
double normal_quantile(double u);
// The standard normal distribution function.
double normal_cdf(double x);

}  // namespace passalong
