// label: theory
// Flash mobs against Granovetter 1978: X11 (one threshold decides between all and one), X12 (normal thresholds: the
// jump of the fixed point), and closed forms of altruism and attendance. Exact, but where a test says 4.9 standard
// errors: a false alarm in a million, with fixed seeds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/math.hpp"
#include "tests/small_world.hpp"

namespace passalong {
namespace {
constexpr double sigmas = 4.9;

// Everyone follows the planner, whose first invitation comes in the first ten days and is open for seven.
SmallWorld gathering(const std::string& kind, std::int64_t accounts) {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.network.kind = kind, s.network.accounts = accounts, s.duration = 24 * 17;
  s.audience.reciprocal = s.audience.inflow = s.population.sellers = 0;
  StrategySection& planner = w.study("planner", 0.1, 0, accounts);
  planner.mix[0] = 0, planner.mix[4] = 1, planner.altruism = 1;
  Mechanisms& m = w.mechanisms;
  m.attention.on = m.trust.on = m.follow.on = m.unfollow.on = m.ladder.on = false;
  Mob& mob = m.of<Mob>();
  mob.on = true, mob.altruism = mob.trust = 0, mob.deadline = 168;
  return w;
}

struct Crowd {  // what came of the first invitation
  std::uint64_t committed = 0, came = 0, strangers = 0;
  double turnout = 0;
};
Crowd first_mob(SmallWorld& w, Team& team) {
  w.generate(team);
  const auto world = w.world(w.setting(), team);
  std::vector<Happening> happenings;
  world->record(&happenings);
  while (world->now() < w.scenario.last_tick()) world->step();
  Crowd mob;
  for (const Happening& h : happenings)
    if (h.ordinal == 0) mob.committed += h.what == What::share, mob.came += h.what == What::deed;
  std::vector<double> row;
  world->measure(row);
  for (std::size_t q = 0; q < row.size(); ++q) {
    if (world->quantities()[q].name == std::string("strangers")) mob.strangers = static_cast<std::uint64_t>(row[q]);
    if (world->quantities()[q].name == std::string("turnout")) mob.turnout = row[q];
  }
  return mob;
}

TEST(Mob, hangs_on_a_single_threshold) {  // X11
  Team alone(1);
  SmallWorld w = gathering("complete", 100);
  Mob& mob = w.mechanisms.of<Mob>();
  mob.unit = "people", mob.thresholds.resize(100);
  std::iota(mob.thresholds.begin(), mob.thresholds.end(), 0);
  EXPECT_EQ(first_mob(w, alone).committed, 100U);
  mob.thresholds[1] = 2;
  EXPECT_EQ(first_mob(w, alone).committed, 1U);
}

// The smallest r = share of thresholds at or below r, by steps of one account: thresholds at ranks (i + 1/2) / n.
double fixed_point(std::size_t n, double sd) {
  std::size_t r = 0;
  for (;;) {
    std::size_t below = 0;
    for (; below < n; ++below)
      if (0.25 + sd * normal_quantile((static_cast<double>(below) + 0.5) / static_cast<double>(n)) >
          static_cast<double>(r) / static_cast<double>(n - 1))
        break;
    if (below == r) return 100 * static_cast<double>(r) / static_cast<double>(n);
    r = below;
  }
}

// 2,000 ranks stand for the continuum: the steps of 1/2,000 cost less than .2 before the jump, where r is most
// sensitive to them, and leave the jump between the same two spreads.
TEST(Mob, jumps_at_the_spread_granovetter_found) {  // X12
  Team alone(1);
  constexpr std::int64_t n = 2000;
  for (const auto& [sd, published] :
       {std::pair{12.0, 4.02}, {12.1, 4.55}, {12.2, 5.48}, {12.3, 100.0}, {30.0, 99.34}}) {
    SmallWorld w = gathering("complete", n);
    Mob& mob = w.mechanisms.of<Mob>();
    mob.threshold = Distribution::normal(0.25, sd / 100), mob.deterministic = true;
    const double share = 100 * static_cast<double>(first_mob(w, alone).committed) / n;
    EXPECT_DOUBLE_EQ(share, fixed_point(n, sd / 100)) << sd;
    EXPECT_NEAR(share, published, 0.2) << sd;
  }
}

// Along a path each follows one other. With theta = 1.5 people and w_alt = 2 an account joins by itself with chance
// 1/4, after the one it follows with 3/4: P = 1/4 + P / 2, so half of them do. Whether i joins depends on its own
// altruism and on those further up, which i's does not touch: joins of distance d correlate by 2^-d, so the variance
// of the share is at most (1 + 2 (1/2 + 1/4 + ...)) = 3 times the binomial one.
TEST(Mob, is_drawn_by_what_serves_others) {
  Team alone(1);
  constexpr std::int64_t n = 20'000;
  SmallWorld w = gathering("path", n);
  Mob& mob = w.mechanisms.of<Mob>();
  w.scenario.network.classic_mutual = false;
  mob.unit = "people", mob.threshold = Distribution::constant(1.5), mob.altruism = 2;
  EXPECT_NEAR(static_cast<double>(first_mob(w, alone).committed) / n, 0.5, sigmas * std::sqrt(3 * 0.25 / n));
  w.scenario.strategies[0].altruism = 0;
  EXPECT_EQ(first_mob(w, alone).committed, 0U);
}

// All commit at once; then each comes with q = .6 + .1 x tier.
TEST(Mob, loses_those_who_do_not_come) {
  Team alone(1);
  constexpr std::int64_t n = 10'000;
  for (const double reciprocal : {0.0, 1.0}) {
    SmallWorld w = gathering("path", n);
    w.scenario.audience.reciprocal = reciprocal, w.scenario.duration = 24 * 17;
    w.mechanisms.of<Mob>().threshold = Distribution::constant(-1);
    const Crowd mob = first_mob(w, alone);
    const double q = reciprocal > 0 ? 0.8 : 0.7;
    EXPECT_EQ(mob.committed, static_cast<std::uint64_t>(n));
    EXPECT_NEAR(static_cast<double>(mob.came) / n, q, sigmas * std::sqrt(q * (1 - q) / n));
    EXPECT_EQ(mob.strangers, 0U);
    EXPECT_DOUBLE_EQ(mob.turnout, static_cast<double>(mob.came) / n);
  }
}

// Ten followers in a complete network of 400: the invitation reaches the rest through those who commit, and most who
// come do not follow the planner.
TEST(Mob, gathers_strangers) {
  Team alone(1);
  SmallWorld w = gathering("complete", 400);
  w.scenario.strategies[0].followers = 10;
  w.mechanisms.of<Mob>().threshold = Distribution::constant(0);
  const Crowd mob = first_mob(w, alone);
  EXPECT_EQ(mob.committed, 400U);
  EXPECT_GT(mob.strangers, 0.9 * static_cast<double>(mob.came));
  EXPECT_NEAR(static_cast<double>(mob.strangers), 0.6 * 390, sigmas * std::sqrt(0.24 * 390));
}

// A lively world, with invitations or without.
SmallWorld lively(bool on, double invitations) {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = 3, s.duration = 24 * 8, s.network.accounts = 800, s.network.mean_followers = 20, s.network.cutoff = 0.3;
  s.content.lifetime = 48, s.audience.inflow = 3;
  w.mechanisms.forwarding.rate = 1, w.mechanisms.follow.rate = 0.2, w.mechanisms.unfollow.rate = 0.1;
  StrategySection& one = w.study("one", 8, 0.2, 250);
  one.mix[0] -= invitations, one.mix[4] += invitations, one.altruism = 0.5;
  Mob& mob = w.mechanisms.of<Mob>();
  mob.on = on, mob.deadline = 36, mob.threshold = Distribution::uniform(-0.2, 0.4);
  w.mechanisms.ladder.innovation = 0.02, w.mechanisms.ladder.imitation = 0.1;
  return w;
}
struct Course {
  std::vector<Happening> happenings;
  std::vector<std::uint64_t> digests;
  bool operator==(const Course&) const = default;
};
Course run(World& world, Tick end) {
  Course c;
  world.record(&c.happenings);
  while (world.now() < end)
    if (world.step(); world.now() % 24 == 0) c.digests.push_back(world.state_digest());
  return c;
}

TEST(Mob, is_exactly_nothing_without_invitations) {
  Team alone(1);
  SmallWorld with = lively(true, 0), without = lively(false, 0);
  with.generate(alone), without.generate(alone);
  const auto first = run(*with.world(with.setting(), alone), with.scenario.last_tick());
  EXPECT_GT(first.happenings.size(), 500U);
  EXPECT_TRUE(first.happenings ==
              run(*without.world(without.setting(), alone), without.scenario.last_tick()).happenings);
}

TEST(Mob, is_the_same_for_any_team_and_after_a_save) {
  SmallWorld w = lively(true, 0.3);
  Team alone(1), two(2), five(5);
  w.generate(alone);
  const Tick end = w.scenario.last_tick();
  const Course straight = run(*w.world(w.setting(), alone), end);
  EXPECT_GT(std::count_if(straight.happenings.begin(), straight.happenings.end(),
                          [](const Happening& h) { return h.what == What::deed; }),
            100);
  for (Team* team : {&two, &five}) EXPECT_TRUE(run(*w.world(w.setting(), *team), end) == straight);
  for (const Tick at : {30, 72, 100}) {
    const auto before = w.world(w.setting(), alone), after = w.world(w.setting(), five);
    const Course first = run(*before, at);
    after->load(before->save());
    Course rest = run(*after, end);
    rest.happenings.insert(rest.happenings.begin(), first.happenings.begin(), first.happenings.end());
    rest.digests.insert(rest.digests.begin(), first.digests.begin(), first.digests.end());
    EXPECT_TRUE(rest == straight) << at;
  }
}

}  // namespace
}  // namespace passalong
