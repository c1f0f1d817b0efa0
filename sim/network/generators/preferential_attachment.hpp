// Directed scale-free networks (Bollobas, Borgs, Chayes & Riordan 2003).
#pragma once
#include <cstdint>

#include "sim/network/network.hpp"

namespace passalong {

// Begins with account 0 and no follow. Each step makes one: with probability alpha a newcomer follows someone, with
// beta someone there follows someone there, else a newcomer is followed by someone there. Who is followed is picked in
// proportion to followers + delta_in, who follows in proportion to followees + delta_out, repeats and loops counting as
// they do in the paper. It ends with the step that brings the last of `accounts`, after about
// (accounts - 1) / (1 - beta). Repeats and loops are then dropped, and counted as duplicates and self_loops.
// Exponents of the tails: followers 1 + (1 + delta_in (1 - beta)) / (alpha + beta), followees
// 1 + (1 + delta_out (1 - beta)) / (1 - alpha).
Network generate_preferential_attachment(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate,
                                         Team& team);
double mean_preferential_attachment(const NetworkSection& section);  // repeats and loops included

}  // namespace passalong
