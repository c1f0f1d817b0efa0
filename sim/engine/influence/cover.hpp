// Which accounts together are in most of the sets: greedily, the account in most of those not yet covered first.
#pragma once
#include "sim/engine/influence/reverse_sets.hpp"

namespace passalong {

struct Cover {
  std::vector<AccountId> accounts;
  std::vector<std::uint64_t> gains;  // sets that each covers first
  std::uint64_t covered = 0;
  std::uint64_t most = 0;  // no choice of as many accounts covers more (reach is submodular)
};
// Of equals the lower id. Once all sets are covered, the lowest ids that are left. With `exchange`, each account is
// then given up for another as long as that covers more; the cover is no worse than the greedy one, and ranked anew.
Cover cover_greedily(const ReverseSets& sets, std::uint32_t count, bool exchange, Team& team);

}  // namespace passalong
