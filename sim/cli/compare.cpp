// passalong compare: what a result says, as a table.
#include <fmt/format.h>

#include "sim/cli/console.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/experiment/statistics.hpp"
#include "sim/output/output.hpp"

namespace passalong {

Exit compare_strategies(const Request& request) {
  const Result result = read_result(request.file());
  const Comparison comparison = compare(result, request.metric, request.baseline, request.at);
  if (request.at >= 0 && !request.json && request.at - comparison.at > 1e-6) {
    note(fmt::format("day {:g} lies between two outputs: day {:g}, the one before it, is compared\n", request.at,
                     comparison.at));
  }
  print(request.json ? comparison_json(comparison) : comparison_text(comparison));
  return Exit::ok;
}

}  // namespace passalong
