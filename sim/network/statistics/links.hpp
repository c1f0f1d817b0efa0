// Who is tied to whom: two accounts are tied where either follows the other.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/network/network.hpp"

namespace passalong {

// An account's ties are its followers and `others`: those it follows who do not follow back. Nobody stands in both.
struct Links {
  const Network& network;
  std::vector<std::uint64_t> offsets;  // accounts + 1: where the lists of others begin; gaps lie between them
  std::vector<AccountId> others;       // each list ascending
  std::vector<std::uint32_t> ties;     // by account, how many

  AccountId accounts() const { return network.accounts(); }
  std::span<const AccountId> followers_of(AccountId a) const { return network.followers_of(a); }
  std::span<const AccountId> others_of(AccountId a) const {
    return {others.data() + offsets[a], ties[a] - network.follower_count(a)};
  }
  // Followees who follow back.
  std::uint32_t returned(AccountId a) const { return network.follower_count(a) + network.followees[a] - ties[a]; }
  bool tied(AccountId a, AccountId b) const { return network.follows(a, b) || network.follows(b, a); }
  // The i-th account that a is tied to.
  AccountId tie(AccountId a, std::uint64_t i) const {
    const std::uint32_t followers = network.follower_count(a);
    return i < followers ? followers_of(a)[i] : others_of(a)[i - followers];
  }
  template <class Body>
  void each_tie(AccountId a, const Body& body) const {
    for (const AccountId b : followers_of(a)) body(b);
    for (const AccountId b : others_of(a)) body(b);
  }
};

// 4 bytes a follow and 12 an account; 12 more an account while it is made.
Links link_both_ways(const Network& network, Team& team);

}  // namespace passalong
