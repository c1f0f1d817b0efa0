// label: theory
// Nested communities: clustering, distances, mean, reciprocity; where they lie; and how returned follows are let go.
// Bounds on figures that are solved for are those the generator promises; single comparisons allow six standard errors.
#include "sim/network/generators/communities.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/network/generators/community_map.hpp"
#include "sim/network/generators/erdos_renyi.hpp"
#include "sim/network/generators/returns_dropped.hpp"
#include "tests/random_graphs.hpp"

namespace passalong {
namespace {
using namespace random_graphs;

// Ties of each account, for figures that are about undirected networks.
std::vector<std::vector<AccountId>> ties_of(const Network& n) {
  std::vector<std::vector<AccountId>> ties(n.accounts());
  for (AccountId a = 0; a < n.accounts(); ++a)
    for (const AccountId f : n.followers_of(a)) ties[a].push_back(f), ties[f].push_back(a);
  for (auto& t : ties) {
    std::sort(t.begin(), t.end());
    t.erase(std::unique(t.begin(), t.end()), t.end());
  }
  return ties;
}

// Mean over every `step`-th account of the share of pairs of its neighbours that are tied (Watts & Strogatz 1998),
// as a multiple of the share of all pairs that are. Steps are primes: the first of each community are not like others.
double clustering_ratio(const std::vector<std::vector<AccountId>>& ties, std::size_t step) {
  double sum = 0, all = 0, looked_at = 0;
  for (const auto& t : ties) all += static_cast<double>(t.size());
  for (std::size_t a = 0; a < ties.size(); a += step, ++looked_at) {
    const auto& t = ties[a];
    double closed = 0;
    for (std::size_t i = 0; i < t.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) closed += std::binary_search(ties[t[i]].begin(), ties[t[i]].end(), t[j]);
    if (t.size() > 1) sum += 2 * closed / static_cast<double>(t.size() * (t.size() - 1));
  }
  const auto accounts = static_cast<double>(ties.size());
  return sum / looked_at / (all / accounts / (accounts - 1));
}

double mean_path(const std::vector<std::vector<AccountId>>& ties, std::size_t sources) {
  double sum = 0, reached = 0;
  for (std::size_t s = 0; s < sources; ++s) {
    std::vector<AccountId> queue{static_cast<AccountId>((s * 1'037'429 + 4321) % ties.size())};
    std::vector<int> distance(ties.size(), -1);
    distance[queue.front()] = 0;
    for (std::size_t at = 0; at < queue.size(); ++at)
      for (const AccountId t : ties[queue[at]])
        if (distance[t] < 0) distance[t] = distance[queue[at]] + 1, queue.push_back(t);
    for (const AccountId a : queue) sum += distance[a];
    reached += static_cast<double>(queue.size() - 1);
  }
  return sum / reached;
}

TEST(Communities, ClusterAndAreSmallWorlds) {
  const auto small = ties_of(made(generate_communities, section_of(10'000, 35)));
  EXPECT_GT(clustering_ratio(small, 19), 10);
  const Network large = made(generate_communities, section_of(100'000, 35));
  const auto ties = ties_of(large);
  EXPECT_GT(clustering_ratio(ties, 199), 100);
  const double path = mean_path(ties, 10);
  EXPECT_GT(path, 3.3);
  EXPECT_LT(path, 5);
  EXPECT_NEAR(mean(large), 35, 0.35);
  EXPECT_NEAR(reciprocity(large), 0.22, 0.02);
}

TEST(Communities, HaveTheMeanAndTheReciprocity) {
  for (const double wanted : {0.0, 0.22, 0.6, 1.0})
    for (const auto community : {20, 200}) {
      NetworkSection s = section_of(8000, 15);
      s.reciprocity = wanted, s.community = community;
      const Network n = made(generate_communities, s);
      expect_sound(n);
      EXPECT_NEAR(mean(n), 15, 0.15) << wanted << ' ' << community;
      EXPECT_NEAR(reciprocity(n), wanted, 0.02) << wanted << ' ' << community;
    }
}

TEST(Communities, ClosureAndNestingCluster) {
  NetworkSection s = section_of(10'000, 15);
  const auto clustering = [&](double within, double closure) {
    s.within = within, s.closure = closure;
    return clustering_ratio(ties_of(made(generate_communities, s)), 11);
  };
  s.levels = 1, s.community = 50;
  const double neither = clustering(0, 0);
  EXPECT_GT(clustering(0, 0.5), 2 * neither);
  EXPECT_GT(clustering(0.5, 0), 2 * neither);
}

TEST(Communities, FollowerCountsAreRightTailed) {
  NetworkSection s = section_of(20'000, 15);
  const Network n = made(generate_communities, s);
  std::vector<std::uint32_t> counts = follower_counts(n);
  std::sort(counts.begin(), counts.end());
  EXPECT_LT(counts[counts.size() / 2], 15U);
  EXPECT_GT(counts.back(), 150U);
}

TEST(Communities, RefuseWhatChanceForbids) {  // 40 of 49 others cannot be followed with so few returned
  expect_refused(generate_communities, section_of(50, 40), "out of reach");
}

TEST(CommunityMap, GroupsAreNestedAndEveryRankIsAnAccount) {
  const CommunityMap map(1013, 10, 3, 3);
  ASSERT_EQ(map.levels(), 4U);
  for (std::uint64_t c = 0; c < map.communities(); ++c)
    for (std::size_t level = 0; level < map.levels(); ++level) {
      const CommunityMap::Group group = map.group_of(c, level);
      ASSERT_TRUE(group.first <= c && c < group.first + group.communities);
      std::vector<AccountId> members;
      for (std::uint64_t rank = 0; rank < group.accounts; ++rank) members.push_back(map.at(group, rank));
      std::sort(members.begin(), members.end());
      for (std::size_t i = 0; i < members.size(); ++i) ASSERT_EQ(members[i], members[0] + i);
      ASSERT_EQ(map.community_of(members.front()), group.first);
      ASSERT_EQ(map.community_of(members.back()), group.first + group.communities - 1);
    }
  EXPECT_EQ(map.group_of(0, 3).accounts, 1013U);
}

TEST(DropReturns, LeavesOneFollowOfTwo) {
  const Network before = made(generate_erdos_renyi, section_of(300, 100));
  const Stream draw(1, 0, Purpose::community_pick);
  Team team(2);
  Network all = before, some = before, none = before;
  drop_returns(all, 1, draw, 0, team), drop_returns(some, 0.25, draw, 0, team), drop_returns(none, 0, draw, 0, team);
  expect_sound(all), expect_sound(some);
  EXPECT_TRUE(same(none, before));
  EXPECT_EQ(returned(all), 0U);
  const double pairs = static_cast<double>(returned(before)) / 2;
  EXPECT_EQ(all.follows(), before.follows() - static_cast<std::uint64_t>(pairs));
  EXPECT_NEAR(static_cast<double>(before.follows() - some.follows()), pairs / 4, 6 * std::sqrt(pairs * 3 / 16));
  for (AccountId a = 0; a < 300; ++a)
    for (const AccountId f : before.followers_of(a)) ASSERT_TRUE(follows(all, f, a) || follows(all, a, f));
}
}  // namespace
}  // namespace passalong
