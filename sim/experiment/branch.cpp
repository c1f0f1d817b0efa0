// A task is one world of the past with all its futures: it is simulated up to the tick once, and saved.
#include "sim/experiment/branch.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>
#include <new>
#include <span>

#include "sim/base/failure.hpp"
#include "sim/engine/heir.hpp"
#include "sim/experiment/branched.hpp"
#include "sim/experiment/demand.hpp"
#include "sim/experiment/memory.hpp"
#include "sim/experiment/resimulation.hpp"
#include "sim/experiment/worlds.hpp"

namespace passalong {
namespace {

using Names = std::vector<std::string>;

Names names_of(const World& world) {
  Names names;
  for (const Quantity& q : world.quantities()) names.emplace_back(q.name);
  return names;
}

// In a world some stand more than once: of each brand.
Names without(Names names, const Names& others) {
  for (const std::string& name : others)
    if (const auto at = std::ranges::find(names, name); at != names.end()) names.erase(at);
  return names;
}

class Branching {
 public:
  Branching(const Result& past, const Scenario& scenario, const Futures& futures, Tick at, const Workforce& force,
            Stages& stages, Gate& gate, Meter& meter)
      : past_(past),
        scenario_(scenario),
        futures_(futures),
        at_(at),
        stages_(stages),
        gate_(gate),
        meter_(meter),
        parents_(parents_of(futures)) {
    records_.resize(past.replicates.size() * futures.arms.size());
    for (unsigned g = 0; g < force.groups; ++g)
      teams_.emplace_back(std::max(1U, force.threads / force.groups + (g < force.threads % force.groups)));
  }
  static std::vector<std::size_t> parents_of(const Futures& futures) {
    std::vector<std::size_t> parents;
    for (const FutureArm& arm : futures.arms) parents.push_back(arm.parent);
    std::ranges::sort(parents);
    parents.erase(std::unique(parents.begin(), parents.end()), parents.end());
    return parents;
  }

  // Every arm has a value in every series: Failure with all that would not. Returns what is left out.
  std::vector<std::string> check_series();
  std::size_t tasks() const { return past_.replicates.size() * parents_.size(); }
  void run(std::size_t task, unsigned group) {
    const std::size_t row = task / parents_.size();
    if (!gate_.admit(row)) return;
    const auto replicate = static_cast<std::size_t>(past_.replicates[row]);
    const Stage stage = stages_.take(replicate, teams_[group]);
    continue_world(stage, row, parents_[task % parents_.size()], teams_[group]);
    stages_.give_back(replicate);
  }
  // Of the replicates that are whole.
  Ensemble ensemble() const;

 private:
  struct Past {
    Setting setting;
    std::unique_ptr<World> world;
    std::unique_ptr<Recorder> recorder;
  };

  std::unique_ptr<World> make(const Setting& setting, Team& team) const {
    return find_model(scenario_.model).make(setting, team);
  }
  void continue_world(const Stage& stage, std::size_t row, std::size_t parent, Team& team) {
    const auto replicate = static_cast<std::uint32_t>(past_.replicates[row]);
    Past past{setting_on(stage, scenario_, parent, replicate), {}, {}};
    past.world = make(past.setting, team);
    past.recorder = std::make_unique<Recorder>(scenario_, *past.world);
    past.recorder->observe();
    if (!play(*past.world, *past.recorder, at_)) return;
    verify_rows(*past.world, past.recorder->so_far(), past_, {parent, past_.replicates[row]});
    const std::string bytes = at_ > 0 ? past.world->save() : std::string();
    for (std::size_t a = 0; a < futures_.arms.size(); ++a)
      if (futures_.arms[a].parent == parent)
        records_[row * futures_.arms.size() + a] = future(a, stage, past, bytes, team);
  }

