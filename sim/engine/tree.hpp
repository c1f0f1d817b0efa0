// How far apart the accounts of a tree are: structural virality (Goel et al. 2016) in one pass. An edge whose lower
// side holds s of the n accounts lies on the ways of s (n - s) pairs.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace passalong {

// Over all pairs of accounts, an integer, exact below 2^53. Node 0 is the root, parents[0] is not read, and parents[k]
// < k for all others; `below` is room to work in.
inline double sum_distances(std::span<const std::uint32_t> parents, std::vector<std::uint32_t>& below) {
  const auto n = static_cast<double>(parents.size());
  below.assign(parents.size(), 1);
  double sum = 0;
  for (std::size_t k = parents.size(); k-- > 1;) {
    below[parents[k]] += below[k];
    sum += below[k] * (n - below[k]);
  }
  return sum;
}

// Mean distance of two of n accounts; 0 for one alone.
inline double structural_virality(double distances, std::uint64_t n) {
  const auto size = static_cast<double>(n);
  return n < 2 ? 0 : 2 * distances / (size * (size - 1));
}

}  // namespace passalong
