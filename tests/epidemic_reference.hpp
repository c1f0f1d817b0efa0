// Epidemics as models/ODD.md writes them, played plainly: the serial reference of sim/engine/processes. In steps it
// looks at every follow of every infected account in every step; in continuous time it keeps all that is due in a set.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/engine/processes/epidemic.hpp"
#include "sim/engine/processes/process.hpp"

namespace passalong {

ProcessRecord play_plainly(const EpidemicPlan& plan, const Network& network, std::uint32_t replicate);

}  // namespace passalong
