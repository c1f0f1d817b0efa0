// A made-up result for tests of statistics and pages: three strategies whose curves drift apart, with shared noise.
#pragma once
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/base/random.hpp"
#include "sim/observe/result.hpp"

namespace passalong {

struct SyntheticSeries {
  const char *name, *long_name;
  double start;
  std::vector<double> ends;  // by strategy
  double noise;
  bool whole;  // stored as integers
};

// A random walk over `times` outputs, for the most part the same in all strategies.
inline std::vector<double> synthetic_noise(std::size_t strategy, std::size_t replicate, std::size_t times) {
  const Stream stream(11, static_cast<std::uint32_t>(replicate), Purpose::scenario_draw);
  const auto own = static_cast<std::uint32_t>(strategy) + 1;
  std::vector<double> walk(times);
  for (std::uint32_t t = 1; t < times; ++t) {
    walk[t] =
        walk[t - 1] + normal_quantile(uniform(stream(t, 0)[0])) + 0.5 * normal_quantile(uniform(stream(t, own)[0]));
  }
  return walk;
}

inline Variable synthetic_variable(const SyntheticSeries& s, std::size_t strategies, std::size_t replicates,
                                   std::size_t times) {
  std::vector<double> values;
  for (std::size_t a = 0; a < strategies; ++a) {
    for (std::size_t r = 0; r < replicates; ++r) {
      const auto noise = synthetic_noise(a, r, times);
      for (std::size_t t = 0; t < times; ++t) {
        const double share = static_cast<double>(t) / static_cast<double>(std::max<std::size_t>(1, times - 1));
        values.push_back(s.start + (s.ends[a] - s.start) * share * (0.4 + 0.6 * share) + s.noise * noise[t]);
      }
    }
  }
  Variable v{s.name, "1", s.long_name, {"strategy", "replicate", "time"}, {}, s.whole ? "i4" : "f4", {}};
  if (s.whole) {
    std::vector<std::int64_t> rounded;
    for (const double x : values) rounded.push_back(static_cast<std::int64_t>(std::max(0.0, x) + 0.5));
    v.values = rounded;
  } else {
    v.values = values;
  }
  return v;
}

inline Result synthetic_result(std::size_t replicates = 16, std::size_t days = 180) {
  Result result;
  result.strategies = {"value-add", "mixed", "pitch"};
  for (std::size_t r = 0; r < replicates; ++r) result.replicates.push_back(static_cast<std::int64_t>(r));
  for (std::size_t t = 0; t <= days; ++t) result.time.push_back(static_cast<double>(t));
  const SyntheticSeries series[] = {
      {"followers", "followers of the studied account", 3000, {4006, 2577, 2028}, 9, true},
      {"reach", "distinct accounts that have seen at least one post", 0, {61000, 24000, 7100}, 60, true},
      {"trust_mean", "mean trust of current followers", 0.5, {0.72, 0.49, 0.46}, 0.001, false},
      {"suspicion_mean", "mean suspicion of current followers", 0.15, {0.05, 0.84, 0.98}, 0.0005, false},
      {"fan_share", "share of followers who like the product", 0.36, {0.29, 0.40, 0.49}, 0.001, false},
      {"seller_share", "share of followers who pitch themselves", 0.105, {0.118, 0.135, 0.144}, 0.0006, false},
      {"audience_diversity", "effective number of interests among followers", 7.61, {7.57, 7.45, 7.32}, 0.004, false},
      {"customers", "accounts that have bought", 0, {134, 125, 112}, 1.2, true}};
  for (const auto& s : series) result.series.push_back(synthetic_variable(s, 3, replicates, days + 1));
  result.text = {{"title", "Value-add versus pitch"},
                 {"source", "passalong 0.1.0"},
                 {"git_commit", "0123456789abcdef"},
                 {"redraw", "population"},
                 {"history", "run value_vs_pitch.toml"},
                 {"scenario", "title = \"Value-add versus pitch\"\nseed = 7\nduration = \"180 days\"\n"}};
  result.integers = {{"seed", 7}, {"schema_version", 1}, {"replicates_planned", static_cast<std::int64_t>(replicates)}};
  result.digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  return result;
}

// The same as brands of one world, beside a series of everyone.
inline Result synthetic_brands(std::size_t replicates = 16, std::size_t days = 180) {
  Result result = synthetic_result(replicates, days);
  result.brands = std::exchange(result.strategies, {"all"});
  for (Variable& v : result.series) v.dimensions = {"strategy", "brand", "replicate", "time"};
  Variable everyones = result.series[0];
  everyones.name = "world_shares", everyones.dimensions = {"strategy", "replicate", "time"};
  auto& values = std::get<std::vector<std::int64_t>>(everyones.values);
  values.resize(values.size() / result.brands.size());
  result.series.push_back(everyones);
  return result;
}

}  // namespace passalong
