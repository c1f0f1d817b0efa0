// Shares of ordinary posts with whom each came through, kept until the post can be shared no more. It is written where
// base rates are wanted, and its memory follows the live posts that were shared, never all posts.
#pragma once
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <tuple>
#include <vector>

#include "sim/engine/ordinary.hpp"

namespace passalong {

struct OrdinaryShare {
  PostId post;
  AccountId sharer = 0;
  AccountId from = 0;  // through whom the sharer saw it: the author, or who had shared it before
  Tick born = 0;       // when the post appeared
  Tick lands = 0;      // when the share appears
  bool operator==(const OrdinaryShare&) const = default;
  // By post, each share after the one it came through.
  bool operator<(const OrdinaryShare& o) const {
    return std::tie(post.author, post.ordinal, lands, sharer) <
           std::tie(o.post.author, o.post.ordinal, o.lands, o.sharer);
  }
};

// The ordinary posts of one tick.
struct OrdinaryBirths {
  Tick born = 0;
  std::uint64_t posts = 0;
  std::vector<OrdinaryShare> shares;
  template <class Archive>
  void visit(Archive& a) {
    a(born), a(posts), a(shares);
  }
};

class ShareLog {
 public:
  void begin(Tick now, std::uint64_t posts) { births_.push_back({now, posts, {}}); }
  void add(const OrdinaryShare& share) {
    births_[static_cast<std::size_t>(share.born - births_.front().born)].shares.push_back(share);
  }
  // The ticks whose posts no longer live at `now`, the earliest first, shares in order.
  std::vector<OrdinaryBirths> take_closed(Tick now, Tick lifetime) {
    const auto alive =
        std::find_if(births_.begin(), births_.end(), [&](const OrdinaryBirths& b) { return b.born + lifetime >= now; });
    std::vector<OrdinaryBirths> closed(std::make_move_iterator(births_.begin()), std::make_move_iterator(alive));
    births_.erase(births_.begin(), alive);
    for (OrdinaryBirths& b : closed) std::sort(b.shares.begin(), b.shares.end());
    return closed;
  }
  // Tick follows tick, and each holds its own.
  bool sound() const {
    for (const OrdinaryBirths& b : births_)
      if (b.born - births_.front().born != &b - births_.data() ||
          std::any_of(b.shares.begin(), b.shares.end(), [&](const OrdinaryShare& s) { return s.born != b.born; }))
        return false;
    return true;
  }
  std::uint64_t bytes() const {
    std::uint64_t sum = births_.capacity() * sizeof(OrdinaryBirths);
    for (const OrdinaryBirths& b : births_) sum += b.shares.capacity() * sizeof(OrdinaryShare);
    return sum;
  }
  template <class Archive>
  void visit(Archive& a) {
    a(births_);
  }

 private:
  std::vector<OrdinaryBirths> births_;  // one a tick, from the oldest whose posts may be alive
};

}  // namespace passalong
