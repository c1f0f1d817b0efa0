// A random bijection of 0..size-1 that is computed, not stored: a Feistel network (Luby & Rackoff 1988) over pairs of
// halves below `side` = ceil(sqrt(size)), whose round functions are tables of keyed draws; numbers past the end walk on
// along their cycle (Black & Rogaway 2002). Any position, in any order, on any worker, both ways. Small ones, of which
// a Feistel network reaches a part only, are shuffled and stored.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/base/random.hpp"

namespace passalong {

class KeyedPermutation {
 public:
  // `which` tells apart the permutations of one network. Costs 2 * rounds * sqrt(size) bytes, twice that above 2^32.
  KeyedPermutation(std::uint64_t size, const Stream& draw, std::uint32_t which);

  std::uint64_t size() const { return size_; }
  std::uint64_t operator()(std::uint64_t x) const {
    apply(&x, 1);
    return x;
  }
  // Many at once, in place: step by step for all of them, so that the processor works on some while others wait.
  static constexpr std::size_t most_at_once = 64;
  void apply(std::uint64_t* x, std::size_t count) const { all<true>(x, count); }
  void undo(std::uint64_t* x, std::size_t count) const { all<false>(x, count); }

 private:
  static constexpr std::uint32_t rounds = 6;  // even, so that the halves end where they began
  static constexpr std::uint64_t most_stored = 1 << 14;
  static constexpr std::uint32_t most_halves = 1 << 16;
  void shuffle(const Stream& draw, std::uint32_t which);
  template <class Half>
  void fill(std::vector<Half>& table, const Stream& draw, std::uint32_t which) const;
  template <class Half>
  std::uint64_t once(const std::vector<Half>& table, std::uint64_t x) const;
  template <class Half>
  std::uint64_t back(const std::vector<Half>& table, std::uint64_t x) const;
  template <bool forth>
  void all(std::uint64_t* x, std::size_t count) const;
  template <bool forth, class Half>
  void by_rounds(const std::vector<Half>& table, std::uint64_t* x, std::size_t count) const;
  // Without a branch, which half of the time would be foretold wrongly.
  std::uint32_t wrap(std::uint32_t x) const { return std::min(x, x - side_); }
  std::uint32_t high_half(std::uint64_t x) const {  // x / side_, by a reciprocal that is off by one at most
    const auto q = static_cast<std::uint32_t>(static_cast<double>(static_cast<std::int64_t>(x)) * one_over_side_);
    const auto left = static_cast<std::int64_t>(x - std::uint64_t{q} * side_);
    return q + static_cast<std::uint32_t>(left >= static_cast<std::int64_t>(side_)) -
           static_cast<std::uint32_t>(left < 0);
  }

  std::uint64_t size_;
  std::uint32_t side_ = 1;
  double one_over_side_ = 1;
  std::vector<std::uint32_t> table_;             // by round, half
  std::vector<std::uint16_t> half_table_;        // the same where halves have 16 bits: the tables share a core's cache
  std::vector<std::uint32_t> stored_, undoing_;  // a small one, and its inverse
};

}  // namespace passalong
