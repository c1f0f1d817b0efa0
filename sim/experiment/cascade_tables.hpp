// The tables of cascades of which the small ones are counted by size alone.
#pragma once
#include "sim/experiment/cascade_result.hpp"
#include "sim/experiment/cascades.hpp"

namespace passalong {

// Groups /sizes and /viral, and how many replicates there are.
void add_counted(Result& result, const CascadeResult& played, bool own_networks);
std::optional<Sizes> summarise_counted(const Result& result);  // nothing where there are no such tables

}  // namespace passalong
