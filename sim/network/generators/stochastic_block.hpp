// The directed stochastic block model with a mixing matrix (Holland, Laskey & Leinhardt 1983).
#pragma once
#include "sim/network/network.hpp"

namespace passalong {

// Accounts are numbered block by block. Each account is expected to follow mean_followers others, a share mixing[r][s]
// of them in block s when it is of block r: each of those there (but itself) with the same chance, independently.
// Without `mixing`, a share `within` goes to its own block and the rest to anyone outside it.
// Failure(Exit::scenario) where a block has too few accounts for the follows it is to receive.
Network generate_stochastic_block(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate,
                                  Team& team);

// First account of each block, and the number of accounts: blocks + 1 entries.
std::vector<std::uint64_t> block_starts(const NetworkSection& section);

}  // namespace passalong
