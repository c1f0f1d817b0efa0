// Who cares for what: a Dirichlet draw over the topics for every account.
#pragma once
#include <cstdint>

#include "sim/network/network.hpp"

namespace passalong {

// Gamma variates by inversion, normalised: gamma(c) = gamma(c + 1) u^(1/c), worked in logarithms so that a small
// concentration cannot underflow. Account a's row depends on (seed, replicate, a) alone.
Interests draw_interests(AccountId accounts, const PopulationSection& section, std::uint64_t seed,
                         std::uint32_t replicate, Team& team);
// The same for those of `accounts` that `interests` does not have yet.
void draw_interests(Interests& interests, AccountId accounts, const PopulationSection& section, std::uint64_t seed,
                    std::uint32_t replicate, Team& team);

// Rows that are given replace those that were drawn.
void take_given_interests(Interests& interests, const Attributes& given, Team& team);

// On a given network likeness must come from its follows: in each of three rounds an account, with probability
// `homophily`, takes the mean of its own interests and those of one of its followers as they were before the round.
// Rows that the network gives stay as they are.
void mix_interests(Interests& interests, const Network& network, double homophily, std::uint64_t seed,
                   std::uint32_t replicate, Team& team);

}  // namespace passalong
