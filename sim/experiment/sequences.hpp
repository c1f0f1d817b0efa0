// What a comparison adds where the run itself decided how many replicates there are.
#pragma once
#include <string>

#include "sim/experiment/statistics.hpp"

namespace passalong {

// A sentence on which of its intervals hold all the same; empty where the number was fixed in advance.
std::string sequences_text(const Comparison& comparison);

}  // namespace passalong
