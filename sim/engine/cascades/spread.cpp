// Which algorithm, how many lanes, and the workers.
#include <algorithm>
#include <bit>
#include <numeric>

#include "sim/engine/cascades/cascades.hpp"
#include "sim/engine/cascades/fused.hpp"
#include "sim/engine/cascades/levels.hpp"
#include "sim/engine/cascades/walk.hpp"

namespace passalong {
namespace {
constexpr std::uint32_t fewest_fused = 16;  // fewer replicates are done one by one
constexpr double sparse_share = 1.0 / 256;  // of the accounts: cascades expected to stay below are sparse

// Of a follow.
double mean_chance(const CascadePlan& plan) {
  const Network& network = *plan.network;
  const auto follows = static_cast<double>(std::max<std::uint64_t>(1, network.follows()));
  switch (plan.chances.kind) {
    case Chances::Kind::weights:
      return std::accumulate(network.weights.begin(), network.weights.end(), 0.0) / follows;
    case Chances::Kind::followees:
      return network.accounts() / follows;
    case Chances::Kind::levels:
      return mean_of_levels;
    case Chances::Kind::uniform:
      break;
  }
  return plan.chances.probability;
}

// Mean number of followers an account that was activated activates in turn: the mean over follows of the chance times
// the followers of the follower.
double reproduction(const CascadePlan& plan) {
  const Network& network = *plan.network;
  double sum = 0;
  for (AccountId a = 0; a < network.accounts(); ++a) {
    const double onward = network.follower_count(a);
    sum += plan.chances.kind == Chances::Kind::followees ? (network.followees[a] > 0 ? onward : 0)
                                                         : onward * network.followees[a];
  }
  const auto follows = static_cast<double>(std::max<std::uint64_t>(1, network.follows()));
  if (plan.chances.kind == Chances::Kind::followees) return sum / follows;
  return mean_chance(plan) * sum / follows;
}

// Of one worker. Fused: active, tried and due masks, lanes to try, lists of accounts. Single: a bit, and the queue.
double worker_bytes(const CascadePlan& plan, unsigned lanes) {
  constexpr double little = 4 << 20;
  const auto accounts = static_cast<double>(plan.network->accounts());
  if (plan.algorithm == CascadeAlgorithm::sparse) return little;
  const double tree = plan.trees ? 8 : 0;
  if (plan.algorithm == CascadeAlgorithm::single) return accounts * (1.0 / 8 + 24 + tree) + little;
  const double masks = plan.algorithm == CascadeAlgorithm::lazy ? 2 : 3;
  return accounts * (masks * lanes / 8 + 2 + 16) + little;
}

// So many as have replicates and as memory has room for; at least one.
unsigned choose_workers(const CascadePlan& plan, unsigned lanes, unsigned workers) {
  const double fit = static_cast<double>(plan.memory) / worker_bytes(plan, lanes);
  const double most = std::min({static_cast<double>(workers), fit, static_cast<double>(plan.replicates)});
  return static_cast<unsigned>(std::max(1.0, most));
}

// As wide as memory allows, as long as every worker has a pass.
unsigned choose_lanes(const CascadePlan& plan, unsigned workers) {
  if (plan.lanes != 0) return plan.lanes;
  const std::uint32_t share = (plan.replicates + workers - 1) / workers;
  unsigned lanes = std::clamp(std::bit_ceil(share), 64U, 512U);
  while (lanes > 64 && workers * worker_bytes(plan, lanes) > static_cast<double>(plan.memory)) lanes /= 2;
  return lanes;
}

Counts work(const CascadePlan& plan, const Seeds& seeds, unsigned lanes, Supply& supply, CascadeOutcome& outcome) {
  switch (plan.algorithm) {
    case CascadeAlgorithm::single:
      return walk_one_by_one(plan, seeds, supply, outcome);
    case CascadeAlgorithm::sparse:
      return walk_interleaved(plan, seeds, supply, outcome);
    case CascadeAlgorithm::lazy:
      return fuse_lazily(plan, seeds, lanes, supply, outcome);
    default:
      return fuse_levels(plan, seeds, lanes, supply, outcome);
  }
}
}  // namespace

const char* name_of(CascadeAlgorithm algorithm) {
  static constexpr const char* names[] = {"choose", "single", "sparse", "levels", "lazy"};
  return names[static_cast<unsigned>(algorithm)];
}

namespace {
bool any_order(const CascadePlan& plan) { return !plan.times && !plan.steps && plan.most_steps == no_limit; }

// Seeds to come are met in time only by those who go step by step; whom they reach in the end does not hang on it.
bool needs_steps(const CascadePlan& plan) { return plan.seeds.timed() && !any_order(plan); }
}  // namespace

double expect_reached(const CascadePlan& plan) {
  const auto accounts = static_cast<double>(plan.network->accounts());
  const double mean = static_cast<double>(plan.network->follows()) / std::max(1.0, accounts);
  const double r = reproduction(plan);
  if (r >= 1) return accounts;
  const bool own = plan.chances.kind == Chances::Kind::uniform || plan.chances.kind == Chances::Kind::levels;
  const double chance = own ? mean_chance(plan) : 1 / std::max(1.0, mean);
  return std::min(accounts, static_cast<double>(plan.seeds.most()) * (1 + chance * mean / (1 - r)));
}

CascadeAlgorithm choose_algorithm(const CascadePlan& plan) {
  if (needs_steps(plan)) return CascadeAlgorithm::levels;
  if (expect_reached(plan) < sparse_share * plan.network->accounts()) return CascadeAlgorithm::sparse;
  if (plan.trees || plan.replicates < fewest_fused) return CascadeAlgorithm::single;
  return any_order(plan) ? CascadeAlgorithm::lazy : CascadeAlgorithm::levels;
}

std::uint64_t cascade_bytes(const CascadePlan& plan, unsigned workers) {
  CascadePlan chosen = plan;
  if (chosen.algorithm == CascadeAlgorithm::choose) chosen.algorithm = choose_algorithm(plan);
  const unsigned lanes = choose_lanes(chosen, workers);
  return static_cast<std::uint64_t>(worker_bytes(chosen, lanes) * choose_workers(chosen, lanes, workers));
}

namespace {
CascadeOutcome make_room(const CascadePlan& plan) {
  CascadeOutcome outcome;
  outcome.algorithm = plan.algorithm;
  if (plan.steps) outcome.steps.resize(plan.replicates);
  if (plan.large > 0) return outcome;
  outcome.sizes.resize(plan.replicates);
  if (plan.times) outcome.depths.resize(plan.replicates);
  if (plan.trees) outcome.viralities.resize(plan.replicates);
  return outcome;
}
}  // namespace

CascadeOutcome spread(const CascadePlan& asked, Team& team) {
  CascadePlan plan = asked;
  if (plan.algorithm == CascadeAlgorithm::choose || needs_steps(plan)) plan.algorithm = choose_algorithm(asked);
  if (plan.chances.kind == Chances::Kind::levels && plan.chances.levels == nullptr)
    plan.chances.levels =
        std::make_shared<const std::vector<std::uint8_t>>(draw_levels(plan.network->follows(), plan.seed));
  CascadeOutcome outcome = make_room(plan);
  const Seeds seeds(plan.seeds, *plan.network, plan.seed);
  const unsigned lanes = choose_lanes(plan, team.workers());
  Supply supply;
  supply.end = plan.replicates;
  supply.block = plan.algorithm == CascadeAlgorithm::sparse ? 64 : 1;
  std::vector<Counts> parts(choose_workers(plan, lanes, team.workers()));
  team.each(parts.size(), [&](std::size_t i, unsigned) { parts[i] = work(plan, seeds, lanes, supply, outcome); });
  Counts sum;
  for (Counts& part : parts) sum += std::move(part);
  outcome.trials = sum.trials, outcome.successes = sum.successes, outcome.activations = sum.activations;
  outcome.begun = static_cast<std::uint32_t>(std::min<std::uint64_t>(supply.next, supply.end));
  outcome.small = std::move(sum.small), outcome.large = std::move(sum.large);
  std::ranges::sort(outcome.large, {}, &LargeCascade::replicate);
  return outcome;
}

}  // namespace passalong
