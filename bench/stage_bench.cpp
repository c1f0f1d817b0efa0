// What a world stands on, phase by phase: the network of preset twitter-2009 at a share of its size, its interests, the
// bytes they are kept in, and the people. Counters are seconds, seconds of work (which others on the machine
// hardly change), and bytes at the peak. The whole of it takes 10 GiB and
// runs where PASSALONG_WHOLE_TWITTER is set.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <memory>
#include <string>

#include "sim/base/stopwatch.hpp"
#include "sim/network/generators/kinds.hpp"
#include "sim/network/interests.hpp"
#include "sim/population/population.hpp"

namespace passalong {
namespace {
double resident_bytes(const char* what) {  // "VmHWM:", the most so far, or "VmRSS:", now
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (double kilobytes = 0; word == what && status >> kilobytes) return kilobytes * 1024;
  return 0;
}

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }  // of all workers

Scenario whole_twitter(std::int64_t accounts) {
  Scenario s;
  NetworkSection& n = s.network;
  n.kind = "configuration", n.accounts = accounts, n.mean_followers = 35.2, n.exponent = 2.276, n.reciprocity = 0.221;
  s.population.posts = 1;
  StrategySection strategy;
  strategy.followers = 1000;
  s.strategies.assign(4, strategy);
  return s;
}

void stage(benchmark::State& state) {
  const Scenario s = whole_twitter(state.range(0));
  Team team(static_cast<unsigned>(state.range(1)));
  std::ofstream("/proc/self/clear_refs") << 5;
  for (auto _ : state) {
    Stopwatch watch;
    double before = 0, work = cpu_seconds();
    const auto phase = [&](const char* name) {
      state.counters[name] = watch.seconds() - before;
      state.counters[std::string(name) + "_cpu"] = cpu_seconds() - work;
      before = watch.seconds(), work = cpu_seconds();
      state.counters[std::string(name) + "_peak"] = resident_bytes("VmHWM:");
    };
    Ground ground;
    ground.network = find_kind(s.network.kind)->generate(s.network, 1, 0, team);
    phase("1_network");
    ground.interests = draw_interests(ground.network.accounts(), s.population, 1, 0, team);
    phase("2_interests");
    mix_interests(ground.interests, ground.network, s.population.homophily, 1, 0, team);
    phase("3_mixing");
    const auto topics = std::make_shared<const TopicTraits>(summarise_topics(ground, team));
    ground.interests = {};
    phase("4_topics");
    const Population people = draw_population(s, ground, topics, 0, team);
    phase("5_people");
    benchmark::DoNotOptimize(people.mean_affinity);
    state.counters["follows"] = static_cast<double>(ground.network.follows());
  }
}

void register_all() {
  auto* bench = benchmark::RegisterBenchmark("stage", stage)->ArgNames({"accounts", "workers"});
  for (const std::int64_t accounts : {1'000'000, 4'000'000}) bench->Args({accounts, 1})->Args({accounts, 2});
  if (std::getenv("PASSALONG_WHOLE_TWITTER") != nullptr) bench->Args({41'700'000, 2});
  bench->Iterations(1)->Unit(benchmark::kSecond)->UseRealTime();
}
[[maybe_unused]] const bool registered = (register_all(), true);
}  // namespace
}  // namespace passalong
