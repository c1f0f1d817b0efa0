// What cascades came to, and the tables it makes.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/cascades/exact.hpp"
#include "sim/experiment/precision.hpp"
#include "sim/observe/network_figures.hpp"
#include "sim/observe/result.hpp"

namespace passalong {

inline constexpr std::size_t most_values_of_steps = 1'000'000;  // of a series: more of the course is not written

struct CascadeResult {
  CascadeOutcome outcome;
  std::vector<NetworkFigures> networks;
  std::optional<ExactSpread> exact;                   // in place of an outcome
  std::vector<std::string> labels;                    // of the accounts of `exact`
  bool times = true, trees = false, counted = false;  // what was asked for
  bool enough = false;                                // as many replicates as were asked for, or as precision wanted
  const char* stopped = nullptr;                      // what ended a run `until` a precision
};

Result tabulate_cascades(const Scenario& scenario, const CascadeResult& played);
// Root attributes, over those of the manifest.
void describe_cascades(Result& result, const CascadeResult& played);

void add_sizes(const CascadeOutcome& outcome, MeanOfSizes& mean);  // of those that are whole

}  // namespace passalong
