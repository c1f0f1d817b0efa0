// Making networks of every kind: items are follows, `peak` is bytes of memory a follow at the worst moment (where the
// system can reset its own count). A plain triad stands in the same run: what the memory gives when it is only
// streamed.
#include <benchmark/benchmark.h>

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include "sim/network/generators/kinds.hpp"
#include "sim/network/network.hpp"

namespace passalong {
namespace {
double resident_bytes(const char* what) {  // "VmHWM:", the most so far, or "VmRSS:", now
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (double kilobytes = 0; word == what && status >> kilobytes) return kilobytes * 1024;
  return 0;
}

void triad(benchmark::State& state) {
  constexpr std::size_t block = 1 << 16, size = std::size_t{1} << 25;
  Team team(static_cast<unsigned>(state.range(0)));
  std::vector<double> a(size), b(size, 1), c(size, 2);
  for (auto _ : state) {
    team.blocks(size, block, [&](std::size_t begin, std::size_t end, unsigned) {
      for (std::size_t i = begin; i < end; ++i) a[i] = b[i] + 3 * c[i];
    });
    benchmark::ClobberMemory();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * size * 3 * sizeof(double)));
}
BENCHMARK(triad)->ArgName("workers")->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

void generate(benchmark::State& state, const std::string& kind) {
  Scenario s;
  s.seed = 1, s.network.kind = kind, s.network.accounts = state.range(0);
  s.population.homophily = 0;
  Team team(static_cast<unsigned>(state.range(1)));
  double follows = 0, peak = 0;
  for (auto _ : state) {
    std::ofstream("/proc/self/clear_refs") << 5;
    const double before = resident_bytes("VmRSS:");
    const KindOfNetwork* found = find_kind(kind);
    const Network network = found ? found->generate(s.network, 1, 0, team) : make_network(s, 0, team).network;
    peak = std::max(peak, (resident_bytes("VmHWM:") - before) / static_cast<double>(network.follows()));
    follows += static_cast<double>(network.follows());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(follows));
  state.counters["follows"] = follows / static_cast<double>(state.iterations());
  state.counters["peak"] = peak;
}

void register_all() {
  const auto add = [](const std::string& kind, std::int64_t accounts, unsigned workers) {
    benchmark::RegisterBenchmark(("generate/" + kind).c_str(), generate, kind)
        ->ArgNames({"accounts", "workers"})
        ->Args({accounts, workers})
        ->Unit(benchmark::kMillisecond)
        ->UseRealTime();
  };
  std::vector<std::string> kinds{"power-law"};
  for (const KindOfNetwork& kind : kinds_of_network())
    if (kind.name != std::string("florentine")) kinds.emplace_back(kind.name);
  for (const std::string& kind : kinds)
    for (const unsigned workers : {1U, 2U}) add(kind, kind == "complete" ? 3000 : 300'000, workers);
  for (const char* kind : {"configuration", "power-law"}) add(kind, 2'857'143, 2);  // 100,000,000 follows
}
[[maybe_unused]] const bool registered = (register_all(), true);
}  // namespace
}  // namespace passalong
