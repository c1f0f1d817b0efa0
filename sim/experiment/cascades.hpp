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
  std::uint64_t count = 0;  // replicates; 0: exact
  double mean = 0, se = 0, half_width = 0;
  std::int64_t min = 0, max = 0;
  std::optional<double> exact{};
};
std::optional<Sizes> summarise_sizes(const Result& result);  // nothing where its replicates have no size

// Whether such a scenario may ask what only its network can tell, and Failure(Exit::scenario) where that has it not.
bool depends_on_network(const Scenario& scenario);
bool is_exact(const Scenario& scenario);  // no replicates are played
void check_on_network(const Scenario& scenario, const Network& network);

}  // namespace passalong
