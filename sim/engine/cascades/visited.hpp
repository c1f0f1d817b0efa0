// Which accounts a cascade has reached, for one large cascade or for many small ones.
#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "sim/base/column.hpp"
#include "sim/base/types.hpp"
#include "sim/engine/cascades/masks.hpp"

namespace passalong {

// One cascade, a bit an account.
class VisitedBits {
 public:
  static constexpr bool one = true;  // cascade
  VisitedBits(AccountId accounts, std::uint32_t) : words_(accounts / 64 + 1ULL) {}
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
  HugeColumn<std::uint64_t> words_;
};

// A hash set for each of many cascades, in buckets of eight that are compared at once; most cascades need only their
// part of one small array.
class VisitedSets {
 public:
  static constexpr bool one = false;
  VisitedSets(AccountId, std::uint32_t cascades) : small_(std::size_t{cascades} * start), sets_(cascades) {
    for (std::uint32_t c = 0; c < cascades; ++c) clear(c);
  }
  void clear(std::uint32_t cascade) {
    Set& set = sets_[cascade];
    set.buckets = small_.data() + std::size_t{cascade} * start;
    set.shift = 32 - start_bits, set.used = 0;
    std::fill_n(set.buckets, start, Bucket{});
  }
  [[gnu::always_inline]] void expect(std::uint32_t cascade, AccountId account) const {
    const Set& set = sets_[cascade];
    __builtin_prefetch(set.buckets + home(set, account), 1);
  }
  std::uint32_t take(std::uint32_t cascade, AccountId account) {
    Set& set = sets_[cascade];
    const std::uint32_t fresh = insert(set, account);
    set.used += fresh;
    if (set.used > set.room()) [[unlikely]]
      grow(set);
    return fresh;
  }

 private:
  static constexpr std::uint32_t start_bits = 2, start = 1U << start_bits;
  static constexpr AccountId none = 0xffff'ffffU;  // no account has this id
  struct alignas(32) Bucket {
    AccountId keys[8] = {none, none, none, none, none, none, none, none};
  };
  struct Set {
    Bucket* buckets = nullptr;
    std::uint32_t shift = 32 - start_bits, used = 0;
    std::vector<Bucket> large{};
    std::uint32_t size() const { return 1U << (32 - shift); }
    std::uint32_t room() const { return 4 * size(); }
  };
  static std::uint32_t home(const Set& set, AccountId account) { return account * 0x9E37'79B1U >> set.shift; }
  static std::uint32_t insert(const Set& set, AccountId account) {
    std::uint32_t at = home(set, account);
    for (;; at = (at + 1) & (set.size() - 1)) {
      AccountId* const keys = set.buckets[at].keys;
      if (find_eight(keys, account) != 0) return 0;
      const std::uint32_t empty = find_eight(keys, none);
      if (empty == 0) [[unlikely]]
        continue;
      keys[std::countr_zero(empty)] = account;
      return 1;
    }
  }
  static void grow(Set& set) {
    const std::uint32_t before = set.size();
    const Bucket* const old = set.buckets;
    std::vector<Bucket> larger(std::size_t{4} * before);
    set.shift -= 2;
    set.buckets = larger.data();
    for (std::uint32_t i = 0; i < before; ++i)
      for (const AccountId account : old[i].keys)
        if (account != none) insert(set, account);
    set.large = std::move(larger);
  }
  std::vector<Bucket> small_;
  std::vector<Set> sets_;
};

}  // namespace passalong
