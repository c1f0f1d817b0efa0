// Everything the drawing of follows reads: how many each account picks, from which topics, whom, and with what chance
// a pick is returned. Solved so that the mean and the reciprocity of the network come out as asked.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/network/generators/propensity.hpp"
#include "sim/network/generators/topic_targets.hpp"

namespace passalong {

// Shares of topics in whom an account picks: p_t = homophily * its interests + (1 - homophily) * the topic's weight.
class TopicMix {
 public:
  TopicMix(const Interests& interests, const Propensity& propensity, double homophily, Team& team);
  std::size_t topics() const { return weight_.size(); }
  const std::vector<double>& weight() const { return weight_; }  // of all members of each topic
  void of(AccountId account, double* shares) const;              // sum to 1; topics without members have none

 private:
  const Interests* interests_;
  double homophily_;
  std::vector<double> weight_, base_;
};

struct FollowTargets {
  double mean = 0, reciprocity = 0;
};

struct FollowPlan {
  std::vector<std::uint32_t> picks;    // own choices of each account
  std::vector<std::uint32_t> returns;  // an account returns a follow where the word is below this
};

FollowPlan plan_follows(const NetworkSection& section, const FollowTargets& targets, const Interests& interests,
                        const Propensity& propensity, const TopicMix& mix, Team& team);

}  // namespace passalong
