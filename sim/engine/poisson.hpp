// A Poisson number by inversion.
#pragma once
#include <cstdint>

namespace passalong {

// For a uniform u, where p is the probability of none; at most 2000. The first few without a branch, since no branch
// could guess them.
inline std::uint32_t poisson(double mean, double p, double u) {
  std::uint32_t k = 0;
  for (std::uint32_t n = 1; n <= 4; p *= mean / n++) k += (u -= p) >= 0;
  if (k < 4) return k;
  for (; (u -= p) >= 0 && k < 2000; p *= mean / k) ++k;
  return k;
}

}  // namespace passalong
