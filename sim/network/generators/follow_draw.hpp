// Draws the follows of a plan straight into rows.
#pragma once
#include <cstdint>

#include "sim/network/generators/follow_plan.hpp"
#include "sim/network/generators/topic_targets.hpp"

namespace passalong {

// Each account's picks come from counters (account, slot, attempt), so both passes over them, on any worker, see the
// same: the first counts, the second fills.
Network draw_follows(const FollowPlan& plan, const TopicMix& mix, const TopicTargets& targets, std::uint64_t seed,
                     std::uint32_t replicate, Team& team);

}  // namespace passalong
