// Independent cascades on a directed configuration model of a million accounts, ten million follows and tail exponent
// 2.5. W1: ten random seeds at p = 0.2, which reach about half of it; items are trials (the follows of everyone
// reached). W2: one random seed at a p where a cascade reaches ten accounts on average; items are cascades.
#include <benchmark/benchmark.h>

#include <map>
#include <memory>

#include "sim/engine/cascades/cascades.hpp"

namespace passalong {
namespace {

const Network& network() {
  static const Network made = [] {
    Scenario scenario;
    scenario.seed = 1;
    scenario.network.kind = "configuration";
    scenario.network.accounts = 1'000'000;
    scenario.network.mean_followers = 9.92;
    scenario.network.exponent = 2.5;
    scenario.network.cutoff = 0.05;
    scenario.network.followee_sigma = 1;
    scenario.network.reciprocity = 0;
    Team team(0);
    return make_network(scenario, 0, team).network;
  }();
  return made;
}

CascadePlan large() {
  CascadePlan plan;
  plan.network = &network();
  plan.chances.probability = 0.2;
  plan.seeds.random = 10;
  return plan;
}

CascadePlan small() {
  CascadePlan plan = large();
  plan.chances.probability = 0.056;
  plan.seeds.random = 1;
  plan.replicates = 1'000'000;
  plan.algorithm = CascadeAlgorithm::sparse;
  return plan;
}

void report(benchmark::State& state, const CascadePlan& plan, const CascadeOutcome& outcome) {
  double sum = 0;
  for (const std::uint32_t size : outcome.sizes) sum += size;
  const double runs = static_cast<double>(state.iterations());
  state.counters["mean_size"] = sum / plan.replicates;
  state.counters["trials/s"] =
      benchmark::Counter(static_cast<double>(outcome.trials) * runs, benchmark::Counter::kIsRate);
  state.counters["cascades/s"] = benchmark::Counter(plan.replicates * runs, benchmark::Counter::kIsRate);
}

void run(benchmark::State& state, const CascadePlan& plan, unsigned threads) {
  Team team(threads);
  CascadeOutcome outcome;
  for (auto _ : state) outcome = spread(plan, team);
  report(state, plan, outcome);
}

void w1_single(benchmark::State& state) {
  CascadePlan plan = large();
  plan.replicates = 8 * static_cast<std::uint32_t>(state.range(0));
  plan.algorithm = CascadeAlgorithm::single;
  run(state, plan, static_cast<unsigned>(state.range(0)));
}

void w1_fused(benchmark::State& state) {
  CascadePlan plan = large();
  const auto threads = static_cast<unsigned>(state.range(0));
  plan.times = state.range(2) == 0;
  plan.algorithm = plan.times ? CascadeAlgorithm::levels : CascadeAlgorithm::lazy;
  plan.lanes = static_cast<unsigned>(state.range(1));
  plan.replicates = threads * plan.lanes;
  run(state, plan, threads);
}

void w2_small(benchmark::State& state) { run(state, small(), static_cast<unsigned>(state.range(0))); }

// With structural virality, and with those below a hundred accounts only counted.
void w2_trees(benchmark::State& state) {
  CascadePlan plan = small();
  plan.trees = true, plan.large = state.range(1) == 0 ? 0 : 100;
  run(state, plan, static_cast<unsigned>(state.range(0)));
}

BENCHMARK(w1_single)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(w1_fused)
    ->ArgNames({"threads", "lanes", "lazy"})
    ->ArgsProduct({{1, 2}, {64, 128, 256, 512}, {0, 1}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(w2_small)->ArgName("threads")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK(w2_trees)
    ->ArgNames({"threads", "counted"})
    ->ArgsProduct({{1, 2}, {0, 1}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace passalong
