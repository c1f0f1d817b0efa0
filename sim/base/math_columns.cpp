// One at a time, a polynomial waits for each of its steps; side by side they hide each other's waits. Nothing is
// contracted, so that the bits are the same at any width; the widest the processor has is chosen at the start.
#include "sim/base/math_columns.hpp"

#include "sim/base/math.hpp"

namespace passalong {
namespace {
// log, its result chosen by a mask in place of a branch, which would keep the compiler from working side by side.
inline double straight_log(double x) {
  const std::uint64_t keep = -static_cast<std::uint64_t>(x > least_normal);
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(log_of_normal(x)) & keep) |
                               (std::bit_cast<std::uint64_t>(log_of_zero) & ~keep));
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
