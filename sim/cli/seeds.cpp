// passalong seeds: which accounts to court.
#include "sim/experiment/seeds.hpp"

#include <unistd.h>

#include <algorithm>

#include "sim/base/stopwatch.hpp"
#include "sim/cli/console.hpp"
#include "sim/cli/naming.hpp"
#include "sim/cli/progress.hpp"
#include "sim/cli/seeds_text.hpp"
#include "sim/cli/signals.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/engine/world.hpp"
#include "sim/output/output.hpp"
#include "sim/output/publish.hpp"

namespace passalong {
namespace {
constexpr std::int64_t fewest_replicates = 1000;  // where the scenario's own number is too small to tell

void check_output(const Request& request, const Scenario& scenario) {
  if (request.output.empty()) return;
  spare_input(scenario.path, request.output);
  if (!scenario.network.file.empty()) spare_input(resolve_path(scenario, scenario.network.file), request.output);
  check_writable(request.output, request.force);
}

SeedsReport choose(const Request& request, const Scenario& scenario) {
  ProgressLine line(request.quiet);
  const Stopwatch watch;
  const std::int64_t replicates =
      request.replicates ? scenario.replicates : std::max(fewest_replicates, scenario.replicates);
  return choose_seeds(
      scenario, {.by_samples = request.method == "greedy",
                 .count = request.count,
                 .epsilon = request.epsilon,
                 .confidence = request.confidence,
                 .samples = request.samples,
                 .replicates = static_cast<std::uint32_t>(replicates),
                 .threads = request.threads,
                 .progress = [&](const char* phase) { line.show({.phase = phase, .seconds = watch.seconds()}); }});
}
}  // namespace

Exit choose_accounts(const Request& request) {
  const std::vector<ModelChoice> models = model_choices();
  const Scenario scenario = load_scenario(request.file(), models, overrides_of(request));
  check_output(request, scenario);
  watch_signals(request.output.empty() ? "" : partial_of(request.output));
  const SeedsReport report = choose(request, scenario);
  if (!request.output.empty()) publish(request.output, {seeds_csv(report)}, request.force);
  if (request.json) print(seeds_json(report, request));
  if (!request.json && !request.quiet)
    print(seeds_text(report, request, static_cast<std::size_t>(terminal_width(STDOUT_FILENO))));
  return Exit::ok;
}

}  // namespace passalong
