// The network is made once; choosing and estimating draw from streams and replicates of their own.
#include "sim/experiment/seeds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/base/math.hpp"
#include "sim/base/stopwatch.hpp"
#include "sim/engine/seeds.hpp"
#include "sim/engine/world.hpp"
#include "sim/experiment/ground.hpp"
#include "sim/experiment/memory.hpp"
#include "sim/experiment/run.hpp"
#include "sim/network/labels.hpp"

namespace passalong {
namespace {

const ModelEntry& model_of(const Scenario& scenario) {
  const ModelEntry& model = find_model(scenario.model);
  if (model.cascade == nullptr)
    throw Failure(Exit::scenario,
                  {Fault{.file = scenario.path,
                         .message = "seeds are chosen under a model of cascades, not `" + scenario.model + "`",
                         .help = "set name = \"independent-cascade\" in [model]"}});
  if (scenario.redraw == "network")
    throw Failure(Exit::scenario, {Fault{.file = scenario.path,
                                         .message = "`redraw` = \"network\" gives each replicate other accounts",
                                         .help = "seeds are chosen on one network: leave `redraw` out"}});
  return model;
}

void refuse_too_large(const Scenario& scenario) {
  const std::uint64_t need = forecast_network_bytes(scenario), have = available_memory();
  if (need <= have) return;
  throw Failure(Exit::resources,
                {Fault{.file = scenario.path,
                       .message = fmt::format("the network would need {} of memory; {} may be used here",
                                              write_bytes(need), write_bytes(have)),
                       .help = "use fewer accounts or a smaller mean_followers"}});
}

class Choice {
 public:
  Choice(const Scenario& scenario, const SeedsOptions& options)
      : scenario_(scenario),
        options_(options),
        model_(model_of(scenario)),
        team_(options.threads == 0 ? hardware_threads() : options.threads) {
    refuse_too_large(scenario);
  }

  SeedsReport run() {
    begin("network");
    Ground ground = make_ground(scenario_, 0, team_);
    ground.interests = {};  // nobody's interests matter
    network_ = &ground.network;
    refuse_too_many();
    plan_ = plan();
    begin("choice");
    const Stopwatch choosing;
    report_.choice = options_.by_samples ? maximise_by_samples(plan_, team_) : maximise_by_sets(plan_, team_);
    report_.choosing_seconds = choosing.seconds();
    if (report_.choice.accounts.empty()) refuse_choice();
    estimate();
    report_.seconds = watch_.seconds();
    return std::move(report_);
  }

 private:
  void begin(const char* phase) const {
    if (options_.progress) options_.progress(phase);
  }

  void refuse_too_many() const {
    if (options_.count <= network_->accounts()) return;
    throw Failure(
        Exit::usage,
        fmt::format("--count: {} accounts asked for, the network has {}", options_.count, network_->accounts()),
        fmt::format("at most {}", network_->accounts()));
  }

  InfluencePlan plan() {
    InfluencePlan plan{.cascade = model_.cascade(scenario_, network_), .count = options_.count};
    plan.cascade.seeds = {}, plan.cascade.times = plan.cascade.steps = false;
    plan.cascade.replicates = options_.replicates;
    plan.cascade.memory = available_memory() / 2;
    plan.memory = available_memory() / 8 * 7;
    plan.epsilon = options_.epsilon, plan.samples = options_.samples;
    const double n = network_->accounts();
    report_.threads = team_.workers(), report_.accounts = network_->accounts(), report_.follows = network_->follows();
    report_.failure = options_.confidence > 0 ? 1 - options_.confidence : 1 / n;
    plan.exponent = n > 1 ? passalong::log(1 / report_.failure) / passalong::log(n) : 1;
    if (!options_.by_samples) report_.least_share = 1 - passalong::exp(-1) - options_.epsilon;
    refuse_steps(plan);
    return plan;
  }

  void refuse_steps(const InfluencePlan& plan) const {
    if (!options_.by_samples || plan.cascade.most_steps == no_limit) return;
    throw Failure(Exit::usage, "--method greedy: live graphs know no steps, but the scenario has a `duration`",
                  "use --method imm, or leave `duration` out");
  }

  [[noreturn]] void refuse_choice() const {
    const std::string what = options_.by_samples ? fmt::format("{} live graphs", options_.samples) : "the reverse sets";
    throw Failure(Exit::resources,
                  fmt::format("{} would need about {} of memory; {} may be used here", what,
                              write_bytes(report_.choice.bytes_wanted), write_bytes(plan_.memory)),
                  options_.by_samples
                      ? "fewer --samples need less"
                      : "a larger --epsilon needs less; so does --method greedy where cascades are large");
  }

  void estimate() {
    begin("estimate");
    const Influence& choice = report_.choice;
    const Reach reach = reach_of_prefixes(plan_.cascade, choice.accounts, team_);
    for (std::size_t i = 0; i < choice.accounts.size(); ++i) {
      const AccountId a = choice.accounts[i];
      report_.seeds.push_back({.label = label_of(*network_, a),
                               .followers = network_->follower_count(a),
                               .foreseen = choice.gains[i],
                               .gain = reach.gain[i],
                               .spread = reach.spread[i]});
    }
    report_.most_followed = spread_of({.accounts = most_followed(*network_, options_.count)});
    report_.random = spread_of({.random = options_.count});
  }

  Estimate spread_of(const SeedRule& seeds) {
    CascadePlan plan = plan_.cascade;
    plan.seeds = seeds;
    const CascadeOutcome outcome = spread(plan, team_);
    double sum = 0, squares = 0;
    for (const double size : outcome.sizes) sum += size;
    const auto n = static_cast<double>(outcome.sizes.size());
    for (const double size : outcome.sizes) squares += (size - sum / n) * (size - sum / n);
    return {sum / n, n > 1 ? std::sqrt(squares / (n - 1) / n) : 0};
  }

  const Scenario& scenario_;
  const SeedsOptions& options_;
  const ModelEntry& model_;
  Stopwatch watch_;
  Team team_;
  const Network* network_ = nullptr;
  InfluencePlan plan_;
  SeedsReport report_;
};
}  // namespace

SeedsReport choose_seeds(const Scenario& scenario, const SeedsOptions& options) {
  return Choice(scenario, options).run();
}

}  // namespace passalong
