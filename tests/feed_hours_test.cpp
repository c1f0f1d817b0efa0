// label: theory
// Feeds beside what else may be asked for: hours and cohorts, the log of ordinary shares, the trust ledger, accounts
// that are blocked. Agreement and sameness are exact; the test of hours has a false alarm in some 10,000.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "sim/engine/rhythm.hpp"
#include "tests/feed_worlds.hpp"

namespace passalong {
namespace {

// By day and night, over a weekend, in cohorts; shares are logged, and what trust has led to.
SmallWorld waking(const char* ranking, double fresh, const char* level) {
  SmallWorld w = changing(ranking, fresh);
  PopulationSection& p = w.scenario.population;
  w.scenario.duration = 24 * 8, w.scenario.output.base_rates = w.scenario.output.trust = true;
  p.rhythm.shape = "day", p.rhythm.weekend = 0.6, p.rhythm.level = level, p.cohorts.resize(2);
  p.cohorts[0].share = 0.4, p.cohorts[0].shift = 7.5, p.cohorts[0].awake = 1.5, p.cohorts[0].attention = 0.6;
  p.cohorts[1].share = 0.3, p.cohorts[1].activity = 1.5;
  Block& b = w.mechanisms.of<Block>();
  b.on = true, b.chance = 0.3, b.after = 1, b.below = 0;
  return w;
}

TEST(FeedHours, AgreeWithTheReference) {
  Team alone(1), three(3);
  for (const char* ranking : {"chronological", "engagement"})
    for (const char* level : {"peak", "mean"}) {
      SCOPED_TRACE(std::string(ranking) + ", " + level);
      SmallWorld w = waking(ranking, 0.7, level);
      w.generate(three);
      EngineRun engine;
      expect_agreement(w, level[0] == 'm' ? three : alone, engine);
      EXPECT_GT(engine.happenings.size(), 5000U);
      EXPECT_GT(std::count_if(engine.happenings.begin(), engine.happenings.end(),
                              [](const Happening& h) { return h.what == What::deed; }),
                10);
      ASSERT_FALSE(HasFailure());
    }
}

TEST(FeedHours, WouldBeMissedIfWrong) {
  Team alone(1);
  SmallWorld w = waking("chronological", 1, "mean");
  w.generate(alone);
  const auto truth = run_engine(w, alone).happenings;
  RhythmSection& r = w.scenario.population.rhythm;
  const RhythmSection right = r;
  r.level = "peak";
  EXPECT_NE(first_difference(run_engine(w, alone).happenings, truth), "");
  // Of the attention alone: the hours of posts stay.
  r = right, r.shape = "hours", r.activity = right.activity_by_hour(), r.attention = right.attention_by_hour();
  EXPECT_EQ(first_difference(run_engine(w, alone).happenings, truth), "");
  r.attention[20] *= 1.01;
  EXPECT_NE(first_difference(run_engine(w, alone).happenings, truth), "");
}

// Impressions by tick; each check shows as many.
std::vector<double> shown_by_tick(SmallWorld& w, Team& team) {
  const auto world = w.world(w.setting(), team);
  std::vector<double> row, all;
  for (double before = 0; world->now() < w.scenario.last_tick();) {
    world->step(), world->take_closed(), world->measure(row);
    const double seen = everyones({{}, world->quantities(), row, {}}, 1).at("world_impressions");
    all.push_back(seen - before), before = seen;
  }
  return all;
}

// Checks of a tick are Poisson with mean 500 x 12 / 6 / 24 x r; feeds are long enough at any hour after the first day.
TEST(FeedHours, ShareOutChecks) {
  Team alone(1);
  for (const char* level : {"peak", "mean"}) {
    SCOPED_TRACE(level);
    SmallWorld w = plenty(alone);
    w.scenario.population.rhythm.shape = "day", w.scenario.population.rhythm.level = level;
    const Setting setting = w.setting();
    const Rhythm rhythm(setting);
    const std::vector<double> shown = shown_by_tick(w, alone);
    double square = 0, checks = 0, expected = 0, squares = 0;
    for (std::size_t t = 24; t < shown.size(); ++t) {
      const double mean = 500.0 * 12 / 6 / 24 * rhythm.at(static_cast<Tick>(t)).factor(0), count = shown[t] / 6;
      checks += count, expected += mean, ++squares, square += (count - mean) * (count - mean) / mean;
    }
    EXPECT_NEAR(checks, expected, 4 * std::sqrt(expected));
    EXPECT_NEAR(square, squares, 4 * std::sqrt(2 * squares));
    EXPECT_NEAR(expected / (squares * 500 * 12 / 6 / 24), level[0] == 'm' ? 1 : 5.0 / 8, 1e-6);
  }
}

std::vector<OrdinaryBirths> births_of(World& world, Tick end) {
  std::vector<OrdinaryBirths> all;
  while (world.now() < end) {
    world.step(), world.take_closed();
    for (OrdinaryBirths& b : world.take_closed_births()) all.push_back(std::move(b));
  }
  return all;
}

using Appearance = std::tuple<AccountId, std::uint32_t, Tick, AccountId, AccountId>;  // post, when, who, through whom

// Of shares by readers who saw a post, and of those in place of a post of one's own.
TEST(FeedHours, LogSharesAsTheReferenceHasThem) {
  Team three(3);
  for (const double fresh : {1.0, 0.6}) {
    SmallWorld w = waking("engagement", fresh, "peak");
    w.generate(three);
    const Tick end = w.scenario.last_tick(), lifetime = w.scenario.ticks(w.scenario.content.lifetime);
    std::vector<Appearance> logged, expected;
    std::uint64_t posts = 0, expected_posts = 0;
    for (const OrdinaryBirths& b : births_of(*w.world(w.setting(), three), end)) {
      posts += b.posts;
      for (const OrdinaryShare& s : b.shares)
        logged.emplace_back(s.post.author, s.post.ordinal, s.lands, s.sharer, s.from);
    }
    for (const reference::Post& p : reference::simulate(w.setting(), w.mechanisms, end).posts) {
      if (p.author >= w.setting().accounts() || p.born + lifetime >= end) continue;
      ++expected_posts;
      for (const auto& [when, who, from] : p.shares) expected.emplace_back(p.author, p.ordinal, when, who, from);
    }
    std::sort(logged.begin(), logged.end()), std::sort(expected.begin(), expected.end());
    EXPECT_EQ(posts, expected_posts);
    EXPECT_TRUE(logged == expected);
    EXPECT_GT(logged.size(), 200U);
  }
}

// The ledger holds each fresh impression of a studied account once, at one trust or another, and its closer looks.
TEST(FeedHours, KeepTheTrustLedger) {
  Team alone(1);
  SmallWorld w = waking("chronological", 0.6, "peak");
  w.generate(alone);
  const auto world = w.world(w.setting(), alone);
  while (world->now() < w.scenario.last_tick()) world->step(), world->take_closed();
  std::vector<double> row;
  world->measure(row);
  const TrustLedger ledger = world->trust_ledgers().at(0);
  const auto sum = [](const std::vector<std::uint64_t>& x) {
    return static_cast<double>(std::accumulate(x.begin(), x.end(), std::uint64_t{0}));
  };
  for (std::size_t q = 0; q < row.size(); ++q) {
    const std::string name = world->quantities()[q].name;
    if (name == "impressions") {
      EXPECT_EQ(row[q], sum(ledger.seen));
    }
    if (name == "checks") {
      EXPECT_EQ(row[q], sum(ledger.checks));
    }
    if (name == "adoptions") {
      EXPECT_EQ(row[q], sum(ledger.adoptions));
    }
  }
  EXPECT_GT(sum(ledger.seen), 500);
  EXPECT_GT(sum(ledger.delays), 0);
}

TEST(FeedHours, AreTheSameForAnyTeamAndAfterALoad) {
  SmallWorld w = waking("engagement", 0.6, "mean");
  Team alone(1);
  w.generate(alone);
  const Tick end = w.scenario.last_tick();
  const auto whole = w.world(w.setting(), alone);
  births_of(*whole, end);
  for (const unsigned workers : {2U, 5U}) {
    Team team(workers);
    const auto first = w.world(w.setting(), team), second = w.world(w.setting(), alone);
    births_of(*first, 77);
    second->load(first->save());
    EXPECT_TRUE(second->save() == first->save());
    births_of(*first, end), births_of(*second, end);
    EXPECT_EQ(first->state_digest(), whole->state_digest()) << workers;
    EXPECT_EQ(second->state_digest(), whole->state_digest()) << workers;
  }
}

}  // namespace
}  // namespace passalong
