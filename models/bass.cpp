// The Bass model of adoption (Bass 1969): who has not adopted does so at a rate p by itself and q F by the example of
// others, F being the share of the crowd, or on a network of the account's followees, that has.
#include <fmt/format.h>

#include "models/models.hpp"
#include "sim/engine/processes/adoption.hpp"

namespace passalong {
namespace {
constexpr const char* source = "Bass 1969";

struct Bass : ModelParameters {
  double innovation = 0.03, imitation = 0.38;
  std::string time = "continuous";
  SeedParameters seeds{.choices = {}, .may_be_none = true};

  void declare(Fields& f) override {
    f.number("innovation", innovation,
             {.unit = "per tick",
              .low = 0,
              .high = 100,
              .help = "p: rate, or in steps chance, of adopting by oneself",
              .source = "Bass 1969; usual value of Sultan, Farley & Lehmann 1990"});
    f.number("imitation", imitation,
             {.unit = "per tick",
              .low = 0,
              .high = 100,
              .help = "q: what is added to it once all others, or all an account follows, have adopted",
              .source = "Bass 1969; usual value of Sultan, Farley & Lehmann 1990"});
    f.choice("time", time, {"continuous", "steps"},
             {.help = "rates in continuous time, exactly; or chances in steps of a tick, by what the last step left",
              .source = source});
    seeds.declare(f, "who has adopted at the start, or from a moment on; [] for nobody", source);
  }

  void check(const Scenario& scenario, Fields& f) override {
    seeds.check(scenario, f);
    f.check("innovation", scenario.duration > 0, "adoption goes on for as long as anybody is left",
            "give `duration`, such as \"20 h\" with the usual tick of an hour");
    f.check("imitation", time == "continuous" || innovation + imitation <= 1,
            fmt::format("chances of innovation + imitation = {} in a step exceed 1", innovation + imitation),
            "lower them, or choose time = \"continuous\"");
  }
};

bool is_well_mixed(const Scenario& scenario) {
  return scenario.network.file.empty() && scenario.network.kind == "well-mixed";
}

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<Bass>(); }

std::unique_ptr<Process> process(const ProcessSetting& setting, Team&) {
  const auto& model = *std::static_pointer_cast<Bass>(setting.scenario->parameters);
  return adoption_process(
      {model.innovation, model.imitation, model.time == "continuous", is_well_mixed(*setting.scenario)}, model.seeds,
      setting);
}

ProcessDemand demand(const Scenario& scenario, double accounts, double follows) {
  constexpr double sorted = 2e-7, retimed = 4e-7, looked_at = 3e-9;
  const auto& model = *std::static_pointer_cast<Bass>(scenario.parameters);
  const double ticks = scenario.ticks(scenario.duration);
  if (is_well_mixed(scenario)) return {.bytes = 17 * accounts, .seconds = accounts * sorted, .ticks = ticks};
  if (model.time == "steps")
    return {.bytes = 32 * accounts,
            .deliveries = follows,
            .seconds = accounts * ticks * looked_at + follows * looked_at,
            .ticks = ticks};
  return {.bytes = 48 * accounts + 16 * follows,
          .deliveries = follows,
          .seconds = (accounts + follows) * retimed,
          .ticks = ticks};
}

}  // namespace

const ModelEntry bass = process_entry({.name = "bass",
                                       .summary = "adoption by oneself and by the example of those who have adopted",
                                       .parameters = parameters,
                                       .takes_crowds = true},
                                      process, demand);

}  // namespace passalong
