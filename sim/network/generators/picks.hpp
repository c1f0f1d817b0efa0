// What generators that draw ties one by one share: fair picks below a bound, and the ties an account has already.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/base/types.hpp"
#include "sim/base/uniform_below.hpp"
#include "sim/scenario/network_section.hpp"

namespace passalong {

inline AccountId accounts_of(const NetworkSection& section) {
  return static_cast<AccountId>(std::clamp<std::int64_t>(section.accounts, 0, static_cast<std::int64_t>(max_accounts)));
}

// A number below `bound` from one word, even up to bound / 2^32: for small bounds.
inline std::uint32_t pick_below(std::uint32_t bound, std::uint32_t word) {
  return static_cast<std::uint32_t>(std::uint64_t{word} * bound >> 32);
}
// From two words, even up to bound / 2^64.
inline AccountId pick_below(AccountId bound, std::uint32_t high, std::uint32_t low) {
  return static_cast<AccountId>(uniform_below(bound, high, low));
}

// A set of accounts that is filled and cleared over and over: a list while it is short, then a bit an account.
class TieSet {
 public:
  explicit TieSet(AccountId accounts) : accounts_(accounts) {}
  bool insert(AccountId account) {  // false where it was there
    if (contains(account)) return false;
    list_.push_back(account);
    if (list_.size() > short_list) mark(account);
    return true;
  }
  bool contains(AccountId account) const {
    if (list_.size() > short_list) return marks_[account];
    return std::find(list_.begin(), list_.end(), account) != list_.end();
  }
  void clear() {
    if (list_.size() > short_list)
      for (const AccountId a : list_) marks_[a] = false;
    list_.clear();
  }

 private:
  static constexpr std::size_t short_list = 32;
  void mark(AccountId account) {
    marks_.resize(accounts_);
    if (list_.size() == short_list + 1)
      for (const AccountId a : list_) marks_[a] = true;
    marks_[account] = true;
  }

  AccountId accounts_;
  std::vector<AccountId> list_;
  std::vector<bool> marks_;
};

}  // namespace passalong
