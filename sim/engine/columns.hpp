// The state of a world that does not depend on the model: plain columns with one visit list, which the checkpoint,
// the digest and the tests share.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "sim/base/column.hpp"
#include "sim/engine/posts.hpp"

namespace passalong {

// Cumulative counts of one studied account, or of everyone.
struct Counts {
  std::uint64_t posts = 0, deliveries = 0, impressions = 0, shares = 0, reach = 0, follows = 0, unfollows = 0,
                checks = 0, adoptions = 0, clients = 0;
  std::array<std::uint64_t, 8> causes{};  // of unfollows
  Counts& operator+=(const Counts& o) {
    posts += o.posts, deliveries += o.deliveries, impressions += o.impressions, shares += o.shares, reach += o.reach;
    for (std::size_t k = 0; k < causes.size(); ++k) causes[k] += o.causes[k];
    follows += o.follows, unfollows += o.unfollows, checks += o.checks, adoptions += o.adoptions, clients += o.clients;
    return *this;
  }
};

// An account under study. Its id is the number of accounts plus its place.
struct Studied {
  std::vector<AccountId> followers;  // ascending
  std::uint64_t first_audience = 0;
  std::uint32_t posts_made = 0;
  Counts counts;
  template <class Archive>
  void visit(Archive& a) {
    a(followers), a(first_audience), a(posts_made), a(counts);
  }
};

// A share of a studied post that has been decided and will appear later.
struct Share {
  std::uint32_t post;  // serial
  AccountId account;
  std::uint32_t parent;  // node
};

struct Columns {
  Tick now = 0;
  AccountId present = 0;          // the accounts below this are there, the others have yet to join
  HugeColumn<std::uint32_t> see;  // P(see) in 2^-31, an account
  std::vector<Studied> studied;
  Ring<Post> posts;  // of the studied accounts, like all that follows here
  Ring<Node> nodes;
  Ring<Tally> tallies;
  std::vector<std::vector<Share>> wheel;  // of studied posts, due at tick t in slot t mod size
  std::vector<AccountId> rewired;         // whose followees changed today
  Counts everyone;
  template <class Archive>
  void visit(Archive& a) {
    a(now), a(present), a(see), a(studied), a(posts), a(nodes), a(tallies), a(wheel), a(rewired), a(everyone);
  }
};

}  // namespace passalong
