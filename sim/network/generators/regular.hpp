// Networks without chance: ring, lattice, complete, star, path, tree, well-mixed. Rows are written directly. Where
// follows are not returned (mutual = false), account numbers say who follows whom, as told at each kind.
#pragma once
#include <cstdint>

#include "sim/network/network.hpp"

namespace passalong {

// Ties to the neighbours / 2 nearest accounts on either side; directed: i + 1 .. i + neighbours / 2 follow i.
Network generate_ring(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);
double mean_ring(const NetworkSection& section);
// A torus of `width` accounts a row (0: the least divisor of `accounts` at or above its square root), account
// y * width + x at (x, y); directed: the right and the lower neighbour follow. Rows and columns of two hold one tie,
// not two; those of one hold none. With diagonals, mutual alone, (x + 1, y - 1) and (x - 1, y + 1) are tied to (x, y)
// as well, with both also (x + 1, y + 1) and (x - 1, y - 1); where short rows make two of them one, they count once.
Network generate_lattice(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);
double mean_lattice(const NetworkSection& section);
// Everyone follows everyone, mutual or not.
Network generate_complete(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);
double mean_complete(const NetworkSection& section);
// Account 0 is the hub; directed: the others follow it.
Network generate_star(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);
double mean_star(const NetworkSection& section);
// Directed: i + 1 follows i.
Network generate_path(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);
double mean_path(const NetworkSection& section);
// The complete `children`-ary tree, numbered breadth first, its last level filled from the left; directed: children
// follow their parent.
Network generate_tree(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);
double mean_tree(const NetworkSection& section);
// No follows: models of a crowd in which everybody sees everybody need only its size. In others nobody sees anybody.
Network generate_well_mixed(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);
double mean_well_mixed(const NetworkSection& section);

}  // namespace passalong
