// Pairs in the order of x, then y: what a merge sort by y must exchange are the discordant pairs.
#include "sim/base/rank_correlation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

namespace passalong {
namespace {
using Pair = std::pair<double, double>;

// Pairs of equal elements, where equals are neighbours.
template <class Same>
double ties(const std::vector<Pair>& pairs, const Same& same) {
  double sum = 0;
  for (std::size_t i = 0; i < pairs.size();) {
    const std::size_t first = i;
    while (i < pairs.size() && same(pairs[first], pairs[i])) ++i;
    const auto n = static_cast<double>(i - first);
    sum += n * (n - 1) / 2;
  }
  return sum;
}

bool by_second(const Pair& a, const Pair& b) { return a.second < b.second; }

// Sorts by the second, stably; how many pairs stood the other way round.
double exchanges(std::vector<Pair>& pairs) {
  std::vector<Pair> merged(pairs.size());
  double count = 0;
  for (std::size_t width = 1; width < pairs.size(); width *= 2) {
    for (std::size_t begin = 0; begin < pairs.size(); begin += 2 * width) {
      const std::size_t middle = std::min(begin + width, pairs.size()), end = std::min(begin + 2 * width, pairs.size());
      std::size_t left = begin, right = middle;
      for (std::size_t to = begin; to < end; ++to) {
        const bool from_right = left == middle || (right < end && by_second(pairs[right], pairs[left]));
        if (from_right) count += static_cast<double>(middle - left);
        merged[to] = from_right ? pairs[right++] : pairs[left++];
      }
    }
    pairs.swap(merged);
  }
  return count;
}
}  // namespace

double rank_correlation(std::span<const double> x, std::span<const double> y) {
  std::vector<Pair> pairs(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) pairs[i] = {x[i], y[i]};
  std::sort(pairs.begin(), pairs.end());
  const auto n = static_cast<double>(pairs.size());
  const double all = n * (n - 1) / 2;
  const double same_x = ties(pairs, [](const Pair& a, const Pair& b) { return a.first == b.first; });
  const double same_both = ties(pairs, [](const Pair& a, const Pair& b) { return a == b; });
  const double discordant = exchanges(pairs);
  const double same_y = ties(pairs, [](const Pair& a, const Pair& b) { return a.second == b.second; });
  if (same_x >= all || same_y >= all) return 0;
  return (all - same_x - same_y + same_both - 2 * discordant) / (std::sqrt(all - same_x) * std::sqrt(all - same_y));
}

}  // namespace passalong
