// Many comparisons at once: which differences are real and which arms can be the best, with one chance of 5 % for any
// false finding among all pairs.
#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "sim/experiment/inference.hpp"

namespace passalong {

struct Contender {
  std::size_t a, b;                    // arms
  TTest test;                          // of a - b
  std::optional<Interval> sequence{};  // where the run itself decided how many replicates there are
};

// Fills in c.ranking's places, from every pair of c.strategies.
void rank(Comparison& c, const std::vector<Contender>& all);
// Adjusted p-values and simultaneous intervals over the pairs told.
void judge(std::vector<PairResult>& pairs, const std::vector<Contender>& told);
// How many replicates would decide each pair that judge has left open, were it one of as many as are open.
void advise(std::vector<PairResult>& pairs, const std::vector<Contender>& told);

}  // namespace passalong
