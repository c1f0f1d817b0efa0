// Inversion of shares.
#pragma once
#include <cstddef>

namespace passalong {

// Which share u falls in, from 0 to their sum; never one of share 0, whatever rounding leaves of u.
inline std::size_t choose_share(const double* shares, std::size_t count, double u) {
  std::size_t last = 0;
  for (std::size_t k = 0; k < count; ++k) {
    if (shares[k] <= 0) continue;
    last = k;
    if ((u -= shares[k]) < 0) break;
  }
  return last;
}

}  // namespace passalong
