// Worlds in which much happens: every parameter matters in one of them.
#pragma once
#include <cstdint>

#include "tests/small_world.hpp"

namespace passalong {

// Every parameter of the mechanisms matters; two kinds of world in turn: what is said one to one, and events.
SmallWorld lively(std::uint32_t kind = 0);
// Every way of the network to change matters.
SmallWorld restless();
// Two cohorts that differ in everything, by day and night, over a weekend.
SmallWorld with_cohorts();

}  // namespace passalong
