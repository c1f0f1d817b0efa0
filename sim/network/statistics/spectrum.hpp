// The largest eigenvalue of who follows whom: what decides whether something that spreads along follows can live on
// (Chakrabarti et al. 2008; Van Mieghem et al. 2009).
#pragma once
#include <cstdint>

#include "sim/network/statistics/components.hpp"

namespace passalong {

struct SpectralRadius {
  double value = 0, low = 0, high = 0;  // low and high certainly enclose the spectral radius
  std::uint64_t iterations = 0;
  bool converged = true;  // high - low <= tolerance * high
};

// Of the directed adjacency matrix, which is the largest among those of its strong components; 0 without cycles. Power
// iteration on A + sI, s > 0 so that cycles of one length do no harm; for any positive x, the least and the largest
// (Ax)_i / x_i enclose it (Collatz 1942, Wielandt 1950). Stops when `most_looks` follows have been looked at, but not
// before 4 iterations. 20 bytes an account.
SpectralRadius spectral_radius(const Network& network, const Components& strong, double tolerance,
                               std::uint64_t most_looks, Team& team);

}  // namespace passalong
