// The engine's parts and its smallest worlds: relations of readers and authors, partitions of accounts, and worlds at
// the edges of what a scenario may say.
#include "sim/engine/world.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "sim/engine/partitions.hpp"
#include "sim/engine/relations.hpp"
#include "tests/small_world.hpp"

namespace passalong {
namespace {

struct Nothing {
  std::uint32_t mark = 0;
};
using Table = RelationTable<Nothing>;
Nothing nothing() { return {}; }

TEST(RelationTable, StartsEmpty) {
  Table table;
  EXPECT_EQ(table.find(0), nullptr);
  EXPECT_EQ(table.find(0xffff'fff0U), nullptr);
  EXPECT_TRUE(table.rows().empty());
}

TEST(RelationTable, GrowsAndFindsEveryone) {
  Table table;
  std::mt19937 dice(3);
  std::map<AccountId, std::uint32_t> truth;
  for (std::uint32_t k = 0; k < 20'000; ++k) {
    const auto reader = static_cast<AccountId>(dice() % 30'000 * 64);  // keys with common low bits
    Table::Row& row = table.find_or_add(reader, nothing);
    ASSERT_EQ(row.tie.reader, reader);
    ASSERT_EQ(row.state.mark, truth[reader]);
    truth[reader] = row.state.mark = k + 1;
  }
  EXPECT_EQ(table.rows().size(), truth.size());
  for (const auto& [reader, mark] : truth) {
    ASSERT_NE(table.find(reader), nullptr);
    ASSERT_EQ(table.find(reader)->state.mark, mark);
  }
  for (AccountId other = 1; other < 2000; other += 2) ASSERT_EQ(table.find(other), nullptr);
}

// Against a set, for authors with up to `live` posts alive: the window slides, and its words are reused.
TEST(RelationTable, RemembersWhatWasSeenAmongLivePosts) {
  for (const std::uint32_t live : {1U, 5U, 63U, 64U, 65U, 200U, 1000U}) {
    Table table;
    table.remember(live);
    std::mt19937 dice(live);
    std::map<AccountId, std::set<std::uint32_t>> seen;
    for (std::uint32_t newest = 0; newest < 4000; newest += static_cast<std::uint32_t>(dice() % 3))
      for (int k = 0; k < 4; ++k) {
        const auto reader = static_cast<AccountId>(dice() % 3);
        const std::uint32_t oldest = newest < live ? 0 : newest - live + 1;
        const std::uint32_t ordinal = oldest + static_cast<std::uint32_t>(dice() % (newest - oldest + 1));
        const Table::Row& row = table.find_or_add(reader, nothing);
        ASSERT_EQ(table.see(row, ordinal), seen[reader].insert(ordinal).second) << "live " << live << ", " << ordinal;
      }
  }
}

TEST(RelationTable, TakesJumpsLongerThanItsWindow) {
  Table table;
  table.remember(64);
  const Table::Row& row = table.find_or_add(7, nothing);
  EXPECT_TRUE(table.see(row, 3));
  EXPECT_TRUE(table.see(row, 3 + 64 * 1000));
  EXPECT_FALSE(table.see(row, 3 + 64 * 1000));
  EXPECT_TRUE(table.see(row, 4 + 64 * 999));
  EXPECT_FALSE(table.see(row, 3));  // long closed
}

Network ring(AccountId accounts) {
  std::vector<std::pair<AccountId, AccountId>> follows;
  for (AccountId i = 0; i < accounts; ++i)
    if (accounts > 1) follows.emplace_back(i, (i + 1) % accounts);
  return network_from_edges(accounts, follows);
}

TEST(Partitions, CoverAllAccountsInOrder) {
  for (const AccountId accounts : {1U, 2U, 15U, 16U, 17U, 100U, 1000U, 65'535U, 65'536U, 300'000U}) {
    const Partitions cut(ring(accounts));
    ASSERT_GE(cut.count(), 1U);
    EXPECT_EQ(cut.begin(0), 0U);
    EXPECT_EQ(cut.end(cut.count() - 1), accounts);
    for (std::size_t p = 0; p < cut.count(); ++p) {
      ASSERT_LT(cut.begin(p), cut.end(p)) << accounts << " accounts, partition " << p;
      if (p > 0) {
        ASSERT_EQ(cut.begin(p), cut.end(p - 1));
      }
      for (const AccountId i : {cut.begin(p), cut.begin(p) + (cut.end(p) - cut.begin(p)) / 2, cut.end(p) - 1})
        ASSERT_EQ(cut.of(i), p);
    }
  }
}

TEST(Partitions, BalanceFollowsNotAccounts) {
  // The first tenth of the accounts follow twenty each, the others nobody.
  constexpr AccountId accounts = 8000;
  std::vector<std::pair<AccountId, AccountId>> follows;
  for (AccountId i = 0; i < accounts / 10; ++i)
    for (AccountId k = 1; k <= 20; ++k) follows.emplace_back(i, (i + k * 300) % accounts);
  const Network network = network_from_edges(accounts, follows);
  const Partitions cut(network);
  ASSERT_EQ(cut.count(), 8U);
  const std::uint64_t mean = (network.follows() + accounts) / cut.count();
  for (std::size_t p = 0; p < cut.count(); ++p) {
    std::uint64_t load = 0;
    for (AccountId i = cut.begin(p); i < cut.end(p); ++i) load += 1 + network.followees[i];
    EXPECT_NEAR(static_cast<double>(load), static_cast<double>(mean), 16.0 * 21);
  }
}

// A world of its own, stepped to the end; what it reports, by name.
std::map<std::string, double> run(SmallWorld& w, std::vector<Happening>* happenings = nullptr) {
  Team alone(1);
  const auto world = w.world(w.setting(), alone);
  world->record(happenings);
  while (world->now() < w.scenario.last_tick()) world->step();
  std::vector<double> row;
  world->measure(row);
  std::map<std::string, double> values;
  for (std::size_t q = 0; q < row.size(); ++q) values[world->quantities()[q].name] = row[q];
  return values;
}

SmallWorld on(Network network, double posts, double pitch, std::int64_t followers, double tick = 1) {
  Team alone(1);
  SmallWorld w;
  w.scenario.duration = 24 * 10, w.scenario.tick = tick, w.scenario.audience.inflow = 0;
  w.study("studied", posts, pitch, followers);
  w.take(std::move(network), alone);
  return w;
}

TEST(World, OfTwoAccounts) {
  SmallWorld w = on(ring(2), 4, 0, 1);
  w.mechanisms.attention.on = w.mechanisms.appraisal.on = w.mechanisms.unfollow.on = w.mechanisms.follow.on = false;
  w.mechanisms.forwarding.rate = 1, w.mechanisms.forwarding.steepness = 1000, w.mechanisms.delay.on = false;
  const auto got = run(w);
  EXPECT_EQ(got.at("posts"), 40);
  EXPECT_EQ(got.at("followers"), 1);
  EXPECT_EQ(got.at("reach"), 2);
  // The follower passes everything on to the other, who does not follow and passes on a fifth; it was seen already.
  EXPECT_GE(got.at("shares"), 39);
  EXPECT_EQ(got.at("deliveries"), got.at("posts") + got.at("shares"));
  EXPECT_GE(got.at("impressions"), 79);
  EXPECT_LE(got.at("impressions"), 80);
}

TEST(World, WithoutFollowers) {
  SmallWorld w = on(ring(40), 2, 0.5, 0);
  w.scenario.audience.inflow = 1;  // a share of nobody
  const auto got = run(w);
  EXPECT_EQ(got.at("posts"), 20);
  for (const char* zero :
       {"followers", "follows", "unfollows", "deliveries", "impressions", "shares", "reach", "checks"})
    EXPECT_EQ(got.at(zero), 0) << zero;
}

TEST(World, WithoutPosts) {
  SmallWorld w = on(ring(40), 0, 0.5, 20);
  w.mechanisms.unfollow.rate = 1;
  std::vector<Happening> happenings;
  const auto got = run(w, &happenings);
  EXPECT_EQ(got.at("posts"), 0);
  EXPECT_EQ(got.at("deliveries"), 0);
  EXPECT_EQ(got.at("reach"), 0);
  EXPECT_EQ(got.at("trust_mean"), 0.5);  // nobody has learnt anything
  EXPECT_GT(got.at("unfollows"), 0);     // but people leave for no reason the model knows
  EXPECT_EQ(got.at("followers"), 20 - got.at("unfollows"));
  for (const Happening& h : happenings) {
    EXPECT_EQ(h.what, What::unfollow);
    EXPECT_EQ(h.ordinal, 0U);
  }
}

TEST(World, OfPitchesAlone) {
  SmallWorld w = on(ring(400), 4, 1, 200);
  w.mechanisms.suspicion.misreading = 0;
  const auto pitched = run(w);
  EXPECT_GT(pitched.at("impressions"), 500);
  EXPECT_GT(pitched.at("suspicion_mean"), 0.9);
  EXPECT_LT(pitched.at("trust_mean"), 0.5);
  w.scenario.strategies[0].mix[0] = 1, w.scenario.strategies[0].mix[1] = 0;
  const auto valued = run(w);
  EXPECT_LT(valued.at("suspicion_mean"), 0.05);
  EXPECT_GT(valued.at("trust_mean"), 0.5);
  EXPECT_GT(valued.at("shares"), pitched.at("shares"));
}

TEST(World, WithTicksOfAWholeDay) {
  SmallWorld w = on(ring(100), 5, 0.3, 60, 24);
  w.mechanisms.unfollow.rate = 0.2, w.mechanisms.delay.on = false;
  std::vector<Happening> happenings;
  const auto got = run(w, &happenings);
  EXPECT_EQ(got.at("posts"), 50);
  EXPECT_GT(got.at("unfollows"), 0);
  for (const Happening& h : happenings) EXPECT_LT(h.tick, 10);
}

TEST(World, TakesNoMoreFollowersThanThereAre) {
  SmallWorld w = on(ring(30), 1, 0, 500);
  w.mechanisms.unfollow.on = false;
  EXPECT_EQ(run(w).at("followers"), 30);
}

TEST(World, LeavesOutWhatIsOff) {
  SmallWorld w = on(ring(30), 1, 0, 10);
  w.mechanisms.trust.on = w.mechanisms.suspicion.on = w.mechanisms.ladder.on = false;
  const auto got = run(w);
  for (const char* absent :
       {"trust_mean", "suspicion_mean", "checks", "adoptions", "customers", "clients", "world_shares"})
    EXPECT_FALSE(got.contains(absent)) << absent;
}

TEST(World, LeavesOutFlowsThatCannotBe) {
  SmallWorld w = on(ring(30), 1, 0, 10);
  w.mechanisms.unfollow.on = w.mechanisms.follow.on = w.mechanisms.forwarding.on = false;
  w.scenario.audience.inflow = 0;
  const auto got = run(w);
  for (const char* absent : {"follows", "unfollows", "shares"}) EXPECT_FALSE(got.contains(absent)) << absent;
  w.scenario.audience.inflow = 0.5;
  EXPECT_TRUE(run(w).contains("follows"));
}

TEST(World, HasNoMeansOverNobody) {
  SmallWorld w = on(ring(30), 4, 2, 10);
  w.mechanisms.unfollow.rate = 1000, w.mechanisms.follow.on = false, w.scenario.audience.inflow = 0;
  const auto got = run(w);
  ASSERT_EQ(got.at("followers"), 0);
  for (const char* mean : {"trust_mean", "suspicion_mean", "audience_diversity", "fan_share", "seller_share"})
    EXPECT_TRUE(std::isnan(got.at(mean))) << mean;
}

// Synchrony: what is decided at t takes effect at t + 1.
TEST(World, CarriesNothingOutWithinTheTick) {
  SmallWorld w = on(ring(300), 10, 0, 100);
  w.mechanisms.follow.rate = 1, w.mechanisms.delay.on = false, w.mechanisms.attention.on = false;
  Team alone(1);
  std::vector<Happening> happenings;
  const auto world = w.world(w.setting(), alone);
  world->record(&happenings);
  std::map<std::pair<AccountId, std::uint32_t>, Tick> born;
  std::vector<double> row;
  double followers = 100;
  while (world->now() < w.scenario.last_tick()) {
    happenings.clear();
    const Tick now = world->now();
    world->step();
    double gained = 0;
    for (const Happening& h : happenings) {
      ASSERT_EQ(h.tick, now);
      if (h.what == What::post) born[{h.author, h.ordinal}] = now;
      ASSERT_TRUE(h.what != What::share || born.contains({h.author, h.ordinal}));
      gained += (h.what == What::follow) - (h.what == What::unfollow);
    }
    world->measure(row);
    followers += gained;
    ASSERT_EQ(row[0], followers);  // as it will be at the next tick's start
  }
  for (PostRecord& p : (world->close_all(), world->take_closed()))
    for (std::size_t n = 1; n < p.ticks.size(); ++n) ASSERT_GT(p.ticks[n], p.ticks[p.parents[n]]);
}

}  // namespace
}  // namespace passalong
