// Small worlds: a ring whose ties are partly led elsewhere (Watts & Strogatz 1998).
#pragma once
#include <cstdint>

#include "sim/network/network.hpp"

namespace passalong {

// Every account makes ties to the neighbours / 2 before it on the ring; each tie's far end is led elsewhere with
// probability `rewiring`, to any account but its maker, those its maker is tied to already by ties of its own, and,
// where follows are returned, those with a tie that was left in place to it. After 64 draws that meet one of these it
// stays. What then still is a repeat (two accounts that lead a tie to each other) is dropped and counted. Directed: the
// maker follows, and its followed end is led elsewhere.
Network generate_watts_strogatz(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);
double mean_watts_strogatz(const NetworkSection& section);

}  // namespace passalong
