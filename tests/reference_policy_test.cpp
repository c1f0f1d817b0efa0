// label: theory
// Policies of the engine against those of the reference, post for post and choice for choice, over two years and apart
// from any world; and a 1 % change of any of their parameters is noticed. Exact: there is no false alarm.
#include "tests/reference_policy.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <tuple>

#include "sim/engine/policy.hpp"
#include "tests/small_world.hpp"

namespace passalong {
namespace {

using Change = std::function<void(Scenario&, StrategySection&)>;
using Course = std::vector<std::tuple<double, int, int, float>>;  // of each post: tick, kind, topic, quality

SmallWorld world_with(const Change& base, const Change& spoilt = {}) {
  SmallWorld w;
  Team alone(1);
  w.scenario.duration = 24 * 730;
  StrategySection& s = w.study("studied", 3, 0.3, 1);
  base(w.scenario, s);
  if (spoilt) spoilt(w.scenario, s);
  w.take(network_from_edges(3, {{0, 1}, {1, 2}, {2, 0}}), alone);
  return w;
}

// What the account has won by some day, whatever it did: a course that makes choices close.
std::uint64_t bought(std::uint32_t day, double pitch) {
  return static_cast<std::uint64_t>(day * 10.0 + 3 * std::sin(day * 1.7) + 2 * pitch * std::cos(day * 0.3));
}

Course of_engine(const SmallWorld& w) {
  const Policy policy(w.setting(), 0);
  Studied a;
  policy.begin(a);
  Course course;
  for (std::uint32_t day = 0; day < w.scenario.days(); ++day) {
    a.counts.adoptions = bought(day, policy.pitch_share(a.regime)), a.counts.shares = 7 * day + day % 5;
    if (day > 0) policy.turn(a, day);
    for (; policy.due(a.regime, a.posts_made) < (day + 1) * w.scenario.ticks_per_day(); ++a.posts_made) {
      const Content c = policy.content(a.regime, a.posts_made);
      course.emplace_back(policy.due(a.regime, a.posts_made), static_cast<int>(c.kind), c.topic, c.value);
    }
  }
  return course;
}

Course of_reference(const SmallWorld& w) {
  const Setting setting = w.setting();
  reference::Work work(setting, 0);
  Course course;
  const double a_day = w.scenario.ticks_per_day();
  for (std::uint32_t day = 0; day < w.scenario.days(); ++day) {
    const double adoptions = static_cast<double>(bought(day, day > 0 ? work.pitch_share() : 0));
    work.begin_day(day, day > 0 ? work.won(0, adoptions, 7 * day + day % 5) : 0);
    for (auto n = static_cast<std::uint32_t>(course.size()); std::floor(work.due(n) * a_day) < (day + 1) * a_day; ++n) {
      const auto piece = work.content(n);
      course.emplace_back(std::floor(work.due(n) * a_day), static_cast<int>(mixed_kinds[piece.kind]),
                          static_cast<int>(piece.topic), piece.quality);
    }
  }
  return course;
}

void expect_close_watch(const Change& base, const std::vector<Change>& spoilt) {
  const Course truth = of_reference(world_with(base));
  EXPECT_GT(truth.size(), 300U);
  EXPECT_TRUE(of_engine(world_with(base)) == truth);
  for (std::size_t k = 0; k < spoilt.size(); ++k)
    EXPECT_FALSE(of_engine(world_with(base, spoilt[k])) == truth) << "change " << k << " goes unnoticed";
}

TEST(Policies, OfPhasesWeeksAndOrder) {
  const Change base = [](Scenario& s, StrategySection& p) {
    s.warm_up = 72, s.tick = 0.5, p.phases.resize(3);
    p.phases[0].until = 24 * 200, p.phases[1].until = 24 * 400, p.phases[1].posts = 5;
    p.phases[0].mix[0] = 0.6, p.phases[0].mix[1] = 0.4, p.phases[1].mix[1] = p.phases[1].mix[3] = 0.5;
    p.phases[2].mix[2] = 0.3, p.phases[2].mix[4] = 0.7;
    p.hours.assign(24, 1), p.hours[3] = 0, p.hours[20] = 5, p.weekdays = {1, 1, 1, 2, 1, 0, 1};
  };
  expect_close_watch(base,
                     {[](Scenario&, StrategySection& p) { p.phases[0].until += 48; },
                      [](Scenario&, StrategySection& p) { p.phases[1].posts *= 1.01; },
                      [](Scenario&, StrategySection& p) { p.posts *= 1.01; },
                      [](Scenario&, StrategySection& p) { p.phases[0].mix[0] = 0.594, p.phases[0].mix[1] = 0.406; },
                      [](Scenario&, StrategySection& p) { p.hours[20] *= 1.01; },
                      [](Scenario&, StrategySection& p) { p.weekdays[3] *= 1.01; },
                      [](Scenario& s, StrategySection&) { s.warm_up += 24; },
                      [](Scenario&, StrategySection& p) { p.order = "pitch first"; }});
  for (const char* order : {"value first", "pitch first"})
    expect_close_watch([&](Scenario& s, StrategySection& p) { base(s, p), p.order = order; },
                       {[](Scenario&, StrategySection& p) { p.order = "as drawn"; }});
}

TEST(Policies, ThatLearnUnderABudget) {
  for (const char* rule : {"epsilon-greedy", "ucb", "thompson"}) {
    SCOPED_TRACE(rule);
    const std::string word = rule;
    const Change base = [&](Scenario&, StrategySection& p) {
      p.learn = rule, p.learning.every = 24, p.learning.epsilon = 0.3, p.learning.exploration = 0.4;
      p.budget = 2, p.effort.posts = 0.8, p.reward = {1, 2, 0.7}, p.mix[0] = 0.5, p.mix[1] = 0.2, p.mix[2] = 0.3;
    };
    std::vector<Change> spoilt{[](Scenario&, StrategySection& p) { p.learning.every += 24; },
                               [](Scenario&, StrategySection& p) { p.learning.arms[2] *= 1.01; },
                               [](Scenario&, StrategySection& p) { p.budget *= 1.01; },
                               [](Scenario&, StrategySection& p) { p.effort.posts *= 1.01; },
                               [](Scenario&, StrategySection& p) { p.mix[0] = 0.505, p.mix[2] = 0.295; }};
    for (std::size_t k = 0; k < 3; ++k)
      spoilt.push_back([k](Scenario& s, StrategySection&) { s.effort.posts[k] *= 1.01; });
    if (word != "epsilon-greedy") {  // whose best arm need not depend on so little
      spoilt.push_back([](Scenario&, StrategySection& p) { p.reward.adoptions *= 1.01; });
      spoilt.push_back([](Scenario&, StrategySection& p) { p.reward.shares *= 1.01; });
    }
    if (word == "epsilon-greedy") spoilt.push_back([](Scenario&, StrategySection& p) { p.learning.epsilon *= 1.01; });
    if (word == "ucb") spoilt.push_back([](Scenario&, StrategySection& p) { p.learning.exploration *= 1.01; });
    expect_close_watch(base, spoilt);
  }
}

}  // namespace
}  // namespace passalong
