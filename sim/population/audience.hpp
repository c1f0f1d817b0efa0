// Who follows the accounts under study at the start.
#pragma once
#include "sim/population/population.hpp"

namespace passalong {

// By brand, each drawn for itself; one for all strategies. The people's affinity must have been drawn.
std::vector<std::vector<Population::Fan>> draw_audiences(const Population& people, const Scenario& scenario,
                                                         const Network& network, std::uint32_t replicate, Team& team);

}  // namespace passalong
