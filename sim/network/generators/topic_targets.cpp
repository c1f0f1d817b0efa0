// Builds one alias table per topic; topics are built side by side.
#include "sim/network/generators/topic_targets.hpp"

#include <algorithm>

#include "sim/network/rows.hpp"

namespace passalong {
namespace {
constexpr std::uint32_t always = 0xffff'ffffU;

std::uint32_t threshold_of(double share) {  // of its cell that an entry keeps for its own
  const double words = share * 4294967296.0 - 1;
  return words <= 0 ? 0 : words >= 4294967295.0 ? always : static_cast<std::uint32_t>(words);
}
}  // namespace

TopicTargets::TopicTargets(std::size_t topics, std::span<const std::uint8_t> primary, std::span<const double> weight,
                           Team& team)
    : first_(topics + 1) {
  for (const std::uint8_t t : primary) ++first_[t + 1ULL];
  for (std::size_t t = 0; t < topics; ++t) first_[t + 1] += first_[t];
  entries_.reserve(primary.size());
  prefer_huge_pages(entries_.data(), primary.size() * sizeof(Entry));
  entries_.resize(primary.size());
  std::vector<std::uint64_t> next(first_.begin(), first_.end() - 1);
  for (std::size_t a = 0; a < primary.size(); ++a)
    entries_[next[primary[a]]++] = {static_cast<AccountId>(a), static_cast<AccountId>(a), always};
  team.each(topics, [&](std::size_t t, unsigned) { build(t, weight); });
}

// Pairs each cell that holds less than its share with one that holds more, until none is left.
void TopicTargets::build(std::size_t topic, std::span<const double> weight) {
  const std::span<Entry> cells(entries_.data() + first_[topic], entries_.data() + first_[topic + 1]);
  double sum = 0;
  for (const Entry& e : cells) sum += weight[e.own];
  std::vector<double> share(cells.size());
  std::vector<std::uint32_t> small, large;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    share[i] = weight[cells[i].own] * static_cast<double>(cells.size()) / sum;
    (share[i] < 1 ? small : large).push_back(static_cast<std::uint32_t>(i));
  }
  while (!small.empty() && !large.empty()) {
    const std::uint32_t less = small.back(), more = large.back();
    small.pop_back();
    cells[less].other = cells[more].own;
    cells[less].threshold = threshold_of(share[less]);
    share[more] -= 1 - share[less];
    if (share[more] >= 1) continue;
    large.pop_back();
    small.push_back(more);
  }
}

}  // namespace passalong
