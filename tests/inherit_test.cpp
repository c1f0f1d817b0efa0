// label: determinism
// Worlds that go on from another's past. A change of nothing changes nothing; a change before the first tick is a world
// of its own; a policy that begins on a day is the phase that begins on it. All exact.
#include <gtest/gtest.h>

#include <functional>
#include <span>

#include "models/mechanisms/guests.hpp"
#include "sim/base/failure.hpp"
#include "sim/engine/heir.hpp"
#include "sim/engine/relations.hpp"
#include "tests/lively.hpp"
#include "tests/small_world.hpp"

namespace passalong {
namespace {

SmallWorld small(double background = 0) {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = 11, s.duration = 24 * 8, s.network.accounts = 700, s.network.mean_followers = 20, s.network.cutoff = 0.3;
  s.content.lifetime = 48, s.audience.inflow = 3, s.population.posts = background;
  w.mechanisms.forwarding.rate = 1, w.mechanisms.follow.rate = 0.2, w.mechanisms.unfollow.rate = 0.1;
  w.mechanisms.ladder.check_rate = 0.5, w.mechanisms.ladder.adopt_rate = 0.5, w.mechanisms.ladder.client_rate = 0.5;
  w.study("studied", 8, 0.4, 250);
  return w;
}

SmallWorld changing() {
  SmallWorld w = small(1);
  DynamicsSection& d = w.scenario.dynamics;
  d.unfollow = 0.01, d.follow = 0.3, d.follow_back = 0.3, d.on_reshare = 0.2;
  d.newcomers = 60, d.newcomer_rate = 9.5, d.newcomer_follows = 10;
  return w;
}

SmallWorld feeding() {
  SmallWorld w = small(1);
  w.mechanisms.attention.form = "feed", w.mechanisms.attention.feed.fresh = 0.7;
  return w;
}

// Brands whose policies change: one learns under a budget, one has phases and a week of its own, one posts in order,
// one by a log.
SmallWorld fickle() {
  SmallWorld w = small(0.5);
  w.study("rival", 3, 0.9, 100), w.study("third", 5, 0, 180), w.study("logged", 5, 0, 80);
  w.compete();
  std::vector<StrategySection>& s = w.scenario.brands;
  s[0].learn = "thompson", s[0].learning.every = 24, s[0].learning.arms = {0.1, 0.6, 0.9}, s[0].reward = {1, 5, 0.1};
  s[0].budget = 3, s[0].authenticity = 0.5;
  s[1].phases.resize(3);
  s[1].phases[0].until = 48, s[1].phases[1].until = 120, s[1].phases[1].posts = 12;
  s[1].phases[0].mix[0] = s[1].phases[1].mix[1] = s[1].phases[2].mix[2] = 1;
  s[1].weekdays = {1, 2, 0, 1, 1, 3, 1}, s[1].hours.assign(24, 0), s[1].hours[8] = s[1].hours[19] = 1;
  s[2].order = "value first", s[2].mix[0] = s[2].mix[1] = 0.5, s[2].prior_word.clear(), s[2].prior_suspicion = 0.6;
  s[3].calendar.file = "log.csv";
  for (int k = 0; k < 12; ++k) s[3].calendar.posts.push_back({.day = 0.3 + 0.6 * k, .kind = mixed_kinds[k % 3]});
  return w;
}

// All there is to see of a world from now on.
struct Record {
  std::vector<Happening> happenings;
  std::vector<std::vector<double>> rows;
  std::vector<std::vector<AccountId>> trees;
  bool operator==(const Record&) const = default;
};

Record follow(World& world, Tick end) {
  Record record;
  world.record(&record.happenings);
  while (world.now() < end) {
    world.step();
    for (const PostRecord& p : world.take_closed()) record.trees.push_back(p.accounts);
    world.measure(record.rows.emplace_back());
    for (double& value : record.rows.back())
      if (value != value) value = -1;  // a mean over nobody equals itself
  }
  world.record(nullptr);
  return record;
}

using Change = std::function<void(SmallWorld&)>;
using Changes = std::span<const std::pair<const char*, std::function<void(SmallWorld&)>>>;

struct Futures {
  SmallWorld past;
  Team team{2};
  explicit Futures(SmallWorld w) : past(std::move(w)) { past.generate(team); }
  Tick end() const { return past.scenario.last_tick(); }
  // From a tick on, under a change.
  Record branch(Tick at, const Change& change) {
    const auto first = past.world(past.setting(), team);
    follow(*first, at);
    SmallWorld future = past;
    change(future);
    const auto heir = future.world(future.setting(), team);
    dynamic_cast<Heir&>(*heir).inherit(first->save(), past.setting());
    EXPECT_EQ(heir->now(), at);
    return follow(*heir, end());
  }
  Record plain(Tick from, const Change& change) {
    SmallWorld changed = past;
    change(changed);
    const auto world = changed.world(changed.setting(), team);
    follow(*world, from);
    return follow(*world, end());
  }
};
void nothing(SmallWorld&) {}

TEST(Heirs, GoOnAsIfNothingHadHappened) {
  const std::pair<const char*, std::function<SmallWorld()>> worlds[] = {{"load only", [] { return small(); }},
                                                                        {"changing", changing},
                                                                        {"feeding", feeding},
                                                                        {"fickle", fickle},
                                                                        {"lively", [] { return lively(0); }},
                                                                        {"events", [] { return lively(1); }},
                                                                        {"restless", restless},
                                                                        {"cohorts", with_cohorts}};
  for (std::size_t w = 0; w < std::size(worlds); ++w) {
    SCOPED_TRACE(worlds[w].first);
    Futures f(worlds[w].second());
    for (const Tick at : {29, 96}) {  // within a day, and between two
      if (at == 29 && w > 4) continue;
      SCOPED_TRACE(at);
      const Record expected = f.plain(at, nothing);
      EXPECT_GT(expected.happenings.size(), 100U);
      EXPECT_TRUE(f.branch(at, nothing) == expected);
    }
  }
}

const std::pair<const char*, Change> policies[] = {
    {"mix", [](SmallWorld& w) { w.scenario.strategies[0].mix[0] = 0.1, w.scenario.strategies[0].mix[1] = 0.9; }},
    {"more posts", [](SmallWorld& w) { w.scenario.strategies[0].posts = 60; }},
    {"fewer posts", [](SmallWorld& w) { w.scenario.strategies[0].posts = 1; }},
    {"none", [](SmallWorld& w) { w.scenario.strategies[0].posts = 0; }},
    {"week", [](SmallWorld& w) { w.scenario.strategies[0].weekdays = {1, 0, 0, 2, 1, 0, 3}; }},
    {"budget", [](SmallWorld& w) { w.scenario.strategies[0].budget = 2; }},
    {"order", [](SmallWorld& w) { w.scenario.strategies[0].order = "pitch first"; }},
    {"learning",
     [](SmallWorld& w) {
       w.scenario.strategies[0].learn = "ucb", w.scenario.strategies[0].learning.every = 24;
       w.scenario.strategies[0].learning.arms = {0.2, 0.8};
     }},
    {"phases",
     [](SmallWorld& w) {
       w.scenario.strategies[0].phases.resize(2);
       w.scenario.strategies[0].phases[0] = {48, 3, {0, 1}};
       w.scenario.strategies[0].phases[1] = {0, 9, {1}};
     }},
    {"log",
     [](SmallWorld& w) {
       w.scenario.strategies[0].calendar.file = "log.csv";
       for (int k = 0; k < 20; ++k)
         w.scenario.strategies[0].calendar.posts.push_back({.day = 0.35 * k, .kind = mixed_kinds[k % 2]});
     }},
    {"content", [](SmallWorld& w) { w.scenario.content.value_quality = Distribution::beta(4, 1); }},
    {"authenticity", [](SmallWorld& w) { w.scenario.strategies[0].authenticity = 0.3; }}};

const std::pair<const char*, Change> rules[] = {
    {"suspicion", [](SmallWorld& w) { w.mechanisms.suspicion.pitcher_rate = 0.9; }},
    {"trust", [](SmallWorld& w) { w.mechanisms.trust.loss = 5; }},
    {"attention", [](SmallWorld& w) { w.mechanisms.attention.form = "fixed", w.mechanisms.attention.trust = 0.4; }},
    {"appraisal", [](SmallWorld& w) { w.mechanisms.appraisal.noise = 0.4; }},
    {"forwarding", [](SmallWorld& w) { w.mechanisms.forwarding.rate = 0.3; }},
    {"delay", [](SmallWorld& w) { w.mechanisms.delay.on = false; }},
    {"follow", [](SmallWorld& w) { w.mechanisms.follow.slope = 2; }},
    {"unfollow", [](SmallWorld& w) { w.mechanisms.unfollow.pitch = 20; }},
    {"ladder", [](SmallWorld& w) { w.mechanisms.ladder.imitation = 0.5; }},
    {"inflow", [](SmallWorld& w) { w.scenario.audience.inflow = 8; }}};

TEST(Heirs, OfAWorldThatHasNotBegunAreWorldsOfTheirOwn) {
  for (const double background : {0.0, 0.1})
    for (const auto& changes : {Changes(policies), Changes(rules)})
      for (const auto& [name, change] : changes) {
        SCOPED_TRACE(name);
        SmallWorld w = small(background);
        w.scenario.duration = 24 * 4;
        Futures f(w);
        const Record expected = f.plain(0, change);
        EXPECT_GT(expected.happenings.size(), 50U);
        EXPECT_TRUE(f.branch(0, change) == expected);
      }
}

// The same from a policy that is not the plainest: whatever came before leaves no trace.
TEST(Heirs, OfAnyPolicyBeginAnother) {
  for (std::size_t first = 0; first < std::size(policies); ++first)
    for (const std::size_t apart : {1U, 5U}) {
      const auto& [from, before] = policies[first];
      const auto& [to, after] = policies[(first + apart) % std::size(policies)];
      SCOPED_TRACE(std::string(from) + " to " + to);
      SmallWorld start = small();
      start.scenario.duration = 24 * 3, start.scenario.network.accounts = 300;
      before(start);
      Futures f(start);
      const Change change = [&](SmallWorld& w) {
        w.scenario.strategies[0] = small().scenario.strategies[0], w.scenario.content = small().scenario.content;
        after(w);
      };
      EXPECT_TRUE(f.branch(0, change) == f.plain(0, change));
      f.branch(31, change);  // ends
    }
}

TEST(Heirs, ChangeNothingBeforeTheirTickAndSomethingAfter) {
  for (const auto& [name, change] : policies) {
    SCOPED_TRACE(name);
    Futures f(small());
    EXPECT_FALSE(f.branch(50, change) == f.plain(50, nothing));
  }
}

// What a policy does from a day on, a phase that begins on that day does too.
TEST(Heirs, AreThePhaseThatBeginsThere) {
  for (const double posts : {8.0, 30.0})
    for (const bool week : {false, true})
      for (const double warm_up : {0.0, 48.0}) {
        SmallWorld w = small(1);
        w.scenario.warm_up = warm_up;
        if (week) w.scenario.strategies[0].weekdays = {1, 2, 0, 1, 4, 3, 1};
        Futures f(w);
        const Change other = [&](SmallWorld& v) {
          StrategySection& s = v.scenario.strategies[0];
          s.posts = posts, s.mix[0] = 0.1, s.mix[1] = 0.7, s.mix[2] = 0.2;
        };
        const Change in_phases = [&](SmallWorld& v) {
          StrategySection& s = v.scenario.strategies[0];
          s.phases.resize(2);
          s.phases[0] = {72, 8, {0.6, 0.4}}, s.phases[1] = {0, posts, {0.1, 0.7, 0.2}};
        };
        const Tick at = f.past.scenario.ticks(warm_up + 72);
        EXPECT_TRUE(f.branch(at, other) == f.plain(at, in_phases));
      }
}

TEST(Heirs, RefuseAPastThatDoesNotFit) {
  SmallWorld loose = small();
  loose.scenario.dynamics.unfollow = 0.1;
  Futures f(loose);
  const auto first = f.past.world(f.past.setting(), f.team);
  const Change changes[] = {[](SmallWorld& w) { w.scenario.content.lifetime = 24; },
                            [](SmallWorld& w) { w.scenario.seed = 12; },
                            [](SmallWorld& w) { w.scenario.dynamics.unfollow = 0; }};
  for (const Change& change : changes) {
    SmallWorld future = f.past;
    change(future);
    const auto heir = future.world(future.setting(), f.team);
    EXPECT_THROW(dynamic_cast<Heir&>(*heir).inherit(first->save(), f.past.setting()), Failure);
  }
}

// ---- events ----

TEST(Events, ComeAsTheNewPlanSaysAndNeverInARush) {
  constexpr double day = 24;
  Guests guests;
  guests.plan(30 * day, 365 * day, 0, 30 * day);
  EXPECT_EQ(guests.later, 0);
  guests.event = 2;  // those of days 30 and 395 are over; the next is on day 760
  Guests kept = guests;
  guests.plan(30 * day, 100 * day, 400 * day, 30 * day);
  EXPECT_EQ(guests.first + guests.event * guests.apart + guests.later, 495 * day);
  guests = kept;
  guests.plan(30 * day, 10 * day, 400 * day, 30 * day);
  EXPECT_EQ(guests.first + guests.event * guests.apart + guests.later, 430 * day);  // with notice
  guests = kept, guests.asked = 1;
  guests.plan(30 * day, 10 * day, 750 * day, 30 * day);
  EXPECT_EQ(guests.first + guests.event * guests.apart + guests.later, 760 * day);  // invitations are out
  guests.plan(30 * day, 10 * day, 751 * day, 30 * day);
  EXPECT_EQ(guests.first + guests.event * guests.apart + guests.later, 760 * day);
}

// ---- windows ----

struct NoState {};

TEST(Windows, KeepWhatWasSeenWhenTheyWiden) {
  for (const std::uint32_t last : {3U, 63U, 64U, 200U, 1000U}) {
    RelationTable<NoState> table, wide;
    table.remember(64), wide.remember(64);
    auto& row = table.find_or_add(5, [] { return NoState{}; });
    for (std::uint32_t n = 0; n <= last; n += 3) table.see(row, n);
    table.widen(300);
    for (std::uint32_t n = last - std::min(last, 60U); n <= last + 200; ++n)
      EXPECT_EQ(table.see(row, n), n % 3 != 0 || n > last) << n << " of " << last;
  }
}

}  // namespace
}  // namespace passalong
