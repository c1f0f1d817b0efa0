// How many follows each account has of every sort, before anyone is joined to anyone: followers, followees, and those
// of them that are returned. Sums fit exactly, so that every stub finds another (Durak, Kolda, Pinar & Seshadhri 2013:
// the null model that keeps in-, out- and reciprocal degrees).
#pragma once
#include <cstdint>
#include <vector>

#include "sim/network/network.hpp"

namespace passalong {

struct DegreePlan {
  std::vector<std::uint64_t> rows;       // borders: account a has rows[a + 1] - rows[a] followers
  std::vector<std::uint32_t> followees;  // the sum of which is that of the followers
  std::vector<std::uint32_t> mutual;     // follows returned, at most either; an even number in all
};

// Follower counts: a truncated power law of mean `mean_followers`, or discrete from `least_followers` on. Followee
// counts: log-normal or power law, tied by a Gaussian copula (Nelsen 2006). Failure(Exit::scenario) where the
// reciprocity asked for is more than these counts allow, or the mean is impossible.
DegreePlan plan_degrees(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);

}  // namespace passalong
