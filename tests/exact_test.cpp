// label: theory
// Exact spread against every subset of follows written out, closed forms, Reed and Frost's recursion over steps, and
// the cascades themselves.
#include "sim/engine/cascades/exact.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <map>
#include <numeric>

#include "sim/engine/cascades/exact_chain.hpp"
#include "sim/engine/cascades/exact_graph.hpp"
#include "sim/engine/cascades/levels.hpp"

namespace passalong {
namespace {
using Follows = std::vector<std::pair<AccountId, AccountId>>;
constexpr double close = 1e-12;

Network drawn_network(AccountId accounts, std::uint32_t follows, std::uint64_t seed) {
  const Stream draws(seed, 0, Purpose::followee);
  Follows edges;
  for (std::uint32_t i = 0; i < follows; ++i) {
    const Words w = draws(i);
    if (w[0] % accounts != w[1] % accounts) edges.emplace_back(w[0] % accounts, w[1] % accounts);
  }
  Network network = network_from_edges(accounts, edges);
  for (std::uint32_t e = 0; e < network.follows(); ++e) {
    const Words w = draws(e, 1);
    network.weights.push_back(w[0] % 3 == 0 ? static_cast<float>(w[1] % 2) : static_cast<float>(uniform(w[2])));
  }
  network.weights_are_probabilities = true;
  return network;
}

Network complete_network(AccountId accounts) {
  Follows edges;
  for (AccountId a = 0; a < accounts; ++a)
    for (AccountId b = 0; b < accounts; ++b)
      if (a != b) edges.emplace_back(a, b);
  return network_from_edges(accounts, edges);
}

std::vector<bool> reached_along(const Network& network, const std::vector<AccountId>& seeds, std::uint64_t live) {
  std::vector<bool> reached(network.accounts());
  std::vector<AccountId> queue = seeds;
  for (const AccountId seed : seeds) reached[seed] = true;
  for (std::size_t i = 0; i < queue.size(); ++i)
    for (std::uint64_t e = network.offsets[queue[i]]; e < network.offsets[queue[i] + 1ULL]; ++e)
      if ((live >> e & 1) != 0 && !reached[network.followers[e]]) {
        reached[network.followers[e]] = true;
        queue.push_back(network.followers[e]);
      }
  return reached;
}

struct Plain {
  std::vector<long double> sizes, accounts;
};

// Every subset of follows, with its probability.
void add_all_subsets(const CascadePlan& plan, const std::vector<AccountId>& seeds, long double weight, Plain& plain) {
  const Network& network = *plan.network;
  for (std::uint64_t live = 0; live < std::uint64_t{1} << network.follows(); ++live) {
    long double chance = weight;
    for (std::uint64_t e = 0; e < network.follows(); ++e) {
      const long double p = chance_of(network, plan.chances, e, network.followers[e]);
      chance *= (live >> e & 1) != 0 ? p : 1 - p;
    }
    if (chance == 0) continue;
    const std::vector<bool> reached = reached_along(network, seeds, live);
    plain.sizes[static_cast<std::size_t>(std::ranges::count(reached, true))] += chance;
    for (AccountId a = 0; a < network.accounts(); ++a)
      if (reached[a]) plain.accounts[a] += chance;
  }
}

Plain plainly(const CascadePlan& plan) {
  const AccountId n = plan.network->accounts();
  Plain plain{std::vector<long double>(n + 1ULL), std::vector<long double>(n)};
  if (!plan.seeds.accounts.empty()) {
    add_all_subsets(plan, plan.seeds.accounts, 1, plain);
    return plain;
  }
  std::vector<std::vector<AccountId>> sets;
  for (std::uint32_t bits = 0; bits < 1U << n; ++bits) {
    if (std::popcount(bits) != static_cast<int>(plan.seeds.random)) continue;
    sets.emplace_back();
    for (AccountId a = 0; a < n; ++a)
      if ((bits >> a & 1) != 0) sets.back().push_back(a);
  }
  for (const auto& set : sets) add_all_subsets(plan, set, 1.0L / static_cast<long double>(sets.size()), plain);
  return plain;
}

void expect_as_plainly(const CascadePlan& plan) {
  ASSERT_FALSE(obstacle_to_exactness(plan).has_value());
  const ExactSpread exact = spread_exactly(plan);
  const Plain plain = plainly(plan);
  long double mean = 0;
  ASSERT_EQ(exact.sizes.size(), plain.sizes.size());
  for (std::size_t size = 0; size < plain.sizes.size(); ++size) {
    EXPECT_NEAR(exact.sizes[size], static_cast<double>(plain.sizes[size]), close);
    mean += static_cast<long double>(size) * plain.sizes[size];
  }
  for (std::size_t a = 0; a < plain.accounts.size(); ++a)
    EXPECT_NEAR(exact.accounts[a], static_cast<double>(plain.accounts[a]), close);
  EXPECT_NEAR(exact.mean, static_cast<double>(mean), close);
  EXPECT_NEAR(std::accumulate(exact.accounts.begin(), exact.accounts.end(), 0.0), static_cast<double>(mean), close);
}

TEST(Exact, IsWhatAllSubsetsOfFollowsComeTo) {
  for (const std::uint64_t seed : {1ULL, 2ULL, 3ULL, 4ULL, 5ULL, 6ULL}) {
    const Network network = drawn_network(6, 13, seed);
    CascadePlan plan{.network = &network, .seed = seed};
    for (const Chances::Kind kind :
         {Chances::Kind::uniform, Chances::Kind::weights, Chances::Kind::followees, Chances::Kind::levels}) {
      plan.chances = {.kind = kind, .probability = 0.37};
      if (kind == Chances::Kind::levels)
        plan.chances.levels = std::make_shared<std::vector<std::uint8_t>>(draw_levels(network.follows(), seed));
      plan.seeds = {.accounts = {static_cast<AccountId>(seed % 6)}};
      expect_as_plainly(plan);
      plan.seeds = {.accounts = {0, 5}};
      expect_as_plainly(plan);
      plan.seeds = {.random = 1 + seed % 3};
      expect_as_plainly(plan);
    }
  }
}

TEST(Exact, OfAChainOfSureAndImpossibleFollowsCostsNothing) {
  // 0 -> 1 -> ... -> 199, all sure but for two of a half and one that never carries.
  Follows edges;
  for (AccountId a = 0; a + 1 < 200; ++a) edges.emplace_back(a + 1, a);
  Network path = network_from_edges(200, edges);
  path.weights.assign(199, 1), path.weights[49] = path.weights[99] = 0.5F, path.weights[149] = 0;
  const CascadePlan plan{.network = &path, .chances = {Chances::Kind::weights, 0, {}}, .seeds = {.accounts = {0}}};
  EXPECT_EQ(see_from(plan, {0}).uncertain, 2U);
  const ExactSpread exact = spread_exactly(plan);
  EXPECT_DOUBLE_EQ(exact.sizes[50], 0.5);
  EXPECT_DOUBLE_EQ(exact.sizes[100], 0.25);
  EXPECT_DOUBLE_EQ(exact.sizes[150], 0.25);
  EXPECT_DOUBLE_EQ(exact.accounts[149], 0.25);
  EXPECT_EQ(exact.accounts[150], 0);
}

Network undirected(AccountId accounts, const Follows& ties) {
  Follows edges = ties;
  for (const auto& [a, b] : ties) edges.emplace_back(b, a);
  return network_from_edges(accounts, edges);
}

TEST(Exact, CountsAMutualPairOnce) {
  Follows star, more;
  for (AccountId leaf = 1; leaf <= 25; ++leaf) star.emplace_back(leaf, 0);
  const Network largest = undirected(26, star);
  CascadePlan plan{.network = &largest, .chances = {.probability = 0.3}, .seeds = {.accounts = {0}}};
  ASSERT_FALSE(obstacle_to_exactness(plan).has_value());
  const ExactSpread exact = spread_exactly(plan);  // 1 + Binomial(25, .3)
  double binomial = std::pow(0.7, 25);
  for (int k = 0; k <= 25; ++k) {
    EXPECT_NEAR(exact.sizes[static_cast<std::size_t>(k) + 1], binomial, close);
    binomial *= (25.0 - k) / (k + 1.0) * 0.3 / 0.7;
  }
  EXPECT_NEAR(exact.mean, 8.5, close);
  star.emplace_back(26, 0);
  const Network too_large = undirected(27, star);
  plan.network = &too_large;
  const auto obstacle = obstacle_to_exactness(plan);
  ASSERT_TRUE(obstacle.has_value());
  EXPECT_NE(obstacle->message.find("at most 25"), std::string::npos);
}

TEST(Exact, TakesTheMeanOverFewSetsOfSeedsOnly) {
  const Network path = undirected(200, {{0, 1}, {1, 2}});
  CascadePlan plan{.network = &path, .chances = {.probability = 0.5}, .seeds = {.random = 1}};
  const ExactSpread exact = spread_exactly(plan);  // of the path of three: ends reach 1.75, the middle 2
  EXPECT_NEAR(exact.mean, (197 + 2 * 1.75 + 2) / 200, close);
  plan.seeds.random = 3;
  ASSERT_TRUE(obstacle_to_exactness(plan).has_value());
  plan.seeds.same = true;
  EXPECT_FALSE(obstacle_to_exactness(plan).has_value());
}

TEST(Exact, EndsWhereItIsToldTo) {
  Follows star;
  for (AccountId leaf = 1; leaf <= 25; ++leaf) star.emplace_back(leaf, 0);
  const Network network = network_from_edges(26, star);
  CascadePlan plan{.network = &network, .chances = {.probability = 0.3}, .seeds = {.accounts = {0}}};
  plan.go_on = [] { return false; };
  EXPECT_FALSE(spread_exactly(plan).whole);
}

// ---- the chain binomial ----

TEST(Chain, IsWhatAllSubsetsOfFollowsComeTo) {
  const Network network = complete_network(4);
  for (const double p : {0.0, 0.2, 0.75, 1.0}) {
    CascadePlan plan{.network = &network, .chances = {.probability = p}, .seeds = {.accounts = {2}}};
    EXPECT_EQ(spread_exactly(plan).method, ExactMethod::chain_binomial);
    expect_as_plainly(plan);
    plan.seeds = {.random = 2};
    expect_as_plainly(plan);
  }
}

// Reed and Frost's own recursion, step by step: of s not active each stays so with chance q^i beside i that became
// active in the last step.
std::vector<long double> by_steps(std::uint32_t accounts, std::uint32_t seeds, long double p) {
  std::vector<std::vector<long double>> state(accounts + 1ULL, std::vector<long double>(accounts + 1ULL));
  std::vector<long double> sizes(accounts + 1ULL);
  state[accounts - seeds][seeds] = 1;
  for (std::uint32_t s = accounts - seeds + 1; s-- > 0;)
    for (std::uint32_t i = accounts; i > 0; --i) {
      const long double chance = state[s][i];
      if (chance < 1e-30L) continue;
      const long double stays = std::pow(1 - p, static_cast<long double>(i)), goes = 1 - stays;
      for (std::uint32_t next = 0; next <= s; ++next) {
        const long double choose =
            std::exp(std::lgamma(s + 1.0L) - std::lgamma(next + 1.0L) - std::lgamma(s - next + 1.0L));
        const long double to = chance * choose * std::pow(goes, static_cast<long double>(next)) *
                               std::pow(stays, static_cast<long double>(s - next));
        if (next == 0) {
          sizes[accounts - s] += to;
        } else {
          state[s - next][next] += to;
        }
      }
    }
  return sizes;
}

TEST(Chain, IsReedAndFrosts) {
  struct Case {
    std::uint32_t accounts, seeds;
    double p;
  };
  for (const Case& c : {Case{30, 1, 0.04}, Case{60, 3, 0.03}, Case{120, 2, 0.012}, Case{50, 1, 0.9}, Case{7, 7, 0.5}}) {
    const std::vector<double> sizes = chain_sizes(c.accounts, c.seeds, c.p);
    const std::vector<long double> plain = by_steps(c.accounts, c.seeds, c.p);
    double mean = 0;
    long double plain_mean = 0;
    for (std::size_t size = 0; size < sizes.size(); ++size) {
      EXPECT_NEAR(sizes[size], static_cast<double>(plain[size]), close) << c.accounts << ", " << size;
      mean += static_cast<double>(size) * sizes[size];
      plain_mean += static_cast<long double>(size) * plain[size];
    }
    EXPECT_NEAR(mean / static_cast<double>(plain_mean), 1, close);
  }
}

// Final sizes solve sum over m <= k of C(n - m, k - m) P(m) / q^(m (n - k)) = C(n, k), where n are not active at the
// start (Ball 1986); its terms lose all digits beyond some tens of accounts.
TEST(Chain, SolvesTheTriangularEquations) {
  const int n = 19;
  const double q = 0.9;
  const std::vector<double> sizes = chain_sizes(n + 1, 1, 1 - q);
  const auto choose = [](int a, int b) {
    return std::round(std::exp(std::lgamma(a + 1.0) - std::lgamma(b + 1.0) - std::lgamma(a - b + 1.0)));
  };
  for (int k = 0; k <= n; ++k) {
    double sum = 0;
    for (int m = 0; m <= k; ++m)
      sum += choose(n - m, k - m) * sizes[static_cast<std::size_t>(m) + 1] / std::pow(q, (m + 1) * (n - k));
    EXPECT_NEAR(sum / choose(n, k), 1, 1e-10) << k;
  }
}

TEST(Chain, OfThousandsKeepsItsSum) {
  for (const double r : {0.5, 1.0, 2.0, 200.0}) {
    const std::vector<double> sizes = chain_sizes(5000, 1, r / 5000);
    EXPECT_NEAR(std::accumulate(sizes.begin(), sizes.end(), 0.0), 1, close);
    EXPECT_EQ(sizes[0], 0);
    const double alone = std::pow(1 - r / 5000, 4999);
    EXPECT_NEAR(sizes[1], alone, alone > 1e-30 ? 1e-11 * alone : 1e-30);  // rarer ones are left out
  }
}

// ---- the cascades themselves ----

// Chi-square of 100,000 sizes at the 1e-6 level each; sizes of fewer than ten expected are taken together.
void expect_sizes(CascadePlan plan, const ExactSpread& exact) {
  plan.replicates = 100'000, plan.times = false;
  Team team(2);
  const CascadeOutcome outcome = spread(plan, team);
  std::map<std::uint32_t, double> seen;
  for (const std::uint32_t size : outcome.sizes) ++seen[size];
  double chi_square = 0, rare = 0, rare_seen = 0;
  int classes = 0;
  const auto add = [&](double e, double o) { chi_square += (o - e) * (o - e) / e, ++classes; };
  for (std::uint32_t size = 0; size < exact.sizes.size(); ++size) {
    const double expected = exact.sizes[size] * plan.replicates;
    if (expected >= 10) {
      add(expected, seen[size]);
    } else {
      rare += expected, rare_seen += seen[size];
    }
  }
  if (rare >= 1) add(rare, rare_seen);
  EXPECT_LT(chi_square, classes + 5 * std::sqrt(2.0 * classes) + 16) << classes;
}

TEST(Exact, IsWhatCascadesComeTo) {
  for (const std::uint64_t seed : {3ULL, 4ULL}) {
    const Network network = drawn_network(9, 20, seed);
    CascadePlan plan{.network = &network, .seeds = {.random = 2}, .seed = seed};
    for (const Chances::Kind kind : {Chances::Kind::uniform, Chances::Kind::weights, Chances::Kind::followees}) {
      plan.chances = {.kind = kind, .probability = 0.3};
      expect_sizes(plan, spread_exactly(plan));
    }
  }
  const Network drawn = drawn_network(8, 18, 6);
  CascadePlan several{.network = &drawn, .chances = {.probability = 0.3}, .seeds = {.random = 1}, .seed = 9};
  several.seeds.further = {{.accounts = {2, 5}, .at = 4}, {.random = 2}};
  expect_sizes(several, spread_exactly(several));
  const Network network = complete_network(40);
  const CascadePlan plan{.network = &network, .chances = {.probability = 0.04}, .seeds = {.random = 1}, .seed = 5};
  expect_sizes(plan, spread_exactly(plan));
}

}  // namespace
}  // namespace passalong
