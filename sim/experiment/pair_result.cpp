// What follows from the figures of a pair of arms.
#include <utility>

#include "sim/experiment/statistics.hpp"
#include "sim/experiment/wording.hpp"

namespace passalong {

bool PairResult::decided() const { return excludes_zero(interval()) && (sequence || p_adjusted <= 0.05); }

bool PairResult::alike() const { return difference.mean == 0 && difference.ci.low == 0 && difference.ci.high == 0; }

PairResult PairResult::turned() const {
  const auto mirrored = [](const Interval& i) { return Interval{0 - i.high, 0 - i.low}; };
  PairResult t = *this;
  std::swap(t.a, t.b), std::swap(t.above, t.below), std::swap(t.replicates_a, t.replicates_b);
  t.difference = {0 - difference.mean, mirrored(difference.ci)}, t.simultaneous = mirrored(simultaneous);
  t.p_a_beats_b = 1 - p_a_beats_b, t.p_ci = {1 - p_ci.high, 1 - p_ci.low};
  if (sequence) t.sequence = mirrored(*sequence);
  return t;
}

}  // namespace passalong
