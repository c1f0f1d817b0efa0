// Limits of the edge-list reader, apart so that tests can lower them.
#pragma once
#include "sim/network/network.hpp"

namespace passalong {

Network read_edge_list(const std::string& path, const std::string& direction, Team& team, std::uint64_t most_accounts);

}  // namespace passalong
