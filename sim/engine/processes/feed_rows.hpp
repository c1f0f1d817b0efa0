// Feeds as rows of slots, the latest first: a message, how often those followed have shared it while it was there, and
// since when it is. One row is one place in memory: messages first, which are searched, then the rest.
#pragma once
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "sim/base/column.hpp"
#include "sim/base/types.hpp"

namespace passalong {

class FeedRows {
 public:
  struct Row {
    std::uint32_t *messages, *shares, *since;
    std::uint32_t& size;
    std::span<const std::uint32_t> all() const { return {messages, size}; }
  };

  void reset(std::uint32_t accounts, std::uint32_t slots) {
    slots_ = slots;
    sizes_.assign(accounts, 0);
    cells_.resize(std::size_t{accounts} * slots * 3);
  }
  std::uint32_t slots() const { return slots_; }
  Row of(AccountId account) {
    std::uint32_t* const first = cells_.data() + std::size_t{account} * slots_ * 3;
    return {first, first + slots_, first + 2ULL * slots_, sizes_[account]};
  }
  [[gnu::always_inline]] void fetch(AccountId account) const {
    __builtin_prefetch(cells_.data() + std::size_t{account} * slots_ * 3, 1);
    __builtin_prefetch(&sizes_[account], 1);
  }

  // One message arrives: more shares where it is there, else on top, the oldest leaving where there is no room. Whether
  // it was new.
  bool put(AccountId account, std::uint32_t message, std::uint32_t copies, std::uint32_t tick) {
    const Row row = of(account);
    for (std::uint32_t i = 0; i < row.size; ++i)
      if (row.messages[i] == message) return row.shares[i] += copies, false;
    if (row.size < slots_) ++row.size;
    for (std::uint32_t* const column : {row.messages, row.shares, row.since})
      std::memmove(column + 1, column, (row.size - 1) * sizeof(std::uint32_t));
    row.messages[0] = message, row.shares[0] = copies, row.since[0] = tick;
    return true;
  }

  static double bytes(double accounts, double slots) { return accounts * (slots * 3 + 1) * sizeof(std::uint32_t); }

 private:
  std::uint32_t slots_ = 0;
  std::vector<std::uint32_t> sizes_;
  HugeColumn<std::uint32_t> cells_;
};

}  // namespace passalong
