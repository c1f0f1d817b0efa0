// Plans and draws. What picks do to each other by chance is worked out for large networks, where it is little; small
// ones are measured and drawn again with the miss taken off the targets.
#include "sim/network/generators/interest_network.hpp"

#include <algorithm>
#include <cmath>

#include "sim/network/generators/follow_draw.hpp"
#include "sim/network/generators/follow_plan.hpp"
#include "sim/network/statistics/summary.hpp"

namespace passalong {
namespace {
constexpr AccountId measured_below = 500'000;  // accounts
constexpr int rounds = 6;

// Shifts the targets by what was missed; true when nothing is left worth shifting.
bool aim_again(FollowTargets& aim, const NetworkSection& section, const Network& network) {
  const double goal = section.mean_followers * network.accounts(), follows = static_cast<double>(network.follows());
  const double missed = section.reciprocity - share_returned(network);
  const bool by_chance_alone = aim.reciprocity <= 0 && missed < 0;
  const bool close = std::fabs(follows - goal) <= std::max(1.0, 0.003 * goal) &&
                     (std::fabs(missed) * follows <= std::max(2.0, 0.003 * goal) || by_chance_alone);
  aim.mean = std::min(aim.mean * std::clamp(goal / std::max(follows, 1.0), 0.5, 2.0), followee_cap(section));
  aim.reciprocity = std::clamp(aim.reciprocity + missed, 0.0, 1.0);
  return close;
}
}  // namespace

Network generate_network(const NetworkSection& section, double homophily, const Interests& interests,
                         std::uint64_t seed, std::uint32_t replicate, Team& team) {
  Propensity propensity = draw_propensity(section, seed, replicate, team);
  const TopicMix mix(interests, propensity, homophily, team);
  const TopicTargets targets(interests.topics, interests.primary, propensity.weight, team);
  const std::size_t accounts = propensity.weight.size();
  FollowTargets aim{section.mean_followers, section.reciprocity};
  for (int round = 1;; ++round) {
    const FollowPlan plan = plan_follows(section, aim, interests, propensity, mix, team);
    if (accounts >= measured_below) propensity = {};  // memory for the rows
    Network network = draw_follows(plan, mix, targets, seed, replicate, team);
    network.duplicates = 0;  // follows made and returned at once are no fault of anyone's data
    if (accounts >= measured_below || round == rounds) return network;
    if (aim_again(aim, section, network)) return network;
  }
}

}  // namespace passalong
