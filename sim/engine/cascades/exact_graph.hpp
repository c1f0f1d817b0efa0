// Cascades from given seeds where few follows are uncertain. Size is reachability along live follows (Kempe, Kleinberg
// & Tardos 2003), so it is enough to ask, of an account that is not active yet, whether any of the follows that lead to
// it from active ones is live: what else they would do never matters.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/engine/cascades/exact.hpp"

namespace passalong {

// The network as seen from the seeds. Only heads, the accounts that uncertain follows lead to, are branched on; what
// follows an account for certain is a class with it.
struct LiveGraph {
  struct Edge {
    std::uint64_t tails = 0;  // heads any of which makes its tail active; 0: the seeds do
    std::uint32_t head = 0;
    double fails = 1;  // chance that it does not carry
  };
  struct Class {
    std::uint64_t heads = 0;  // any of which makes these accounts active
    std::vector<AccountId> accounts;
  };
  std::uint32_t uncertain = 0;        // follows that can matter; a mutual pair is one, for only one of both can
  std::vector<AccountId> heads;       // at most 64
  std::vector<std::uint64_t> brings;  // by head: itself, and the heads it reaches for certain
  std::vector<Edge> edges;
  std::vector<Class> classes;
  std::vector<AccountId> sure;  // active whatever happens
};

// With more than `most_uncertain` uncertain follows: their number alone.
LiveGraph see_from(const CascadePlan& plan, const std::vector<AccountId>& seeds);

// Adds the chances of sizes and accounts, times `weight`. False where go_on ended it.
bool add_outcomes(const LiveGraph& graph, double weight, const CascadePlan& plan, ExactSpread& spread);

}  // namespace passalong
