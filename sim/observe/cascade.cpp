// Two passes over the tree: generations from the author down, sizes of subtrees from the last account up.
#include "sim/observe/cascade.hpp"

#include <algorithm>
#include <vector>

namespace passalong {
namespace {

void measure_generations(std::span<const std::uint32_t> parents, Cascade& cascade) {
  std::vector<std::uint32_t> generation(parents.size()), members(1, 1);
  for (std::size_t k = 1; k < parents.size(); ++k) {
    generation[k] = generation[parents[k]] + 1;
    if (generation[k] == members.size()) members.push_back(0);
    ++members[generation[k]];
  }
  cascade.depth = static_cast<std::uint32_t>(members.size() - 1);
  cascade.breadth = *std::ranges::max_element(members);
  cascade.first = members[1];
  if (members.size() > 2) cascade.second = members[2];
}

// An edge whose lower side holds s of the n accounts lies on the ways of s (n - s) pairs, so the mean distance is
// 2 / (n (n - 1)) times the sum of s (n - s). The sum is an integer, and exact below 2^53.
double mean_distance(std::span<const std::uint32_t> parents) {
  const double n = static_cast<double>(parents.size());
  std::vector<std::uint32_t> below(parents.size(), 1);
  double sum = 0;
  for (std::size_t k = parents.size() - 1; k > 0; --k) {
    below[parents[k]] += below[k];
    sum += below[k] * (n - below[k]);
  }
  return 2 * sum / (n * (n - 1));
}

}  // namespace

Cascade measure_cascade(std::span<const std::uint32_t> parents) {
  Cascade cascade;
  if (parents.size() < 2) return cascade;
  cascade.size = static_cast<std::uint32_t>(parents.size());
  measure_generations(parents, cascade);
  cascade.structural_virality = mean_distance(parents);
  return cascade;
}

}  // namespace passalong
