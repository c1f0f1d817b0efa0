// Whole replicates come first: a run that is cut short has as many of them as possible.
#include "sim/experiment/worlds.hpp"

#include <algorithm>
#include <memory>
#include <mutex>
#include <span>

#include "sim/experiment/live_worlds.hpp"

namespace passalong {
namespace {

class WorldRunner {
 public:
  WorldRunner(const Scenario& scenario, const ModelEntry& model, Stages& stages, Gate& gate, Meter& meter,
              LiveWorlds* live)
      : scenario_(scenario),
        model_(model),
        stages_(stages),
        gate_(gate),
        meter_(meter),
        live_(live),
        arms_(scenario.arms()) {
    recording_.worlds.resize(arms_ * static_cast<std::size_t>(scenario.replicates));
  }

  // How many worlds of `count` run side by side now; where these are few, each has more threads.
  unsigned gather(const Workforce& force, std::size_t count) {
    const auto groups = static_cast<unsigned>(std::min<std::size_t>(force.groups, count));
    if (groups == teams_.size()) return groups;
    teams_.clear();
    for (unsigned g = 0; g < groups; ++g)
      teams_.emplace_back(std::max(1U, force.threads / groups + (g < force.threads % groups)));
    return groups;
  }

  void run(std::size_t task, unsigned group) {
    const std::size_t replicate = task / arms_;
    if (!gate_.admit(replicate)) return;
    recording_.worlds[task] = record(replicate, task % arms_, teams_[group]);
    if (live_ != nullptr && recording_.worlds[task]) live_->end(task, *recording_.worlds[task]);
    stages_.give_back(replicate);
  }

  Team& team(unsigned group) { return teams_[group]; }
  Recording& recording() { return recording_; }

 private:
  std::optional<WorldRecord> record(std::size_t replicate, std::size_t arm, Team& team) {
    const Stage stage = stages_.take(replicate, team);
    const Setting setting = setting_on(stage, scenario_, arm, static_cast<std::uint32_t>(replicate));
    const std::unique_ptr<World> world = model_.make(setting, team);
    std::call_once(named_, [&] { recording_.quantities = world->quantities(); });
    if (live_ != nullptr) live_->begin(replicate * arms_ + arm, world->quantities());
    std::optional<WorldRecord> record = watch(*world, replicate * arms_ + arm);
    if (record) name_accounts(record->trees, setting);
    return record;
  }

  std::optional<WorldRecord> watch(World& world, std::size_t task) {
    const Tick last = scenario_.last_tick();
    Recorder recorder(scenario_, world);
    recorder.observe();
    for (std::uint64_t told = 0; world.now() < last;) {
      if (gate_.shut()) return {};
      world.step();
      recorder.observe();
      if (live_ != nullptr) live_->show(task, recorder.so_far().columns);
      const std::uint64_t delivered = recorder.work().deliveries;
      meter_.tick(delivered - told);
      told = delivered;
    }
    meter_.end_world();
    return recorder.finish();
  }

  const Scenario& scenario_;
  const ModelEntry& model_;
  Stages& stages_;
  Gate& gate_;
  Meter& meter_;
  LiveWorlds* live_;  // null: nobody watches
  std::size_t arms_;
  std::vector<Team> teams_;  // one a group, for all its worlds
  std::once_flag named_;
  Recording recording_;
};

}  // namespace

Ensemble whole_replicates(const Scenario& scenario, const Recording& recording) {
  const std::size_t arms = scenario.arms();
  Ensemble ensemble{{}, {}, {}, recording.quantities, std::vector<std::vector<const WorldRecord*>>(arms)};
  for (const StrategySection& strategy : scenario.strategies) ensemble.strategies.push_back(strategy.name);
  for (const StrategySection& brand : scenario.brands) ensemble.brands.push_back(brand.name);
  if (!ensemble.brands.empty()) ensemble.strategies = {arm_of_brands};
  for (std::size_t r = 0; r * arms < recording.worlds.size(); ++r) {
    const std::span worlds = std::span(recording.worlds).subspan(r * arms, arms);
    if (!std::ranges::all_of(worlds, [](const auto& world) { return world.has_value(); })) continue;
    ensemble.replicates.push_back(static_cast<std::int64_t>(r));
    for (std::size_t arm = 0; arm < arms; ++arm) ensemble.worlds[arm].push_back(&*worlds[arm]);
  }
  return ensemble;
}

Recording record_worlds(const Scenario& scenario, const ModelEntry& model, const Workforce& force, Stages& stages,
                        Gate& gate, Meter& meter, StoppingRule& rule, LiveWorlds* live) {
  WorldRunner runner(scenario, model, stages, gate, meter, live);
  const std::size_t arms = scenario.arms();
  if (rule.is_asked()) meter.tell_outlook("0 of at most " + std::to_string(scenario.replicates) + " replicates");
  for (std::size_t done = 0; rule.next() > 0;) {
    const std::size_t first = done * arms, last = rule.next() * arms, extra = done == 0 ? 1 : 0;  // the survey
    Team groups(runner.gather(force, last - first));
    groups.each(last - first + extra, [&](std::size_t task, unsigned group) {
      try {
        task < extra ? stages.survey(runner.team(group)) : runner.run(first + task - extra, group);
      } catch (...) {
        gate.break_off();
        throw;
      }
    });
    done = rule.next();
    const Ensemble ensemble = whole_replicates(scenario, runner.recording());
    if (ensemble.replicates.size() < done) {
      rule.break_off(ensemble);
      break;
    }
    rule.look(ensemble);
    if (const auto& outlook = rule.outlook()) meter.tell_outlook(outlook_line(*outlook));
  }
  return std::move(runner.recording());
}

}  // namespace passalong
