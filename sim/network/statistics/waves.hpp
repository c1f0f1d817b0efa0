// Distances from up to 64 accounts at once, a bit for each: all of them share every look (Then et al. 2014).
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/network/statistics/links.hpp"

namespace passalong {

// [d][g]: pairs at distance d + 1 of a source in group g with another account; a group is eight sources in turn.
using DistanceCounts = std::vector<std::array<std::uint64_t, 8>>;

// Waves along ties, step by step. Where a wave's front is small its accounts look at whom they are tied to; where it is
// large, accounts not yet reached look for the front and stop when they have it (Beamer et al. 2012).
class Waves {
 public:
  Waves(const Links& links, Team& team);
  DistanceCounts from(std::span<const AccountId> sources);  // 64 at most
  std::uint64_t looks() const { return looks_; }            // so far

 private:
  using Bits = std::uint64_t;
  void start(std::span<const AccountId> sources);
  void push(std::array<std::uint64_t, 8>& reached);
  void pull(std::array<std::uint64_t, 8>& reached);
  void collect_front();

  const Links& links_;
  Team& team_;
  std::vector<Bits> seen_, front_, next_;  // by account: which sources' waves; next_ is all 0 between steps
  std::vector<AccountId> listed_;          // the front, where it is small
  std::uint64_t all_ties_ = 0, front_ties_ = 0, looks_ = 0;  // ties from either end
  Bits all_ = 0;
};

}  // namespace passalong
