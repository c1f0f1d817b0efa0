// Which accounts can reach each other: along ties (weakly) and along follows both ways (strongly connected).
#pragma once
#include <cstdint>
#include <vector>

#include "sim/network/statistics/links.hpp"

namespace passalong {

struct Components {
  std::vector<AccountId> of;     // by account: its component, 0 .. sizes.size() - 1
  std::vector<AccountId> sizes;  // accounts in each
  AccountId largest() const { return sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end()); }
};

// Union-find; accounts found in the giant component after two links each are not looked at further (Sutton et al.
// 2018). Serial: it looks at few follows.
Components weak_components(const Links& links);
// Tarjan's algorithm as Pearce 2016 keeps it, one number an account, without recursion. Serial, one look a follow.
Components strong_components(const Network& network);

}  // namespace passalong
