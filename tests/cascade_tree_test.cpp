// label: theory
// Trees of cascades and what is kept of billions: every cascade's structural virality against the serial reference,
// counts and rows against the cascades one by one, the same for any team and algorithm, and closed forms.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <numeric>

#include "sim/engine/cascades/cascades.hpp"
#include "sim/engine/tree.hpp"
#include "tests/cascade_reference.hpp"

namespace passalong {
namespace {
using Follows = std::vector<std::pair<AccountId, AccountId>>;  // (follower, followed)
constexpr CascadeAlgorithm walks[] = {CascadeAlgorithm::single, CascadeAlgorithm::sparse};

Network random_network(AccountId accounts, std::uint32_t follows, std::uint64_t seed) {
  const Stream draws(seed, 0, Purpose::followee);
  Follows edges;
  for (std::uint32_t i = 0; i < follows; ++i) {
    const Words w = draws(i);
    const AccountId a = w[0] % accounts, b = w[1] % 4 == 0 ? w[2] % 3 % accounts : w[2] % accounts;  // some are famous
    if (a != b) edges.emplace_back(a, b);
  }
  return network_from_edges(accounts, edges);
}

CascadePlan plan_on(const Network& network, double p, std::uint32_t replicates) {
  CascadePlan plan{.network = &network, .chances = {.probability = p}, .seeds = {.random = 1}, .seed = 9};
  plan.replicates = replicates, plan.trees = true;
  return plan;
}

CascadeOutcome spread_by(CascadePlan plan, CascadeAlgorithm algorithm, unsigned workers) {
  plan.algorithm = algorithm;
  Team team(workers);
  return spread(plan, team);
}

// ---- trees ----

void expect_the_reference(const CascadePlan& plan) {
  for (const CascadeAlgorithm algorithm : walks)
    for (const unsigned workers : {1U, 2U, 5U}) {
      SCOPED_TRACE(std::string(name_of(algorithm)) + ", " + std::to_string(workers));
      const CascadeOutcome outcome = spread_by(plan, algorithm, workers);
      ASSERT_EQ(outcome.viralities.size(), plan.replicates);
      for (std::uint32_t r = 0; r < plan.replicates; ++r) {
        const PlainCascade plain = spread_plainly(plan, plan.first_replicate + r);
        ASSERT_EQ(outcome.sizes[r], plain.size) << r;
        ASSERT_EQ(outcome.depths[r], plain.depth) << r;
        ASSERT_NEAR(outcome.viralities[r], mean_distance_plainly(plain), 1e-12) << r;
      }
    }
}

TEST(Trees, AreThoseOfTheReference) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const Network network = random_network(50, 300, seed);
    for (const double p : {0.03, 0.15, 0.5, 1.0}) expect_the_reference(plan_on(network, p, 60));
  }
}

TEST(Trees, EndWithTheStepsOfALimit) {
  const Network network = random_network(50, 300, 4);
  CascadePlan plan = plan_on(network, 0.3, 60);
  plan.most_steps = 2, plan.first_replicate = 17;
  expect_the_reference(plan);
}

TEST(Trees, OfWeightsAndOfFollowees) {
  Network network = random_network(50, 300, 5);
  CascadePlan plan = plan_on(network, 0, 60);
  plan.chances = {Chances::Kind::followees, 0};
  expect_the_reference(plan);
  for (std::uint64_t e = 0; e < network.follows(); ++e) network.weights.push_back(e % 3 == 0 ? 0.9F : 0.1F);
  network.weights_are_probabilities = true;
  plan.chances = {Chances::Kind::weights, 0};
  expect_the_reference(plan);
}

// Rows of more than a batch of draws go on in the next: thousands of children of one parent.
TEST(Trees, OfAStarAndOfAPath) {
  constexpr AccountId accounts = 5000;
  Follows star, path;
  for (AccountId a = 1; a < accounts; ++a) star.emplace_back(a, 0), path.emplace_back(a, a - 1);
  for (const CascadeAlgorithm algorithm : walks) {
    for (const Follows& follows : {star, path}) {
      const Network network = network_from_edges(accounts, follows);
      CascadePlan plan = plan_on(network, 1, 3);
      plan.seeds = {.accounts = {0}};
      const double n = accounts;
      const CascadeOutcome outcome = spread_by(plan, algorithm, 1);
      const double virality = follows.back().second == 0 ? 2 * (n - 1) / n : (n + 1) / 3;
      for (const double got : outcome.viralities) EXPECT_NEAR(got, virality, 1e-9);
    }
  }
}

TEST(Trees, AreWalkedWhateverTheSize) {
  const Network network = random_network(300, 3000, 6);
  CascadePlan plan = plan_on(network, 0.5, 600);
  EXPECT_EQ(choose_algorithm(plan), CascadeAlgorithm::single);
  plan.trees = false;
  EXPECT_EQ(choose_algorithm(plan), CascadeAlgorithm::levels);
}

// ---- small ones counted ----

