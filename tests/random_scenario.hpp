// Small scenarios by number, each with its network and population, for tests that ask what holds in any of them.
#pragma once
#include "tests/small_world.hpp"

namespace passalong {

SmallWorld random_scenario(std::uint64_t number, Team& team);

}  // namespace passalong
