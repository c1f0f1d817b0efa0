// label: theory
// The hours of accounts against closed forms: when posts fall, when copies are seen, who belongs to which cohort and
// lives where. Counts are held to chi-square, shares to 4.9 standard errors: a false alarm in a million each; the seeds
// are fixed.
#include "sim/engine/rhythm.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "sim/base/math.hpp"
#include "sim/base/special.hpp"
#include "sim/engine/day_plan.hpp"
#include "tests/small_world.hpp"

namespace passalong {
namespace {

constexpr double false_alarm = 1e-6;

void expect_chi_square(double squares, double degrees) {
  EXPECT_LT(gamma_p(degrees / 2, squares / 2), 1 - false_alarm) << squares << " of " << degrees;
  EXPECT_GT(gamma_p(degrees / 2, squares / 2), false_alarm) << squares << " of " << degrees;
}

void expect_share(std::uint64_t count, double of, double share) {
  EXPECT_LT(std::abs(static_cast<double>(count) - of * share), 4.9 * std::sqrt(of * share * (1 - share))) << share;
}

SmallWorld crowd(std::int64_t accounts) {
  SmallWorld w;
  w.scenario.seed = 3, w.scenario.network.accounts = accounts, w.scenario.network.mean_followers = 10;
  w.scenario.network.cutoff = 0.1, w.scenario.duration = 24 * 7;
  return w;
}

SmallWorld zoned(std::int64_t accounts) {
  SmallWorld w = crowd(accounts);
  PopulationSection& p = w.scenario.population;
  p.rhythm.shape = "day", p.rhythm.amplitude = 0.9, p.rhythm.weekend = 0.5;
  p.cohorts.resize(1);
  p.cohorts[0].share = 0.5, p.cohorts[0].shift = 9, p.cohorts[0].awake = 0.5;
  return w;
}

// 1 + a cos, at home, with weekends at half.
double expected_level(int hour, double amplitude, double peak) {
  const int of_week = (hour + 168) % 168;
  return (1 + amplitude * std::cos(2 * M_PI * (of_week % 24 - peak) / 24)) * (of_week / 24 >= 5 ? 0.5 : 1);
}

TEST(RhythmSection, OfADayIsACosine) {
  RhythmSection r;
  r.shape = "day", r.amplitude = 0.7;
  for (r.peak = 0; r.peak < 24; ++r.peak)
    for (int h = 0; h < 24; ++h)
      EXPECT_NEAR(r.activity_by_hour()[static_cast<std::size_t>(h)],
                  1 + 0.7 * std::cos(2 * M_PI * (h - static_cast<double>(r.peak)) / 24), 1e-14);
}

TEST(Rhythm, PostsFallWhereItIsHigh) {
  SmallWorld w = zoned(20'000);
  w.scenario.population.posts = 2, w.scenario.population.activity = Distribution::constant(2);
  Team team(2);
  w.generate(team);
  const Setting setting = w.setting();
  const Rhythm rhythm(setting);
  DayPlan plan(setting, rhythm, 24);
  std::vector<double> posts(2 * 168);
  for (std::uint32_t day = 0; day < 7; ++day) {
    plan.draw(day, setting.accounts(), team);
    for (std::size_t b = 0; b < plan.blocks(); ++b)
      for (std::uint32_t t = 0; t < 24; ++t)
        for (const std::uint32_t p : plan.posts(b, t))
          ++posts[w.population.cohort[plan.name(b, p).author] * 168 + day * 24 + t];
  }
  double squares = 0;  // each cell is Poisson with a known mean
  for (int cohort = 0; cohort < 2; ++cohort) {
    const auto size = static_cast<double>(std::count(w.population.cohort.begin(), w.population.cohort.end(), cohort));
    for (int h = 0; h < 168; ++h) {
      const double level = cohort == 0 ? expected_level(h + 9, 0.45, 20) : expected_level(h, 0.9, 20);
      const double mean = size * 2 / 24 * level / (6.0 / 7);
      squares += std::pow(posts[static_cast<std::size_t>(cohort * 168 + h)] - mean, 2) / mean;
    }
  }
  expect_chi_square(squares, 2 * 168);
}

// A week of ticks of which each copy is seen by itself with a known probability: deliveries and impressions.
void expect_sights(SmallWorld w, const std::string& deliveries, const std::string& impressions, double attention,
                   const std::function<double(int)>& factor) {
  Team team(2);
  w.mechanisms.attention.form = "fixed", w.mechanisms.forwarding.on = w.mechanisms.follow.on = false;
  w.mechanisms.unfollow.on = false, w.scenario.audience.inflow = 0;
  w.scenario.population.attention = Distribution::constant(attention);
  w.generate(team);
  const auto world = w.world(w.setting(), team);
  std::vector<double> row;
  const auto value = [&](const std::string& name) {
    const auto& all = world->quantities();
    const auto q = std::find_if(all.begin(), all.end(), [&](const Quantity& one) { return one.name == name; });
    return row[static_cast<std::size_t>(q - all.begin())];
  };
  double squares = 0, degrees = 0, copies = 0, sights = 0;
  for (int t = 0; t < 168; ++t) {
    world->step();
    world->measure(row);
    const double n = value(deliveries) - copies, seen = value(impressions) - sights, p = factor(t);
    copies += n, sights += seen;
    ASSERT_GT(n, 100);
    squares += std::pow(seen - n * p, 2) / (n * p * (1 - p)), ++degrees;
  }
  expect_chi_square(squares, degrees);
}

double by_hour(int t) { return expected_level(t, 0.9, 20); }

TEST(Rhythm, CopiesAreSeenAsTheHourHasIt) {
  SmallWorld w = crowd(8000);
  PopulationSection& p = w.scenario.population;
  p.rhythm.shape = "day", p.rhythm.amplitude = 0.9, p.rhythm.weekend = 0.5;
  w.study("studied", 24 * 4, 0, 400);
  {
    SCOPED_TRACE("posts of the studied account, by the best hour");
    expect_sights(w, "deliveries", "impressions", 0.4, [](int t) { return 0.4 * by_hour(t) / 1.9; });
  }
  w.scenario.strategies[0].posts = 0, p.posts = 1;
  p.rhythm.shape = "hours", p.rhythm.attention.resize(24), p.rhythm.activity.assign(24, 1.0);
  for (int h = 0; h < 24; ++h) p.rhythm.attention[static_cast<std::size_t>(h)] = expected_level(h, 0.9, 20);
  {
    SCOPED_TRACE("everyone's posts, by the best hour");
    expect_sights(w, "world_deliveries", "world_impressions", 0.3, [](int t) { return 0.3 * by_hour(t) / 1.9; });
  }
  p.rhythm.level = "mean";
  SCOPED_TRACE("everyone's posts, by the mean");
  expect_sights(w, "world_deliveries", "world_impressions", 0.3, [](int t) { return 0.3 * by_hour(t) * 7 / 6; });
}

std::vector<Happening> happenings_of(SmallWorld& w, Team& team) {
  w.generate(team);
  std::vector<Happening> all;
  const auto world = w.world(w.setting(), team);
  world->record(&all);
  while (world->now() < w.scenario.last_tick()) world->step();
  return all;
}

// What is on but makes no difference changes not an event.
TEST(Rhythm, OfNoAmplitudeAndCohortsLikeTheRestChangeNothing) {
  Team alone(1);
  const auto world = [] {
    SmallWorld w = crowd(600);
    w.scenario.population.posts = 0.5;
    w.mechanisms.forwarding.rate = 1;
    w.study("studied", 10, 0.3, 200);
    return w;
  };
  SmallWorld plain = world();
  const auto truth = happenings_of(plain, alone);
  EXPECT_GT(truth.size(), 2000U);
  for (const char* level : {"peak", "mean"}) {
    SmallWorld flat = world();
    PopulationSection& p = flat.scenario.population;
    p.rhythm.shape = "day", p.rhythm.amplitude = 0, p.rhythm.level = level, p.places = 7;
    p.cohorts.resize(2);
    p.cohorts[0].share = 0.3, p.cohorts[0].shift = 5, p.cohorts[1].share = 0.2;
    EXPECT_TRUE(happenings_of(flat, alone) == truth) << level;
    p.rhythm.amplitude = 0.3;
    EXPECT_FALSE(happenings_of(flat, alone) == truth) << level;
  }
}

// A world of ticks that are no hours has the same week.
TEST(Rhythm, IsAveragedOverLongerAndShorterTicks) {
  Team alone(1);
  for (const double tick : {0.25, 0.75, 1.0, 4.8, 24.0}) {
    SmallWorld w = zoned(300);
    w.scenario.tick = tick;
    w.generate(alone);
    const Rhythm rhythm(w.setting());
    const auto ticks = static_cast<Tick>(std::lround(168 / tick));
    for (AccountId i = 0; i < 300; ++i) {
      double posts = 0, looks = 0;
      std::uint32_t best = 0;
      for (std::uint32_t day = 0; day < 7; ++day) posts += rhythm.day(day, i).posts / 7;
      for (Tick t = 0; t < ticks; ++t) {
        const std::uint32_t p = rhythm.at(t).see(Rhythm::one, i);
        looks += static_cast<double>(p) / Rhythm::one / ticks, best = std::max(best, p);
      }
      EXPECT_NEAR(posts, 1, 1e-12);
      EXPECT_EQ(best, Rhythm::one);
      const double amplitude = w.population.cohort[i] == 0 ? 0.45 : 0.9;
      if (tick <= 1 && tick != 0.75) {
        EXPECT_NEAR(looks, 6.0 / 7 / (1 + amplitude), 1e-6);
      }
      if (tick == 24 && w.population.cohort[i] == 1) {
        EXPECT_NEAR(looks, 6.0 / 7, 1e-6);  // days are alike but for the weekend
      }
    }
  }
}

TEST(Cohorts, HaveTheirSharesAndTheirFactors) {
  SmallWorld plain = crowd(20'000);
  Team team(2);
  plain.generate(team);
  EXPECT_TRUE(plain.population.cohort.empty());
  EXPECT_TRUE(plain.population.place.empty());
  SmallWorld w = crowd(20'000);
  auto& cohorts = w.scenario.population.cohorts;
  cohorts.resize(2);
  cohorts[0].share = 0.2, cohorts[0].attention = 2, cohorts[0].activity = 0.5, cohorts[0].affinity = 1.5;
  cohorts[1].share = 0.5, cohorts[1].sellers = 0.4, cohorts[1].sellers_as.clear();
  w.generate(team);
  const Population &p = w.population, &q = plain.population;
  std::uint64_t size[3] = {}, sellers[3] = {};
  for (AccountId i = 0; i < 20'000; ++i) {
    const std::uint8_t c = p.cohort[i];
    ASSERT_LE(c, 2);
    ++size[c], sellers[c] += p.seller[i];
    EXPECT_FLOAT_EQ(p.attention[i], q.attention[i] * (c == 0 ? 2.0F : 1.0F));
    EXPECT_FLOAT_EQ(p.activity[i], q.activity[i] * (c == 0 ? 0.5F : 1.0F));
    EXPECT_FLOAT_EQ(p.affinity[i], std::min(1.0F, q.affinity[i] * (c == 0 ? 1.5F : 1.0F)));
  }
  const double shares[] = {0.2, 0.5, 0.3}, selling[] = {0.1, 0.4, 0.1};
  for (int c = 0; c < 3; ++c) {
    expect_share(size[c], 20'000, shares[c]);
    expect_share(sellers[c], static_cast<double>(size[c]), selling[c]);
  }
  EXPECT_NEAR(w.scenario.population.mean_seller_share(), 0.25, 1e-15);
  EXPECT_NEAR(w.scenario.population.mean_activity_factor(), 0.9, 1e-15);
  EXPECT_EQ(p.bytes() - q.bytes(), 20'000U);
  EXPECT_EQ(forecast_population_bytes(w.scenario, 1000) - forecast_population_bytes(plain.scenario, 1000), 1000U);
}

TEST(Places, HaveSharesThatFallWithTheirRank) {
  SmallWorld w = crowd(20'000);
  w.scenario.population.places = 10, w.scenario.population.place_decay = 1;
  Team team(2);
  w.generate(team);
  std::vector<std::uint64_t> size(10);
  for (const std::uint8_t place : w.population.place) ++size.at(place);
  double all = 0;
  for (int k = 1; k <= 10; ++k) all += 1.0 / k;
  for (std::size_t k = 0; k < 10; ++k) expect_share(size[k], 20'000, 1 / (static_cast<double>(k) + 1) / all);
}

}  // namespace
}  // namespace passalong
