// The feed form of attention beside the load form, on one scenario: everyone posts 0.7 times a day and reads what the
// argument says. Whole ticks after two days of warm-up; items are impressions, so items/s is impressions/s. Run with
// --benchmark_enable_random_interleaving=true and repetitions.
#include <benchmark/benchmark.h>

#include <memory>

#include "models/conversation.hpp"
#include "models/models.hpp"
#include "sim/engine/world.hpp"
#include "sim/network/followees.hpp"

namespace passalong {
namespace {

constexpr const char* forms[] = {"load", "chronological", "engagement", "interest", "random"};

struct Bed {
  Scenario scenario;
  Ground ground;
  Population people;
  Bed(std::int64_t accounts, double read) {
    Team team(0);
    scenario.seed = 1, scenario.duration = 24 * 365;
    scenario.network.accounts = accounts;
    scenario.population.posts = 0.7;
    scenario.population.attention = Distribution::log_normal(read, 1);
    scenario.strategies.push_back({"value-add", 2, {0.9, 0.1, 0}, accounts / 100});
    ground = make_network(scenario, 0, team);
    ground.followees = std::make_shared<const Followees>(followees_of(ground.network, team));
    people = draw_population(scenario, ground, std::make_shared<TopicTraits>(summarise_topics(ground, team)), 0, team);
  }
};

Bed& bed(std::int64_t accounts, std::int64_t read) {
  static std::pair<std::int64_t, std::int64_t> size;
  static std::unique_ptr<Bed> made;
  if (size != std::pair(accounts, read))
    made.reset(), made = std::make_unique<Bed>(accounts, static_cast<double>(read)), size = {accounts, read};
  return *made;
}

double count(const World& world, const std::string& name) {
  std::vector<double> row;
  world.measure(row);
  for (std::size_t q = 0; q < row.size(); ++q)
    if (world.quantities()[q].name == name) return row[q];
  return 0;
}

void tick(benchmark::State& state) {
  Bed& b = bed(state.range(0), state.range(1));
  const auto mechanisms = std::make_shared<Mechanisms>();
  if (state.range(2) > 0) {
    mechanisms->attention.form = "feed";
    mechanisms->attention.feed.ranking = forms[state.range(2)];
  }
  b.scenario.parameters = mechanisms;
  Team team(static_cast<unsigned>(state.range(3)));
  const Setting setting{&b.scenario, &b.ground, &b.people, 0, {&b.scenario.strategies[0]}};
  const auto world = conversation.make(setting, team);
  PhaseSeconds phases;
  world->time(&phases);
  for (int t = 0; t < 48; ++t) world->step();
  const double seen = count(*world, "world_impressions"), delivered = count(*world, "world_deliveries");
  for (auto _ : state) {
    phases = {};
    world->step();
    state.SetIterationTime(phases.publish + phases.deliver + phases.react + phases.settle);
  }
  state.SetLabel(forms[state.range(2)]);
  state.SetItemsProcessed(static_cast<std::int64_t>(count(*world, "world_impressions") - seen));
  state.counters["deliveries/s"] =
      benchmark::Counter(count(*world, "world_deliveries") - delivered, benchmark::Counter::kIsRate);
  state.counters["bytes"] = static_cast<double>(world->bytes());
}

BENCHMARK(tick)
    ->ArgNames({"accounts", "read", "form", "threads"})
    ->ArgsProduct({{100'000, 1'000'000}, {2, 25}, {0, 1, 2}, {1, 2}})
    ->UseManualTime()
    ->Iterations(24)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace passalong
