// The network a run stood on, in numbers: the result's group /network.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "sim/network/network.hpp"
#include "sim/observe/result.hpp"

namespace passalong {

// How many accounts have a count in [low, next bin's low): 0, 1, 2-3, 4-7, ...
using DegreeBins = std::array<std::int64_t, 33>;

struct NetworkFigures {
  NetworkSummary summary;
  DegreeBins followers{}, followees{};
};
NetworkFigures measure_network(const Network& network);

// One network, or one a replicate.
Group tabulate_networks(const std::vector<NetworkFigures>& networks, bool by_replicate);

}  // namespace passalong
