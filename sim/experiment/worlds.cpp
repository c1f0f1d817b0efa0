// Whole replicates come first: a run that is cut short has as many of them as possible.
#include "sim/experiment/worlds.hpp"

#include <memory>
#include <mutex>

namespace passalong {
namespace {

class WorldRunner {
 public:
  WorldRunner(const Scenario& scenario, const ModelEntry& model, const Workforce& force, Stages& stages, Gate& gate,
              Meter& meter)
      : scenario_(scenario), model_(model), stages_(stages), gate_(gate), meter_(meter), arms_(scenario.arms()) {
    recording_.worlds.resize(arms_ * static_cast<std::size_t>(scenario.replicates));
    for (unsigned g = 0; g < force.groups; ++g)
      teams_.emplace_back(std::max(1U, force.threads / force.groups + (g < force.threads % force.groups)));
  }

  void run(std::size_t task, unsigned group) {
    const std::size_t replicate = task / arms_;
    if (!gate_.admit(replicate)) return;
    recording_.worlds[task] = record(replicate, task % arms_, teams_[group]);
    stages_.give_back(replicate);
  }

  Team& team(unsigned group) { return teams_[group]; }
  Recording recording() { return std::move(recording_); }

 private:
  std::optional<WorldRecord> record(std::size_t replicate, std::size_t arm, Team& team) {
    const Stage stage = stages_.take(replicate, team);
    const Setting setting = setting_on(stage, scenario_, arm, static_cast<std::uint32_t>(replicate));
    const std::unique_ptr<World> world = model_.make(setting, team);
    std::call_once(named_, [&] { recording_.quantities = world->quantities(); });
    std::optional<WorldRecord> record = watch(*world);
    if (record) name_accounts(record->trees, setting);
    return record;
  }

  std::optional<WorldRecord> watch(World& world) {
    const Tick last = scenario_.last_tick();
    Recorder recorder(scenario_, world);
    recorder.observe();
    for (std::uint64_t told = 0; world.now() < last;) {
      if (gate_.shut()) return {};
      world.step();
      recorder.observe();
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
  std::size_t arms_;
  std::vector<Team> teams_;  // one a group, for all its worlds
  std::once_flag named_;
  Recording recording_;
};

}  // namespace

Recording record_worlds(const Scenario& scenario, const ModelEntry& model, const Workforce& force, Stages& stages,
                        Gate& gate, Meter& meter) {
  WorldRunner runner(scenario, model, force, stages, gate, meter);
  Team groups(force.groups);
  const std::size_t worlds = scenario.arms() * static_cast<std::size_t>(scenario.replicates);
  groups.each(worlds + 1, [&](std::size_t task, unsigned group) {
    try {
      task == 0 ? stages.survey(runner.team(group)) : runner.run(task - 1, group);
    } catch (...) {
      gate.break_off();
      throw;
    }
  });
  return runner.recording();
}

}  // namespace passalong
