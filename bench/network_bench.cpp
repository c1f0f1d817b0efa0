// Making and reading networks: items are follows, bytes are bytes of text.
#include <benchmark/benchmark.h>
#include <unistd.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

#include "sim/network/network.hpp"
#include "sim/network/statistics/summary.hpp"

namespace passalong {
namespace {
Scenario scenario_of(std::int64_t accounts) {
  Scenario s;
  s.seed = 1;
  s.network.accounts = accounts;
  return s;
}

const Ground& usual() {
  static const Ground ground = [] {
    Team team(0);
    return make_network(scenario_of(1 << 17), 0, team);
  }();
  return ground;
}

// The usual network as an edge list, plain or compressed; removed at the end.
struct EdgeFile {
  explicit EdgeFile(bool compressed)
      : path(std::filesystem::temp_directory_path() /
             ("passalong_bench_" + std::to_string(::getpid()) + (compressed ? ".txt.gz" : ".txt"))) {
    std::string text;
    for (AccountId a = 0; a < usual().network.accounts(); ++a)
      for (const AccountId f : usual().network.followers_of(a))
        text += std::to_string(f) + "\t" + std::to_string(a) + "\n";
    bytes = static_cast<std::int64_t>(text.size());
    gzFile file = gzopen(path.c_str(), compressed ? "wb1" : "wbT");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
  }
  ~EdgeFile() { std::filesystem::remove(path); }
  std::filesystem::path path;
  std::int64_t bytes = 0;
};

void generate(benchmark::State& state) {
  Team team(static_cast<unsigned>(state.range(1)));
  std::int64_t follows = 0;
  for (auto _ : state) {
    const Ground ground = make_network(scenario_of(state.range(0)), 0, team);
    follows += static_cast<std::int64_t>(ground.network.follows());
  }
  state.SetItemsProcessed(follows);
}
BENCHMARK(generate)
    ->ArgNames({"accounts", "workers"})
    ->ArgsProduct({{1 << 14, 1 << 17, 1 << 20}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void import(benchmark::State& state) {
  const EdgeFile file(state.range(0) == 1);
  Team team(static_cast<unsigned>(state.range(1)));
  std::int64_t follows = 0;
  for (auto _ : state) {
    const Network network = read_edge_list(file.path.string(), "follower -> followed", team);
    follows += static_cast<std::int64_t>(network.follows());
  }
  state.SetItemsProcessed(follows);
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * file.bytes);
}
BENCHMARK(import)
    ->ArgNames({"compressed", "workers"})
    ->ArgsProduct({{0, 1}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void count_returned(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(share_returned(usual().network));
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * usual().network.follows()));
}
BENCHMARK(count_returned)->Unit(benchmark::kMillisecond);
}  // namespace
}  // namespace passalong
