// A fixed cut of the accounts: from the network's size and shape alone, never from the number of threads. Borders
// balance the follows that end in a partition, which is what it will have to read.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/network/network.hpp"

namespace passalong {

class Partitions {
 public:
  Partitions() = default;
  // `newcomers` more accounts than the network has, none of which follows anyone yet.
  explicit Partitions(const Network& network, AccountId newcomers = 0);

  std::size_t count() const { return borders_.size() - 1; }
  AccountId begin(std::size_t p) const { return borders_[p]; }
  AccountId end(std::size_t p) const { return borders_[p + 1]; }
  std::uint32_t of(AccountId account) const { return of_block_[account >> shift_]; }

 private:
  unsigned shift_ = 0;  // borders fall on multiples of 2^shift accounts
  std::vector<AccountId> borders_{0};
  std::vector<std::uint16_t> of_block_;
};

}  // namespace passalong
