// passalong report: what a result says, as a page.
#include "sim/report/report.hpp"

#include <fmt/format.h>

#include "sim/cli/console.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/naming.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/output/output.hpp"
#include "sim/output/publish.hpp"

namespace passalong {

Exit write_report(const Request& request) {
  const std::string page = request.output.empty() ? with_extension(request.file(), ".h5", ".html") : request.output;
  for (const std::string& file : request.files) spare_input(file, page);
  check_writable(page, request.force);
  const Result result = read_result(request.file());
  std::vector<Variation> variations;
  for (std::size_t i = 1; i < request.files.size(); ++i)
    variations.push_back({file_name(request.files[i]), read_result(request.files[i])});
  publish(page, {report_html(result, variations)}, request.force);
  if (request.json) print(to_text({{"schema", 1}, {"output", page}}));
  if (!request.json && !request.quiet) print(fmt::format("Page  {}\n", page));
  return Exit::ok;
}

}  // namespace passalong
