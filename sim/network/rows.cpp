// The second half of building rows: cursors, sorting, and closing the gaps that repeats leave.
#include "sim/network/rows.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "sim/network/row_space.hpp"

namespace passalong {
namespace {
constexpr std::size_t block = 4096;  // rows a worker takes at once

using Entry = std::uint64_t;  // follower, and below it the bits of its weight, which is not negative: both ascend

// Combines the sorted entries of equal followers, in place; returns how many remain.
std::size_t merge(std::vector<Entry>& row, Weights weights) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < row.size();) {
    const Entry follower = row[i] >> 32;
    double sum = 0, missed = 1;
    float last = 0;
    std::size_t repeats = 0;
    for (; i < row.size() && row[i] >> 32 == follower; ++i, ++repeats) {
      last = std::bit_cast<float>(static_cast<std::uint32_t>(row[i]));
      sum += static_cast<double>(last);
      missed *= 1 - static_cast<double>(last);
    }
    const double all = weights == Weights::probabilities ? 1 - missed : sum;
    const auto most = static_cast<double>(std::numeric_limits<float>::max());
    const float weight = repeats == 1 ? last : static_cast<float>(std::min(all, most));
    row[kept++] = follower << 32 | std::bit_cast<std::uint32_t>(weight);
  }
  return kept;
}

std::size_t sort_weighted_row(AccountId* followers, float* weights, std::vector<Entry>& row, Weights kind) {
  for (std::size_t i = 0; i < row.size(); ++i)
    row[i] = Entry{followers[i]} << 32 | std::bit_cast<std::uint32_t>(weights[i]);
  std::sort(row.begin(), row.end());
  const std::size_t kept = merge(row, kind);
  for (std::size_t i = 0; i < kept; ++i) {
    followers[i] = static_cast<AccountId>(row[i] >> 32);
    weights[i] = std::bit_cast<float>(static_cast<std::uint32_t>(row[i]));
  }
  return kept;
}

// Sorts the rows and returns how many entries of each remain.
std::vector<std::uint32_t> sort_rows(Network& network, Weights weights, Team& team) {
  std::vector<std::uint32_t> kept(network.accounts());
  std::vector<std::vector<Entry>> scratch(team.workers());
  team.blocks(network.accounts(), block, [&](std::size_t begin, std::size_t end, unsigned worker) {
    for (std::size_t a = begin; a < end; ++a) {
      AccountId* first = network.followers.data() + network.offsets[a];
      AccountId* last = network.followers.data() + network.offsets[a + 1];
      if (weights == Weights::none) {
        std::sort(first, last);
        kept[a] = static_cast<std::uint32_t>(std::unique(first, last) - first);
      } else {
        scratch[worker].resize(static_cast<std::size_t>(last - first));
        float* weight = network.weights.data() + network.offsets[a];
        kept[a] = static_cast<std::uint32_t>(sort_weighted_row(first, weight, scratch[worker], weights));
      }
    }
  });
  return kept;
}

void count_followees(Network& network, Team& team) {
  network.followees.assign(network.accounts(), 0);
  team.blocks(network.follows(), block * 16, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t e = begin; e < end; ++e)
      std::atomic_ref<std::uint32_t>(network.followees[network.followers[e]]).fetch_add(1, std::memory_order_relaxed);
  });
}
}  // namespace

RowBuilder::RowBuilder(AccountId accounts, Weights weights) : weights_(weights) {
  network_.offsets.reserve(accounts + 1ULL);
  prefer_huge_pages(network_.offsets.data(), (accounts + 1ULL) * sizeof(std::uint64_t));
  network_.offsets.assign(accounts + 1ULL, 0);
  network_.weights_are_probabilities = weights == Weights::probabilities;
}

void RowBuilder::open() {
  std::uint64_t start = 0;
  for (std::size_t a = 1; a < network_.offsets.size(); ++a) {
    const std::uint64_t followers = network_.offsets[a];
    network_.offsets[a] = start;
    start += followers;
  }
  reserve_followers(network_, start);
  if (weights_ != Weights::none) network_.weights.resize(start);
}

Network RowBuilder::close(Team& team) {
  const std::vector<std::uint32_t> kept = sort_rows(network_, weights_, team);
  const std::uint64_t all = network_.follows();
  close_gaps(network_, kept);
  network_.duplicates = all - network_.follows();
  count_followees(network_, team);
  return std::move(network_);
}

}  // namespace passalong
