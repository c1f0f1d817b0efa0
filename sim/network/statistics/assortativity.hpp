// Whether the followed are followed by the followed: correlations of degrees along follows and ties.
#pragma once
#include "sim/network/statistics/links.hpp"

namespace passalong {

// Pearson's, over follows (follower's count to followed's count) and over ties (Newman 2003; Foster et al. 2010).
// NaN where a count does not vary.
struct Assortativity {
  double followees_to_followees = 0, followers_to_followees = 0, followees_to_followers = 0, followers_to_followers = 0;
  double ties = 0;
};

Assortativity correlate_degrees(const Links& links, Team& team);

}  // namespace passalong
