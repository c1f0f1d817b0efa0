// Networks whose rows can each be drawn alone: every row is drawn twice, once to be counted and once into its place.
#pragma once
#include <algorithm>
#include <atomic>
#include <new>

#include "sim/network/network.hpp"
#include "sim/network/rows.hpp"

namespace passalong {

// draw(row, worker, take) calls take(follower) for each follower of a row, each once, never the row itself, in any
// order, and always the same. No memory is used beside the network.
template <class Draw>
Network draw_independent_rows(AccountId accounts, Team& team, const Draw& draw) {
  constexpr std::size_t block = 512;
  Network network;
  network.offsets.assign(accounts + 1ULL, 0);
  const auto each_row = [&](const auto& body) {
    team.blocks(accounts, block, [&](std::size_t begin, std::size_t end, unsigned worker) {
      for (std::size_t a = begin; a < end; ++a) body(static_cast<AccountId>(a), worker);
    });
  };
  each_row([&](AccountId row, unsigned worker) {
    std::uint64_t followers = 0;
    draw(row, worker, [&](AccountId) { ++followers; });
    network.offsets[row + 1ULL] = followers;
  });
  for (std::size_t a = 0; a < accounts; ++a) network.offsets[a + 1] += network.offsets[a];
  const std::uint64_t follows = network.offsets.back();
  if (follows > network.followers.max_size()) throw std::bad_alloc();
  network.followers.reserve(follows);
  prefer_huge_pages(network.followers.data(), follows * sizeof(AccountId));
  network.followers.resize(follows);
  network.followees.assign(accounts, 0);
  each_row([&](AccountId row, unsigned worker) {
    AccountId* const first = network.followers.data() + network.offsets[row];
    AccountId* last = first;
    draw(row, worker, [&](AccountId follower) {
      *last++ = follower;
      __builtin_prefetch(&network.followees[follower], 1);
    });
    for (const AccountId* f = first; f != last; ++f)
      std::atomic_ref<std::uint32_t>(network.followees[*f]).fetch_add(1, std::memory_order_relaxed);
    if (!std::is_sorted(first, last)) std::sort(first, last);
  });
  return network;
}

}  // namespace passalong
