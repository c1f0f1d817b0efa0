// Networks with given expected degrees and otherwise independent follows (Chung & Lu 2002).
#pragma once
#include "sim/network/network.hpp"

namespace passalong {

// Account i follows account b with probability min(1, v_i w_b / S): w a truncated power law, v log-normal or a power
// law, joined by a Gaussian copula, both with mean mean_followers; S is solved so that the network's expected mean is
// that too, where some probabilities stop at 1. mutual: ties of min(1, w_i w_b / S).
// Failure(Exit::scenario) for an unreachable mean.
Network generate_chung_lu(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);

}  // namespace passalong
