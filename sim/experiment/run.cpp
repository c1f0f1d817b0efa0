// A run from scenario to result, in the order in which it happens.
#include "sim/experiment/run.hpp"

#include <algorithm>
#include <memory>
#include <new>

#include "sim/base/failure.hpp"
#include "sim/experiment/cascades.hpp"
#include "sim/experiment/demand.hpp"
#include "sim/experiment/live_worlds.hpp"
#include "sim/experiment/manifest.hpp"
#include "sim/experiment/memory.hpp"
#include "sim/experiment/processes.hpp"
#include "sim/experiment/worlds.hpp"
#include "sim/observe/tables.hpp"

namespace passalong {
namespace {

constexpr const char* ways_to_shrink =
    "use fewer accounts, a smaller mean_followers, fewer replicates or fewer --threads";

// As many worlds side by side as there are threads and as fit; refuses where not even one fits.
Workforce plan_workforce(const Scenario& scenario, unsigned threads) {
  const Demand demand = estimate_demand(scenario);
  const std::uint64_t need = demand.bytes(1, threads), have = available_memory();
  if (need <= have) return {demand.groups_within(have, threads), threads};
  const std::string message =
      "a run would need " + write_bytes(need) + " of memory; " + write_bytes(have) + " may be used here";
  throw Failure(Exit::resources, {Fault{.file = scenario.path, .message = message, .help = ways_to_shrink}});
}

Result tabulate(const Scenario& scenario, const Ensemble& ensemble, const Stages& stages) {
  Result result;
  result.strategies = ensemble.strategies;
  result.brands = ensemble.brands;
  result.replicates = ensemble.replicates;
  result.time = output_days(scenario);
  result.series = tabulate_series(ensemble);
  if (scenario.output.posts) result.groups.push_back(tabulate_posts(ensemble, scenario.output.viral_size));
  if (scenario.output.cascades != "none")
    result.groups.push_back(tabulate_trees(ensemble, scenario.tick, OutputSteps(scenario).first));
  if (scenario.output.base_rates) result.groups.push_back(tabulate_base_rates(ensemble));
  if (scenario.output.trust) result.groups.push_back(tabulate_trust(ensemble, scenario.tick));
  result.groups.push_back(tabulate_networks(stages.figures(ensemble.replicates), stages.network_by_replicate()));
  return result;
}

Work work_of(const Ensemble& ensemble) {
  Work work;
  for (const auto& arm : ensemble.worlds)
    for (const WorldRecord* world : arm) work += world->work;
  return work;
}

RunReport report_on(const Scenario& scenario, const Recording& recording, const Stages& stages, const Gate& gate,
                    const StoppingRule& rule) {
  const Ensemble ensemble = whole_replicates(scenario, recording);
  if (ensemble.replicates.empty()) gate.refuse_nothing_whole("days or accounts");
  RunReport report;
  report.result = tabulate(scenario, ensemble, stages);
  report.result.complete = rule.is_enough();
  report.outlook = rule.outlook();
  report.stopped_by = report.result.complete ? 0 : gate.reason();
  const Work work = work_of(ensemble);
  report.deliveries = work.deliveries, report.impressions = work.impressions, report.shares = work.shares;
  return report;
}

RunReport run_within(const Scenario& scenario, const ModelEntry& model, const RunOptions& options,
                     const Workforce& force) {
  const auto replicates = static_cast<std::size_t>(scenario.replicates);
  Meter meter(options, replicates * scenario.arms(), static_cast<std::uint64_t>(scenario.last_tick()));
  Gate gate(options, replicates);
  Stages stages(scenario, scenario.arms());
  StoppingRule rule(scenario);
  check_until(scenario, model);
  const std::string input_hash = hash_inputs(scenario);

  meter.begin("network");
  stages.prepare_network(force.threads);
  meter.begin("population");
  stages.prepare_population(force.threads);
  // From here on what the replicates share does not change.

  meter.begin("worlds");
  const std::unique_ptr<LiveWorlds> live =
      options.board ? std::make_unique<LiveWorlds>(scenario, input_hash, options.history) : nullptr;
  const LiveBoard::Showing showing(options.board, live.get());
  const Recording recording = record_worlds(scenario, model, force, stages, gate, meter, rule, live.get());
  meter.finish();

  RunReport report = report_on(scenario, recording, stages, gate, rule);
  attach_manifest(report.result, scenario, input_hash, options.history);
  if (report.outlook) report.result.text.emplace_back("stopped", report.outlook->stopped);
  report.threads = force.threads;
  report.seconds = meter.seconds();
  report.peak_memory_bytes = peak_memory();
  return report;
}

}  // namespace

RunReport run(const Scenario& scenario, const ModelEntry& model, const RunOptions& options) {
  const unsigned threads = options.threads == 0 ? hardware_threads() : options.threads;
  const Workforce force = plan_workforce(scenario, threads);
  try {
    if (model.cascade != nullptr) return run_cascades(scenario, model, options, threads);
    if (model.process != nullptr) return run_processes(scenario, model, options, force);
    return run_within(scenario, model, options, force);
  } catch (const std::bad_alloc&) {
    throw Failure(Exit::resources, "the run does not fit into memory: it had used " + write_bytes(peak_memory()),
                  ways_to_shrink);
  }
}

RunReport run(const Scenario& scenario, const RunOptions& options) {
  return run(scenario, find_model(scenario.model), options);
}

}  // namespace passalong
