// A network from what a command names: a network file, a network as text, or a scenario whose network is made.
#pragma once
#include <string>

#include "sim/network/network.hpp"

namespace passalong {

// direction: of a text's columns; empty: follower -> followed. Failure(Exit::usage) where there are no columns.
Network network_in(const std::string& file, const std::string& direction, Team& team);

}  // namespace passalong
