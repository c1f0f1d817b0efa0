// The power-law follower network: follower weights, followee counts, interests, and follows returned.
#pragma once
#include "sim/network/network.hpp"

namespace passalong {

// mean_followers within 1 % and reciprocity within .01, unless chance alone returns more (small, dense networks).
Network generate_network(const NetworkSection& section, double homophily, const Interests& interests,
                         std::uint64_t seed, std::uint32_t replicate, Team& team);

}  // namespace passalong
