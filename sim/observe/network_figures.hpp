// The network a run stood on, in numbers: the result's group /network.
#pragma once
#include <vector>

#include "sim/network/network.hpp"
#include "sim/observe/result.hpp"

namespace passalong {

using NetworkFigures = NetworkSummary;
// With the work of for_runs, or a sketch where there are too many follows. The same for any team.
NetworkFigures measure_network(const Network& network, Team& team);
NetworkFigures measure_network(const Network& network);  // alone

// One network, or one a replicate.
Group tabulate_networks(const std::vector<NetworkFigures>& networks, bool by_replicate);

}  // namespace passalong
