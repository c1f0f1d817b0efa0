// The tick and its phases, with everyone posting once a day: items are deliveries, so items/s is deliveries/s. Each
// phase is timed inside whole ticks, after a day of warm-up, and reported as its own benchmark.
#include <benchmark/benchmark.h>

#include <memory>

#include "models/models.hpp"
#include "sim/engine/world.hpp"

namespace passalong {
namespace {

struct Bed {
  Scenario scenario;
  Ground ground;
  Population people;
  explicit Bed(std::int64_t accounts) {
    Team team(0);
    scenario.seed = 1, scenario.duration = 24 * 365;
    scenario.network.accounts = accounts;
    scenario.population.posts = 1;
    scenario.population.attention = Distribution::exponential(2);  // about 5 % of deliveries are seen
    scenario.strategies.push_back({"value-add", 2, {0.9, 0.1, 0}, accounts / 100});
    scenario.parameters = conversation.choice.parameters();
    ground = make_network(scenario, 0, team);
    people = draw_population(scenario, ground, std::make_shared<TopicTraits>(summarise_topics(ground, team)), 0, team);
  }
};

const Bed& bed(std::int64_t accounts) {
  static std::int64_t size = 0;
  static std::unique_ptr<Bed> made;
  if (size != accounts) made = std::make_unique<Bed>(accounts), size = accounts;
  return *made;
}

double deliveries(const World& world) {
  std::vector<double> row;
  world.measure(row);
  for (std::size_t q = 0; q < row.size(); ++q)
    if (std::string(world.quantities()[q].name) == "world_deliveries") return row[q];
  return 0;
}

void run(benchmark::State& state, double (*seconds)(const PhaseSeconds&)) {
  const Bed& b = bed(state.range(0));
  Team team(static_cast<unsigned>(state.range(1)));
  const Setting setting{&b.scenario, &b.ground, &b.people, 0, {&b.scenario.strategies[0]}};
  const auto world = conversation.make(setting, team);
  PhaseSeconds phases;
  world->time(&phases);
  for (int t = 0; t < 24; ++t) world->step();
  const double before = deliveries(*world);
  for (auto _ : state) {
    phases = {};
    world->step();
    state.SetIterationTime(seconds(phases));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(deliveries(*world) - before));
}

void sizes(benchmark::internal::Benchmark* b) {
  for (const int accounts : {100'000, 1'000'000})
    for (const int threads : {1, 2}) b->Args({accounts, threads});
  b->ArgNames({"accounts", "threads"})->UseManualTime()->Unit(benchmark::kMillisecond);
}

BENCHMARK_CAPTURE(run, tick, [](const PhaseSeconds& p) {
  return p.publish + p.deliver + p.react + p.settle;
})->Apply(sizes);
BENCHMARK_CAPTURE(run, publish, [](const PhaseSeconds& p) { return p.publish; })->Apply(sizes);
BENCHMARK_CAPTURE(run, deliver, [](const PhaseSeconds& p) { return p.deliver; })->Apply(sizes);
BENCHMARK_CAPTURE(run, react, [](const PhaseSeconds& p) { return p.react; })->Apply(sizes);

}  // namespace
}  // namespace passalong
