// Takes follows out of a network so that fewer are returned.
#pragma once
#include "sim/base/random.hpp"
#include "sim/network/network.hpp"

namespace passalong {

// Of every two accounts that follow each other, one stops with this probability, either alike. Draws are
// draw(smaller, larger account, ordinal).
void drop_returns(Network& network, double probability, const Stream& draw, std::uint32_t ordinal, Team& team);

}  // namespace passalong
