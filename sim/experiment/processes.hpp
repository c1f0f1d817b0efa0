// Runs a classic process: its replicates side by side, a player a worker, over one network or one on each.
#pragma once
#include "sim/engine/processes/process.hpp"
#include "sim/experiment/demand.hpp"
#include "sim/experiment/run.hpp"
#include "sim/experiment/worlds.hpp"

namespace passalong {

RunReport run_processes(const Scenario& scenario, const ModelEntry& model, const RunOptions& options,
                        const Workforce& force);

// The demand of such a run, the network's share of it being there.
void size_processes(const Scenario& scenario, const ModelEntry& model, Demand& demand);

}  // namespace passalong
