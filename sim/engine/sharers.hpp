// Who has passed an ordinary post on, and will not do so again while it lives: a set a partition and day of birth,
// which is dropped whole when its posts are dead. A key names post and reader exactly, and is 8 bytes.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/engine/ordinary.hpp"

namespace passalong {

// An open-addressing set that is at most four fifths full.
class KeySet {
 public:
  bool contains(std::uint64_t key) const {
    if (count_ == 0) return false;
    for (std::size_t at = home(key);; at = next(at)) {
      if (keys_[at] == empty) return false;
      if (keys_[at] == key) return true;
    }
  }
  bool add(std::uint64_t key) {  // false where it is there already
    if (5 * (count_ + 1) > 4 * keys_.size()) grow();
    std::size_t at = home(key);
    for (; keys_[at] != empty; at = next(at))
      if (keys_[at] == key) return false;
    keys_[at] = key, ++count_;
    return true;
  }
  [[gnu::always_inline]] void expect(std::uint64_t key) const {
    if (count_ > 0) __builtin_prefetch(&keys_[home(key)], 1);
  }
  void clear() { std::fill(keys_.begin(), keys_.end(), empty), count_ = 0; }
  std::uint64_t size() const { return count_; }
  std::uint64_t bytes() const { return keys_.capacity() * 8; }
  std::vector<std::uint64_t> sorted() const {
    std::vector<std::uint64_t> all;
    for (const std::uint64_t key : keys_)
      if (key != empty) all.push_back(key);
    std::sort(all.begin(), all.end());
    return all;
  }

 private:
  static constexpr std::uint64_t empty = ~0ULL;  // no account has the id this would name
  std::size_t home(std::uint64_t key) const {
    return static_cast<std::size_t>((key * 0x9e37'79b9'7f4a'7c15ULL >> 32) * keys_.size() >> 32);
  }
  std::size_t next(std::size_t at) const { return at + 1 == keys_.size() ? 0 : at + 1; }
  void grow() {
    std::vector<std::uint64_t> old(std::max<std::size_t>(16, keys_.size() + keys_.size() / 2), empty);
    old.swap(keys_);
    for (const std::uint64_t key : old)
      if (key != empty) {
        std::size_t at = home(key);
        while (keys_[at] != empty) at = next(at);
        keys_[at] = key;
      }
  }
  std::vector<std::uint64_t> keys_;
  std::uint64_t count_ = 0;
};

class Sharers {
 public:
  static constexpr unsigned reader_bits = 32 - posts_a_day_bits;  // readers of a partition

  // Posts live for so many days at most, the day they are born included.
  void remember(std::size_t days) { sets_.resize(days), born_.assign(days, none); }
  bool contains(const PostId& post, std::uint32_t reader_in_partition) const {
    const std::size_t slot = day_of(post.ordinal) % sets_.size();
    return born_[slot] == day_of(post.ordinal) && sets_[slot].contains(key(post, reader_in_partition));
  }
  bool add(const PostId& post, std::uint32_t reader_in_partition) {
    const std::uint32_t day = day_of(post.ordinal);
    const std::size_t slot = day % sets_.size();
    if (born_[slot] != day) sets_[slot].clear(), born_[slot] = day;
    return sets_[slot].add(key(post, reader_in_partition));
  }
  // The same will be asked soon: memory may fetch the place.
  [[gnu::always_inline]] void expect(const PostId& post, std::uint32_t reader_in_partition) const {
    sets_[day_of(post.ordinal) % sets_.size()].expect(key(post, reader_in_partition));
  }
  std::uint64_t bytes() const {
    std::uint64_t sum = sets_.capacity() * (sizeof(KeySet) + 4);
    for (const KeySet& set : sets_) sum += set.bytes();
    return sum;
  }
  // Keys in order, so that a state has one form however it came about.
  template <class Archive>
  void visit(Archive& a) {
    constexpr bool loading = requires { a.finish(); };
    a(born_);
    if constexpr (loading) sets_.assign(born_.size(), {});
    for (KeySet& set : sets_) {
      std::vector<std::uint64_t> keys = set.sorted();
      a(keys);
      if constexpr (loading)
        for (const std::uint64_t key : keys) set.add(key);
    }
  }
  std::size_t days() const { return sets_.size(); }

 private:
  static constexpr std::uint32_t none = ~0U;
  static std::uint64_t key(const PostId& post, std::uint32_t reader) {
    return std::uint64_t{post.author} << 32 | std::uint64_t{post.ordinal & (most_posts_a_day - 1)} << reader_bits |
           reader;
  }
  std::vector<KeySet> sets_;         // by day of birth modulo their number
  std::vector<std::uint32_t> born_;  // of each
};

}  // namespace passalong
