// The network a scenario names and its accounts' interests, wherever they come from: generated, read from text, or
// loaded from a network file, which the layers below cannot open.
#pragma once
#include <optional>

#include "sim/output/network_file.hpp"

namespace passalong {

bool uses_network_file(const Scenario& scenario);
// What the scenario's network file says of itself; nothing where there is none. Failure(Exit::input) as read_network.
std::optional<NetworkHead> network_head(const Scenario& scenario);
// Failures as for make_network and read_network.
Ground make_ground(const Scenario& scenario, std::uint32_t replicate, Team& team);

}  // namespace passalong
