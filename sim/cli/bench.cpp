// passalong bench: fixed workloads timed, and their results checked.
#include "sim/cli/bench.hpp"

#include <unistd.h>

#include "sim/cli/console.hpp"
#include "sim/cli/progress.hpp"
#include "sim/cli/signals.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/output/output.hpp"
#include "sim/output/publish.hpp"
#include "sim/report/bench_picture.hpp"

namespace passalong {
namespace {

BenchReport measure(const Request& request) {
  ProgressLine line(request.quiet);
  return bench({.names = request.files,
                .threads = request.threads,
                .scale = request.scale,
                .progress = [&](const std::string& phase, double seconds) {
                  line.show({.phase = phase.c_str(), .seconds = seconds});
                }});
}

}  // namespace

Exit run_benchmarks(const Request& request) {
  if (!request.output.empty()) check_writable(request.output, request.force);
  watch_signals(request.output.empty() ? "" : partial_of(request.output));
  const BenchReport report = measure(request);
  if (!request.output.empty()) publish(request.output, {draw_bench(report)}, request.force);
  const std::vector<Fault> wrong = wrong_digests(report);
  if (request.json) {
    Json object = bench_json(report);
    if (!wrong.empty()) object["errors"] = errors_of(wrong);
    print(to_text(object));
    return wrong.empty() ? Exit::ok : Exit::run;
  }
  if (!request.quiet) print(bench_text(report, static_cast<std::size_t>(terminal_width(STDOUT_FILENO))));
  if (!wrong.empty()) throw Failure(Exit::run, wrong);
  return Exit::ok;
}

}  // namespace passalong
