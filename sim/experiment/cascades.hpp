// Runs a model whose replicates are cascades: all of them at once over one network, or one on each network.
#pragma once
#include <optional>

#include "sim/experiment/demand.hpp"
#include "sim/experiment/run.hpp"

namespace passalong {

RunReport run_cascades(const Scenario& scenario, const ModelEntry& model, const RunOptions& options, unsigned threads);

// The demand of such a run, the network's share of it being there.
void size_cascades(const Scenario& scenario, const ModelEntry& model, Demand& demand);

struct Sizes {
  double mean = 0, se = 0;
  std::int64_t min = 0, max = 0;
};
std::optional<Sizes> summarise_sizes(const Result& result);  // nothing where its replicates have no size

}  // namespace passalong
