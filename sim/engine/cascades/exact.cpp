// Which way is open, and the mean over sets of seeds where these are random.
#include "sim/engine/cascades/exact.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <span>

#include "sim/engine/cascades/exact_chain.hpp"
#include "sim/engine/cascades/exact_graph.hpp"
#include "sim/engine/seeds.hpp"

namespace passalong {
namespace {
constexpr const char* otherwise =
    "leave `exact` out: replicates give it with its error, until = \"±1%\" as close as is wanted";

std::vector<SeedGroup> seed_groups(const CascadePlan& plan) {
  std::vector<SeedGroup> groups = plan.seeds.further;
  groups.insert(groups.begin(), {plan.seeds.accounts, plan.seeds.random, 0});
  for (SeedGroup& group : groups)
    group.random = group.accounts.empty() ? std::min<std::uint64_t>(group.random, plan.network->accounts()) : 0;
  return groups;
}

// Groups of random seeds that are drawn anew in each replicate.
std::size_t drawn_groups(const CascadePlan& plan) {
  const auto drawn = [](const SeedGroup& group) { return group.random > 0; };
  return plan.seeds.same ? 0 : static_cast<std::size_t>(std::ranges::count_if(seed_groups(plan), drawn));
}

bool is_complete(const CascadePlan& plan) {
  const std::uint64_t n = plan.network->accounts();
  return n > 0 && plan.chances.kind == Chances::Kind::uniform && plan.network->follows() == n * (n - 1);
}

// All sets of seeds are alike then: they have the same size.
bool is_chained(const CascadePlan& plan) {
  const auto chosen = [](const SeedGroup& group) { return group.random > 0 || !group.accounts.empty(); };
  const bool alike = drawn_groups(plan) == 0 || std::ranges::count_if(seed_groups(plan), chosen) == 1;
  return is_complete(plan) && plan.network->accounts() <= most_chained && alike;
}

std::vector<AccountId> first_seeds(const CascadePlan& plan) {
  std::vector<AccountId> seeds;
  Seeds(plan.seeds, *plan.network, plan.seed).of(0, seeds);
  return seeds;
}

// Sets of k out of n, or more than `most`.
std::uint64_t count_sets(std::uint64_t n, std::uint64_t k, std::uint64_t most) {
  std::uint64_t count = 1;
  for (std::uint64_t i = 0; i < std::min(k, n - k) && count <= most; ++i) count = count * (n - i) / (i + 1);
  return count;
}

std::uint64_t seed_sets(const CascadePlan& plan) {
  std::uint64_t sets = 1;
  if (drawn_groups(plan) == 0) return sets;
  for (const SeedGroup& group : seed_groups(plan))
    if (sets <= most_seed_sets) sets *= count_sets(plan.network->accounts(), group.random, most_seed_sets);
  return sets;
}

using SetBody = std::function<bool(const std::vector<AccountId>&)>;

// The sets of k out of n in ascending order, until the body says no.
bool each_set(AccountId n, AccountId k, const SetBody& body) {
  std::vector<AccountId> set(k);
  std::iota(set.begin(), set.end(), AccountId{0});
  for (;;) {
    if (!body(set)) return false;
    AccountId i = k;
    while (i > 0 && set[i - 1] == n - k + i - 1) --i;
    if (i == 0) return true;
    for (++set[i - 1]; i < k; ++i) set[i] = set[i - 1] + 1;
  }
}

// What the seeds of all groups may be together, each as likely.
bool each_union(const CascadePlan& plan, std::span<const SeedGroup> groups, const std::vector<AccountId>& before,
                const SetBody& body) {
  if (groups.empty()) return body(before);
  const SeedGroup& group = groups.front();
  return each_set(plan.network->accounts(), static_cast<AccountId>(group.random), [&](const auto& drawn) {
    std::vector<AccountId> together = before;
    together.insert(together.end(), group.accounts.begin(), group.accounts.end());
    together.insert(together.end(), drawn.begin(), drawn.end());
    return each_union(plan, groups.subspan(1), together, body);
  });
}

bool each_seed_set(const CascadePlan& plan, const SetBody& body) {
  return drawn_groups(plan) == 0 ? body(first_seeds(plan)) : each_union(plan, seed_groups(plan), {}, body);
}

ExactSpread chain(const CascadePlan& plan) {
  const AccountId n = plan.network->accounts();
  const std::vector<AccountId> seeds = first_seeds(plan);
  const auto k = static_cast<std::uint32_t>(seeds.size());
  ExactSpread spread{ExactMethod::chain_binomial, true, 0, chain_sizes(n, k, plan.chances.probability), {}};
  for (std::size_t size = 0; size < spread.sizes.size(); ++size)
    spread.mean += static_cast<double>(size) * spread.sizes[size];
  const bool alike = drawn_groups(plan) > 0;  // all accounts, or all but the seeds
  spread.accounts.assign(n, alike ? spread.mean / n : n > k ? (spread.mean - k) / (n - k) : 1);
  for (const AccountId seed : seeds)
    if (!alike) spread.accounts[seed] = 1;
  return spread;
}

ExactSpread enumerate(const CascadePlan& plan) {
  ExactSpread spread;
  const AccountId n = plan.network->accounts();
  spread.sizes.resize(n + 1ULL), spread.accounts.resize(n);
  const double weight = 1 / static_cast<double>(seed_sets(plan));
  spread.whole = each_seed_set(plan, [&](const std::vector<AccountId>& seeds) {
    return add_outcomes(see_from(plan, seeds), weight, plan, spread);
  });
  for (std::size_t size = 0; size < spread.sizes.size(); ++size)
    spread.mean += static_cast<double>(size) * spread.sizes[size];
  return spread;
}

std::optional<Obstacle> too_many_outcomes(const CascadePlan& plan) {
  const std::uint64_t sets = seed_sets(plan);
  if (sets > most_seed_sets)
    return Obstacle{fmt::format("`exact` takes the mean over all sets of random seeds, and {} of {} accounts make more "
                                "than {} sets",
                                plan.seeds.most(), plan.network->accounts(), most_seed_sets),
                    std::string("name the seeds, set same_seeds = true, or ") + otherwise};
  std::uint64_t live = 0;
  std::uint32_t uncertain = 0;
  each_seed_set(plan, [&](const std::vector<AccountId>& seeds) {
    uncertain = std::max(uncertain, see_from(plan, seeds).uncertain);
    live += uncertain > most_uncertain ? 0 : std::uint64_t{1} << uncertain;
    return uncertain <= most_uncertain;
  });
  if (uncertain > most_uncertain)
    return Obstacle{fmt::format("`exact` goes through what uncertain follows can do: at most {} of them, and here are "
                                "more",
                                most_uncertain),
                    otherwise};
  if (live > most_live)
    return Obstacle{fmt::format("`exact` would go through {} sets of random seeds with up to {} uncertain follows each",
                                sets, uncertain),
                    std::string("name the seeds, or ") + otherwise};
  return {};
}

}  // namespace

std::optional<Obstacle> obstacle_to_exactness(const CascadePlan& plan) {
  if (is_chained(plan)) return {};
  if (plan.network->accounts() == 0) return Obstacle{"the network has no accounts", "give one that has"};
  return too_many_outcomes(plan);
}

ExactSpread spread_exactly(const CascadePlan& plan) { return is_chained(plan) ? chain(plan) : enumerate(plan); }

}  // namespace passalong
