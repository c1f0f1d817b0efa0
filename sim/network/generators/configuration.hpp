// The configuration model: a network drawn evenly from those with given counts of followers, followees and returned
// follows, row by row without any list of edges.
#pragma once
#include "sim/network/generators/degree_plan.hpp"

namespace passalong {

// Joins the stubs of a plan (Bollobas 1980; Newman 2002). A row's follower is whoever owns the stub that a keyed
// permutation leads to; returned ties are the permutation's pairs (2j, 2j + 1). Self-ties and repeats: a one-way
// follower is drawn anew, so follower counts are kept; a returned tie is dropped at both ends (the erased model).
Network join_stubs(DegreePlan plan, std::uint64_t seed, std::uint32_t replicate, Team& team);

// [network] kind = "configuration".
Network generate_configuration(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);
double mean_configuration(const NetworkSection& section);

}  // namespace passalong
