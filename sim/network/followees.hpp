// The network from the reader's side: for each account the sorted list of those it follows, 4 bytes a follow and 8 an
// account. Made only for those who read feeds, once a network.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/column.hpp"
#include "sim/network/network.hpp"

namespace passalong {

struct Followees {
  std::vector<std::uint64_t> offsets{0};  // accounts + 1
  HugeColumn<AccountId> followed;         // each list ascending

  AccountId accounts() const { return static_cast<AccountId>(offsets.size() - 1); }
  std::span<const AccountId> of(AccountId reader) const {
    return {followed.data() + offsets[reader], followed.data() + offsets[reader + 1ULL]};
  }
  std::uint64_t bytes() const { return offsets.capacity() * 8 + followed.capacity() * sizeof(AccountId); }
};

Followees followees_of(const Network& network, Team& team);

}  // namespace passalong
