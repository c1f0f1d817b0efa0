// Growth by preferential attachment (Barabasi & Albert 1999).
#pragma once
#include <cstdint>

#include "sim/network/network.hpp"

namespace passalong {

// With m = newcomer_follows, accounts 0..m-1 are there, tied to no one. Account m ties to all of them; every later one
// ties to m different earlier accounts, each picked in proportion to the ties it had before the newcomer came. A pick
// that is a repeat is drawn anew, and weights count first draws: an account's weight is its ties and the repeats that
// first fell on it (about m^2 ln(accounts)^2 / 16 of all ties). m (accounts - m) ties; directed: newcomers follow.
Network generate_barabasi_albert(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate,
                                 Team& team);
double mean_barabasi_albert(const NetworkSection& section);

}  // namespace passalong
