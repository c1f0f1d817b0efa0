// Rows whose lengths and entries are known in closed form: nothing is drawn, counted or sorted.
#pragma once
#include <cstdint>
#include <new>

#include "sim/network/rows.hpp"

namespace passalong {

// followers(a) and followees(a) are counts; write(a, place) puts the followers of a there, ascending.
template <class Followers, class Followees, class Write>
Network write_rows(AccountId accounts, Team& team, const Followers& followers, const Followees& followees,
                   const Write& write) {
  constexpr std::size_t block = 1024;
  Network network;
  network.offsets.resize(accounts + 1ULL);
  for (AccountId a = 0; a < accounts; ++a) network.offsets[a + 1ULL] = network.offsets[a] + followers(a);
  const std::uint64_t follows = network.offsets.back();
  if (follows > network.followers.max_size()) throw std::bad_alloc();
  network.followers.reserve(follows);
  prefer_huge_pages(network.followers.data(), follows * sizeof(AccountId));
  network.followers.resize(follows);
  network.followees.resize(accounts);
  team.blocks(accounts, block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t a = begin; a < end; ++a) {
      network.followees[a] = followees(static_cast<AccountId>(a));
      write(static_cast<AccountId>(a), network.followers.data() + network.offsets[a]);
    }
  });
  return network;
}

}  // namespace passalong
