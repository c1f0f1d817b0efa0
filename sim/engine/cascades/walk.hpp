// Cascades one account at a time, in order of activation: one large cascade, or hundreds of small ones through one
// queue, so that the memory one waits for is fetched while others are served.
#pragma once
#include <atomic>
#include <cstdint>

#include "sim/engine/cascades/notes.hpp"

namespace passalong {

// Replicates still to do, shared by the workers; places count from the plan's first replicate.
struct Supply {
  std::atomic<std::uint64_t> next{0};
  std::uint64_t end = 0, block = 1;
};

// Takes replicates until there are none; writes those of the outcome's columns that are there. Accounts of a cascade
// become active in one order, whatever stands beside it: by their parents' order, then by the follow.
Counts walk_one_by_one(const CascadePlan& plan, const Seeds& seeds, Supply& supply, CascadeOutcome& outcome);
Counts walk_interleaved(const CascadePlan& plan, const Seeds& seeds, Supply& supply, CascadeOutcome& outcome);

}  // namespace passalong
