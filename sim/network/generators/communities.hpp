// Nested communities in which triads close: much of who follows whom is local, and neighbours know each other.
#pragma once
#include "sim/network/network.hpp"

namespace passalong {

// Accounts are numbered community by community, the much followed of each first. Followee counts are log-normal. A
// share `closure` of an account's picks goes to those whom someone picked by it picks (Weng et al. 2013: much of what
// is followed is found that way); of the others, a share `within` stays in the smallest community and the rest goes to
// wider ones, to each level a quarter of what goes to the one inside it. Who knows everyone in its group picks in a
// wider one. Some picks are returned, above all within the smallest community, so that the mean comes out within 1 %
// and the reciprocity within .02; where chance returns more, one of two that follow each other lets go.
// Failure(Exit::scenario) where that is out of reach: communities too small for the mean.
Network generate_communities(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);

}  // namespace passalong
