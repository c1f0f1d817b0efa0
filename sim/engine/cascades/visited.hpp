// Which accounts a cascade has reached, for one large cascade or for many small ones.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/base/types.hpp"
#include "sim/network/rows.hpp"

namespace passalong {

// One cascade, a bit an account.
class VisitedBits {
 public:
  static constexpr bool one = true;  // cascade
  VisitedBits(AccountId accounts, std::uint32_t) : words_(accounts / 64 + 1ULL) {
    prefer_huge_pages(words_.data(), words_.size() * sizeof(words_[0]));
  }
  void clear(std::uint32_t) { std::ranges::fill(words_, 0); }
  [[gnu::always_inline]] void expect(std::uint32_t, AccountId account) const {
    __builtin_prefetch(&words_[account / 64], 1);
  }
  // 1 the first time.
  std::uint32_t take(std::uint32_t, AccountId account) {
    std::uint64_t& word = words_[account / 64];
    const std::uint64_t old = word;
    word = old | std::uint64_t{1} << account % 64;
    return static_cast<std::uint32_t>(~old >> account % 64 & 1);
  }

 private:
  std::vector<std::uint64_t> words_;
};

// A hash set for each of many cascades; most need only their part of one small array.
class VisitedSets {
 public:
  static constexpr bool one = false;
  VisitedSets(AccountId, std::uint32_t cascades) : small_(std::size_t{cascades} * start, none), sets_(cascades) {
    for (std::uint32_t c = 0; c < cascades; ++c) sets_[c].keys = small_.data() + std::size_t{c} * start;
  }
  void clear(std::uint32_t cascade) {
    Set& set = sets_[cascade];
    set.keys = small_.data() + std::size_t{cascade} * start;
    set.shift = 32 - start_bits, set.used = 0;
    std::fill_n(set.keys, start, none);
  }
  [[gnu::always_inline]] void expect(std::uint32_t cascade, AccountId account) const {
    const Set& set = sets_[cascade];
    if (set.shift < 32 - start_bits) __builtin_prefetch(set.keys + home(set, account), 1);
  }
  std::uint32_t take(std::uint32_t cascade, AccountId account) {
    Set& set = sets_[cascade];
    AccountId* const key = find(set, account);
    if (*key == account) return 0;
    *key = account;
    if (++set.used * 2 > 1U << (32 - set.shift)) grow(set);
    return 1;
  }

 private:
  static constexpr std::uint32_t start_bits = 5, start = 1U << start_bits;
  static constexpr AccountId none = 0xffff'ffffU;  // no account has this id
  struct Set {
    AccountId* keys = nullptr;
    std::uint32_t shift = 32 - start_bits, used = 0;
    std::vector<AccountId> large{};
  };
  static std::uint32_t home(const Set& set, AccountId account) { return account * 0x9E37'79B1U >> set.shift; }
  static AccountId* find(const Set& set, AccountId account) {
    const std::uint32_t mask = (1U << (32 - set.shift)) - 1;
    std::uint32_t at = home(set, account);
    while (set.keys[at] != none && set.keys[at] != account) at = (at + 1) & mask;
    return set.keys + at;
  }
  static void grow(Set& set) {
    const std::vector<AccountId> old(set.keys, set.keys + (1U << (32 - set.shift)));
    --set.shift;
    set.large.assign(std::size_t{1} << (32 - set.shift), none);
    set.keys = set.large.data();
    for (const AccountId account : old)
      if (account != none) *find(set, account) = account;
  }
  std::vector<AccountId> small_;
  std::vector<Set> sets_;
};

}  // namespace passalong
