// Which series a scenario's worlds have is known by their mechanisms alone, so one is made to be asked.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

#include "sim/base/failure.hpp"
#include "sim/base/suggest.hpp"
#include "sim/experiment/stage.hpp"
#include "sim/experiment/stopping.hpp"

namespace passalong {
namespace {

// A world with the same quantities, small enough to be made for these alone.
Scenario in_small(const Scenario& scenario) {
  Scenario small = scenario;
  small.network = NetworkSection{}, small.redraw = "behaviour";
  small.network.accounts = 200, small.network.mean_followers = 10;
  small.dynamics.newcomers = std::min<std::int64_t>(small.dynamics.newcomers, 1);
  for (auto* policies : {&small.strategies, &small.brands})
    for (StrategySection& policy : *policies) policy.account.clear(), policy.followers = 20;
  return small;
}

std::vector<Quantity> quantities_of(const Scenario& scenario, const ModelEntry& model) {
  const Scenario small = in_small(scenario);
  Stages stages(small, 1);
  stages.prepare_network(1), stages.prepare_population(1);
  Team alone(1);
  const Stage stage = stages.take(0, alone);
  return model.make(setting_on(stage, small, 0, 0), alone)->quantities();
}

}  // namespace

void check_until(const Scenario& scenario, const ModelEntry& model) {
  const Until until = until_of(scenario);
  if (!until.asked() || model.make == nullptr) return;
  std::vector<std::string> known;
  for (const Quantity& q : quantities_of(scenario, model))
    if (!q.everyones || scenario.brands.empty()) known.push_back(series_name(q));
  if (std::ranges::find(known, until.metric) != known.end()) return;
  const auto near = suggest(until.metric, known);
  throw Failure(
      Exit::scenario,
      {Fault{.file = scenario.path,
             .message = fmt::format("`until` = \"{}\": there is no series '{}' of this scenario's {}", scenario.until,
                                    until.metric, scenario.brands.empty() ? "strategies" : "brands"),
             .help = near ? fmt::format("did you mean '{}'?", *near)
                          : fmt::format("there are {}", fmt::join(known, ", "))}});
}

}  // namespace passalong
