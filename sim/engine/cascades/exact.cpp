// Which way is open, and the mean over sets of seeds where these are random.
#include "sim/engine/cascades/exact.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "sim/engine/cascades/exact_chain.hpp"
#include "sim/engine/cascades/exact_graph.hpp"
#include "sim/engine/cascades/seeds.hpp"

namespace passalong {
namespace {
constexpr const char* otherwise = "leave `exact` out: replicates give it with its error, until = \"±1%\" as close as is wanted";

bool is_complete(const CascadePlan& plan) {
  const std::uint64_t n = plan.network->accounts();
  return plan.chances.kind == Chances::Kind::uniform && plan.network->follows() == n * (n - 1);
}

bool is_chained(const CascadePlan& plan) { return is_complete(plan) && plan.network->accounts() <= most_chained; }

bool draws_seeds(const CascadePlan& plan) { return plan.seeds.accounts.empty() && !plan.seeds.same; }

// Sets of k out of n, or more than `most`.
std::uint64_t count_sets(std::uint64_t n, std::uint64_t k, std::uint64_t most) {
  std::uint64_t count = 1;
  for (std::uint64_t i = 0; i < std::min(k, n - k) && count <= most; ++i) count = count * (n - i) / (i + 1);
  return count;
}

std::uint64_t seed_sets(const CascadePlan& plan) {
  return draws_seeds(plan) ? count_sets(plan.network->accounts(), Seeds(plan).count(), most_seed_sets) : 1;
}

// The sets that seeds may be, each as likely, until the body says no.
bool each_seed_set(const CascadePlan& plan, const std::function<bool(const std::vector<AccountId>&)>& body) {
  std::vector<AccountId> seeds;
  Seeds(plan).of(0, seeds);
  if (!draws_seeds(plan)) return body(seeds);
  const AccountId n = plan.network->accounts();
  const auto k = static_cast<AccountId>(seeds.size());
  for (AccountId i = 0; i < k; ++i) seeds[i] = i;
  for (;;) {
    if (!body(seeds)) return false;
    AccountId i = k;
    while (i > 0 && seeds[i - 1] == n - k + i - 1) --i;
    if (i == 0) return true;
    for (++seeds[i - 1]; i < k; ++i) seeds[i] = seeds[i - 1] + 1;
  }
}

ExactSpread chain(const CascadePlan& plan) {
  const AccountId n = plan.network->accounts();
  std::vector<AccountId> seeds;
  Seeds(plan).of(0, seeds);
  const auto k = static_cast<std::uint32_t>(seeds.size());
  ExactSpread spread{ExactMethod::chain_binomial, true, 0, chain_sizes(n, k, plan.chances.probability), {}};
  for (std::size_t size = 0; size < spread.sizes.size(); ++size)
    spread.mean += static_cast<double>(size) * spread.sizes[size];
  const bool alike = draws_seeds(plan);  // all accounts, or all but the seeds
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
                                Seeds(plan).count(), plan.network->accounts(), most_seed_sets),
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