void expect_counted(const CascadePlan& each, const CascadeOutcome& all, const CascadeOutcome& kept) {
  std::map<std::uint32_t, SizeCount> sums;
  std::size_t large = 0;
  for (std::uint32_t r = 0; r < each.replicates; ++r) {
    const PlainCascade plain = spread_plainly(each, r);
    if (plain.size < each.large) {
      const auto pairs = static_cast<double>(plain.size) * (plain.size - 1.0) / 2;
      sums[plain.size] +=
          {1, plain.depth, static_cast<std::uint64_t>(std::llround(mean_distance_plainly(plain) * pairs))};
      continue;
    }
    ASSERT_LT(large, kept.large.size());
    const LargeCascade& row = kept.large[large++];
    EXPECT_EQ(row.replicate, r);
    EXPECT_EQ(row.size, plain.size);
    EXPECT_EQ(row.depth, plain.depth);
    EXPECT_EQ(row.seed, plain.seed);
    EXPECT_NEAR(row.structural_virality, mean_distance_plainly(plain), 1e-12);
  }
  EXPECT_EQ(large, kept.large.size());
  EXPECT_GT(large, 10U);
  for (std::uint32_t size = 0; size < kept.small.size(); ++size) {
    EXPECT_EQ(kept.small[size].count, sums[size].count) << size;
    EXPECT_EQ(kept.small[size].depths, sums[size].depths) << size;
    EXPECT_EQ(kept.small[size].distances, sums[size].distances) << size;
  }
  EXPECT_EQ(kept.trials, all.trials);
  EXPECT_EQ(kept.successes, all.successes);
}

TEST(Counting, IsOfTheSameCascades) {
  const Network network = random_network(80, 400, 7);
  CascadePlan plan = plan_on(network, 0.12, 300);
  for (const CascadeAlgorithm algorithm : walks) {
    const CascadeOutcome all = spread_by(plan, algorithm, 1);
    CascadePlan counting = plan;
    counting.large = 8;
    for (const unsigned workers : {1U, 2U, 5U}) expect_counted(counting, all, spread_by(counting, algorithm, workers));
  }
}

TEST(Counting, NeedsNoTrees) {
  const Network network = random_network(80, 400, 8);
  CascadePlan plan = plan_on(network, 0.12, 700);
  plan.trees = false, plan.large = 8;
  const CascadeOutcome walked = spread_by(plan, CascadeAlgorithm::single, 2);
  for (const CascadeAlgorithm algorithm : {CascadeAlgorithm::sparse, CascadeAlgorithm::levels}) {
    const CascadeOutcome outcome = spread_by(plan, algorithm, 3);
    ASSERT_EQ(outcome.small.size(), walked.small.size());
    for (std::size_t size = 0; size < walked.small.size(); ++size) {
      EXPECT_EQ(outcome.small[size].count, walked.small[size].count);
      EXPECT_EQ(outcome.small[size].depths, walked.small[size].depths);
    }
    ASSERT_EQ(outcome.large.size(), walked.large.size());
    for (std::size_t i = 0; i < walked.large.size(); ++i) {
      EXPECT_EQ(outcome.large[i].replicate, walked.large[i].replicate);
      EXPECT_EQ(outcome.large[i].size, walked.large[i].size);
    }
  }
}

// What was stopped is the run of fewer replicates.
TEST(Counting, StopsBetweenBlocks) {
  const Network network = random_network(5000, 10'000, 9);
  CascadePlan plan = plan_on(network, 0.2, 100'000);
  plan.large = 5;
  std::atomic<int> asked = 0;
  plan.go_on = [&] { return ++asked < 100; };
  const CascadeOutcome stopped = spread_by(plan, CascadeAlgorithm::sparse, 3);
  ASSERT_GT(stopped.begun, 0U);
  ASSERT_LT(stopped.begun, plan.replicates);
  plan.go_on = {};
  plan.replicates = stopped.begun;
  const CascadeOutcome whole = spread_by(plan, CascadeAlgorithm::sparse, 1);
  ASSERT_EQ(stopped.small.size(), whole.small.size());
  for (std::size_t size = 0; size < whole.small.size(); ++size)
    EXPECT_EQ(stopped.small[size].distances, whole.small[size].distances);
  ASSERT_EQ(stopped.large.size(), whole.large.size());
  EXPECT_EQ(stopped.trials, whole.trials);
}

// ---- closed forms ----

// Of a star with p: size 1 + Binomial, so for n accounts in the tree structural virality is 2 (n - 1) / n.
TEST(Trees, OfAStarTakenUpByChance) {
  Follows star;
  for (AccountId a = 1; a <= 30; ++a) star.emplace_back(a, 0);
  const Network network = network_from_edges(31, star);
  CascadePlan plan = plan_on(network, 0.3, 2000);
  plan.seeds = {.accounts = {0}};
  const CascadeOutcome outcome = spread_by(plan, CascadeAlgorithm::sparse, 2);
  for (std::uint32_t r = 0; r < plan.replicates; ++r) {
    const double n = outcome.sizes[r];
    EXPECT_DOUBLE_EQ(outcome.viralities[r], n < 2 ? 0 : 2 * (n - 1) / n);
  }
}

}  // namespace
}  // namespace passalong
