// The second half of building rows: cursors, sorting, and closing the gaps that repeats leave.
#include "sim/network/rows.hpp"

#include <sys/mman.h>

#include <algorithm>

namespace passalong {
namespace {
constexpr std::size_t block = 4096;  // rows a worker takes at once

// Sorts the rows and returns how many entries of each remain.
std::vector<std::uint32_t> sort_rows(Network& network, Team& team) {
  std::vector<std::uint32_t> kept(network.accounts());
  team.blocks(network.accounts(), block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t a = begin; a < end; ++a) {
      AccountId* first = network.followers.data() + network.offsets[a];
      AccountId* last = network.followers.data() + network.offsets[a + 1];
      std::sort(first, last);
      kept[a] = static_cast<std::uint32_t>(std::unique(first, last) - first);
    }
  });
  return kept;
}

// Moves every row down to where the one before it now ends.
void close_gaps(Network& network, const std::vector<std::uint32_t>& kept) {
  std::uint64_t end = 0;
  for (std::size_t a = 0; a < kept.size(); ++a) {
    const AccountId* from = network.followers.data() + network.offsets[a];
    AccountId* to = network.followers.data() + end;
    if (from != to) std::copy(from, from + kept[a], to);
    network.offsets[a] = end;
    end += kept[a];
  }
  network.offsets[kept.size()] = end;
  network.followers.resize(end);
}

void count_followees(Network& network, Team& team) {
  network.followees.assign(network.accounts(), 0);
  team.blocks(network.follows(), block * 16, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t e = begin; e < end; ++e)
      std::atomic_ref<std::uint32_t>(network.followees[network.followers[e]]).fetch_add(1, std::memory_order_relaxed);
  });
}
}  // namespace

void prefer_huge_pages(void* data, std::size_t bytes) {
  constexpr std::uintptr_t page = 4096;
  const auto begin = (reinterpret_cast<std::uintptr_t>(data) + page - 1) & ~(page - 1);
  const auto end = (reinterpret_cast<std::uintptr_t>(data) + bytes) & ~(page - 1);
  // A hint: where the system does not know it, nothing is lost but speed.
  if (end > begin + (4U << 20)) static_cast<void>(madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE));
}

RowBuilder::RowBuilder(AccountId accounts) { network_.offsets.assign(accounts + 1ULL, 0); }

void RowBuilder::open() {
  std::uint64_t start = 0;
  for (std::size_t a = 1; a < network_.offsets.size(); ++a) {
    const std::uint64_t followers = network_.offsets[a];
    network_.offsets[a] = start;
    start += followers;
  }
  network_.followers.reserve(start);
  prefer_huge_pages(network_.followers.data(), start * sizeof(AccountId));
  network_.followers.resize(start);
}

Network RowBuilder::close(Team& team) {
  const std::vector<std::uint32_t> kept = sort_rows(network_, team);
  const std::uint64_t all = network_.follows();
  close_gaps(network_, kept);
  network_.duplicates = all - network_.follows();
  count_followees(network_, team);
  return std::move(network_);
}

}  // namespace passalong
