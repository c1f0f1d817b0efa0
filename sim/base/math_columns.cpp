// One at a time, a polynomial waits for each of its steps; side by side they hide each other's waits. Nothing is
// contracted, so that the bits are the same at any width; the widest the processor has is chosen at the start.
#include "sim/base/math_columns.hpp"

#include "sim/base/math.hpp"

namespace passalong {
namespace {
// log without a branch, which would keep the compiler from working side by side; step for step the same.
inline double straight_log(double x) {
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
  const double value =
      k * 6.93147180369123816490e-01 - ((half - (s * (half + p * z) + k * 1.90821492927058770002e-10)) - f);
  const std::uint64_t keep = -static_cast<std::uint64_t>(x > 2.2250738585072014e-308);
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(value) & keep) |
                               (std::bit_cast<std::uint64_t>(-745.0) & ~keep));
}
}  // namespace

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__SANITIZE_ADDRESS__)
#define PASSALONG_ANY_WIDTH __attribute__((target_clones("default", "avx2", "arch=x86-64-v4")))
#else
#define PASSALONG_ANY_WIDTH
#endif

PASSALONG_ANY_WIDTH
void exp_all(double* x, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) x[i] = passalong::exp(x[i]);
}

PASSALONG_ANY_WIDTH
void log_all(double* x, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) x[i] = straight_log(x[i]);
}

}  // namespace passalong
