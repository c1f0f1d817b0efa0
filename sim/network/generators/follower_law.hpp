// The law of follower counts: continuous and scaled to a mean, then rounded at random; or discrete, k^-exponent from a
// least count on, as the theory of random graphs has it.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/network/network.hpp"
#include "sim/network/statistics/power_law.hpp"

namespace passalong {

class FollowerLaw {
 public:
  explicit FollowerLaw(const NetworkSection& section);
  double mean() const;
  std::uint64_t count(double u, double rounding) const;  // two uniforms
  double most() const { return most_; }

 private:
  double most_;
  PowerLaw scaled_;
  std::uint64_t least_ = 0;         // discrete where above 0
  std::vector<double> cumulative_;  // P(count <= least + i)
};

}  // namespace passalong
