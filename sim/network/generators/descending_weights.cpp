// A counting sort by the weights' leading bits, then a comparison sort within each of its narrow bins.
#include "sim/network/generators/descending_weights.hpp"

#include <algorithm>
#include <bit>

#include "sim/network/account_sums.hpp"

namespace passalong {
namespace {
constexpr std::size_t bins = 1U << 15;  // of positive floats: exponent and 7 bits

std::size_t bin_of(float weight) { return bins - 1 - (std::bit_cast<std::uint32_t>(weight) >> 16); }
}  // namespace

DescendingWeights::DescendingWeights(const std::vector<double>& weights, Team& team) : entries_(weights.size()) {
  std::vector<std::size_t> end(bins + 1);
  for (const double w : weights) ++end[bin_of(static_cast<float>(w)) + 1];
  for (std::size_t c = 0; c < bins; ++c) end[c + 1] += end[c];
  const std::vector<std::size_t> begin(end);
  for (std::size_t a = 0; a < weights.size(); ++a) {
    const auto weight = static_cast<float>(weights[a]);
    entries_[end[bin_of(weight)]++] = {weight, static_cast<AccountId>(a)};
  }
  team.each(bins, [&](std::size_t bin, unsigned) {
    std::sort(entries_.begin() + static_cast<std::ptrdiff_t>(begin[bin]),
              entries_.begin() + static_cast<std::ptrdiff_t>(begin[bin + 1]), [](const Entry& a, const Entry& b) {
                return a.weight != b.weight ? a.weight > b.weight : a.account < b.account;
              });
  });
  set_classes();
}

void DescendingWeights::set_classes() {
  double left = 0;
  for (const Entry& e : entries_) left += static_cast<double>(e.weight);
  const double little = 0.02 * left;
  for (std::size_t i = 0; i < size();) {
    const double top = static_cast<double>(entries_[i].weight);
    const bool last = top * static_cast<double>(size() - i) <= little;
    while (i < size() && (last || 2 * static_cast<double>(entries_[i].weight) > top)) ++i;
    classes_.push_back({i, top});
  }
}

// Newton's steps from below: the sum is concave in c, and straight between the points where a pair reaches 1.
double DescendingWeights::factor_for(double goal, const std::vector<double>& weights, const std::vector<double>& others,
                                     Team& team) const {
  std::vector<double> sum_above(size() + 1);
  for (std::size_t i = 0; i < size(); ++i) sum_above[i + 1] = sum_above[i] + static_cast<double>(entries_[i].weight);
  double factor = 0;
  for (int step = 0; step < 60; ++step) {
    const std::vector<double> sums = totals(others.size(), 2, team, [&](std::size_t b, auto& into) {
      const double scale = factor * others[b], own = static_cast<double>(static_cast<float>(weights[b]));
      const auto first_below = std::partition_point(
          entries_.begin(), entries_.end(), [&](const Entry& e) { return static_cast<double>(e.weight) * scale >= 1; });
      const auto certain = static_cast<std::size_t>(first_below - entries_.begin());
      into[0] += static_cast<double>(certain) - (own * scale >= 1 ? 1 : 0);
      into[1] += others[b] * (sum_above.back() - sum_above[certain] - (own * scale >= 1 ? 0 : own));
    });
    if (!(sums[1] > 0) || (goal - sums[0]) / sums[1] <= factor * (1 + 1e-12)) break;
    factor = (goal - sums[0]) / sums[1];
  }
  return factor;
}

}  // namespace passalong
