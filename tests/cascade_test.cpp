// label: theory
// Independent cascades: every kernel against the serial reference, replicate by replicate, and all of them against
// closed forms. Statistical tests have a false-alarm rate of 1e-6 each (five standard errors).
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "sim/engine/cascades/cascades.hpp"
#include "sim/engine/cascades/levels.hpp"
#include "tests/cascade_reference.hpp"

namespace passalong {
namespace {
using Follows = std::vector<std::pair<AccountId, AccountId>>;  // (follower, followed)
constexpr CascadeAlgorithm every[] = {CascadeAlgorithm::single, CascadeAlgorithm::sparse, CascadeAlgorithm::levels,
                                      CascadeAlgorithm::lazy};

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

void give_weights(Network& network) {
  const Stream draws(5, 0, Purpose::degree);
  const float special[] = {0, 1, 0.5F, 1e-12F, 0.25F};
  for (std::uint32_t e = 0; e < network.follows(); ++e) {
    const Words w = draws(e);
    network.weights.push_back(w[0] % 4 == 0 ? special[w[1] % 5] : static_cast<float>(uniform(w[1]) * 0.6));
  }
  network.weights_are_probabilities = true;
}

void expect_as_the_reference(CascadePlan plan) {
  std::uint64_t trials = 0, successes = 0, activations = 0;
  std::vector<PlainCascade> plain;
  for (std::uint32_t r = 0; r < plan.replicates; ++r) {
    plain.push_back(spread_plainly(plan, plan.first_replicate + r));
    trials += plain[r].trials, successes += plain[r].successes, activations += plain[r].size - plain[r].seeds;
  }
  for (const CascadeAlgorithm algorithm : every) {
    if (algorithm == CascadeAlgorithm::lazy && plan.most_steps != no_limit) continue;
    plan.algorithm = algorithm;
    plan.times = plan.steps = algorithm != CascadeAlgorithm::lazy;
    for (const unsigned workers : {1U, 3U})
      for (const unsigned lanes : {64U, 128U, 256U, 512U}) {
        if (lanes > 64 && algorithm < CascadeAlgorithm::levels) continue;
        SCOPED_TRACE(std::string(name_of(algorithm)) + ", " + std::to_string(lanes));
        plan.lanes = lanes;
        Team team(workers);
        const CascadeOutcome outcome = spread(plan, team);
        EXPECT_EQ(outcome.trials, trials);
        EXPECT_EQ(outcome.successes, successes);
        EXPECT_EQ(outcome.activations, activations);
        for (std::uint32_t r = 0; r < plan.replicates; ++r) {
          ASSERT_EQ(outcome.sizes[r], plain[r].size) << r;
          if (plan.times) {
            ASSERT_EQ(outcome.depths[r], plain[r].depth) << r;
          }
          if (plan.steps) {
            ASSERT_EQ(outcome.steps[r], plain[r].steps) << r;
          }
        }
      }
  }
}

TEST(Cascades, AreThoseOfTheReferenceOnRandomNetworks) {
  for (const std::uint32_t seed : {1U, 2U, 3U}) {
    const Network network = random_network(60 + 40 * seed, 300 * seed, seed);
    for (const double p : {0.03, 0.2, 0.5, 0.77}) {
      CascadePlan plan{.network = &network, .chances = {.probability = p}, .seeds = {.random = seed}, .seed = seed};
      plan.replicates = 150;
      expect_as_the_reference(plan);
    }
  }
}

TEST(Cascades, AreThoseOfTheReferenceWithChancesOfTheFollow) {
  Network network = random_network(120, 700, 9);
  give_weights(network);
  for (const Chances::Kind kind : {Chances::Kind::weights, Chances::Kind::followees, Chances::Kind::levels}) {
    CascadePlan plan{.network = &network, .chances = {.kind = kind}, .seeds = {.accounts = {3, 0, 3, 77}}, .seed = 4};
    plan.replicates = 200, plan.first_replicate = 1000;
    expect_as_the_reference(plan);
  }
}

TEST(Cascades, WaitForSeedsToCome) {
  const Network network = random_network(120, 300, 3);
  for (const double late : {0.4, 2.0, 50.0}) {
    CascadePlan plan{.network = &network, .chances = {.probability = 0.25}, .seeds = {.accounts = {3}}, .seed = 6};
    plan.seeds.further = {{.accounts = {9, 3}, .at = late}, {.random = 4, .at = 2 * late}, {.random = 2, .at = 1}};
    plan.replicates = 150;
    expect_as_the_reference(plan);
    plan.most_steps = 60;
    expect_as_the_reference(plan);
    plan.seeds.accounts = {}, plan.seeds.same = true;  // nobody is there at first
    expect_as_the_reference(plan);
  }
}

TEST(Cascades, ReachAsManyWhenever) {  // seeds come: live follows are what they are
  const Network network = random_network(100, 250, 5);
  CascadePlan plan{.network = &network, .chances = {.probability = 0.3}, .seeds = {.random = 2}, .seed = 6};
  plan.replicates = 100;
  Team team(2);
  plan.seeds.further = {{.random = 3}};
  const CascadeOutcome at_once = spread(plan, team);
  plan.seeds.further = {{.random = 3, .at = 7}};
  const CascadeOutcome later = spread(plan, team);
  EXPECT_EQ(at_once.sizes, later.sizes);
  EXPECT_EQ(at_once.activations, later.activations);
  EXPECT_NE(at_once.depths, later.depths);
}

TEST(Levels, AreEvenlyDrawn) {
  const std::vector<std::uint8_t> levels = draw_levels(300'001, 7);
  double chi_square = 0;
  for (std::uint8_t level = 0; level < 3; ++level) {
    const double n = static_cast<double>(std::ranges::count(levels, level)), e = 300'001 / 3.0;
    chi_square += (n - e) * (n - e) / e;
  }
  EXPECT_LT(chi_square, 27.6);  // 2 degrees of freedom, 1e-6
}

TEST(Cascades, EndAfterSoManySteps) {
  const Network network = random_network(100, 500, 2);
  for (const std::uint32_t limit : {0U, 1U, 3U}) {
    CascadePlan plan{.network = &network, .chances = {.probability = 0.4}, .seeds = {.random = 2}, .seed = 8};
    plan.replicates = 70, plan.most_steps = limit;
    expect_as_the_reference(plan);
  }
}

TEST(Cascades, AreSureOrImpossibleAtOneAndZero) {
  const Network network = random_network(80, 400, 6);
  for (const double p : {0.0, 1.0}) {
    CascadePlan plan{.network = &network, .chances = {.probability = p}, .seeds = {.random = 1}, .seed = 3};
    plan.replicates = 100;
    expect_as_the_reference(plan);
    Team team(1);
    const CascadeOutcome outcome = spread(plan, team);
    EXPECT_EQ(outcome.successes, p > 0 ? outcome.trials : 0);
  }
}

TEST(Cascades, OfTheSmallestNetworks) {
  for (const AccountId accounts : {1U, 2U}) {
    const Network network = network_from_edges(accounts, {});
    CascadePlan plan{.network = &network, .chances = {.probability = 0.5}, .seeds = {.random = 5}};
    plan.replicates = 66;
    expect_as_the_reference(plan);
    Team team(2);
    EXPECT_EQ(spread(plan, team).sizes, std::vector<std::uint32_t>(66, accounts));  // no more seeds than accounts
  }
}

TEST(Cascades, OfACelebrityWithAMillionFollowers) {
  constexpr AccountId followers = 1'000'000;
  Network star;
  star.offsets.assign(followers + 2ULL, followers), star.offsets[0] = 0;
  star.followers.resize(followers);
  std::iota(star.followers.begin(), star.followers.end(), AccountId{1});
  star.followees.assign(followers + 1ULL, 1), star.followees[0] = 0;
  CascadePlan plan{.network = &star, .chances = {.probability = 0.3}, .seeds = {.accounts = {0}}};
  plan.replicates = 20;
  std::vector<std::uint32_t> expected;
  for (const CascadeAlgorithm algorithm : every) {
    plan.algorithm = algorithm, plan.times = algorithm != CascadeAlgorithm::lazy;
    Team team(2);
    const CascadeOutcome outcome = spread(plan, team);
    EXPECT_EQ(outcome.trials, 20ULL * followers);
    if (expected.empty()) expected = outcome.sizes;
    EXPECT_EQ(outcome.sizes, expected);
    const double z = (static_cast<double>(outcome.successes) - 6e6) / std::sqrt(20e6 * 0.3 * 0.7);
    EXPECT_LT(std::abs(z), 5);
  }
}

// ---- seeds ----

TEST(Seeds, AreDistinctAndEvenlyDrawn) {
  const Network network = network_from_edges(7, {});
  CascadePlan plan{.network = &network, .seeds = {.random = 3}};
  std::map<std::vector<AccountId>, int> seen;
  std::vector<AccountId> seeds;
  constexpr int draws = 35'000;
  for (std::uint32_t r = 0; r < draws; ++r) {
    Seeds(plan.seeds, *plan.network, plan.seed).of(r, seeds);
    std::ranges::sort(seeds);
    ++seen[seeds];
  }
  ASSERT_EQ(seen.size(), 35U);  // 7 choose 3
  double chi_square = 0;
  for (const auto& [set, count] : seen) chi_square += (count - draws / 35.0) * (count - draws / 35.0) / (draws / 35.0);
  EXPECT_LT(chi_square, 89.0);  // 34 degrees of freedom, 1e-6
}

TEST(Seeds, AreTheSameWhereAsked) {
  const Network network = network_from_edges(1000, {});
  CascadePlan plan{.network = &network, .seeds = {.random = 50, .same = true}};
  std::vector<AccountId> first, other;
  Seeds(plan.seeds, *plan.network, plan.seed).of(0, first);
  Seeds(plan.seeds, *plan.network, plan.seed).of(9, other);
  EXPECT_EQ(first, other);
  plan.seeds.same = false;
  Seeds(plan.seeds, *plan.network, plan.seed).of(9, other);
  EXPECT_NE(first, other);
}

TEST(Seeds, OfTheMostFollowed) {
  const Network network = network_from_edges(5, {{0, 3}, {1, 3}, {2, 4}, {0, 1}, {3, 1}});
  EXPECT_EQ(most_followed(network, 3), (std::vector<AccountId>{1, 3, 4}));
  EXPECT_EQ(most_followed(network, 9).size(), 5U);
}

// ---- closed forms ----

// Mean size over 100,000 replicates within five standard errors.
void expect_mean(const Network& network, double p, const std::vector<AccountId>& seeds, double mean, double variance) {
  CascadePlan plan{.network = &network, .chances = {.probability = p}, .seeds = {.accounts = seeds}, .seed = 12};
  plan.replicates = 100'000;
  for (const CascadeAlgorithm algorithm : {CascadeAlgorithm::lazy, CascadeAlgorithm::sparse}) {
    plan.algorithm = algorithm, plan.times = false;
    Team team(2);
    const CascadeOutcome outcome = spread(plan, team);
    const double sum = std::accumulate(outcome.sizes.begin(), outcome.sizes.end(), 0.0);
    EXPECT_NEAR(sum / plan.replicates, mean, 5 * std::sqrt(variance / plan.replicates));
  }
}

TEST(Theory, Star) { expect_mean(network_from_edges(4, {{1, 0}, {2, 0}, {3, 0}}), 0.3, {0}, 1.9, 3 * 0.3 * 0.7); }

TEST(Theory, Path) {  // 1 + p + p^2 + p^3
  expect_mean(network_from_edges(4, {{1, 0}, {2, 1}, {3, 2}}), 0.6, {0}, 2.176, 1.7);
}

TEST(Theory, Tree) {  // two children, one grandchild
  expect_mean(network_from_edges(4, {{1, 0}, {2, 0}, {3, 1}}), 0.5, {0}, 1 + 0.5 + 0.5 + 0.25, 1.0);
}

TEST(Theory, CompleteGraphOfThree) {  // each other one directly, or through the third
  const double p = 0.35, reach = p + (1 - p) * p * p;
  expect_mean(network_from_edges(3, {{0, 1}, {0, 2}, {1, 0}, {1, 2}, {2, 0}, {2, 1}}), p, {0}, 1 + 2 * reach, 1.0);
}

TEST(Theory, SizesOfAPathAreGeometric) {
  const double p = 0.6;
  const Network path = network_from_edges(4, {{1, 0}, {2, 1}, {3, 2}});
  CascadePlan plan{.network = &path, .chances = {.probability = p}, .seeds = {.accounts = {0}}, .seed = 77};
  plan.replicates = 100'000;
  Team team(2);
  const CascadeOutcome outcome = spread(plan, team);
  const double expected[] = {0.4, 0.24, 0.144, 0.216};
  double chi_square = 0;
  for (std::uint32_t size = 1; size <= 4; ++size) {
    const double n = static_cast<double>(std::ranges::count(outcome.sizes, size)), e = expected[size - 1] * 1e5;
    chi_square += (n - e) * (n - e) / e;
  }
  EXPECT_LT(chi_square, 30.7);  // 3 degrees of freedom, 1e-6
}

// Below the threshold, on a large random network, a cascade is a branching process: 1 / (1 - p * mean), and the
// variance of its total progeny with Poisson children of mean r is r / (1 - r)^3.
TEST(Theory, SmallCascadesBranch) {
  const AccountId accounts = 200'000;
  const Network network = [&] {
    const Stream draws(3, 0, Purpose::followee);
    Follows edges;
    for (std::uint32_t i = 0; i < accounts * 5; ++i) {
      const Words w = draws(i);
      const auto a = static_cast<AccountId>(std::uint64_t{w[0]} * accounts >> 32),
                 b = static_cast<AccountId>(std::uint64_t{w[1]} * accounts >> 32);
      if (a != b) edges.emplace_back(a, b);
    }
    return network_from_edges(accounts, edges);
  }();
  CascadePlan plan{.network = &network, .chances = {.probability = 0.16}, .seeds = {.random = 1}, .seed = 5};
  plan.replicates = 100'000;
  Team team(2);
  EXPECT_EQ(choose_algorithm(plan), CascadeAlgorithm::sparse);
  const CascadeOutcome outcome = spread(plan, team);
  const double sum = std::accumulate(outcome.sizes.begin(), outcome.sizes.end(), 0.0);
  const double r = 0.16 * static_cast<double>(network.follows()) / accounts;
  // One per cent for the network itself: its reproduction is not exactly r, and large cascades meet themselves.
  EXPECT_NEAR(sum / plan.replicates, 1 / (1 - r),
              0.01 / (1 - r) + 5 * std::sqrt(r / std::pow(1 - r, 3) / plan.replicates));
}

// ---- the choice of algorithm ----

TEST(Choice, FollowsFromThePlanAlone) {
  const Network network = random_network(5000, 50'000, 4);
  CascadePlan plan{.network = &network, .chances = {.probability = 0.3}, .seeds = {.random = 1}};
  EXPECT_EQ(choose_algorithm(plan), CascadeAlgorithm::single);
  plan.replicates = 1000;
  EXPECT_EQ(choose_algorithm(plan), CascadeAlgorithm::levels);
  plan.times = false;
  EXPECT_EQ(choose_algorithm(plan), CascadeAlgorithm::lazy);
  plan.most_steps = 3;
  EXPECT_EQ(choose_algorithm(plan), CascadeAlgorithm::levels);
  plan.chances.probability = 0.001;
  EXPECT_EQ(choose_algorithm(plan), CascadeAlgorithm::sparse);
}

TEST(Cascades, BeginNoMoreOnceToldToStop) {
  const Network network = random_network(500, 2000, 4);
  for (const CascadeAlgorithm algorithm : every) {
    int asked = 0;
    CascadePlan plan{.network = &network, .seeds = {.random = 1}, .replicates = 10'000, .algorithm = algorithm};
    plan.times = false, plan.lanes = 64;
    plan.go_on = [&] { return ++asked <= 3; };
    Team team(1);
    const CascadeOutcome outcome = spread(plan, team);
    const auto done = std::ranges::count_if(outcome.sizes, [](std::uint32_t size) { return size > 0; });
    EXPECT_GT(done, 0);
    EXPECT_LT(done, 10'000);
  }
}

}  // namespace
}  // namespace passalong
