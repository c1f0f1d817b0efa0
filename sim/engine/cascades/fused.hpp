// Many replicates in one pass over the network, a bit each (fused sampling). Each worker has its own pass.
#pragma once
#include "sim/engine/cascades/walk.hpp"

namespace passalong {

// Takes blocks of `lanes` replicates until there are none: step by step, or in whichever order saves most visits.
Counts fuse_levels(const CascadePlan& plan, const Seeds& seeds, unsigned lanes, Supply& supply,
                   CascadeOutcome& outcome);
Counts fuse_lazily(const CascadePlan& plan, const Seeds& seeds, unsigned lanes, Supply& supply,
                   CascadeOutcome& outcome);

}  // namespace passalong
