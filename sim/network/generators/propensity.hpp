// How much each account is followed and how much it follows, before anyone picks anyone: a truncated power law for
// follower weight, a log-normal or power law for followees, joined by a Gaussian copula (Nelsen 2006).
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/network/network.hpp"

namespace passalong {

struct Propensity {
  std::vector<double> weight;     // expected followers by others' own choice; the rest return a follow
  std::vector<double> followees;  // expected followees, own choices and returned follows together
  std::vector<float> rounding;    // one uniform an account
};

// Failure(Exit::scenario) where no distribution has the mean that is asked for.
Propensity draw_propensity(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);

// The checks draw_propensity makes: at least two accounts, a mean that the caps allow.
void refuse_impossible(const NetworkSection& section);

// Follows an account returns, of those e that choose it, when it follows k in all: each with probability
// min(1, c * min(1, k / e)), so that the much followed return few.
inline double expected_returns(double e, double k, double c) { return std::min(e, c * std::min(e, k)); }

// The most an account can want to follow.
double followee_cap(const NetworkSection& section);

}  // namespace passalong
