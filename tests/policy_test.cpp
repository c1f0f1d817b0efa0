// What a policy makes an account do: the order of its posts, phases, logs, hours and weekdays, effort. Exact but where
// a rate of false alarms is named.
#include "sim/engine/policy.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <tuple>

#include "tests/small_world.hpp"

namespace passalong {
namespace {

struct Studio {
  SmallWorld w;
  Setting setting;
  explicit Studio(const std::function<void(Scenario&, StrategySection&)>& change) {
    Team alone(1);
    w.scenario.duration = 24 * 30;
    change(w.scenario, w.study("studied", 4, 0.3, 1));
    w.take(network_from_edges(3, {{0, 1}, {1, 2}, {2, 0}}), alone);
    setting = w.setting();
  }
  Policy policy() const { return {setting, 0}; }
};

struct Made {
  Tick tick;
  Content content;
};
using What3 = std::tuple<PostKind, int, float>;
What3 told(const Content& c) { return {c.kind, c.topic, c.value}; }

// All it posts during the run.
std::vector<Made> live(const Studio& studio) {
  const Policy policy = studio.policy();
  const Scenario& s = studio.w.scenario;
  Studied account;
  policy.begin(account);
  std::vector<Made> all;
  for (Tick now = 0; now < s.last_tick(); ++now) {
    if (now > 0 && now % s.ticks(24) == 0) policy.turn(account, static_cast<std::uint32_t>(now / s.ticks(24)));
    for (; policy.due(account.regime, account.posts_made) <= now; ++account.posts_made)
      all.push_back({now, policy.content(account.regime, account.posts_made)});
  }
  return all;
}

std::map<What3, int> counted(const std::vector<Made>& posts) {
  std::map<What3, int> n;
  for (const Made& p : posts) ++n[told(p.content)];
  return n;
}

TEST(Order, IsAnotherOfTheSamePostsAtTheSameTimes) {
  const auto with = [](const char* order) {
    return Studio([=](Scenario& s, StrategySection& p) {
      s.warm_up = 48, p.order = order, p.mix[0] = 0.5, p.mix[1] = 0.3, p.mix[2] = 0.2;
    });
  };
  const std::vector<Made> drawn = live(with("as drawn")), value = live(with("value first")),
                          pitch = live(with("pitch first"));
  ASSERT_EQ(drawn.size(), 4U * 32);
  EXPECT_EQ(counted(value), counted(drawn));
  EXPECT_EQ(counted(pitch), counted(drawn));
  for (std::size_t k = 0; k < drawn.size(); ++k) EXPECT_EQ(value[k].tick, drawn[k].tick);
  const auto place = [](PostKind kind) { return kind == PostKind::value ? 0 : kind == PostKind::pitch ? 2 : 1; };
  for (std::size_t k = 1; k < drawn.size(); ++k) {
    EXPECT_LE(place(value[k - 1].content.kind), place(value[k].content.kind));
    EXPECT_GE(place(pitch[k - 1].content.kind), place(pitch[k].content.kind));
  }
  std::vector<What3> of_kind[2];  // equals stay in the order drawn
  for (const Made& p : drawn)
    if (p.content.kind == PostKind::value) of_kind[0].push_back(told(p.content));
  for (const Made& p : value)
    if (p.content.kind == PostKind::value) of_kind[1].push_back(told(p.content));
  EXPECT_EQ(of_kind[0], of_kind[1]);
}

TEST(Phases, HoldUntilTheirDay) {
  const auto phased = [](Scenario& s, StrategySection& p) {
    s.warm_up = 24 * 5;
    p.phases.resize(3);
    p.phases[0].until = 24 * 10, p.phases[0].mix[0] = 1;
    p.phases[1].until = 24 * 20, p.phases[1].mix[1] = 1, p.phases[1].posts = 10;
    p.phases[2].mix[2] = 1;
  };
  std::map<PostKind, std::vector<Tick>> when;
  for (const Made& p : live(Studio(phased))) when[p.content.kind].push_back(p.tick);
  EXPECT_EQ(when[PostKind::value].size(), 4U * 15);  // the warm-up belongs to the first
  EXPECT_EQ(when[PostKind::pitch].size(), 10U * 10);
  EXPECT_EQ(when[PostKind::routine].size(), 4U * 10);
  EXPECT_LT(when[PostKind::value].back(), 24 * 15);
  EXPECT_GE(when[PostKind::pitch].front(), 24 * 15);
  EXPECT_LT(when[PostKind::pitch].back(), 24 * 25);
  EXPECT_GE(when[PostKind::routine].front(), 24 * 25);
}

// A mix that is the same before and after a border is no border.
TEST(Phases, OfOneMixAreNone) {
  const std::vector<Made> plain = live(Studio([](Scenario&, StrategySection&) {}));
  const std::vector<Made> phased = live(Studio([](Scenario&, StrategySection& p) {
    p.phases.resize(2);
    for (PhaseSection& phase : p.phases) std::copy(std::begin(p.mix), std::end(p.mix), phase.mix);
    p.phases[0].until = 24 * 7;
  }));
  ASSERT_EQ(plain.size(), phased.size());
  for (std::size_t k = 0; k < plain.size(); ++k) EXPECT_EQ(told(plain[k].content), told(phased[k].content));
}

TEST(Week, IsAClockAndItsInverse) {
  std::vector<double> hours(24, 0), weekdays{1, 1, 1, 1, 1, 0, 0.5};
  hours[9] = 3, hours[20] = 1;
  const Week week(hours, weekdays);
  EXPECT_NEAR(week.reading(7), 7, 1e-12);
  EXPECT_NEAR(week.reading(70), 70, 1e-11);
  for (double reading = 0.001; reading < 30; reading += 0.0173) {
    const double day = week.day(reading);
    ASSERT_NEAR(week.reading(day), reading, 1e-9);
    const int hour = static_cast<int>(day * 24) % 24;
    ASSERT_TRUE(hour == 9 || hour == 20) << day;
    ASSERT_NE(static_cast<int>(day) % 7, 5);
  }
  EXPECT_TRUE(Week({}, {}).even());
  EXPECT_EQ(Week({}, {}).day(12.345), 12.345);
}

// Each post stays in its interval of the clock, so a week has as many as ever; hours get their shares: of 24,000 posts,
// within 4.9 standard errors at most, a false alarm in a million each.
TEST(Week, KeepsTheCadenceAndFollowsTheRates) {
  std::vector<double> hours(24, 1), weekdays{2, 2, 2, 2, 2, 1, 1};
  hours[0] = hours[1] = 0, hours[18] = 6;
  const Studio studio([&](Scenario& s, StrategySection& p) {
    s.duration = 24 * 7 * 100, p.posts = 240.0 / 7, p.hours = hours, p.weekdays = weekdays;
  });
  const std::vector<Made> posts = live(studio);
  ASSERT_EQ(posts.size(), 24'000U);
  std::vector<int> by_week(100), by_hour(24), by_day(7);
  for (const Made& p : posts)
    ++by_week[static_cast<std::size_t>(p.tick / 168)], ++by_hour[static_cast<std::size_t>(p.tick % 24)],
        ++by_day[static_cast<std::size_t>(p.tick / 24 % 7)];
  for (const int n : by_week) EXPECT_EQ(n, 240);
  const auto expect_share = [&](int n, double p) { EXPECT_NEAR(n / 24e3, p, 4.9 * std::sqrt(p / 24e3) + 1e-9); };
  for (std::size_t h = 0; h < 24; ++h) expect_share(by_hour[h], hours[h] / 27);
  for (std::size_t d = 0; d < 7; ++d) expect_share(by_day[d], weekdays[d] / 12);
}

TEST(Calendar, IsPostedAsWritten) {
  const Studio studio([](Scenario& s, StrategySection& p) {
    s.warm_up = 24, p.calendar.file = "in the test";
    p.calendar.posts = {{.day = -0.5, .kind = PostKind::pitch},
                        {.day = 0.26, .quality = 0.75F, .topic = 3, .kind = PostKind::value},
                        {.day = 0.26, .kind = PostKind::routine},
                        {.day = 29.99, .quality = 0.5F, .kind = PostKind::problem}};
  });
  const std::vector<Made> posts = live(studio);
  ASSERT_EQ(posts.size(), 4U);
  EXPECT_EQ(posts[0].tick, 12);
  EXPECT_EQ(posts[0].content.pitch, 1);
  EXPECT_EQ(posts[1].tick, 30);
  EXPECT_EQ(told(posts[1].content), What3(PostKind::value, 3, 0.75F));
  EXPECT_EQ(posts[2].content.routine, 1);
  EXPECT_EQ(posts[3].tick, 24 * 31 - 1);
  EXPECT_EQ(posts[3].content.value, 0.5F);
}

// Equal work buys posts by what they cost.
TEST(Effort, BuysWhatItCosts) {
  const auto spend = [](double pitch) {
    const Studio studio([=](Scenario& s, StrategySection& p) {
      s.duration = 24 * 700, p.budget = 2, p.effort.posts = 0.75, p.mix[0] = 1 - pitch, p.mix[1] = pitch;
    });
    const Policy policy = studio.policy();
    double hours = 0;
    for (const Made& post : live(studio)) hours += policy.hours(post.content.kind);
    return hours / 700;
  };
  // Whole posts at the end, and chance in which kinds: of n posts the sum of costs has a standard deviation of at most
  // .25 h sqrt(n); held to 4.9 of them, a false alarm in a million.
  for (const double pitch : {0.0, 0.1, 0.5, 1.0}) {
    const double n = 1.5 / (40 / 60.0 * (1 - pitch) + pitch / 6) * 700;
    const double error = pitch == 0 || pitch == 1 ? 2 : 4.9 * 0.25 * std::sqrt(n);
    EXPECT_NEAR(spend(pitch), 1.5, error / 700) << pitch;
  }
}

TEST(Effort, DecidesAnswersAndEvents) {
  Scenario s = SmallWorld::plain();
  StrategySection p;
  p.replies = 7;
  EXPECT_EQ(replies_a_day(s, p), 7);
  EXPECT_EQ(events_a_day(s, p), 0);
  p.budget = 2, p.effort = {.posts = 0.5, .replies = 0.25, .events = 0.25};
  EXPECT_DOUBLE_EQ(replies_a_day(s, p), 0.5 / (3 / 60.0));
  EXPECT_DOUBLE_EQ(events_a_day(s, p), 0.5 / 20);
}

TEST(PitchShare, LeavesTheRestInProportion) {
  double mix[kinds_in_mix] = {0.4, 0.2, 0.2, 0.1, 0.1};
  set_pitch_share(mix, 0.6);
  EXPECT_EQ(mix[1], 0.6);
  EXPECT_DOUBLE_EQ(mix[0], 0.2);
  EXPECT_DOUBLE_EQ(mix[4], 0.05);
  double all[kinds_in_mix] = {0, 1, 0, 0, 0};
  set_pitch_share(all, 0.25);
  EXPECT_EQ(all[0], 0.75);
  EXPECT_EQ(all[1], 0.25);
}

}  // namespace
}  // namespace passalong
