// Stubs: the loose ends of follows before they are joined. Each account has a run of them, in the order of accounts;
// given a stub, whose is it? A bit marks the first of each run, and every 32 bits stand beside the number of marks
// before them: a quarter of a byte a stub, one cache line an answer and one more to skip accounts that have none.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/types.hpp"

namespace passalong {

class Stubs {
 public:
  // counts[a]: how many account a has.
  explicit Stubs(std::span<const std::uint32_t> counts);

  std::uint64_t size() const { return size_; }
  // The answer in two steps, so that memory can be asked ahead: the place among those who have stubs, then who it is.
  void prefetch(std::uint64_t stub) const { __builtin_prefetch(&words_[stub / 32]); }
  std::uint32_t place(std::uint64_t stub) const {
    const Word word = words_[stub / 32];
    const std::uint32_t place = word.before + ones(word.firsts & (0xffff'ffffU >> (31 - stub % 32))) - 1;
    __builtin_prefetch(&owners_[place]);
    return place;
  }
  AccountId owner_at(std::uint32_t place) const { return owners_[place]; }
  AccountId owner(std::uint64_t stub) const { return owner_at(place(stub)); }

 private:
  struct Word {
    std::uint32_t before, firsts;
  };
  // Bits set, in the baseline instruction set (Warren 2012, figure 5-2).
  static std::uint32_t ones(std::uint32_t x) {
    x -= x >> 1 & 0x5555'5555U;
    x = (x & 0x3333'3333U) + (x >> 2 & 0x3333'3333U);
    return ((x + (x >> 4)) & 0x0f0f'0f0fU) * 0x0101'0101U >> 24;
  }

  std::uint64_t size_ = 0;
  std::vector<Word> words_;
  std::vector<AccountId> owners_;  // those who have stubs
};

}  // namespace passalong
