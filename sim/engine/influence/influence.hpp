// Influence maximisation (Kempe, Kleinberg & Tardos 2003): which k accounts, active at the start, reach most together?
// Two ways. Reverse reachable sets (IMM: Tang, Shi & Xiao 2015, corrected as by Chen 2018): how often an account is
// found upstream of one drawn at random tells its reach, with a guarantee. And sampled live graphs, on which gains are
// counted exactly (CELF: Leskovec et al. 2007; on condensed graphs: Ohsaka et al. 2014).
#pragma once
#include <cstdint>
#include <vector>

#include "sim/engine/cascades/cascades.hpp"

namespace passalong {

struct InfluencePlan {
  CascadePlan cascade{};    // its network, chances, seed and most_steps count
  std::uint32_t count = 1;  // k: accounts to choose, at most all
  // Of reverse sets: the best is missed by at most 1/e + epsilon of it, but for a chance of accounts^-exponent.
  double epsilon = 0.1, exponent = 1;
  std::uint32_t samples = 1000;  // live graphs
  bool exchange = true;          // after the greedy choice give up each for another as long as that gains
  std::uint64_t memory = std::uint64_t{4} << 30;
};

struct Influence {
  std::vector<AccountId> accounts;  // in order of choice
  std::vector<double> gains;        // accounts each adds to what those before it reach, as the sets or graphs tell
  double best_at_most = 0;    // what no choice of as many reaches more than, as sure as the guarantee; 0: not told
  std::uint64_t sets = 0;     // reverse sets or live graphs drawn
  std::uint64_t members = 0;  // accounts in all sets; parts of all graphs
  std::uint64_t bytes = 0;    // at the peak, the network aside
  // Where it would not fit plan.memory: what it was foreseen to take, and no accounts.
  std::uint64_t bytes_wanted = 0;
};

// The same for any team. maximise_by_samples takes no most_steps; its samples are the replicates from first_sample on,
// as `spread` draws them, so that what it counts is the mean size of these cascades.
inline constexpr std::uint32_t first_sample = 1U << 31;
Influence maximise_by_sets(const InfluencePlan& plan, Team& team);
Influence maximise_by_samples(const InfluencePlan& plan, Team& team);

// Mean reach of the first 1, 2, ... of the accounts, and what each adds, over the plan's replicates.
struct Estimate {
  double mean = 0, se = 0;
};
struct Reach {
  std::vector<Estimate> spread, gain;
};
// `accounts` in place of the plan's seeds; the same cascades as `spread` gives with the first 1, 2, ... as seeds.
Reach reach_of_prefixes(const CascadePlan& plan, const std::vector<AccountId>& accounts, Team& team);

}  // namespace passalong
