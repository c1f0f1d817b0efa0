// Recursive matrix networks (Chakrabarti, Zhan & Faloutsos 2004), the Kronecker networks of Graph500.
#pragma once
#include <cstdint>

#include "sim/network/network.hpp"

namespace passalong {

// A follow is a cell of the matrix (follower, followed), found by halving both sides again and again: the quadrants'
// shares are quadrant_a (upper, left), _b (upper, right), _c (lower, left) and the rest. Where a side is odd, its upper
// or left half is larger by one, and a quadrant's share grows with its area: equal shares are a uniform network for any
// number of accounts. A cell on the diagonal is drawn anew (64 times at most); repeats are dropped and counted. So many
// follows are drawn that mean_followers remain in expectation, four times as many at most. Accounts are then numbered
// by a keyed permutation, so that numbers say nothing about degrees.
Network generate_rmat(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);
double mean_rmat(const NetworkSection& section);

}  // namespace passalong
