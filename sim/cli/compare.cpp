// passalong compare and passalong report: what a result says, as a table and as a page.
#include <fmt/format.h>

#include "sim/cli/console.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/naming.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/experiment/statistics.hpp"
#include "sim/output/output.hpp"
#include "sim/output/publish.hpp"
#include "sim/report/report.hpp"

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

Exit write_report(const Request& request) {
  const std::string page = request.output.empty() ? with_extension(request.file(), ".h5", ".html") : request.output;
  spare_input(request.file(), page);
  check_writable(page, request.force);
  publish(page, {report_html(read_result(request.file()))}, request.force);
  if (request.json) print(to_text({{"schema", 1}, {"output", page}}));
  if (!request.json && !request.quiet) print(fmt::format("Page  {}\n", page));
  return Exit::ok;
}

}  // namespace passalong
