// What follower and followee counts alone tell of a network.
#pragma once
#include "sim/network/statistics/summary.hpp"

namespace passalong {

// Sizes, histograms, the largest counts and the exponents of the tails.
void describe_counts(const Network& network, NetworkSummary& out);

}  // namespace passalong
