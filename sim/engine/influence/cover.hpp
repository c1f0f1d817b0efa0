// Which accounts together are in most of the sets: greedily, the account in most of those not yet covered first.
#pragma once
#include "sim/engine/influence/reverse_sets.hpp"

namespace passalong {

struct Cover {
  std::vector<AccountId> accounts;
  std::vector<std::uint64_t> gains;  // sets that each covers first
  std::uint64_t covered = 0;
};
// Of equals the lower id. Once all sets are covered, the lowest ids that are left.
Cover cover_greedily(const ReverseSets& sets, std::uint32_t count, Team& team);

}  // namespace passalong
