// Both directions of a network, and the ties they make: two accounts are tied where either follows the other.
#pragma once
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/network/network.hpp"

namespace passalong {

struct Links {
  const Network& network;
  std::vector<std::uint64_t> offsets;  // accounts + 1, of the lists of followees
  std::vector<AccountId> followees;    // each list ascending
  std::vector<std::uint32_t> ties;     // by account, how many

  AccountId accounts() const { return network.accounts(); }
  std::span<const AccountId> followers_of(AccountId a) const { return network.followers_of(a); }
  std::span<const AccountId> followees_of(AccountId a) const {
    return {followees.data() + offsets[a], followees.data() + offsets[a + 1ULL]};
  }
  // Followees who follow back.
  std::uint32_t returned(AccountId a) const { return network.follower_count(a) + network.followees[a] - ties[a]; }
  bool tied(AccountId a, AccountId b) const { return network.follows(a, b) || network.follows(b, a); }

  // body(b) for each account that a is tied to, ascending. No branch depends on what the lists hold.
  template <class Body>
  void each_tie(AccountId a, const Body& body) const {
    const auto in = followers_of(a), out = followees_of(a);
    std::size_t i = 0, o = 0;
    while (i < in.size() && o < out.size()) {
      const AccountId x = in[i], y = out[o];
      body(std::min(x, y));
      i += x <= y, o += y <= x;
    }
    for (; i < in.size(); ++i) body(in[i]);
    for (; o < out.size(); ++o) body(out[o]);
  }
};

// 4 bytes a follow and 12 an account.
Links link_both_ways(const Network& network, Team& team);

}  // namespace passalong
