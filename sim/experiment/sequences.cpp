#include "sim/experiment/sequences.hpp"

#include <fmt/format.h>

#include "sim/experiment/wording.hpp"

namespace passalong {

std::string sequences_text(const Comparison& comparison) {
  std::string each;
  for (const PairResult& p : comparison.pairs)
    if (p.sequence)
      each += fmt::format("{}{} - {} {}", each.empty() ? "" : "; ", p.a, p.b, readable_signed(*p.sequence));
  if (each.empty()) return {};
  return fmt::format(
      "The run ended when it had seen enough, and intervals for a number of replicates fixed in advance are a little "
      "too "
      "narrow then. Intervals that hold all the same (95 % for all pairs together): {}.",
      each);
}

}  // namespace passalong
