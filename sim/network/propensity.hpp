// How much each account is followed and how much it follows, before anyone picks anyone: a truncated power law for
// follower weight, a log-normal or power law for followees, joined by a Gaussian copula (Nelsen 2006).
#pragma once
#include <cstdint>
#include <vector>

#include "sim/network/network.hpp"

namespace passalong {

struct Propensity {
  std::vector<double> weight;     // expected followers by others' own choice, up to a common factor
  std::vector<double> followees;  // wished number of followees, up to a common factor
  std::vector<float> rounding;    // one uniform an account
};

// Failure(Exit::scenario) where no distribution has the mean that is asked for.
Propensity draw_propensity(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);

// The most an account can want to follow.
double followee_cap(const NetworkSection& section);

}  // namespace passalong