  // Before the first tick nothing has happened: such a future is a run of its own.
  std::optional<WorldRecord> future(std::size_t arm, const Stage& stage, Past& past, const std::string& bytes,
                                    Team& team) {
    const FutureArm& told = futures_.arms[arm];
    const Setting setting = setting_on(stage, futures_.scenarios[told.future], told.parent, past.setting.replicate);
    const std::unique_ptr<World> world = make(setting, team);
    if (at_ > 0) dynamic_cast<Heir&>(*world).inherit(bytes, past.setting);
    Recorder recorder(*past.recorder, *world);
    if (at_ == 0) recorder.begin_anew();
    if (!play(*world, recorder, scenario_.last_tick())) return {};
    meter_.end_world();
    WorldRecord record = recorder.finish();
    name_accounts(record.trees, setting);
    return record;
  }

  bool play(World& world, Recorder& recorder, Tick end) {
    std::uint64_t told = recorder.work().deliveries;
    while (world.now() < end) {
      if (gate_.shut()) return false;
      world.step();
      recorder.observe();
      const std::uint64_t delivered = recorder.work().deliveries;
      meter_.tick(delivered - told);
      told = delivered;
    }
    return true;
  }

  void check_arm(const FutureArm& arm, const World& past, const Stage& stage, std::vector<Fault>& faults,
                 std::vector<std::string>& notes);

