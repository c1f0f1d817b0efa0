// Writing, reading and digesting results, in values/s. The file goes to the temporary folder; most of the time is
// compression, not the disk.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "sim/output/output.hpp"

namespace passalong {
namespace {

// Counts that wander, as followers do: 3 strategies x 16 replicates x days, and shares from them.
Result make_result(std::int64_t days, int series) {
  Result r;
  r.strategies = {"value-add", "mixed", "pitch"};
  for (std::int64_t i = 0; i < 16; ++i) r.replicates.push_back(i);
  for (std::int64_t d = 1; d <= days; ++d) r.time.push_back(static_cast<double>(d));
  std::uint64_t state = 1;
  for (int s = 0; s < series; ++s) {
    std::vector<std::int64_t> counts(48 * static_cast<std::size_t>(days));
    std::vector<double> shares(counts.size());
    std::int64_t count = 10'000;
    for (std::size_t i = 0; i < counts.size(); ++i) {
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;
      counts[i] = count += static_cast<std::int64_t>(state >> 59) - 16;
      shares[i] = static_cast<double>(count) / 20'000.0;
    }
    const std::vector<std::string> dimensions{"strategy", "replicate", "time"};
    const std::string number = std::to_string(s);
    r.series.push_back({"count" + number, "accounts", "a count", dimensions, std::move(counts), "i8", {}});
    r.series.push_back({"share" + number, "1", "a share", dimensions, std::move(shares), "f4", {}});
  }
  return r;
}

std::int64_t values_in(const Result& r) {
  return static_cast<std::int64_t>(r.series.size() * r.strategies.size() * r.replicates.size() * r.time.size());
}

std::string path() {
  return std::filesystem::temp_directory_path() / ("output_bench-" + std::to_string(::getpid()) + ".h5");
}

void write(benchmark::State& state) {
  Result r = make_result(state.range(0), 12);
  for (auto _ : state) write_result(path(), r, true);
  state.SetItemsProcessed(state.iterations() * values_in(r));
  state.counters["bytes_per_value"] =
      static_cast<double>(std::filesystem::file_size(path())) / static_cast<double>(values_in(r));
  std::filesystem::remove(path());
}
BENCHMARK(write)->Arg(180)->Arg(2'000)->Arg(20'000)->Unit(benchmark::kMillisecond)->UseRealTime();

void read(benchmark::State& state) {
  Result r = make_result(state.range(0), 12);
  write_result(path(), r, true);
  for (auto _ : state) benchmark::DoNotOptimize(read_result(path()));
  state.SetItemsProcessed(state.iterations() * values_in(r));
  std::filesystem::remove(path());
}
BENCHMARK(read)->Arg(180)->Arg(2'000)->Arg(20'000)->Unit(benchmark::kMillisecond)->UseRealTime();

void digest(benchmark::State& state) {
  const Result r = make_result(state.range(0), 12);
  for (auto _ : state) benchmark::DoNotOptimize(digest_of(r));
  state.SetItemsProcessed(state.iterations() * values_in(r));
}
BENCHMARK(digest)->Arg(180)->Arg(2'000)->Arg(20'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace passalong
