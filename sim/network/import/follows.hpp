// From pairs of ids to rows: what an importer has read becomes a network.
#pragma once
#include "sim/network/import/numbers.hpp"
#include "sim/network/rows.hpp"

namespace passalong {

// Who follows whom in a pair (first, second).
struct Direction {
  bool first_follows, second_follows;
};

// Gives the pieces of `edges` back as it goes. Self-loops and repeats are counted in edges of the file.
Network follows_of(Edges& edges, Numbers& numbers, Direction direction, Weights weights, Team& team);

}  // namespace passalong
