#include "sim/experiment/cascades.hpp"

#include <algorithm>
#include <utility>

#include "sim/base/failure.hpp"
#include "sim/engine/cascades/exact.hpp"
#include "sim/engine/cascades/levels.hpp"
#include "sim/engine/processes/process.hpp"
#include "sim/experiment/cascade_result.hpp"
#include "sim/experiment/gate.hpp"
#include "sim/experiment/ground.hpp"
#include "sim/experiment/manifest.hpp"
#include "sim/experiment/memory.hpp"
#include "sim/experiment/meter.hpp"
#include "sim/experiment/precision.hpp"
#include "sim/observe/network_figures.hpp"

namespace passalong {
namespace {
// The course over time is written where it is short: of so many replicates.
constexpr std::size_t most_replicates_with_steps = 100'000;
constexpr std::uint64_t most_state = std::uint64_t{4} << 30;  // bytes; beyond that more lanes gain little

CascadePlan plan_of(const Scenario& scenario, const ModelEntry& model, const Network& network, const Gate& gate,
                    Meter& meter) {
  CascadePlan plan = model.cascade(scenario, &network);
  plan.memory = std::min(most_state, available_memory() / 2);
  plan.go_on = [&gate] { return gate.reason() == 0; };
  plan.done = [&meter](std::uint64_t replicates) { meter.end_worlds(replicates); };
  return plan;
}

// The last step at which seeds come.
double last_seed(const SeedRule& rule) {
  double last = 0;
  for (const SeedGroup& group : rule.further) last = std::max(last, group.at);
  return last;
}

void append(CascadeOutcome& all, CascadeOutcome&& one) {
  all.algorithm = one.algorithm;
  all.sizes.insert(all.sizes.end(), one.sizes.begin(), one.sizes.end());
  all.depths.insert(all.depths.end(), one.depths.begin(), one.depths.end());
  all.viralities.insert(all.viralities.end(), one.viralities.begin(), one.viralities.end());
  std::ranges::move(one.steps, std::back_inserter(all.steps));
  all.small.resize(std::max(all.small.size(), one.small.size()));
  for (std::size_t size = 0; size < one.small.size(); ++size) all.small[size] += one.small[size];
  all.large.insert(all.large.end(), one.large.begin(), one.large.end());
  all.begun += one.begun;
  all.trials += one.trials, all.successes += one.successes, all.activations += one.activations;
}

// Plays replicates in batches until there are enough.
class Cascades {
 public:
  Cascades(const Scenario& scenario, const ModelEntry& model, const Gate& gate, Meter& meter, Team& team)
      : scenario_(scenario), model_(model), gate_(gate), meter_(meter), team_(team) {}

  CascadeResult play() {
    const bool many = scenario_.redraw == "network";
    if (!many) stand_on(0);
    meter_.begin("cascades");
    Batches batches = batches_of(scenario_);
    while (batches.next() > 0 && gate_.reason() == 0) {
      const auto more = static_cast<std::uint32_t>(batches.next());
      if (many) {
        play_one_by_one(more);
      } else {
        play_together(more);
      }
      batches.add(std::exchange(fresh_, {}));
    }
    if (!scenario_.until.empty()) played_.stopped = batches.stopped();
    played_.enough = batches.next() == 0 && played_.outcome.begun == asked_;
    if (!many) played_.networks.push_back(measure_network(ground_.network, team_));
    return std::move(played_);
  }

  CascadeResult tell_exactly() {
    stand_on(0);
    meter_.begin("cascades");
    played_.exact = spread_exactly(plan_);
    played_.enough = played_.exact->whole;
    meter_.end_worlds(static_cast<std::uint64_t>(scenario_.replicates));
    played_.networks.push_back(measure_network(ground_.network, team_));
    played_.labels = std::move(ground_.network.labels);
    return std::move(played_);
  }

 private:
  void stand_on(std::uint32_t replicate) {
    ground_ = make_ground(scenario_, replicate, team_);
    ground_.interests = {};  // nobody's interests matter
    plan_ = plan_of(scenario_, model_, ground_.network, gate_, meter_);
    played_.times = plan_.times, played_.trees = plan_.trees, played_.counted = plan_.large > 0;
    if (!plan_.exact && scenario_.redraw != "network") plan_.algorithm = choose_algorithm(plan_);
  }

  void play_together(std::uint32_t more) {
    plan_.first_replicate = played_.outcome.begun, plan_.replicates = more;
    add_played();
  }

  void play_one_by_one(std::uint32_t more) {
    for (std::uint32_t i = 0; i < more && gate_.reason() == 0; ++i) {
      const std::uint32_t replicate = played_.outcome.begun;
      stand_on(replicate);
      plan_.first_replicate = replicate, plan_.replicates = 1;
      add_played();
      played_.networks.push_back(measure_network(ground_.network, team_));
    }
  }

  // Steps are kept as long as there may be few enough replicates for them.
  void add_played() {
    CascadeOutcome& all = played_.outcome;
    const std::size_t replicates = std::size_t{all.begun} + plan_.replicates;
    plan_.steps = plan_.times && plan_.large == 0 && replicates <= most_replicates_with_steps &&
                  static_cast<double>(replicates) * (last_seed(plan_.seeds) + 1) <= most_values_of_steps;
    // One more than can be written, so that what is cut is known to be too long.
    plan_.most_kept_steps = static_cast<std::uint32_t>(most_values_of_steps / std::max<std::size_t>(1, replicates) + 1);
    if (!plan_.steps) all.steps = {};
    CascadeOutcome one = spread(plan_, team_);
    asked_ += plan_.replicates;
    add_sizes(one, fresh_);
    append(all, std::move(one));
  }

