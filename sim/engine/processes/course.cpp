#include "sim/engine/processes/course.hpp"

#include "sim/base/failure.hpp"

namespace passalong {

std::uint32_t last_step_of(const Scenario& scenario) {
  return scenario.duration > 0 ? static_cast<std::uint32_t>(scenario.ticks(scenario.duration)) : no_last_step;
}

Seeds seeds_of(const SeedParameters& parameters, const ProcessSetting& setting) {
  std::vector<Fault> faults;
  const SeedRule rule = parameters.rule(*setting.scenario, setting.network, faults);
  if (!faults.empty()) throw Failure(Exit::scenario, std::move(faults));
  return {rule, *setting.network, static_cast<std::uint64_t>(setting.scenario->seed)};
}

std::uint32_t trait_replicate(const Scenario& scenario, std::uint32_t replicate) {
  return scenario.redraw == "behaviour" ? 0 : replicate;
}

const ProcessForm& course_form() {
  static const ProcessForm form{
      {{"size", "accounts", "accounts active in the end"}, {"depth", "1", "last step that activated anyone"}},
      {{"active", "accounts", "active accounts"},
       {"newly_active", "accounts", "accounts that became active", true, true}}};
  return form;
}

ProcessDemand contagion_demand(double accounts, double follows, double bytes_an_account) {
  constexpr double a_listed_account = 8, a_follow_walked = 6e-9, an_account_begun = 1e-9, usual_steps = 50;
  return {.bytes = accounts * (bytes_an_account + a_listed_account),
          .deliveries = follows,
          .seconds = follows * a_follow_walked + accounts * an_account_begun,
          .ticks = usual_steps};
}

}  // namespace passalong
