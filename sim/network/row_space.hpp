// Room for rows: one large array, backed by huge pages, and the gaps in it closed once rows have their final lengths.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/network/network.hpp"

namespace passalong {

// Makes room for `follows` entries of network.followers.
void reserve_followers(Network& network, std::uint64_t follows);
// Moves every row down to where the one before it now ends: row a keeps its first kept[a] entries.
void close_gaps(Network& network, const std::vector<std::uint32_t>& kept);

}  // namespace passalong
