// The state of a world that does not depend on the model: plain columns with one visit list, which the checkpoint,
// the digest and the tests share.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "sim/base/column.hpp"
#include "sim/engine/learner.hpp"
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

// What is in force of an account's policy since the start of a day.
struct Regime {
  double made = 0;          // posts that had fallen due by then, fractions and all
  double posts = 0;         // a day
  std::uint32_t since = 0;  // day
  std::uint32_t place = 0;  // of the phase, or of the arm it has chosen
};

// An account under study. Its id is the number of accounts plus its place.
struct Studied {
  std::vector<AccountId> followers;  // ascending
  std::uint64_t first_audience = 0;
  std::uint32_t posts_made = 0;
  Counts counts;
  Regime regime;
  Learner learner;
  double won = 0;    // when its learner was last paid
  double hours = 0;  // of work spent
  template <class Archive>
  void visit(Archive& a) {
    a(followers), a(first_audience), a(posts_made), a(counts), a(regime), a(learner), a(won), a(hours);
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
