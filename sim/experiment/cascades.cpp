#include "sim/experiment/cascades.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>

#include "sim/base/failure.hpp"
#include "sim/engine/cascades/cascades.hpp"
#include "sim/experiment/gate.hpp"
#include "sim/experiment/ground.hpp"
#include "sim/experiment/manifest.hpp"
#include "sim/experiment/memory.hpp"
#include "sim/experiment/meter.hpp"
#include "sim/observe/network_figures.hpp"

namespace passalong {
namespace {
// The course over time is written where it is short: so many replicates, and values of a series.
constexpr std::int64_t most_replicates_with_steps = 100'000;
constexpr std::size_t most_values_of_steps = 1'000'000;
constexpr std::uint64_t most_state = std::uint64_t{4} << 30;  // bytes; beyond that more lanes gain little

struct Collected {
  CascadeOutcome outcome;
  std::vector<NetworkFigures> networks;
};

const char* algorithm_text(CascadeAlgorithm algorithm) {
  switch (algorithm) {
    case CascadeAlgorithm::single:
      return "one cascade at a time";
    case CascadeAlgorithm::sparse:
      return "small cascades interleaved";
    case CascadeAlgorithm::lazy:
      return "fused, in whichever order";
    default:
      return "fused, step by step";
  }
}

CascadePlan plan_of(const Scenario& scenario, const ModelEntry& model, const Network& network, const Gate& gate,
                    Meter& meter) {
  CascadePlan plan = model.cascade(scenario, &network);
  plan.steps = plan.times && scenario.replicates <= most_replicates_with_steps;
  plan.memory = std::min(most_state, available_memory() / 2);
  plan.go_on = [&gate] { return gate.reason() == 0; };
  plan.done = [&meter](std::uint64_t replicates) { meter.end_worlds(replicates); };
  return plan;
}

Collected spread_on_one(const Scenario& scenario, const ModelEntry& model, const Gate& gate, Meter& meter, Team& team) {
  Ground ground = make_ground(scenario, 0, team);
  ground.interests = {};  // nobody's interests matter
  const CascadePlan plan = plan_of(scenario, model, ground.network, gate, meter);
  meter.begin("cascades");
  Collected collected;
  collected.outcome = spread(plan, team);
  collected.networks.push_back(measure_network(ground.network, team));
  return collected;
}

void append(CascadeOutcome& all, CascadeOutcome one) {
  all.algorithm = one.algorithm;
  all.sizes.insert(all.sizes.end(), one.sizes.begin(), one.sizes.end());
  all.depths.insert(all.depths.end(), one.depths.begin(), one.depths.end());
  std::ranges::move(one.steps, std::back_inserter(all.steps));
  all.trials += one.trials, all.successes += one.successes, all.activations += one.activations;
}

Collected spread_on_many(const Scenario& scenario, const ModelEntry& model, const Gate& gate, Meter& meter,
                         Team& team) {
  Collected collected;
  meter.begin("cascades");
  for (std::uint32_t r = 0; r < scenario.replicates && gate.reason() == 0; ++r) {
    const Ground ground = make_ground(scenario, r, team);
    CascadePlan plan = plan_of(scenario, model, ground.network, gate, meter);
    plan.first_replicate = r, plan.replicates = 1;
    append(collected.outcome, spread(plan, team));
    collected.networks.push_back(measure_network(ground.network, team));
  }
  return collected;
}

// Those that were begun, in order.
std::vector<std::size_t> whole_ones(const CascadeOutcome& outcome) {
  std::vector<std::size_t> whole;
  for (std::size_t r = 0; r < outcome.sizes.size(); ++r)
    if (outcome.sizes[r] > 0) whole.push_back(r);
  return whole;
}

Variable by_replicate(const char* name, const char* units, const char* long_name,
                      const std::vector<std::uint32_t>& values, const std::vector<std::size_t>& whole) {
  std::vector<std::int64_t> kept;
  kept.reserve(whole.size());
  for (const std::size_t r : whole) kept.push_back(values[r]);
  return {name, units, long_name, {"replicate"}, std::move(kept), "i8", {}};
}

// Accounts active at each step, where that is short enough to be written.
void add_course(Result& result, const Scenario& scenario, const CascadeOutcome& outcome,
                const std::vector<std::size_t>& whole) {
  std::size_t steps = 0;
  for (const std::size_t r : whole)
    if (!outcome.steps.empty()) steps = std::max(steps, outcome.steps[r].size());
  if (steps == 0 || steps * whole.size() > most_values_of_steps) return;
  std::vector<std::int64_t> fresh, active;
  for (const std::size_t r : whole) {
    std::int64_t sum = 0;
    for (std::size_t t = 0; t < steps; ++t) {
      const std::int64_t now = t < outcome.steps[r].size() ? outcome.steps[r][t] : 0;
      fresh.push_back(now), active.push_back(sum += now);
    }
  }
  for (std::size_t t = 0; t < steps; ++t) result.time.push_back(static_cast<double>(t) * scenario.tick / 24);
  const std::vector<std::string> dimensions{"replicate", "time"};
  result.series.push_back({"active", "accounts", "accounts active", dimensions, std::move(active), "i8", {}});
  result.series.push_back(
      {"newly_active", "accounts", "accounts that became active in the step", dimensions, std::move(fresh), "i8", {}});
}

Result tabulate(const Scenario& scenario, const Collected& collected) {
  const CascadeOutcome& outcome = collected.outcome;
  const std::vector<std::size_t> whole = whole_ones(outcome);
  Result result;
  result.replicates.assign(whole.begin(), whole.end());
  result.series.push_back(by_replicate("size", "accounts", "accounts active in the end", outcome.sizes, whole));
  if (!outcome.depths.empty())
    result.series.push_back(by_replicate("depth", "steps", "steps until the last activation", outcome.depths, whole));
  add_course(result, scenario, outcome, whole);
  result.groups.push_back(tabulate_networks(collected.networks, scenario.redraw == "network"));
  result.complete = whole.size() == static_cast<std::size_t>(scenario.replicates);
  return result;
}

void refuse_nothing_whole(int reason) {
  if (reason < 0)
    throw Failure(Exit::run, "the time limit was reached before one replicate was whole",
                  "allow more time, or simulate fewer accounts");
  throw Failure(reason == SIGTERM ? Exit::terminated : Exit::interrupted, "stopped before one replicate was whole");
}

}  // namespace

RunReport run_cascades(const Scenario& scenario, const ModelEntry& model, const RunOptions& options, unsigned threads) {
  Meter meter(options, static_cast<std::uint64_t>(scenario.replicates), 1);
  const Gate gate(options, 0);
  Team team(threads);
  const std::string input_hash = hash_inputs(scenario);
  meter.begin("network");
  const bool many = scenario.redraw == "network";
  const Collected collected =
      many ? spread_on_many(scenario, model, gate, meter, team) : spread_on_one(scenario, model, gate, meter, team);
  meter.finish();
  RunReport report;
  report.result = tabulate(scenario, collected);
  if (report.result.replicates.empty()) refuse_nothing_whole(gate.reason());
  report.stopped_by = report.result.complete ? 0 : gate.reason();
  attach_manifest(report.result, scenario, input_hash, options.history);
  report.result.text.emplace_back("algorithm", algorithm_text(collected.outcome.algorithm));
  report.deliveries = collected.outcome.trials, report.impressions = collected.outcome.successes;
  report.shares = collected.outcome.activations;
  report.threads = threads;
  report.seconds = meter.seconds();
  report.peak_memory_bytes = peak_memory();
  return report;
}

namespace {
// What fused passes take: as many lanes as there are replicates for, down to 64 where memory is short.
std::uint64_t state_bytes(double accounts, double replicates) {
  const double workers = hardware_threads(), budget = static_cast<double>(std::min(most_state, available_memory() / 2));
  const auto passes = [&](double lanes) { return accounts * (lanes * 3 / 8 + 18); };
  const double wanted = workers * passes(std::clamp(replicates / workers, 64.0, 512.0));
  return static_cast<std::uint64_t>(std::max(passes(64), std::min(wanted, budget)));
}
}  // namespace

// A branching process by the mean follower count, or, above one child each, the share that a random network of that
// mean would see.
void size_cascades(const Scenario& scenario, const ModelEntry& model, Demand& d) {
  const CascadePlan plan = model.cascade(scenario, nullptr);
  const auto accounts = static_cast<double>(d.accounts), follows = static_cast<double>(d.follows);
  const double mean = follows / std::max(1.0, accounts);
  const double chance =
      plan.chances.kind == Chances::Kind::uniform ? plan.chances.probability : 1 / std::max(1.0, mean);
  const double seeds = static_cast<double>(plan.seeds.most());
  const double r = chance * mean;
  const double reached = r < 0.99 ? std::min(accounts, seeds / (1 - r)) : accounts * std::min(1.0, r / 2);
  const double replicates = plan.replicates;
  constexpr double a_trial = 4e-9, a_cascade = 1e-6, bytes_a_replicate = 64, bytes_a_step = 48;
  d.deliveries = static_cast<std::uint64_t>(std::min(1e18, replicates * reached * mean));
  d.people = 0;
  d.world = reached < accounts / 256 ? 4 << 20 : state_bytes(accounts, replicates);
  d.records = static_cast<std::uint64_t>(replicates * bytes_a_replicate +
                                         std::min(replicates * 16, 1.0 * most_values_of_steps) * bytes_a_step);
  d.seconds_of_worlds = static_cast<double>(d.deliveries) * a_trial + replicates * a_cascade;
}

std::optional<Sizes> summarise_sizes(const Result& result) {
  const Variable* const variable = result.find("size");
  if (variable == nullptr || variable->dimensions != std::vector<std::string>{"replicate"}) return {};
  const auto& sizes = std::get<std::vector<std::int64_t>>(variable->values);
  if (sizes.empty()) return {};
  const auto n = static_cast<double>(sizes.size());
  double sum = 0, squares = 0;
  for (const std::int64_t size : sizes) sum += static_cast<double>(size);
  const double mean = sum / n;
  for (const std::int64_t size : sizes)
    squares += (static_cast<double>(size) - mean) * (static_cast<double>(size) - mean);
  return Sizes{mean, n > 1 ? std::sqrt(squares / (n - 1) / n) : 0, std::ranges::min(sizes), std::ranges::max(sizes)};
}

}  // namespace passalong
