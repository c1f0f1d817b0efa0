// label: theory
// Open problems against closed forms: how many answer, how the crowd's error falls with its size (X18), the best of n,
// Page's identity, how shown estimates mislead, expertise, reputation. Random checks allow 4.9 standard errors, a false
// alarm in a million each, with fixed seeds; the rest is exact.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "tests/small_world.hpp"

namespace passalong {
namespace {
constexpr double sigmas = 4.9;

// Every follower sees every post, nobody passes on, comes or goes; everyone answers every problem.
SmallWorld hall(std::int64_t readers, double problems_a_day, double days) {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = 3, s.tick = 24, s.duration = 24 * days, s.content.lifetime = 24, s.audience.inflow = 0;
  Mechanisms& m = w.mechanisms;
  m.attention.on = m.forwarding.on = m.follow.on = m.unfollow.on = m.ladder.on = m.suspicion.on = false;
  Problem& p = m.of<Problem>();
  p.on = true, p.preset = "", p.response = 1, p.expertise = p.skill = p.distance = p.trust = p.meet = p.asking = 0;
  p.luck = p.error = 1;
  StrategySection& asker = w.study("asker", problems_a_day, 0, readers);
  asker.mix[0] = 0, asker.mix[3] = 1;
  return w;
}

void fill(SmallWorld& w, Team& team) {
  const auto readers = static_cast<AccountId>(w.scenario.strategies[0].followers);
  w.take(network_from_edges(readers, {}), team);
}

std::map<std::string, double> run(SmallWorld& w, Team& team) {
  const auto world = w.world(w.setting(), team);
  while (world->now() < w.scenario.last_tick()) world->step();
  std::vector<double> row;
  world->measure(row);
  std::map<std::string, double> named;
  for (std::size_t k = 0; k < row.size(); ++k) named[world->quantities()[k].name] = row[k];
  return named;
}

TEST(Answers, AreBinomialWithTheirRate) {
  Team alone(1);
  for (const auto& [preset, rate] : std::map<std::string, double>{{"open", 0.25}, {"contest", 0.04}, {"", 0.6}}) {
    SmallWorld w = hall(2000, 10, 2);
    fill(w, alone);
    w.mechanisms.of<Problem>().preset = preset, w.mechanisms.of<Problem>().response = 0.6;
    const auto got = run(w, alone);
    const double n = got.at("impressions");
    ASSERT_EQ(n, 2000.0 * got.at("posts"));
    EXPECT_NEAR(got.at("ideas"), n * rate, sigmas * std::sqrt(n * rate * (1 - rate))) << preset;
    // Distinct: each account misses all with (1 - rate)^posts.
    const double some = 1 - std::pow(1 - rate, got.at("posts"));
    EXPECT_NEAR(got.at("contributors"), 2000 * some, sigmas * std::sqrt(2000 * some * (1 - some)) + 1e-9) << preset;
  }
}

TEST(Answers, GrowWithSkillFitAndTrust) {
  Problem p;
  p.preset = "", p.response = 0.1, p.expertise = 0.5, p.typical = 0.25, p.trust = 2, p.willingness = 1;
  EXPECT_DOUBLE_EQ(p.chance(0.25, 1, 0.5), 0.1);
  EXPECT_NEAR(p.chance(1, 1, 0.5), 0.2, 1e-14);
  EXPECT_EQ(p.chance(0, 1, 0.5), 0);
  EXPECT_NEAR(p.chance(0.25, 1, 1), 0.1 * (1 + std::exp(-1)) / (1 + std::exp(-2)), 1e-14);
  p.fit = 0.8;
  EXPECT_NEAR(p.chance(0.25, 0.25, 0.5), 0.1 * 0.4, 1e-14);
  p.response = 1;
  EXPECT_EQ(p.chance(1, 1, 1), 1);
  p.expertise = 0, p.fit = 0;
  EXPECT_EQ(p.chance(0, 0, 0.5), 1);
}

TEST(Crowd, ErrsAsOneOverTheRootOfItsSize) {
  Team alone(1);
  for (const std::int64_t n : {1, 4, 25, 100})
    for (const auto& [bias, common] : {std::pair{0.0, 0.0}, {0.3, 0.0}, {0.0, 0.2}, {-0.5, 1.0}}) {
      SmallWorld w = hall(n, 40, 40);
      fill(w, alone);
      Problem& p = w.mechanisms.of<Problem>();
      p.error = 2, p.bias = bias, p.common = common;
      const auto got = run(w, alone);
      const double posts = got.at("posts"), variance = 4 * (common + (1 - common) / static_cast<double>(n));
      ASSERT_GE(posts, 1590);
      // The mean of squares of N(bias, variance).
      const double se = std::sqrt((2 * variance * variance + 4 * bias * bias * variance) / posts);
      EXPECT_NEAR(got.at("crowd_error") * got.at("crowd_error"), bias * bias + variance, sigmas * se) << n;
    }
}

// How accurate a crowd is: the mean of its members' squared errors less their diversity.
TEST(Crowd, KeepsPagesIdentity) {
  IdeaPool pool;
  double sum = 0, squares = 0;
  for (int k = 0; k < 1000; ++k) {
    const double e = 0.7 + normal_quantile((k * 37 % 1000 + 0.5) / 1000);
    pool.add(0, e), sum += e, squares += e * e;
    EXPECT_NEAR(pool.miss(), squares / (k + 1) - pool.spread(), 1e-12);
    EXPECT_NEAR(pool.mean(), sum / (k + 1), 1e-12);
  }
  Team alone(1);
  SmallWorld w = hall(50, 20, 10);
  fill(w, alone);
  w.mechanisms.of<Problem>().bias = 0.4;
  const auto got = run(w, alone);
  const double all = 50 * got.at("posts"),
               members = std::pow(got.at("crowd_error"), 2) + std::pow(got.at("crowd_diversity"), 2);
  EXPECT_NEAR(members, 1.16, sigmas * std::sqrt((2 + 4 * 0.16) / all));
}

// The readers of one tick answer side by side; then each sees the mean so far. Of n ticks of one reader each the
// variance goes V <- (1 - a)^2 V + a^2 with a = (1 - rho) / k, not as 1 / n: the spread shrinks and the error does not.
TEST(Crowd, IsMisledByWhatItIsShown) {
  Problem p;
  p.influence = 0.7;
  IdeaPool shown;
  std::vector<double> weights;  // of each member's own error in the mean
  for (int k = 1; k <= 200; ++k) {
    const double a = k == 1 ? 1 : 0.3 / k;
    for (double& w : weights) w *= 1 - a;
    weights.push_back(a);
  }
  double exact = 0;
  for (int k = 0; k < 200; ++k) {
    const double own = normal_quantile((k * 61 % 200 + 0.5) / 200);
    exact += weights[static_cast<std::size_t>(k)] * own;
    shown.add(0, p.estimate(own, shown)), shown.show();
  }
  EXPECT_NEAR(shown.mean(), exact, 1e-12);
  double variance = 1;
  for (int k = 2; k <= 200; ++k) variance = std::pow(1 - 0.3 / k, 2) * variance + std::pow(0.3 / k, 2);
  double by_weights = 0;
  for (const double w : weights) by_weights += w * w;
  EXPECT_NEAR(by_weights, variance, 1e-12);
  EXPECT_GT(variance, 5.0 / 200);
}

TEST(BestIdea, IsTheLargestOfSoManyDraws) {
  Team alone(1);
  const std::map<std::int64_t, double> expected{{2, 0.5642}, {10, 1.5388}, {100, 2.5076}, {1000, 3.2414}};
  for (const auto& [n, mean] : expected) {
    SmallWorld w = hall(n, 1, 1);
    fill(w, alone);
    double sum = 0, squares = 0;
    constexpr int times = 300;
    for (w.replicate = 0; w.replicate < times; ++w.replicate) {
      const double best = run(w, alone).at("idea_best");
      sum += best, squares += best * best;
    }
    const double got = sum / times, sd = std::sqrt(squares / times - got * got);
    EXPECT_NEAR(got, mean, sigmas * sd / std::sqrt(times)) << n;
  }
}

// Skill alone, evenly spread over the 256 steps of a byte: n / (n + 1), within half a step.
TEST(BestIdea, IsThatOfTheMostSkilled) {
  Team alone(1);
  SmallWorld w = hall(9, 1, 1);
  fill(w, alone);
  w.mechanisms.of<Problem>().luck = 0, w.mechanisms.of<Problem>().skill = 1;
  double sum = 0;
  constexpr int times = 400;
  for (w.replicate = 0; w.replicate < times; ++w.replicate) {
    for (AccountId i = 0; i < 9; ++i)
      w.population.expertise[i] = static_cast<std::uint8_t>(Stream(1, w.replicate, Purpose::expertise)(i)[0] >> 24);
    const double best = run(w, alone).at("idea_best");
    EXPECT_NEAR(best, *std::max_element(w.population.expertise.begin(), w.population.expertise.end()) / 255.0, 1e-7);
    sum += best;
  }
  EXPECT_NEAR(sum / times, 0.9, 0.002 + sigmas * std::sqrt(9.0 / (100 * 11) / times));  // var n / ((n+1)^2 (n+2))
}

TEST(Outsiders, HaveTheDistanceBonus) {
  Problem p;
  p.distance = 0.2;
  EXPECT_NEAR(p.quality(0.5, 0.1, 0.3) - p.quality(0.5, 0.9, 0.3), 0.16, 1e-14);
  EXPECT_NEAR(p.quality(0.5, 1, 0.5), 0.5, 1e-14);
}

// 3e-4 of the default expertise, Beta(1, 3), is above .933 (Iaconesi: 60 of 200,000).
TEST(Experts, AreThreeInTenThousand) {
  EXPECT_NEAR(std::pow(1 - Problem().expert, 3), 3e-4, 2e-6);
  Team alone(1);
  SmallWorld w = hall(3000, 1, 3);
  fill(w, alone);
  w.mechanisms.of<Problem>().expert = 0.5;
  const auto above = [](std::uint8_t x) { return x / 255.0 > 0.5; };
  const auto experts = std::count_if(w.population.expertise.begin(), w.population.expertise.end(), above);
  EXPECT_EQ(run(w, alone).at("experts"), static_cast<double>(experts));
  EXPECT_EQ(run(w, alone).at("contributors"), 3000);
}

// A post of no merit adds nothing to trust by itself: A = 1 + asking (1 + m + m^2 + ...), B = 1.
TEST(Asking, EarnsTrust) {
  Team alone(1);
  SmallWorld w = hall(20, 1, 6);
  fill(w, alone);
  w.mechanisms.appraisal.value_weight = w.mechanisms.appraisal.cost = 0;
  Problem& p = w.mechanisms.of<Problem>();
  EXPECT_NEAR(run(w, alone).at("trust_mean"), 0.5, 1e-6);
  p.asking = 0.5;
  const auto got = run(w, alone);
  ASSERT_EQ(got.at("posts"), 6);
  const double a = 1 + 0.5 * (1 - std::pow(0.97, 6)) / 0.03;
  EXPECT_NEAR(got.at("trust_mean"), a / (a + 1), 1e-6);
}

// Whoever comes later follows one who came before, of another discipline where that is looked for.
TEST(Floor, LetsContributorsMeet) {
  Team alone(1);
  SmallWorld w = hall(600, 1, 4);
  Scenario& s = w.scenario;
  s.tick = 1, s.content.lifetime = 72, s.network.accounts = 600, s.network.mean_followers = 8, s.network.cutoff = 0.5;
  s.strategies[0].followers = 60, w.mechanisms.forwarding.on = true, w.mechanisms.forwarding.rate = 1;
  Problem& p = w.mechanisms.of<Problem>();
  p.altruism = 20, p.meet = 1, p.across = 0;
  w.generate(alone);
  const double before = static_cast<double>(w.ground.network.follows());
  const auto any = run(w, alone);
  EXPECT_GT(any.at("floor_ties"), 200);
  EXPECT_EQ(any.at("world_ties") - before, any.at("floor_ties"));
  p.across = 1;
  const auto across = run(w, alone);
  const auto share = [](const auto& r) { return r.at("floor_ties_across") / r.at("floor_ties"); };
  EXPECT_GT(share(across), 0.99);
  EXPECT_LT(share(any), 0.95);
  p.meet = 0;
  const auto none = run(w, alone);
  EXPECT_FALSE(none.contains("floor_ties") || none.contains("world_ties"));
}

// Off, and on without problems: the same world, and nothing is reported.
TEST(Switch, LeavesNoTrace) {
  Team alone(1);
  SmallWorld w;
  w.scenario.seed = 9, w.scenario.duration = 24 * 6, w.scenario.network.accounts = 500;
  w.scenario.network.mean_followers = 15, w.scenario.network.cutoff = 0.5;
  w.study("both", 6, 0.3, 200);
  w.generate(alone);
  Problem& p = w.mechanisms.of<Problem>();
  const auto happenings = [&] {
    std::vector<Happening> all;
    const auto world = w.world(w.setting(), alone);
    world->record(&all);
    while (world->now() < w.scenario.last_tick()) world->step();
    return all;
  };
  const auto off = happenings();
  p.meet = 0, p.on = true;
  EXPECT_TRUE(happenings() == off);
  p.on = false;
  EXPECT_FALSE(run(w, alone).contains("ideas"));
  w.scenario.strategies[0].mix[0] = 0.4, w.scenario.strategies[0].mix[3] = 0.3;
  const auto asked = happenings();
  p.on = true, p.altruism = p.asking = 0;  // ideas alone: nothing else listens to them
  auto answered = happenings();
  EXPECT_GT(std::erase_if(answered, [](const Happening& h) { return h.what == What::deed; }), 20U);
  EXPECT_TRUE(answered == asked);
}

SmallWorld market() {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = 12, s.duration = 24 * 6, s.network.accounts = 900, s.network.mean_followers = 20, s.network.cutoff = 0.3;
  s.content.lifetime = 48, s.population.posts = 0.5;
  for (const char* name : {"first", "second"}) {
    StrategySection& asker = w.study(name, 4, 0, 200);
    asker.mix[0] = 0.5, asker.mix[3] = 0.5;
  }
  w.compete();
  Problem& p = w.mechanisms.of<Problem>();
  p.on = true, p.influence = 0.4, p.meet = 0.5, p.common = 0.2;
  return w;
}

struct Track {
  std::vector<std::uint64_t> digests;
  std::vector<double> row;
  bool operator==(const Track& other) const = default;
};
Track follow(World& world, Tick end) {
  Track t;
  while (world.now() < end) {
    world.step();
    if (world.now() % 8 == 0) t.digests.push_back(world.state_digest());
  }
  world.measure(t.row);
  return t;
}

TEST(Ideas, AreTheSameForAnyTeamAndAfterALoad) {
  SmallWorld w = market();
  Team alone(1);
  w.generate(alone);
  const Tick end = w.scenario.last_tick();
  const auto whole = w.world(w.setting(), alone);
  const Track one = follow(*whole, end);
  for (const unsigned workers : {2U, 5U}) {
    Team team(workers);
    EXPECT_TRUE(follow(*w.world(w.setting(), team), end) == one) << workers;
    const auto first = w.world(w.setting(), alone), second = w.world(w.setting(), team);
    follow(*first, 61);
    second->load(first->save());
    const Track rest = follow(*second, end);
    EXPECT_TRUE(rest.row == one.row);
    EXPECT_TRUE(std::equal(rest.digests.rbegin(), rest.digests.rend(), one.digests.rbegin()));
  }
}

}  // namespace
}  // namespace passalong
