// label: theory
// Dialogue, blocking and ties by themselves, against what can be worked out by hand. Statistical bounds are 4.5
// standard errors: a false alarm in 150,000 each.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>

#include "tests/small_world.hpp"

namespace passalong {
namespace {

constexpr double sigmas = 4.5;

// Everyone sees everything at utility 1, and nothing else happens. Trust moves one to one alone.
SmallWorld quiet(double posts = 4, double days = 10) {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = 3, s.duration = 24 * days, s.network.accounts = 4000, s.network.mean_followers = 10, s.network.cutoff = 0.3;
  s.audience.reciprocal = 0, s.audience.inflow = 0, s.content.lifetime = 24;
  Mechanisms& m = w.mechanisms;
  for (bool* on : {&m.attention.on, &m.appraisal.on, &m.suspicion.on, &m.forwarding.on, &m.delay.on, &m.follow.on,
                   &m.unfollow.on, &m.ladder.on})
    *on = false;
  m.appraisal.trust_weight = 0, m.trust.memory = 1, m.trust.dead_zone = 10;
  w.study("host", posts, 0, 2000);
  return w;
}
// Everyone replies to every post.
SmallWorld chatty(double posts = 4, double days = 10) {
  SmallWorld w = quiet(posts, days);
  Dialogue& d = w.mechanisms.of<Dialogue>();
  d.on = true, d.rate = 1, d.steepness = 1000, d.conversing = 1;
  return w;
}
StrategySection& host(SmallWorld& w) { return w.scenario.strategies[0]; }

struct Seen {
  std::map<std::string, double> values;
  std::vector<Happening> happenings;
  double operator[](const std::string& name) const { return values.contains(name) ? values.at(name) : -1; }
};

Seen look(const World& world) {
  Seen seen;
  std::vector<double> row;
  world.measure(row);
  for (std::size_t q = 0; q < row.size(); ++q) seen.values[world.quantities()[q].name] = row[q];
  return seen;
}

Seen run(SmallWorld& w, double days, unsigned workers = 1) {
  Team team(workers);
  w.generate(team);
  const auto world = w.world(w.setting(), team);
  std::vector<Happening> happenings;
  world->record(&happenings);
  for (Tick t = 0; t < w.scenario.ticks(24 * days); ++t) world->step();
  Seen seen = look(*world);
  seen.happenings = std::move(happenings);
  return seen;
}
Seen run(SmallWorld& w) { return run(w, w.scenario.duration / 24); }

void expect_share(double count, double n, double p) {
  EXPECT_NEAR(count, n * p, sigmas * std::sqrt(n * p * (1 - p)) + 1e-9) << "of " << n;
}

TEST(Dialogue, RepliesComeAtTheirRate) {
  SmallWorld w = chatty();
  Dialogue& d = w.mechanisms.of<Dialogue>();
  d.rate = 0.3, d.steepness = 2;
  const Seen seen = run(w);
  EXPECT_EQ(seen["impressions"], 40 * 2000);
  expect_share(seen["replies"], seen["impressions"], 0.3 * (1 - std::exp(-2.0)));
  EXPECT_EQ(seen["answers"], 0);
}

TEST(Dialogue, ThoseWhoConverseReplyMore) {
  SmallWorld w = chatty();
  w.scenario.audience.reciprocal = 1;
  w.mechanisms.of<Dialogue>().rate = 0.1, w.mechanisms.of<Dialogue>().conversing = 3;
  const Seen seen = run(w);
  expect_share(seen["replies"], seen["impressions"], 0.3);
  EXPECT_EQ(seen["conversing"], 2000);
  EXPECT_EQ(seen["reciprocity"], 1);
}

TEST(Dialogue, AnswersAreTheBudgetToTheLast) {
  for (const double a_day : {0.0, 0.3, 7.3, 60.0}) {
    SmallWorld w = chatty(1);
    host(w).replies = a_day;
    const Seen seen = run(w);
    EXPECT_EQ(seen["answers"], std::floor(10 * a_day + 1e-9));
    EXPECT_EQ(seen["conversing"] > 0, a_day > 0);
  }
}

TEST(Dialogue, AnswersAreWorkOfABudget) {
  SmallWorld w = chatty();
  StrategySection& s = host(w);
  s.budget = 2, s.effort.posts = s.effort.replies = 0.5;  // hours a day; a post takes 40 minutes, an answer 3
  const Seen seen = run(w);
  EXPECT_EQ(seen["posts"], 15);
  EXPECT_EQ(seen["answers"], 200);
  EXPECT_NEAR(seen["effort"], 20, 1e-6);
}

TEST(Dialogue, AnAnswerEarnsTrustAndSilenceCostsIt) {
  SmallWorld heard = chatty(1), unheard = chatty(1);
  host(heard).replies = 1e5;
  Dialogue& d = unheard.mechanisms.of<Dialogue>();
  d.patience = 0, d.annoyed = 1, d.ignored = 0.7;
  EXPECT_NEAR(run(heard)["trust_mean"], 11.0 / 12, 1e-6);
  host(heard).authenticity = 0.5;  // answered by an employee
  EXPECT_NEAR(run(heard)["trust_mean"], 6.0 / 7, 1e-6);
  EXPECT_NEAR(run(unheard)["trust_mean"], 1 / (2 + 10 * 0.7), 1e-6);
  d.annoyed = 0.247;  // the same people mind each time
  const double loss = 0.5 - 1 / (2 + 10 * 0.7);
  expect_share((0.5 - run(unheard)["trust_mean"]) / loss * 2000, 2000, 0.247);
}

TEST(Dialogue, PatienceIsCountedFromTheReply) {
  SmallWorld w = chatty(0.1);  // one post in ten days
  Dialogue& d = w.mechanisms.of<Dialogue>();
  d.patience = 48;
  double first = -1, posted = -1;
  Team alone(1);
  w.generate(alone);
  const auto world = w.world(w.setting(), alone);
  for (double hour = 1; hour <= 24 * 14; ++hour) {
    world->step();
    const Seen seen = look(*world);
    if (posted < 0 && seen["posts"] > 0) posted = hour;
    if (first >= 0 || seen["replies_ignored"] == 0) continue;
    first = hour;
    EXPECT_EQ(seen["replies_ignored"], 2000);
  }
  EXPECT_EQ(first, 24 * std::ceil((posted + 48) / 24));
}

TEST(Dialogue, TheClosestComeFirstWhereSoChosen) {
  SmallWorld w = chatty(1, 20);
  host(w).replies = 50;
  w.mechanisms.of<Dialogue>().patience = 0;
  const double spread = run(w)["conversing"];
  w.mechanisms.of<Dialogue>().answer = "closest";
  EXPECT_EQ(run(w)["conversing"], 50);  // always the same
  EXPECT_GT(spread, 500);
}

// Answered on the first day, followed back or not: the hazard of those who are falls by a factor of 2.3.
TEST(Dialogue, FollowingBackKeepsFollowers) {
  SmallWorld w = chatty(1, 30);
  host(w).replies = 1e5;
  w.mechanisms.trust.on = false;
  Unfollow& u = w.mechanisms.unfollow;
  u.on = true, u.rate = 0.05, u.base = 1, u.pitch = u.irrelevance = u.volume = u.routine = u.seller = u.trust = 0;
  for (const double share : {0.0, 1.0}) {
    w.mechanisms.of<Dialogue>().follow_back = share;
    const Seen seen = run(w);
    EXPECT_EQ(seen["reciprocity"], share);
    expect_share(seen["followers"], 2000, std::exp(-0.05 * (1 + 29 / (share > 0 ? 2.3 : 1))));
  }
  u.on = false, w.mechanisms.of<Dialogue>().follow_back = 0.3;
  expect_share(run(w, 1)["reciprocity"] * 2000, 2000, 0.3);
}

TEST(Dialogue, PassersByWhoAreAnsweredMayFollow) {
  SmallWorld w = chatty();
  host(w).followers = 300, host(w).replies = 1e5;
  w.mechanisms.forwarding.on = true, w.mechanisms.forwarding.rate = 0.2;
  for (const double won : {0.0, 1.0}) {
    w.mechanisms.of<Dialogue>().won = won;
    const Seen seen = run(w, 11);
    EXPECT_GT(seen["reach"], 400);
    EXPECT_EQ(seen["followers"], won > 0 ? seen["reach"] : 300);
  }
}

// Every post is bad.
SmallWorld offensive() {
  SmallWorld w = quiet();
  Appraisal& a = w.mechanisms.appraisal;
  a.on = true, a.value_weight = a.noise = 0, a.cost = 1;
  w.mechanisms.of<Block>().on = true;
  return w;
}

TEST(Block, ComesAtItsRateAfterSoManyBadPosts) {
  SmallWorld w = offensive();
  Block& b = w.mechanisms.of<Block>();
  b.chance = 0.02, b.after = 5;
  const Seen seen = run(w);
  const double stay = std::pow(0.98, 40 - 4);
  expect_share(seen["blocks"], 2000, 1 - stay);
  EXPECT_EQ(seen["followers"], 2000 - seen["blocks"]);
  EXPECT_EQ(seen["unfollows_for_block"], seen["blocks"]);
  // Seen: four posts, and then until the block; the standard deviation of how many is below 36 / 2.
  const double posts = 4 + (1 - stay) / 0.02;
  EXPECT_NEAR(seen["impressions"], 2000 * posts, sigmas * 18 * std::sqrt(2000));
  b.below = 1;
  EXPECT_EQ(run(w)["blocks"], 0);
}

TEST(Block, LastsForEver) {
  SmallWorld w = offensive();
  w.mechanisms.of<Block>().chance = 1, w.mechanisms.of<Block>().after = 1;
  w.scenario.audience.inflow = 30;  // everyone is brought again and again
  const Seen seen = run(w);
  EXPECT_EQ(seen["blocks"], seen["reach"]);
  EXPECT_EQ(seen["impressions"], seen["reach"]);
  EXPECT_GT(seen["blocks"], 3500);
}

TEST(Ties, FadeTierByTierOnTheDay) {
  SmallWorld w = quiet(1, 30);
  Ties& t = w.mechanisms.of<Ties>();
  t.on = true, t.friends = 1, t.most_friends = t.most_met = 5000;
  t.fade_friends = 4 * 24, t.fade_met = 10 * 24, t.fade_conversing = 5 * 24;  // x ln 2: days 3, 7 and 4
  EXPECT_EQ(run(w, 3)["tier_friends"], 2000);
  EXPECT_EQ(run(w, 4)["tier_met"], 2000);
  EXPECT_EQ(run(w, 10)["tier_met"], 2000);
  EXPECT_EQ(run(w, 11)["tier_conversing"], 2000);
  EXPECT_EQ(run(w, 14)["tier_conversing"], 2000);
  EXPECT_EQ(run(w, 15)["tier_conversing"], 0);
  host(w).calls = 1e5, t.rest = 24;  // who is called stays
  EXPECT_EQ(run(w, 30)["tier_friends"], 2000);
}

TEST(Ties, NobodyHoldsMoreThanSoMany) {
  SmallWorld w = quiet(1, 2);
  Ties& t = w.mechanisms.of<Ties>();
  t.on = true, t.friends = 0.5, t.met = 0.5;
  const Seen seen = run(w);
  EXPECT_EQ(seen["tier_friends"], 15);
  EXPECT_EQ(seen["tier_met"], 35);
  EXPECT_EQ(seen["tier_conversing"], 1950);
}

// Trust after one contact each: text < video < face to face; practice helps a little and never beyond the last.
TEST(Ties, ChannelsDifferInTheTrustTheyEarn) {
  SmallWorld text = chatty(1, 1), video = quiet(1, 1);
  host(text).replies = host(video).calls = 1e5;
  text.scenario.audience.reciprocal = video.scenario.audience.reciprocal = 1;
  Ties& t = video.mechanisms.of<Ties>();
  t.on = true;
  const double by_text = run(text)["trust_mean"], by_video = run(video)["trust_mean"];
  EXPECT_NEAR(by_text, 2.0 / 3, 1e-6);
  EXPECT_NEAR(by_video, 4.0 / 5, 1e-6);
  EXPECT_LT(by_video, (1 + t.face_gain) / (2 + t.face_gain));
  t.rest = 24;
  EXPECT_NEAR(run(video, 4)["trust_mean"], (1 + 3 + 3.15 + 3.3 + 3.45) / (2 + 3 + 3.15 + 3.3 + 3.45), 1e-6);
  EXPECT_EQ(t.call_gain(14), t.face_gain);
}

TEST(Ties, CallsAreTheBudgetAndRotate) {
  SmallWorld w = quiet(1, 10);
  w.scenario.audience.reciprocal = 1, host(w).calls = 2.5;
  Ties& t = w.mechanisms.of<Ties>();
  t.on = true;
  EXPECT_EQ(run(w)["calls"], 25);
  t.rest = 1e5;
  host(w).calls = 1000;
  EXPECT_EQ(run(w)["calls"], 2000);  // everyone once
  w.scenario.audience.reciprocal = 0;
  EXPECT_EQ(run(w)["calls"], 0);  // it converses with nobody
}

TEST(Ties, CloseOnesStayAndLookCloser) {
  SmallWorld w = quiet(1, 30);
  Ties& t = w.mechanisms.of<Ties>();
  t.on = true, t.most_met = 5000, t.fade_met = 1e7, t.met = 1;
  Unfollow& u = w.mechanisms.unfollow;
  u.on = true, u.rate = 0.05, u.base = 1, u.pitch = u.irrelevance = u.volume = u.routine = u.seller = u.trust = 0;
  expect_share(run(w)["followers"], 2000, std::exp(-0.05 * 30 * std::exp(-0.5)));
  u.on = false, w.mechanisms.ladder.on = true, w.mechanisms.ladder.adopt_rate = 0, w.mechanisms.trust.on = false;
  double expected = 0;
  const Seen seen = run(w);
  for (AccountId k = 0; k < 2000; ++k)
    expected += 30 * 0.08 * (0.1 + 0.9 * w.population.affinity[w.population.audience(0)[k].account]) * 0.1 * 5;
  EXPECT_NEAR(seen["checks"], expected, sigmas * std::sqrt(expected));
}

// Off, or on without effect, nothing changes.
TEST(Ablation, IsExact) {
  const auto noisy = [] {
    SmallWorld w = quiet(4, 12);
    w.mechanisms = {};
    w.scenario.audience.reciprocal = 0.3;
    host(w).mix[0] = 0.6, host(w).mix[1] = 0.4;
    w.mechanisms.unfollow.rate = 0.1, w.mechanisms.forwarding.rate = 1;
    return w;
  };
  SmallWorld plain = noisy(), off = noisy(), neutral = noisy();
  const Seen truth = run(plain);
  EXPECT_GT(truth.happenings.size(), 500U);
  host(off).replies = host(off).calls = 50;
  off.mechanisms.of<Dialogue>().rate = 1, off.mechanisms.of<Block>().chance = 1, off.mechanisms.of<Ties>().met = 1;
  const Seen without = run(off);
  EXPECT_TRUE(without.happenings == truth.happenings);
  for (const char* name : {"replies", "answers", "conversing", "reciprocity", "blocks", "calls", "tier_met"})
    EXPECT_FALSE(without.values.contains(name)) << name;
  Mechanisms& m = neutral.mechanisms;
  m.of<Dialogue>().on = m.of<Block>().on = m.of<Ties>().on = true;
  m.of<Dialogue>().rate = m.of<Block>().chance = 0;
  m.of<Ties>().feelings = {0, 0, 0, 0, 0}, m.of<Ties>().shields = {0, 0, 0, 0};
  m.of<Ties>().influences = {1, 1, 1, 1, 1};
  EXPECT_TRUE(run(neutral).happenings == truth.happenings);
}

SmallWorld all_on() {
  SmallWorld w = quiet(6, 9);
  w.mechanisms = {};
  w.scenario.audience.reciprocal = 0.3, w.scenario.audience.inflow = 2;
  host(w).mix[0] = host(w).mix[1] = 0.5, host(w).replies = 30, host(w).calls = 5;
  Mechanisms& m = w.mechanisms;
  m.of<Dialogue>().on = m.of<Block>().on = m.of<Ties>().on = true;
  m.of<Dialogue>().rate = 0.5, m.of<Block>().chance = 0.2, m.of<Ties>().met = m.of<Ties>().friends = 0.1;
  m.of<Ties>().fade_conversing = 48, m.of<Ties>().rest = 48;
  m.unfollow.rate = 0.1, m.forwarding.rate = 1;
  return w;
}

TEST(Bits, AreThoseOfAnyTeam) {
  SmallWorld w = all_on();
  const Seen alone = run(w);
  EXPECT_GT(alone["answers"], 200);
  EXPECT_GT(alone["blocks"], 20);
  EXPECT_GT(alone["calls"], 20);
  for (const unsigned workers : {2U, 5U}) {
    const Seen team = run(w, 9, workers);
    EXPECT_TRUE(team.happenings == alone.happenings);
    EXPECT_TRUE(team.values == alone.values);
  }
}

TEST(Bits, AreThoseOfARunThatWasSaved) {
  SmallWorld w = all_on();
  Team alone(1), two(2);
  w.generate(alone);
  const auto straight = w.world(w.setting(), alone);
  for (const Tick at : {1, 37, 60}) {
    while (straight->now() < at) straight->step();
    const auto resumed = w.world(w.setting(), two);
    resumed->load(straight->save());
    while (straight->now() < at + 75) straight->step(), resumed->step();
    EXPECT_EQ(resumed->state_digest(), straight->state_digest());
    EXPECT_TRUE(look(*resumed).values == look(*straight).values);
  }
  const std::string bytes = straight->save();
  host(w).replies = 31;  // another policy's state
  EXPECT_THROW(w.world(w.setting(), alone)->load(bytes), std::exception);
}

}  // namespace
}  // namespace passalong