  const Result& past_;
  const Scenario& scenario_;
  const Futures& futures_;
  Tick at_;
  Stages& stages_;
  Gate& gate_;
  Meter& meter_;
  std::vector<std::size_t> parents_;
  std::vector<Team> teams_;
  std::vector<std::optional<WorldRecord>> records_;  // [replicate][arm of the futures]
  std::vector<Quantity> quantities_;
};

std::vector<std::string> Branching::check_series() {
  const auto replicate = static_cast<std::uint32_t>(past_.replicates.front());
  const Stage stage = stages_.take(replicate, teams_[0]);  // kept for its tasks
  std::vector<Fault> faults;
  std::vector<std::string> notes;
  for (const std::size_t parent : parents_) {
    const Setting setting = setting_on(stage, scenario_, parent, replicate);
    const std::unique_ptr<World> past = make(setting, teams_[0]);
    if (dynamic_cast<const Heir*>(past.get()) == nullptr)
      throw Failure(Exit::usage,
                    fmt::format("worlds of the model `{}` cannot be continued under another future", scenario_.model));
    if (quantities_.empty()) quantities_ = past->quantities();
    for (const FutureArm& arm : futures_.arms)
      if (arm.parent == parent) check_arm(arm, *past, stage, faults, notes);
  }
  if (!faults.empty()) throw Failure(Exit::scenario, std::move(faults));
  return notes;
}

// Its past has no values of what is switched on in it alone.
void Branching::check_arm(const FutureArm& arm, const World& past, const Stage& stage, std::vector<Fault>& faults,
                          std::vector<std::string>& notes) {
  const Setting setting = setting_on(stage, futures_.scenarios[arm.future], arm.parent, 0);
  const Names has = names_of(*make(setting, teams_[0])), had = names_of(past);
  const Names lacking = without(had, has), more = without(has, had);
  if (!lacking.empty())
    faults.push_back(
        {.file = futures_.wishes[arm.future].place,
         .message = fmt::format("the future `{}` has no series {}: what they tell of is switched off in it", arm.name,
                                fmt::join(std::span(lacking).first(std::min<std::size_t>(3, lacking.size())), ", ")),
         .help = "leave it on, and set its rate to 0"});
  if (!more.empty())
    notes.push_back(fmt::format("'{}' switches on what its past has no series of; the result leaves out {}", arm.name,
                                fmt::join(more, ", ")));
}

Ensemble Branching::ensemble() const {
  const std::size_t arms = futures_.arms.size();
  Ensemble ensemble{{}, past_.brands, {}, quantities_, std::vector<std::vector<const WorldRecord*>>(arms)};
  for (const FutureArm& arm : futures_.arms) ensemble.strategies.push_back(arm.name);
  for (std::size_t row = 0; row < past_.replicates.size(); ++row) {
    const auto records = std::span(records_).subspan(row * arms, arms);
    if (!std::ranges::all_of(records, [](const auto& r) { return r.has_value(); })) continue;
    ensemble.replicates.push_back(past_.replicates[row]);
    for (std::size_t arm = 0; arm < arms; ++arm) ensemble.worlds[arm].push_back(&*records[arm]);
  }
  return ensemble;
}

// A task holds the world of the past with its state as bytes, and that of one future.
Workforce plan_workforce(const Scenario& scenario, unsigned threads) {
  Demand demand = estimate_demand(scenario);
  demand.world *= 3;
  const std::uint64_t need = demand.bytes(1, threads), have = available_memory();
  if (need <= have) return {demand.groups_within(have, threads), threads};
  throw Failure(
      Exit::resources,
      fmt::format("to continue it would need {} of memory; {} may be used here", write_bytes(need), write_bytes(have)),
      "use fewer --threads");
}

RunReport branch_within(const Result& past, const Scenario& scenario, const BranchOptions& options,
                        const Futures& futures, const BranchMoment& moment, const Workforce& force) {
  const std::size_t parents = Branching::parents_of(futures).size(), replicates = past.replicates.size();
  Meter meter(options.run, replicates * futures.arms.size(),
              static_cast<std::uint64_t>(scenario.last_tick() - moment.tick) +
                  static_cast<std::uint64_t>(moment.tick) * parents / futures.arms.size());
  Gate gate(options.run, replicates);
  Stages stages(scenario, parents);
  meter.begin("network");
  stages.prepare_network(force.threads);
  meter.begin("population");
  stages.prepare_population(force.threads);
  meter.begin("worlds");
  Branching branching(past, scenario, futures, moment.tick, force, stages, gate, meter);
  for (const std::string& told : branching.check_series())
    if (options.note) options.note(told);
  Team(force.groups).each(branching.tasks(), [&](std::size_t task, unsigned group) {
    try {
      branching.run(task, group);
    } catch (...) {
      gate.break_off();
      throw;
    }
  });
  meter.finish();
  const Ensemble ensemble = branching.ensemble();
  if (ensemble.replicates.empty()) gate.refuse_nothing_whole("futures");
  RunReport report;
  report.result = join_futures(past, ensemble, futures, scenario);
  describe_branch(report.result, past, futures, moment, options.run.history);
  report.stopped_by = ensemble.replicates.size() == replicates ? 0 : gate.reason();
  for (const auto& arm : ensemble.worlds)
    for (const WorldRecord* world : arm) {
      report.deliveries += world->work.deliveries, report.impressions += world->work.impressions;
      report.shares += world->work.shares;
    }
  report.threads = force.threads, report.seconds = meter.seconds(), report.peak_memory_bytes = peak_memory();
  return report;
}

}  // namespace

RunReport branch(const Result& past, const Scenario& scenario, const BranchOptions& options) {
  check_has_worlds(scenario);
  if (const std::string of = past.text_of("branch_of"); !of.empty())
    throw Failure(Exit::usage, "this result is a branch of another, whose digest is " + of.substr(0, 12),
                  "branch that one: futures can be as many as you like, one --future for each");
  const BranchMoment moment = read_moment(options.at, scenario);
  const Futures futures = read_futures(scenario, past, moment, options.futures);
  const unsigned threads = options.run.threads == 0 ? hardware_threads() : options.run.threads;
  const Workforce force = plan_workforce(scenario, threads);
  try {
    return branch_within(past, scenario, options, futures, moment, force);
  } catch (const std::bad_alloc&) {
    throw Failure(Exit::resources, "to continue it does not fit into memory: it had used " + write_bytes(peak_memory()),
                  "use fewer --threads");
  }
}

}  // namespace passalong
