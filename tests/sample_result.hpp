// A small result with one of everything, a folder for its file, and what tests of result files ask of both.
#pragma once
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <string>

#include "sim/base/failure.hpp"
#include "sim/output/output.hpp"

namespace passalong {

namespace fs = std::filesystem;

inline const double nan = std::numeric_limits<double>::quiet_NaN();

inline Variable series(const std::string& name, const std::string& units, const std::string& dtype, Column values) {
  return {name,  units, "the " + name + " of the studied account", {"strategy", "replicate", "time"}, std::move(values),
          dtype, {}};
}

inline Group posts() {
  Group g{"posts", {{"post", 5}}, {}};
  const std::vector<std::string> one{"post"};
  g.variables.push_back({"strategy",
                         "",
                         "strategy",
                         one,
                         std::vector<std::int64_t>{0, 0, 1, 1, 1},
                         "i4",
                         {"value-add", "hard pitch – ä"}});
  g.variables.push_back({"replicate", "", "replicate", one, std::vector<std::int64_t>{0, 1, 0, 1, 2}, "i4", {}});
  g.variables.push_back({"time", "d", "when", one, std::vector<double>{0.25, 0.5, 0.75, 1.5, 1.75}, "f8", {}});
  g.variables.push_back({"kind", "", "kind", one, std::vector<std::int64_t>{0, 1, 0, 1, 1}, "i1", {"value", "pitch"}});
  g.variables.push_back(
      {"size", "accounts", "accounts that shared", one, std::vector<std::int64_t>{1, 7, 1, 1 << 20, 3}, "i8", {}});
  g.variables.push_back(
      {"structural_virality", "1", "mean distance", one, std::vector<double>{nan, 1.5, nan, 2.25, 1.1}, "f4", {}});
  return g;
}

inline Group network() {
  Group g{"network", {{"followers", 3}}, {}};
  g.variables.push_back({"accounts", "accounts", "accounts", {}, std::vector<std::int64_t>{1000}, "i8", {}});
  g.variables.push_back(
      {"followers", "", "followers of an account", {"followers"}, std::vector<std::int64_t>{1, 10, 100}, "i4", {}});
  g.variables.push_back(
      {"degree", "accounts", "accounts with so many", {"followers"}, std::vector<std::int64_t>{900, 90, 10}, "i8", {}});
  g.variables.push_back(
      {"spectral_radius", "1", "by replicate", {"replicate"}, std::vector<double>{30.5, 31.5, 32.5}, "f8", {}});
  return g;
}

// 2 strategies x 3 replicates x 4 days.
inline Result sample() {
  Result r;
  r.strategies = {"value-add", "hard pitch – ä"};
  r.replicates = {0, 1, 2};
  r.time = {0.5, 1, 1.5, 2};
  std::vector<std::int64_t> counts;
  std::vector<double> shares;
  for (int i = 0; i < 24; ++i) counts.push_back(100 + i), shares.push_back(i == 7 ? nan : i / 23.0);
  r.series.push_back(series("followers", "accounts", "i4", counts));
  r.series.push_back(series("trust_mean", "1", "f4", shares));
  r.series.push_back(series("deliveries", "deliveries", "i8", counts));
  r.groups = {posts(), network()};
  r.text = {{"title", "Value-add versus pitch"}, {"source", "passalong 0.1.0"}, {"git_commit", "0123456789abcdef"},
            {"scenario", "title = \"x\"\n"},     {"scenario_resolved", ""},     {"input_sha256", ""},
            {"history", "run x --seed 7"},       {"redraw", "population"}};
  r.integers = {{"schema_version", 1}, {"seed", 7}, {"steps_done", 96}, {"replicates_planned", 3}};
  return r;
}

inline std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void spit(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

// NaN equals NaN here.
inline bool same(const Column& a, const Column& b) {
  if (a.index() != b.index()) return false;
  if (std::holds_alternative<std::vector<std::int64_t>>(a)) return a == b;
  const auto &x = std::get<1>(a), &y = std::get<1>(b);
  return std::ranges::equal(x, y, [](double p, double q) { return p == q || (std::isnan(p) && std::isnan(q)); });
}

inline bool same(const Variable& a, const Variable& b) {
  return a.name == b.name && a.units == b.units && a.long_name == b.long_name && a.dimensions == b.dimensions &&
         a.dtype == b.dtype && a.meanings == b.meanings && same(a.values, b.values);
}

inline const Variable* find(const Group& g, const std::string& name) {
  const auto it = std::ranges::find(g.variables, name, &Variable::name);
  return it == g.variables.end() ? nullptr : &*it;
}

inline bool same(const Group& a, const Group& b) {
  return a.name == b.name && a.dimensions == b.dimensions && a.variables.size() == b.variables.size() &&
         std::ranges::all_of(a.variables,
                             [&](const Variable& v) { return find(b, v.name) && same(v, *find(b, v.name)); });
}

inline bool same(const Result& a, const Result& b) {
  const auto equal = [](const auto& x, const auto& y) { return same(x, y); };
  return a.strategies == b.strategies && a.replicates == b.replicates && a.time == b.time && a.complete == b.complete &&
         a.digest == b.digest && a.text == b.text && a.integers == b.integers &&
         std::ranges::equal(a.series, b.series, equal) && std::ranges::equal(a.groups, b.groups, equal);
}

inline Exit exit_of(const std::function<void()>& act, std::string* message = nullptr) {
  try {
    act();
  } catch (const Failure& failure) {
    if (message) *message = failure.what() + std::string(" | ") + failure.faults().front().help;
    return failure.code();
  }
  return Exit::ok;
}

class OutputTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / ("passalong-output-" + std::to_string(::getpid()) + "-" + test->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string at(const std::string& name) const { return folder_ / name; }
  std::size_t files() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_), {})); }

  fs::path folder_;
};

}  // namespace passalong
