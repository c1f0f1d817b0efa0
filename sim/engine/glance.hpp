// Thinning: most copies of a post are never seen, so readers who do not look should cost nothing. Each reader belongs
// to one of 16 classes by how likely it is at most to see a copy; a row of followers is kept beside the network as a
// row of classes, four bits a follow. A random byte a follower, compared with its class's bound, tells who may see a
// copy, 32 at a time and without touching any of them; those are then asked with the rest of P(see):
//   P(see) = (bound / 256) (P(see) 256 / bound)
// This is exact (thinning, Lewis & Shedler 1979), and the bounds are close: about six in seven of those asked do see.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/column.hpp"
#include "sim/engine/follows.hpp"

namespace passalong {

class Glance {
 public:
  static constexpr std::uint32_t one = 1U << 31;  // of P(see)
  static constexpr std::size_t together = 32;     // followers

  // For accounts that see a copy with at most most[i] / 2^31. All rows of followers are read.
  void arrange(std::span<const std::uint32_t> most, const Follows& follows, Team& team);

  // Whether who passed the bound sees, by a further word; `see` is its P(see), not above what it was arranged with.
  bool sees(AccountId account, std::uint32_t see, std::uint32_t word) const {
    return (std::uint64_t{word >> 1} + 1) * bounds[classes_[account]] <= std::uint64_t{see} << 8;  // word / 2 < floor
  }
  // The classes of an account's followers, two a byte, the first in the low half; readable to 32 followers beyond them.
  const std::uint8_t* row(AccountId account, std::uint64_t begin) const { return rows_.data() + first(account, begin); }
  // Which of 32 followers each pass, for 32 random bytes each: bit k of a mask is follower k.
  struct Group {
    const std::uint8_t* row;
    std::array<std::uint8_t, together> bytes;
  };
  static void find_passing(std::span<const Group> groups, std::uint32_t* masks);
  static std::uint32_t passing_plainly(const std::uint8_t* row, const std::uint8_t* bytes);  // on any processor

  // Where the row of classes of an account begins whose followers begin at `begin` of all: rows begin at whole bytes.
  static std::uint64_t first(AccountId account, std::uint64_t begin) { return (begin + account) / 2; }
  std::uint64_t bytes() const { return rows_.capacity() + classes_.capacity() + begins_.capacity() * 8; }
  // Where the followers of an account begin among all, as the rows were arranged.
  std::uint64_t begin(AccountId account, const Network& network) const {
    return begins_.empty() ? network.offsets[account] : begins_[account];
  }
  void bring_readers_near(AccountId begin, AccountId end) const {
    bring_near(classes_.data() + begin, classes_.data() + end);
  }
  [[gnu::always_inline]] void expect(AccountId account) const {
    if (!begins_.empty()) __builtin_prefetch(&begins_[account]);
  }

  // In 1/256; a class holds those who see with at most its bound.
  static constexpr std::array<std::uint16_t, 16> bounds{1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 48, 64, 96, 160, 256};
  static std::uint8_t class_of(std::uint32_t most);

 private:
  void arrange_row(AccountId account, const Follows& follows);

  HugeColumn<std::uint8_t> rows_;     // of classes, by followed account
  HugeColumn<std::uint8_t> classes_;  // by reader
  HugeColumn<std::uint64_t> begins_;  // where rows differ from the network's; else empty
};

}  // namespace passalong
