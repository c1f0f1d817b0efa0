// What a network looks like in numbers.
#pragma once
#include "sim/network/network.hpp"

namespace passalong {

// Share of follows that are returned, exactly.
double share_returned(const Network& network);

}  // namespace passalong
