// label: theory
// Events in places. With nothing else on, the hazards, the caps and the closure among guests are exact; random checks
// allow 4.9 standard errors, a false alarm in a million each, with fixed seeds.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "tests/small_world.hpp"

namespace passalong {
namespace {
constexpr double sigmas = 4.9;
using Row = std::map<std::string, double>;

// Followers leave with one hazard; nothing else happens but events, each of which nearly everyone is asked to.
SmallWorld hosts(double hazard, std::int64_t followers = 3000) {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = 3, s.tick = 24, s.duration = 24 * 60, s.audience.inflow = 0;
  s.network.accounts = 2 * followers, s.network.mean_followers = 6, s.network.cutoff = 0.3;
  w.study("host", 0, 0, followers);
  Mechanisms& m = w.mechanisms;
  m.trust.on = m.suspicion.on = m.follow.on = m.forwarding.on = m.ladder.on = m.attention.on = false;
  m.unfollow.rate = hazard, m.unfollow.base = m.unfollow.new_tie = 1;
  m.unfollow.pitch = m.unfollow.irrelevance = m.unfollow.volume = m.unfollow.routine = 0;
  m.unfollow.trust = m.unfollow.reciprocity = m.unfollow.seller = 0;
  Gathering& g = m.of<Gathering>();
  g.on = true, g.first = 24 * 10, g.every = 24 * 1000, g.notice = 0;
  g.invitations = g.capacity = g.hosts = g.circle = g.friends = followers;
  g.accept = 1, g.warmth = 0, g.attend = 0.5, g.becomes_met = g.becomes_friend = 1, g.face_gain = 0, g.closure = 0;
  return w;
}

struct Course {
  std::vector<Happening> happenings;
  std::vector<Row> days;
  double gained(const std::string& flow) const { return days.back().at(flow); }
  // Accounts with deeds of a kind: 0 invited, 1 accepted, 2 came, 3 rose a tier.
  std::multiset<AccountId> deeds(std::uint32_t kind) const {
    std::multiset<AccountId> all;
    for (const Happening& h : happenings)
      if (h.what == What::deed && h.ordinal % 4 == kind) all.insert(h.account);
    return all;
  }
};

Row measure(const World& world) {
  std::vector<double> values;
  world.measure(values);
  Row row;
  for (std::size_t q = 0; q < values.size(); ++q) row[world.quantities()[q].name] = values[q];
  return row;
}

Course run(SmallWorld& w, unsigned workers = 1) {
  Team team(workers);
  w.generate(team);
  const auto world = w.world(w.setting(), team);
  Course course;
  world->record(&course.happenings);
  while (world->now() < w.scenario.last_tick()) {
    world->step();
    if (world->now() % w.scenario.ticks(24) == 0) course.days.push_back(measure(*world));
  }
  return course;
}

void expect_share(double got, double of, double p, const char* what) {
  EXPECT_NEAR(got, of * p, sigmas * std::sqrt(of * p * (1 - p))) << what;
}

TEST(Gathering, guests_survive_by_their_shield_and_absentees_without) {
  for (const double shield : {0.0, 0.7, 2.0}) {
    SmallWorld w = hosts(0.02);
    w.mechanisms.of<Gathering>().met_shield = shield;
    const Course course = run(w);
    const double left = 60 - 11;  // reviews after the event's day
    const double guests = course.gained("attendances"), absentees = course.gained("acceptances") - guests;
    expect_share(course.gained("acceptances"), 3000, std::exp(-0.02 * 11), "before the event");
    expect_share(guests, guests + absentees, 0.5, "who came");
    expect_share(course.gained("attendee_followers"), guests, std::exp(-0.02 * left * std::exp(-shield)), "guests");
    expect_share(course.gained("absentee_followers"), absentees, std::exp(-0.02 * left), "absentees");
    EXPECT_EQ(course.gained("attendee_followers") + course.gained("attendee_unfollows"), guests);
    EXPECT_EQ(course.gained("absentee_followers") + course.gained("absentee_unfollows"), absentees);
    EXPECT_EQ(course.gained("real_ties"), course.gained("attendee_followers"));
  }
}

TEST(Gathering, who_comes_again_becomes_a_friend_and_is_shielded_as_one) {
  SmallWorld w = hosts(0.02);
  Gathering& g = w.mechanisms.of<Gathering>();
  g.every = 24 * 10, g.attend = 1, g.met_shield = 1, g.friend_shield = 3;
  w.scenario.duration = 24 * 30;  // events at the end of days 10 and 20, from 0; 9 reviews follow the second
  const Course course = run(w);
  expect_share(course.days[20].at("attendee_followers"), course.days[10].at("attendee_followers"),
               std::exp(-0.02 * 10 * std::exp(-1.0)), "met");
  expect_share(course.days[29].at("attendee_followers"), course.days[20].at("attendee_followers"),
               std::exp(-0.02 * 9 * std::exp(-3.0)), "friends");
  EXPECT_EQ(course.gained("attendances"),
            course.days[10].at("attendee_followers") + course.days[20].at("attendee_followers"));
}

TEST(Gathering, guests_follow_each_other_as_often_as_their_chances_say) {
  SmallWorld w = hosts(0, 600);
  Gathering& g = w.mechanisms.of<Gathering>();
  g.closure = 0.6, g.new_ties = 7, g.capacity = 400;
  const Course course = run(w);
  const double n = course.gained("attendances"), pairs = n * (n - 1);
  const double before = course.gained("attendee_closure_before"), after = course.gained("attendee_closure");
  EXPECT_TRUE(std::isnan(course.days[9].at("attendee_closure")));
  const double q = 1 - std::pow(1 - 0.6 / (n - 1), 7);
  const double expected = before + (1 - before) * q;  // one guest's picks exclude each other: below binomial variance
  EXPECT_GT(q, 0.015);
  EXPECT_NEAR(after, expected, sigmas * std::sqrt(q * (1 - q) / pairs));
  EXPECT_LT(before, after / 2);
}

TEST(Gathering, those_met_look_closer_as_often_as_their_influence_says) {
  SmallWorld w = hosts(0, 1000);
  w.scenario.population.affinity_interested = w.scenario.population.affinity_others = Distribution::uniform(0.5, 0.5);
  w.scenario.strategies[0].posts = 2;
  Mechanisms& m = w.mechanisms;
  m.ladder.on = true, m.ladder.check_rate = 1, m.ladder.check_trust = 0, m.ladder.adopt_rate = 0;
  m.of<Gathering>().met_influence = 3;
  const Course course = run(w);
  const double p = (0.1 + 0.9 * 0.5) * m.ladder.pull;
  EXPECT_GT(course.gained("attendee_impressions"), 20'000);
  expect_share(course.gained("attendee_checks"), course.gained("attendee_impressions"), 3 * p, "guests");
  expect_share(course.gained("absentee_checks"), course.gained("absentee_impressions"), p, "absentees");
}

TEST(Gathering, trust_gains_what_a_handshake_is_worth) {
  SmallWorld w = hosts(0, 500);
  w.mechanisms.trust.on = true;
  w.mechanisms.of<Gathering>().face_gain = 3;  // A = 4, B = 1
  const Course course = run(w);
  const double guests = course.gained("attendances");
  EXPECT_NEAR(course.gained("trust_mean"), (guests * 0.8 + (500 - guests) * 0.5) / 500, 1e-6);
}

TEST(Gathering, keeps_to_its_budget_its_capacity_and_what_hosts_can_hold) {
  for (const char* promote : {"random", "closest", "customers", "fans", "near", "nobody"}) {
    SCOPED_TRACE(promote);
    SmallWorld w = hosts(0.001, 400);
    Gathering& g = w.mechanisms.of<Gathering>();
    g.every = 24 * 15, g.notice = 24 * 5, g.invitations = 150, g.capacity = 60, g.attend = 0.9;
    g.hosts = 2, g.circle = 20, g.friends = 7;
    w.scenario.strategies[0].promote = promote;
    const Course course = run(w);  // events on days 10, 25, 40, 55
    const double events = promote == std::string("nobody") ? 0 : 4;
    EXPECT_EQ(course.gained("invitations_sent"), 150 * events);
    EXPECT_EQ(course.gained("acceptances"), 60 * events);
    EXPECT_LE(course.gained("attendances"), 60 * events);
    const auto rose = course.deeds(3);
    std::map<AccountId, int> times;
    for (const AccountId i : rose) ++times[i];
    const auto friends = std::count_if(times.begin(), times.end(), [](const auto& t) { return t.second == 2; });
    for (const Row& day : course.days) EXPECT_LE(day.at("real_ties"), 40);
    EXPECT_LE(friends, 14 + course.gained("unfollows"));
    if (events > 0) {
      EXPECT_GE(course.gained("real_ties") + course.gained("attendee_unfollows"), 40);
    }
  }
}

// 20 hours of work an event: a budget of 2 a day, half of it for events, allows one in 20 days.
TEST(Gathering, is_held_as_often_as_a_budget_allows) {
  SmallWorld w = hosts(0, 100);
  StrategySection& s = w.scenario.strategies[0];
  s.budget = 2, s.effort.events = 0.5, s.effort.posts = 0;
  EXPECT_EQ(run(w).gained("invitations_sent"), 300);  // on days 10, 30 and 50
  s.effort.events = 0;
  EXPECT_EQ(run(w).gained("invitations_sent"), 0);
}

TEST(Gathering, those_who_live_elsewhere_come_less) {
  SmallWorld w = hosts(0);
  w.scenario.population.places = 2;
  Gathering& g = w.mechanisms.of<Gathering>();
  g.place = 2, g.travel = 1.5, g.accept = 0.8;
  const Course course = run(w);
  const auto accepted = course.deeds(1);
  double here = 0, came_from_here = 0;
  for (const Population::Fan& fan : w.population.audience(0)) {
    const bool near = w.population.place[fan.account] == 1;
    here += near, came_from_here += near && accepted.contains(fan.account);
  }
  EXPECT_GT(here, 500);
  EXPECT_LT(here, 2500);
  expect_share(came_from_here, here, 0.8, "near");
  expect_share(static_cast<double>(accepted.size()) - came_from_here, 3000 - here, 0.8 * std::exp(-1.5), "far");
}

TEST(Gathering, invites_by_its_policy_and_the_same_people_accept_in_any) {
  SmallWorld w = hosts(0, 400);
  w.mechanisms.of<Gathering>().invitations = 120, w.mechanisms.of<Gathering>().accept = 0.5;
  w.scenario.strategies[0].promote = "fans";
  const Course fans = run(w);
  const auto invited = fans.deeds(0), accepted = fans.deeds(1);
  const auto affinity = [&](AccountId i) { return w.population.affinity[i]; };
  float least = 1, most = 0;
  for (std::size_t k = 0; k < 400; ++k) {
    const AccountId i = w.population.audience(0)[k].account;
    if (invited.contains(i)) least = std::min(least, affinity(i));
    if (!invited.contains(i)) most = std::max(most, affinity(i));
  }
  EXPECT_GE(least, most);
  w.scenario.strategies[0].promote = "random";
  const Course random = run(w);
  int both = 0;
  for (const AccountId i : random.deeds(0))
    if (invited.contains(i)) {
      EXPECT_EQ(random.deeds(1).contains(i), accepted.contains(i));
      ++both;
    }
  EXPECT_GT(both, 10);
  EXPECT_LT(both, 90);
}

TEST(Gathering, closest_are_customers_then_the_reciprocal_then_the_trusting) {
  SmallWorld w = hosts(0, 400);
  w.scenario.strategies[0].posts = 6, w.scenario.strategies[0].promote = "closest";
  w.scenario.audience.reciprocal = 0.2;
  w.mechanisms.ladder.on = true, w.mechanisms.ladder.check_rate = 1, w.mechanisms.ladder.adopt_rate = 0.1;
  w.mechanisms.of<Gathering>().invitations = 200;
  const Course course = run(w);
  const auto invited = course.deeds(0);
  int customers = 0;
  for (const Happening& h : course.happenings)
    if (h.what == What::adopt && h.tick <= 10) {
      EXPECT_TRUE(invited.contains(h.account));
      ++customers;
    }
  EXPECT_GT(customers, 10);
  EXPECT_LT(customers, 120);
  for (std::size_t k = 0; k < 400; ++k) {
    const auto& fan = w.population.audience(0)[k];
    if (fan.reciprocal) {
      EXPECT_TRUE(invited.contains(fan.account));
    }
  }
}

// A world where everything is on, with events in the middle of days.
SmallWorld busy() {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = 11, s.duration = 24 * 8, s.network.accounts = 700, s.network.mean_followers = 20, s.network.cutoff = 0.3;
  s.content.lifetime = 48, s.audience.inflow = 3, s.population.posts = 1;
  w.mechanisms.forwarding.rate = 1, w.mechanisms.follow.rate = 0.2, w.mechanisms.unfollow.rate = 0.1;
  w.mechanisms.ladder.check_rate = w.mechanisms.ladder.adopt_rate = w.mechanisms.ladder.client_rate = 0.5;
  w.study("studied", 8, 0.4, 250).promote = "closest";
  Gathering& g = w.mechanisms.of<Gathering>();
  g.on = true, g.first = 30, g.every = 50, g.notice = 20, g.capacity = 80, g.closure = 0.5;
  return w;
}

TEST(Gathering, is_the_same_for_any_number_of_threads) {
  SmallWorld w = busy();
  const Course alone = run(w);
  EXPECT_GT(alone.deeds(2).size(), 50U);
  for (const unsigned workers : {2U, 5U}) {
    const Course team = run(w, workers);
    EXPECT_TRUE(team.happenings == alone.happenings);
    for (std::size_t d = 0; d < team.days.size(); ++d)
      for (const auto& [name, value] : alone.days[d])
        EXPECT_TRUE(team.days[d].at(name) == value || std::isnan(value)) << name;
  }
}

TEST(Gathering, continues_from_a_saved_state) {
  SmallWorld w = busy();
  Team alone(1), three(3);
  w.generate(alone);
  for (const Tick at : {5, 10, 11, 29, 30, 31, 60, 79, 80, 81}) {
    const auto first = w.world(w.setting(), alone), second = w.world(w.setting(), three);
    while (first->now() < at) first->step();
    second->load(first->save());
    for (int t = 0; t < 60; ++t) first->step(), second->step();
    EXPECT_EQ(first->state_digest(), second->state_digest()) << at;
    std::vector<double> a, b;
    first->measure(a), second->measure(b);
    for (std::size_t q = 0; q < a.size(); ++q) EXPECT_TRUE(a[q] == b[q] || std::isnan(a[q])) << q;
  }
}

std::vector<Happening> apart_from_deeds(Course course) {
  std::erase_if(course.happenings, [](const Happening& h) { return h.what == What::deed; });
  std::sort(course.happenings.begin(), course.happenings.end());
  return course.happenings;
}

// Off, for nobody, or without any effect: the rest of the world goes on as if there were no events.
TEST(Gathering, leaves_no_trace_without_an_effect) {
  SmallWorld w = busy();
  const auto with = apart_from_deeds(run(w));
  Gathering& g = w.mechanisms.of<Gathering>();
  g.on = false;
  const Course off = run(w);
  EXPECT_EQ(off.days[0].count("attendances"), 0U);
  const auto without = apart_from_deeds(off);
  EXPECT_GT(without.size(), 1000U);
  EXPECT_FALSE(with == without);
  g.on = true, w.scenario.strategies[0].promote = "nobody";
  EXPECT_TRUE(apart_from_deeds(run(w)) == without);
  w.scenario.strategies[0].promote = "random";
  g.met_shield = g.friend_shield = g.face_gain = g.closure = 0, g.met_influence = g.friend_influence = 1;
  EXPECT_TRUE(apart_from_deeds(run(w)) == without);
}

}  // namespace
}  // namespace passalong
