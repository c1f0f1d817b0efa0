#include "sim/engine/processes/epidemic_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace passalong {
namespace {
constexpr const char* kermack = "Kermack & McKendrick 1927";
constexpr double slowest = 1e-5;  // a tick, where no duration ends what lasts long

About chance(const char* help, const char* source) {
  return {.unit = "per tick", .low = 0, .high = 1e6, .help = help, .source = source};
}

void check_stay(Fields& f, const char* name, double hours, bool steps, const Scenario& scenario) {
  const double ticks = hours / scenario.tick;
  f.check(name, !steps || hours <= 0 || (ticks > 0.5 && std::abs(ticks - std::round(ticks)) < 1e-9),
          fmt::format("`{}` is not a whole number of ticks", name),
          "make it a multiple of `tick`, or time = \"continuous\"");
  f.check(name, scenario.duration > 0 || ticks <= 1 / slowest,
          fmt::format("`{}` is {:.3g} ticks, more than can be told", name, ticks),
          "a longer `tick`, or a `duration` that ends it");
}

Stay stay_of(double chance, double hours, const Scenario& scenario, bool steps) {
  const double ticks = hours / scenario.tick;
  return {.chance = chance, .ticks = steps ? std::round(ticks) : ticks};
}

bool is_well_mixed(const Scenario& scenario) {
  return scenario.network.file.empty() && scenario.network.kind == "well-mixed";
}
}  // namespace

void EpidemicParameters::declare_infection(Fields& f) {
  f.choice("time", time, {"steps", "continuous"},
           {.help = "steps: what follows are chances in a tick; continuous: rates, per tick", .source = "assumption"});
  f.number("infection", infection,
           chance("that an infected account infects a follower who can be: chance in each step, or rate", kermack));
}

void EpidemicParameters::declare_incubation(Fields& f) {
  f.number("incubation", incubation,
           chance("that an exposed account begins to infect: chance at the end of each step, or rate",
                  "Anderson & May 1991"));
  f.duration("incubation_time", incubation_time,
             {.low = 0,
              .high = 1e6,
              .help = "exactly so long exposed, in place of `incubation`; 0: not so",
              .source = "assumption"});
}

void EpidemicParameters::declare_recovery(Fields& f) {
  f.number("recovery", recovery,
           chance("that an infected account recovers: chance at the end of each step, or rate", kermack));
  f.duration("recovery_time", recovery_time,
             {.low = 0,
              .high = 1e6,
              .help = "exactly so long infected, in place of `recovery`; one tick, in steps: the independent cascade; "
                      "0: not so",
              .source = "assumption"});
}

void EpidemicParameters::declare_immunity_loss(Fields& f) {
  f.number("immunity_loss", immunity_loss,
           chance("that a recovered account can be infected again: chance at the end of each step, or rate; 0: never",
                  "Kermack & McKendrick 1932"));
}

void EpidemicParameters::declare_seeds(Fields& f) {
  seeds.declare(f,
                "who is infected at the start, or from a moment on: labels such as [\"12\"], { random = 10 }, "
                "{ top = 10, at = \"2 h\" }",
                "assumption");
}

void EpidemicParameters::check(const Scenario& scenario, Fields& f) {
  seeds.check(scenario, f);
  const bool steps = time == "steps", ends = scenario.duration > 0;
  for (const auto& [name, value] : {std::pair{"infection", infection},
                                    {"recovery", recovery},
                                    {"incubation", incubation},
                                    {"immunity_loss", immunity_loss}}) {
    f.check(name, !steps || value <= 1, fmt::format("`{}` = {} is a chance in each step, and above 1", name, value),
            "at most 1, or rates: time = \"continuous\"");
    f.check(name, ends || value <= 0 || value >= slowest,
            fmt::format("`{}` = {} a tick takes more steps than can be told", name, value),
            "a longer `tick`, or a `duration` that ends it");
  }
  check_stay(f, "recovery_time", recovery_time, steps, scenario);
  check_stay(f, "incubation_time", incubation_time, steps, scenario);
  f.check("duration", ends || !can_return(), "whoever recovers can be infected again: this need not end by itself",
          "give a `duration`, such as duration = \"30 days\" at the top of the scenario");
}

std::unique_ptr<Process> epidemic_process(const ProcessSetting& setting, Team&) {
  const Scenario& scenario = *setting.scenario;
  const auto& model = *std::static_pointer_cast<EpidemicParameters>(scenario.parameters);
  const bool steps = model.time == "steps";
  std::vector<Fault> faults;
  EpidemicPlan plan{.continuous = !steps,
                    .infection = model.infection,
                    .well_mixed = is_well_mixed(scenario),
                    .exposes = model.kind.exposes,
                    .recovers = model.kind.recovers,
                    .immune = model.kind.immune,
                    .incubation = stay_of(model.incubation, model.incubation_time, scenario, steps),
                    .infectious = stay_of(model.recovery, model.recovery_time, scenario, steps),
                    .immunity = {.chance = model.immunity_loss},
                    .seeds = model.seeds.rule(scenario, setting.network, faults),
                    .seed = static_cast<std::uint64_t>(scenario.seed),
                    .days_a_tick = scenario.tick / 24};
  if (!faults.empty()) throw Failure(Exit::scenario, std::move(faults));
  if (scenario.duration > 0) plan.most_ticks = static_cast<double>(scenario.ticks(scenario.duration));
  return make_epidemic(std::move(plan), *setting.network);
}

// As if everybody were infected: once, or again as soon as they can be.
ProcessDemand epidemic_demand(const Scenario& scenario, double accounts, double follows) {
  const auto& model = *std::static_pointer_cast<EpidemicParameters>(scenario.parameters);
  if (is_well_mixed(scenario)) follows = accounts * (accounts - 1);
  const double given = scenario.duration > 0 ? static_cast<double>(scenario.ticks(scenario.duration)) : 1e9;
  const double infected =
      model.recovery_time > 0 ? model.recovery_time / scenario.tick : 1 / std::max(model.recovery, 1e-9);
  const double slowest_chance =
      std::min(model.kind.recovers ? std::max(model.recovery, slowest) : 1.0, std::max(model.infection, slowest));
  constexpr double a_contact = 60e-9, an_infection = 200e-9, a_line = 64 + 3 * 16 + 5;
  ProcessDemand demand;
  demand.ticks = std::min(given, 20 / slowest_chance);
  const double active = std::min(demand.ticks, model.kind.recovers && !model.can_return() ? infected : 1e9);
  demand.bytes = accounts * a_line;
  demand.deliveries = follows * std::min(model.infection * active, model.can_return() ? 1e18 : 20.0);
  demand.seconds = demand.deliveries * a_contact + accounts * an_infection;
  return demand;
}

}  // namespace passalong
