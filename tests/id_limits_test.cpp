// The limits of ids: as many accounts as have numbers, lists of ten million followers, lists of none. Nothing here is
// drawn that could fail by chance.
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <numeric>

#include "sim/base/failure.hpp"
#include "sim/network/generators/kinds.hpp"
#include "sim/network/statistics/sketch.hpp"
#include "sim/population/population.hpp"

namespace passalong {
namespace {

// Account 0 is followed by all others, who have no followers.
Network star(AccountId followers) {
  Network n;
  n.followers.resize(followers);
  std::iota(n.followers.begin(), n.followers.end(), AccountId{1});
  n.offsets.assign(followers + 2ULL, followers);
  n.offsets[0] = 0;
  n.followees.assign(followers + 1ULL, 1);
  n.followees[0] = 0;
  return n;
}

TEST(Ids, RefuseMoreAccountsThanThereAreByName) {
  for (const char* kind : {"power-law", "configuration", "chung-lu"}) {
    Scenario s;
    s.network.kind = kind, s.network.accounts = 4'294'967'295;
    Team team(1);
    try {
      make_network(s, 0, team);
      ADD_FAILURE() << kind;
    } catch (const Failure& failure) {
      EXPECT_EQ(failure.code(), Exit::scenario) << kind;
      EXPECT_NE(std::string(failure.what()).find("4294967295"), std::string::npos) << failure.what();
    }
  }
}

TEST(Ids, OneAccountHasTenMillionFollowers) {
  constexpr AccountId followers = 10'000'000;
  Scenario s;
  s.population.topics = 2, s.population.homophily = 0;
  s.strategies.emplace_back().followers = 3;
  Team team(2);
  const Ground ground = ground_of(star(followers), s, 0, team);
  const auto topics = std::make_shared<const TopicTraits>(summarise_topics(ground, team));
  std::uint64_t sum = 0;
  for (AccountId a = 1; a <= followers; ++a) sum += topics->interest(a, 1);
  EXPECT_EQ(topics->audience(0, 1), (sum + followers / 2) / followers);
  EXPECT_EQ(topics->audience(1, 0), 0);  // nobody's mean

  const Population people = draw_population(s, ground, topics, 0, team);
  const float load = load_of(activity_units(people.activity[0]));
  EXPECT_EQ(people.load[0], 0);
  for (AccountId a = 1; a <= followers; a += 999'999) EXPECT_EQ(people.load[a], load) << a;
  EXPECT_NEAR(people.audience_affinity[0], people.mean_affinity, 1e-6);
  EXPECT_EQ(people.audience_affinity[1], 0);
  EXPECT_EQ(people.audience(0).size(), 3U);
  EXPECT_EQ(people.celebrity_followers, s.population.celebrity_share * followers < 1 ? followers : 1);

  const NetworkSummary summary = sketch(ground.network, team);
  EXPECT_EQ(summary.most_followers, followers);
  EXPECT_EQ(summary.followers[0], followers);
  EXPECT_EQ(summary.reciprocity, 0);
}

TEST(Ids, AStarOfAMillionIsDescribedWhole) {
  constexpr AccountId followers = 1'000'000;
  Team team(2);
  const Network network = star(followers);
  const NetworkSummary all = describe(network, team, for_runs), part = sketch(network, team);
  EXPECT_EQ(all.ties, followers);
  EXPECT_EQ(all.components, 1U);
  EXPECT_EQ(all.strong_components, followers + 1ULL);
  EXPECT_EQ(all.triangles, 0);
  EXPECT_FALSE(is_sketch(all));
  EXPECT_TRUE(is_sketch(part));
  EXPECT_EQ(all.followers, part.followers);
  EXPECT_EQ(all.followees, part.followees);
}

// Six standard errors of 400,000 draws at most: false alarm below 2e-9.
TEST(Sketches, HaveTheReciprocityOfTheNetwork) {
  Scenario s;
  s.network.kind = "configuration", s.network.accounts = 30'000;
  Team team(2), alone(1);
  const Network network = find_kind(s.network.kind)->generate(s.network, 3, 0, team);
  const double r = share_returned(network);
  const NetworkSummary found = sketch(network, team);
  EXPECT_NEAR(found.reciprocity, r, 6 * std::sqrt(r * (1 - r) / 400'000));
  EXPECT_EQ(found.reciprocity, sketch(network, alone).reciprocity);
  EXPECT_TRUE(std::isnan(found.clustering));
}

TEST(Ids, NobodyFollowsAnybody) {
  Scenario s;
  s.network.accounts = 50;
  Network empty;
  empty.offsets.assign(51, 0), empty.followees.assign(50, 0);
  Team team(2);
  const Ground ground = ground_of(std::move(empty), s, 0, team);
  const Population people =
      draw_population(s, ground, std::make_shared<TopicTraits>(summarise_topics(ground, team)), 0, team);
  for (AccountId a = 0; a < 50; ++a) EXPECT_EQ(people.load[a], 0);
  EXPECT_EQ(people.celebrity_followers, 1);
  EXPECT_EQ(sketch(ground.network, team).reciprocity, 0);
}

}  // namespace
}  // namespace passalong