  const Scenario& scenario_;
  const ModelEntry& model_;
  const Gate& gate_;
  Meter& meter_;
  Team& team_;
  Ground ground_;
  CascadePlan plan_;
  CascadeResult played_;
  MeanOfSizes fresh_;        // of the batch being played
  std::uint64_t asked_ = 0;  // replicates, of all batches
};

}  // namespace

RunReport run_cascades(const Scenario& scenario, const ModelEntry& model, const RunOptions& options, unsigned threads) {
  Meter meter(options, static_cast<std::uint64_t>(scenario.replicates), 1);
  const Gate gate(options, 0);
  Team team(threads);
  const std::string input_hash = hash_inputs(scenario);
  meter.begin("network");
  Cascades cascades(scenario, model, gate, meter, team);
  const bool exactly = model.cascade(scenario, nullptr).exact;
  const CascadeResult played = exactly ? cascades.tell_exactly() : cascades.play();
  meter.finish();
  RunReport report;
  report.result = tabulate_cascades(scenario, played);
  if (exactly ? !played.enough : report.result.replicate_count() == 0) gate.refuse_nothing_whole("accounts");
  report.stopped_by = report.result.complete ? 0 : gate.reason();
  attach_manifest(report.result, scenario, input_hash, options.history);
  describe_cascades(report.result, played);
  report.deliveries = played.outcome.trials, report.impressions = played.outcome.successes;
  report.shares = played.outcome.activations;
  report.threads = threads;
  report.seconds = meter.seconds();
  report.peak_memory_bytes = peak_memory();
  return report;
}

namespace {
// What fused passes take: as many lanes as there are replicates for, down to 64 where memory is short.
std::uint64_t state_bytes(double accounts, double replicates) {
  const double workers = hardware_threads(), budget = static_cast<double>(std::min(most_state, available_memory() / 2));
  const auto passes = [&](double lanes) { return accounts * (lanes * 3 / 8 + 18); };
  const double wanted = workers * passes(std::clamp(replicates / workers, 64.0, 512.0));
  return static_cast<std::uint64_t>(std::max(passes(64), std::min(wanted, budget)));
}

double chance_of_a_follow(const Chances& chances, double mean_followers) {
  if (chances.kind == Chances::Kind::uniform) return chances.probability;
  if (chances.kind == Chances::Kind::levels) return mean_of_levels;
  return 1 / std::max(1.0, mean_followers);
}

// The outcomes that `exact` may have to go through are known with the network alone; seldom are they many.
void size_exactly(Demand& d) {
  constexpr double a_chained_account = 8 * 700, seconds = 0.1, a_chained_pair = 1e-8;
  const double chained = static_cast<double>(std::min<std::uint64_t>(d.accounts, most_chained));
  d.deliveries = d.people = 0;
  d.world = static_cast<std::uint64_t>(chained * a_chained_account);
  d.records = 64 * d.accounts;
  d.seconds_of_worlds = seconds + chained * chained * a_chained_pair;
}
}  // namespace

// A branching process by the mean follower count, or, above one child each, the share that a random network of that
// mean would see.
void size_cascades(const Scenario& scenario, const ModelEntry& model, Demand& d) {
  const CascadePlan plan = model.cascade(scenario, nullptr);
  if (plan.exact) return size_exactly(d);
  const auto accounts = static_cast<double>(d.accounts), follows = static_cast<double>(d.follows);
  const double mean = follows / std::max(1.0, accounts);
  const double chance = chance_of_a_follow(plan.chances, mean);
  const double seeds = static_cast<double>(plan.seeds.most());
  const double r = chance * mean;
  const double reached = r < 0.99 ? std::min(accounts, seeds / (1 - r)) : accounts * std::min(1.0, r / 2);
  const double replicates = plan.replicates;
  constexpr double a_trial = 4e-9, a_cascade = 1e-6, bytes_a_step = 48, most_values = most_values_of_steps;
  const double bytes_a_replicate = plan.large > 0 ? 0.1 : plan.trees ? 96 : 64;  // few are large
  d.deliveries = static_cast<std::uint64_t>(std::min(1e18, replicates * reached * mean));
  d.people = 0;
  d.world = reached < accounts / 256 ? 4 << 20 : state_bytes(accounts, replicates);
  d.records = static_cast<std::uint64_t>(replicates * bytes_a_replicate +
                                         (plan.large > 0 ? 0 : std::min(replicates * 16, most_values) * bytes_a_step));
  d.seconds_of_worlds = static_cast<double>(d.deliveries) * a_trial + replicates * a_cascade;
}

bool is_exact(const Scenario& scenario) {
  const ModelEntry& model = find_model(scenario.model);
  return model.cascade != nullptr && model.cascade(scenario, nullptr).exact;
}

bool depends_on_network(const Scenario& scenario) {
  return is_exact(scenario) || find_model(scenario.model).process != nullptr;
}

void check_on_network(const Scenario& scenario, const Network& network) {
  const ModelEntry& model = find_model(scenario.model);
  if (model.cascade != nullptr) model.cascade(scenario, &network);
  if (model.process == nullptr) return;
  Team alone(1);
  const ProcessSetting setting{&scenario, &network};
  model.process(setting, alone);
}

}  // namespace passalong
