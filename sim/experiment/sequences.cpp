#include "sim/experiment/sequences.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/experiment/confidence_sequence.hpp"

namespace passalong {

std::string sequences_text(const Comparison& comparison) {
  if (std::ranges::none_of(comparison.pairs, [](const PairResult& p) { return p.sequence.has_value(); })) return {};
  std::string text = fmt::format(
      " The run was to end as soon as it had seen enough, which the intervals of differences{} allow for (95 % for all "
      "pairs together); those of the means do not, and are a little too narrow.",
      comparison.files.size() > 1 ? " within such a file" : "");
  if (comparison.replicates < static_cast<std::int64_t>(least_judged))
    text += fmt::format(" Fewer than {} replicates of such a run are not judged.", least_judged);
  return text;
}

}  // namespace passalong
