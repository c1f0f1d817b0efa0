// [dynamics]: follows among ordinary accounts that appear and vanish during the run. All off by default.
#pragma once
#include <cstdint>

#include "sim/scenario/fields.hpp"

namespace passalong {

struct DynamicsSection {
  // Leaving: each follow ends within a day with probability 1 - exp(-hazard).
  double unfollow = 0;      // hazard a day
  double chatty = 0;        // more of it for each post a day of the followed above `chatty_above`
  double chatty_above = 5;  // posts a day
  double mutual = 1;        // factor on the probability where the follow is returned
  // Coming.
  double follow = 0;          // new follows an account a day
  double preferential = 0.4;  // share of them that go by follower count
  double closure = 0.4;       // ... that go to a followee's followee; the rest to anyone
  double follow_back = 0;     // probability that a new follow is returned
  double on_reshare = 0;      // probability that a reader of a stranger's post that was passed on follows its author
  // Accounts that join during the run.
  std::int64_t newcomers = 0;  // in all
  double newcomer_rate = 0;    // a day
  std::int64_t newcomer_follows = 20;

  bool on() const { return unfollow > 0 || chatty > 0 || follow > 0 || on_reshare > 0 || newcomers > 0; }
  void declare(Fields& f);
};

}  // namespace passalong
