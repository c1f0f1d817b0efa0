// What there is to be read on feeds: posts that are alive and the copies accounts have put up of them, lately. An
// account's copies are chained from the newest on, so that a reader finds what is new with one look an account.
#pragma once
#include <cstdint>

#include "sim/base/column.hpp"
#include "sim/engine/posts.hpp"

namespace passalong {

// A queue with lasting numbers, which wrap: what is alive is always fewer than they are.
template <class T>
class FeedQueue {
 public:
  std::uint32_t first() const { return first_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(items_.size() - head_); }
  std::uint32_t end() const { return first_ + size(); }
  bool holds(std::uint32_t number) const { return number - first_ < size(); }
  const T& operator[](std::uint32_t number) const { return items_[head_ + (number - first_)]; }
  T& operator[](std::uint32_t number) { return items_[head_ + (number - first_)]; }
  // Makes room for more at the end; the number of the first of them.
  std::uint32_t extend(std::size_t more) {
    const std::uint32_t at = first_ + size();
    items_.resize(items_.size() + more);
    return at;
  }
  template <class Old>
  void drop_while(const Old& old) {
    while (head_ < items_.size() && old(items_[head_])) ++head_, ++first_;
    if (head_ < items_.size() / 2) return;
    items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(head_));
    head_ = 0;
  }
  std::uint64_t bytes() const { return items_.capacity() * sizeof(T); }
  bool sound() const { return head_ <= items_.size() && items_.size() < ~0U; }
  template <class Archive>
  void visit(Archive& a) {
    a(items_), a(first_), a(head_);
  }

 private:
  HugeColumn<T> items_;
  std::uint32_t first_ = 0;  // number of items_[head_]
  std::uint64_t head_ = 0;
};

struct FeedPost {
  PostId id;
  Tick born = 0;
  float value = 0;
  std::uint32_t shares = 0;  // so far
  PostKind kind = PostKind::value;
  std::uint8_t topic = 0;
  std::uint16_t spare = 0;  // where padding would be: columns are saved byte by byte
};

// A copy that an account has put up: its own post or one that it passed on.
struct FeedCopy {
  std::uint32_t post = 0;
  std::uint32_t node = no_node;  // of a studied account's post: the share
  std::uint32_t moment = 0;      // within the tick, in 2^-32
  std::uint32_t older = 0;       // the account's copy before this one
  Tick tick = 0;
};

struct FeedBoard {
  struct Latest {
    std::uint32_t copy = 0;
    Tick tick = -1;
  };
  FeedQueue<FeedPost> posts;  // by (born, author, ordinal); a post is here for its lifetime
  FeedQueue<FeedCopy> copies;
  HugeColumn<Latest> latest;  // by account, the studied ones last

  // Lets go of what nobody can read any more.
  void forget(Tick now, Tick lifetime, Tick window) {
    posts.drop_while([&](const FeedPost& p) { return p.born + lifetime < now; });
    copies.drop_while([&](const FeedCopy& c) { return c.tick <= now - window; });
  }
  // Takes its place at the front of the sharer's copies; `copy` has been extended for.
  void put_up(AccountId sharer, std::uint32_t copy, const FeedCopy& what) {
    copies[copy] = what;
    copies[copy].older = latest[sharer].tick < 0 ? copies.first() - 1 : latest[sharer].copy;
    latest[sharer] = {copy, what.tick};
  }
  // Number of a post that is alive.
  std::uint32_t find(Tick born, const PostId& id) const;

  bool sound(std::size_t accounts) const;
  std::uint64_t bytes() const { return posts.bytes() + copies.bytes() + latest.capacity() * sizeof(Latest); }
  template <class Archive>
  void visit(Archive& a) {
    a(posts), a(copies), a(latest);
  }
};

}  // namespace passalong
