// The random network in which every pair has the same chance (Gilbert 1959, G(n, p); Erdos & Renyi 1959).
#pragma once
#include "sim/network/network.hpp"

namespace passalong {

// Each of the accounts (accounts - 1) possible follows exists with p = mean_followers / (accounts - 1), independently;
// mutual: each of the unordered pairs does, in both directions. Failure(Exit::scenario) for an unreachable mean.
Network generate_erdos_renyi(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);

}  // namespace passalong
