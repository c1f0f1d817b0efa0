// Independent yes-or-no pairs drawn by jumping from one yes to the next, so that the noes cost nothing: a pair of
// probability p is a yes where a Poisson process of rate 1 has a point in the pair's own interval of length
// hazard(p) = -ln(1 - p), which for equal p are geometric jumps (Batagelj & Brandes 2005).
#pragma once
#include <cstdint>

#include "sim/base/math.hpp"
#include "sim/base/random.hpp"
#include "sim/base/types.hpp"

namespace passalong {

// -ln(1 - p) for 0 <= p <= 1 within 1e-15 of itself, however small p is; 745 at p = 1.
inline double hazard(double p) {
  if (p >= 1.0 / 64) return -passalong::log(1 - p);
  double sum = 1.0 / 8;  // the next term is below 2^-51
  for (const double c : {1.0 / 7, 1.0 / 6, 1.0 / 5, 1.0 / 4, 1.0 / 3, 1.0 / 2, 1.0}) sum = sum * p + c;
  return sum * p;
}

// Distance to the next point, exponential with mean 1: above 0 and below 37, 52 random bits.
inline double spacing(std::uint32_t low, std::uint32_t high) {
  const std::uint64_t cell = (std::uint64_t{high} << 32 | low) >> 12;
  return -passalong::log((static_cast<double>(cell) + 0.5) * 0x1p-52);
}

// The distances of one part of one row, in order.
class Spacings {
 public:
  Spacings(const Stream& stream, AccountId row, std::uint32_t part = 0) : stream_(stream), row_(row), part_(part) {}
  double next() {
    odd_ = !odd_;
    if (!odd_) return spacing(words_[2], words_[3]);
    words_ = stream_(row_, draw_++, part_);
    return spacing(words_[0], words_[1]);
  }

 private:
  const Stream& stream_;
  AccountId row_;
  std::uint32_t part_, draw_ = 0;
  bool odd_ = false;
  Words words_{};
};

}  // namespace passalong
