// Marriages among the leading families of Florence around 1430 (Padgett & Ansell 1993; the 15 families and 20 ties of
// Breiger & Pattison 1986 that are connected): the small network every textbook knows.
#pragma once
#include <cstdint>

#include "sim/network/network.hpp"

namespace passalong {

// Accounts in the order of the families' names, which are the labels. mutual = false: the later name follows the
// earlier.
Network generate_florentine(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);
double mean_florentine(const NetworkSection& section);

}  // namespace passalong
