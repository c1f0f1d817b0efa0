// Generations from the author down, then distances from the last account up.
#include "sim/observe/cascade.hpp"

#include <algorithm>
#include <vector>

#include "sim/engine/tree.hpp"

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

}  // namespace

Cascade measure_cascade(std::span<const std::uint32_t> parents) {
  Cascade cascade;
  if (parents.size() < 2) return cascade;
  cascade.size = static_cast<std::uint32_t>(parents.size());
  measure_generations(parents, cascade);
  std::vector<std::uint32_t> below;
  cascade.structural_virality = structural_virality(sum_distances(parents, below), parents.size());
  return cascade;
}

}  // namespace passalong
