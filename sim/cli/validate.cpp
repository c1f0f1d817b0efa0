// passalong validate: the built-in checks.
#include "sim/cli/validate.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "sim/base/stopwatch.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/progress.hpp"
#include "sim/cli/signals.hpp"
#include "sim/cli/verbs.hpp"

namespace passalong {
namespace {

std::size_t width_of_results() { return static_cast<std::size_t>(terminal_width(STDOUT_FILENO)); }

Validation check(const Request& request) {
  Effort effort{.quick = request.quick, .threads = request.threads, .networks = request.networks};
  effort.seed = request.seed ? static_cast<std::uint64_t>(*request.seed) : validation_seed;
  ProgressLine line(request.quiet);
  const Stopwatch watch;
  return validate(request.files, effort,
                  [&](const Target& target) { line.show({.phase = target.id, .seconds = watch.seconds()}); });
}

Exit list_targets(const Request& request) {
  print(request.json ? to_text(targets_json()) : targets_text(width_of_results()));
  return Exit::ok;
}

}  // namespace

Exit run_validation(const Request& request) {
  if (request.list) return list_targets(request);
  watch_signals("");
  const Validation v = check(request);
  if (request.json)
    print(to_text(validation_json(v)));
  else if (!request.quiet)
    print(validation_text(v, width_of_results(), results_in_colour(request.colour)));
  return v.ok() ? Exit::ok : Exit::run;
}

}  // namespace passalong
