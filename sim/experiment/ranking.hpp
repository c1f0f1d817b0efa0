// Many comparisons at once: which differences are real and which arms can be the best, with one chance of 5 % for any
// false finding among all pairs.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/experiment/inference.hpp"

namespace passalong {

struct Contender {
  std::size_t a, b;                    // arms
  TTest test;                          // of a - b
  std::optional<Interval> sequence{};  // where the run itself decided how many replicates there are
};

// Fills in c.ranking's places, from every pair of c.strategies: never before one that is shown to be better, though
// the means, which may be of other replicates than the differences, say otherwise; else by these.
void rank(Comparison& c, const std::vector<Contender>& all);
// The arm placed first; where neither more nor less is plainly better, that with most.
std::size_t leader_of(const Comparison& c);
// Whether a is shown to be ahead of b: better where that has sense, else to have more.
bool is_won(const Comparison& c, const PairResult& pair);
std::string procedure_of(const Comparison& c);  // what the multiplicity control is, in a sentence
// Adjusted p-values and simultaneous intervals over the pairs told.
void judge(std::vector<PairResult>& pairs, const std::vector<Contender>& told);
// How many replicates would decide each pair that judge has left open, were it one of as many as are open.
void advise(std::vector<PairResult>& pairs, const std::vector<Contender>& told);

}  // namespace passalong
