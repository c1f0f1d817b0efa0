// What cascades came to, and the tables it makes.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/cascades/exact.hpp"
#include "sim/observe/network_figures.hpp"
#include "sim/observe/result.hpp"

namespace passalong {

inline constexpr std::size_t most_values_of_steps = 1'000'000;  // of a series: more of the course is not written

struct CascadeResult {
  CascadeOutcome outcome;
  std::vector<NetworkFigures> networks;
  std::optional<ExactSpread> exact;  // in place of an outcome
  std::vector<std::string> labels;   // of the accounts of `exact`
  bool enough = false;               // as many replicates as were asked for, or as precision wanted
  const char* stopped = nullptr;     // what ended a run `until` a precision
};

Result tabulate_cascades(const Scenario& scenario, const CascadeResult& played);
// Root attributes, over those of the manifest.
void describe_cascades(Result& result, const CascadeResult& played);

struct Sizes {
  std::uint64_t count = 0;  // replicates; 0: exact
  double mean = 0, se = 0, half_width = 0;
  std::int64_t min = 0, max = 0;
  std::optional<double> exact{};
};
std::optional<Sizes> summarise_sizes(const Result& result);  // nothing where its replicates have no size

}  // namespace passalong
