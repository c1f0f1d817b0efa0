// A small world of the conversation model, played so often that the mean paired difference is known: how often the
// intervals of eight replicates hold it.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "models/models.hpp"
#include "sim/experiment/inference.hpp"
#include "sim/experiment/metric.hpp"
#include "sim/experiment/run.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

inline Result play_small_worlds(std::size_t replicates) {
  const std::string text =
      "seed = 5\nduration = \"4 days\"\n[network]\naccounts = 300\nmean_followers = 12\n"
      "[[strategy]]\nname = \"value-add\"\nposts = \"3 per day\"\nfollowers = 60\nmix = { value = 0.9, pitch = 0.1 }\n"
      "[[strategy]]\nname = \"pitch\"\nposts = \"3 per day\"\nfollowers = 60\nmix = { value = 0.1, pitch = 0.9 }\n"
      "[output]\nevery = \"4 days\"\n";
  const auto models = model_choices();
  RunOptions options;
  options.threads = 2;
  return run(parse_scenario(text, "small.toml", models, {"replicates=" + std::to_string(replicates)}), options).result;
}

struct SimulatedCoverage {
  double paired = 0, independent = 0, truth = 0;
};

// Of groups of `size` replicates; independent: value-add of one half of a group's replicates, pitch of the other.
inline SimulatedCoverage simulated_coverage(const Result& result, const std::string& metric, std::size_t size) {
  const Measure m = measure(result, metric);
  const auto last = [&](std::size_t arm, std::size_t r) { return m.values[arm][r].back(); };
  const std::size_t replicates = result.replicates.size(), groups = replicates / size;
  SimulatedCoverage c;
  for (std::size_t r = 0; r < replicates; ++r) c.truth += (last(0, r) - last(1, r)) / static_cast<double>(replicates);
  const auto holds = [&](const Interval& i) { return i.low <= c.truth && c.truth <= i.high; };
  for (std::size_t g = 0; g < groups; ++g) {
    std::vector<double> differences, a, b;
    for (std::size_t r = g * size; r < (g + 1) * size; ++r) {
      differences.push_back(last(0, r) - last(1, r));
      if (r % 2 == 0) a.push_back(last(0, r));
      if (r % 2 == 1) b.push_back(last(1, r));
    }
    c.paired += holds(paired_test(differences).difference.ci) / static_cast<double>(groups);
    c.independent += holds(welch_test(a, b).difference.ci) / static_cast<double>(groups);
  }
  return c;
}

}  // namespace passalong
