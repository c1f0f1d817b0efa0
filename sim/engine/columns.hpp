// The state of a world that does not depend on the model: plain columns with one visit list, which the checkpoint,
// the digest and the tests share.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/engine/posts.hpp"

namespace passalong {

// Cumulative counts of one studied account, or of everyone.
struct Counts {
  std::uint64_t posts = 0, deliveries = 0, impressions = 0, shares = 0, reach = 0, follows = 0, unfollows = 0,
                checks = 0, adoptions = 0, clients = 0;
  Counts& operator+=(const Counts& o) {
    posts += o.posts, deliveries += o.deliveries, impressions += o.impressions, shares += o.shares, reach += o.reach;
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

// A share that has been decided and will appear later.
struct Share {
  std::uint32_t post;  // serial
  AccountId account;
  std::uint32_t parent;  // node
};

// Which pairs (account, post) have shared, for posts of the background; a small open-addressing set.
class SharerSet {
 public:
  bool contains(std::uint64_t key) const {
    if (keys_.empty()) return false;
    for (std::size_t at = home(key);; at = (at + 1) & (keys_.size() - 1)) {
      if (keys_[at] == empty) return false;
      if (keys_[at] == key) return true;
    }
  }
  void add(std::uint64_t key) {
    if (2 * (count_ + 1) > keys_.size()) rebuild(keys_.empty() ? 64 : keys_.size() * 2, 0);
    place(key);
  }
  static std::uint64_t key(std::uint32_t post, AccountId account) {
    return static_cast<std::uint64_t>(post) << 32 | account;
  }
  void forget_before(std::uint32_t post) {
    if (count_ > 0) rebuild(keys_.size(), static_cast<std::uint64_t>(post) << 32);
  }
  std::uint64_t bytes() const { return keys_.capacity() * 8; }
  template <class Archive>
  void visit(Archive& a) {
    a(keys_), a(count_);
  }

 private:
  static constexpr std::uint64_t empty = ~0ULL;
  std::size_t home(std::uint64_t key) const { return (key * 0x9e37'79b9'7f4a'7c15ULL >> 20) & (keys_.size() - 1); }
  void place(std::uint64_t key) {
    std::size_t at = home(key);
    while (keys_[at] != empty && keys_[at] != key) at = (at + 1) & (keys_.size() - 1);
    count_ += keys_[at] == empty;
    keys_[at] = key;
  }
  void rebuild(std::size_t size, std::uint64_t least) {
    std::vector<std::uint64_t> old(size, empty);
    old.swap(keys_);
    count_ = 0;
    for (const std::uint64_t k : old)
      if (k != empty && k >= least) place(k);
  }
  std::vector<std::uint64_t> keys_;
  std::uint64_t count_ = 0;
};

struct Columns {
  Tick now = 0;
  AccountId present = 0;           // the accounts below this are there, the others have yet to join
  std::vector<std::uint32_t> see;  // P(see) in 2^-31, an account
  std::vector<Studied> studied;
  Ring<Post> posts;
  Ring<Node> nodes;
  Ring<Tally> tallies;                         // of studied posts
  std::vector<std::vector<Share>> wheel;       // due at tick t in slot t mod size
  std::vector<std::uint32_t> background_made;  // ordinals used, an account; empty where the background is load only
  std::vector<std::vector<PostId>> today;      // background posts of the day, by tick of the day
  std::vector<AccountId> rewired;              // whose followees changed today
  Counts everyone;
  template <class Archive>
  void visit(Archive& a) {
    a(now), a(present), a(see), a(studied), a(posts), a(nodes), a(tallies), a(wheel), a(background_made), a(today),
        a(rewired);
    a(everyone);
  }
};

}  // namespace passalong
