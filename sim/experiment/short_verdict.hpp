// A comparison in two sentences for someone who reads no tables: who wins and by how much; how sure that is and since
// when. The paragraph of verdict.hpp stands behind it.
#pragma once
#include <string>

#include "sim/experiment/statistics.hpp"

namespace passalong {

struct ShortVerdict {
  std::string who, sure;  // a sentence each
};
// `made_of_counts`: the metric counts things, so that one has more of them; else it is a level, and lies above another.
ShortVerdict write_short_verdict(const Comparison& c, bool made_of_counts);

// The pair seen from `leader`: a is the leader.
PairResult seen_from(const PairResult& pair, const std::string& leader);

}  // namespace passalong
