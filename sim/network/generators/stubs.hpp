// Stubs: the loose ends of follows before they are joined. Each account has a run of them, in the order of accounts;
// given a stub, whose is it? A bit marks the first of each run, and every 31 bits stand beside what it takes to turn
// the number of marks into an account: a quarter of a byte a stub, one cache line an answer, and one more where
// accounts without stubs come between.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/types.hpp"

namespace passalong {

class Stubs {
 public:
  // counts[a]: how many account a has.
  Stubs(std::span<const std::uint32_t> counts, Team& team);

  std::uint64_t size() const { return size_; }
  // The answer in two steps, so that memory can be asked ahead: the place, then who it is.
  void prefetch(std::uint64_t stub) const { __builtin_prefetch(&words_[stub / a_word]); }
  std::uint64_t place(std::uint64_t stub) const {
    const Word word = words_[stub / a_word];
    const std::uint32_t marks = ones(word.firsts & (all >> (a_word - 1 - stub % a_word)));
    const std::uint64_t place = std::uint64_t{word.before} + marks;
    if ((word.firsts & gaps) == 0) return known | place;
    __builtin_prefetch(&owners_[place - 1]);
    return place - 1;
  }
  AccountId owner_at(std::uint64_t place) const {
    return (place & known) != 0 ? static_cast<AccountId>(place - 1) : owners_[place];
  }
  AccountId owner(std::uint64_t stub) const { return owner_at(place(stub)); }

 private:
  static constexpr std::uint64_t a_word = 31;
  static constexpr std::uint32_t all = 0x7fff'ffffU, gaps = 0x8000'0000U;
  static constexpr std::uint64_t known = std::uint64_t{1} << 63;  // a place that is an account's number, plus 1
  // `before`: the number, plus 1, of the account that has the stub before; where accounts without stubs come between
  // those of the word (`gaps` is set), how many accounts that have stubs come before.
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
