// label: theory
// The engine against the reference: 200 random small scenarios, every event and every counter equal. Exact, so there
// is no false alarm; a mismatch names the scenario's number and the first event that differs.
#include "tests/reference.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "tests/agreement.hpp"
#include "tests/lively.hpp"
#include "tests/random_scenario.hpp"
#include "tests/spoiler.hpp"

namespace passalong {
namespace {

TEST(Reference, AgreesWithTheEngineEventForEvent) {
  Team alone(1), three(3);
  std::uint64_t kinds[8] = {}, background = 0, begun[7] = {}, ended[2] = {};
  for (std::uint64_t number = 1; number <= 200 && !HasFailure(); ++number) {
    SCOPED_TRACE("scenario " + std::to_string(number));
    Team& team = number % 2 == 0 ? three : alone;
    SmallWorld w = random_scenario(number, team);
    EngineRun engine;
    expect_agreement(w, team, engine);
    for (const Happening& h : engine.happenings)
      if (h.author < w.setting().accounts() && h.what == What::follow)
        ++begun[h.ordinal];
      else if (h.author < w.setting().accounts() && h.what == What::unfollow)
        ++ended[h.ordinal];
      else
        ++kinds[static_cast<int>(h.what)], background += h.author < w.setting().accounts();
  }
  // Enough happens for agreement to mean something.
  for (const std::uint64_t count : kinds) EXPECT_GT(count, 500U);
  EXPECT_GT(background, 10'000U);
  for (const std::uint32_t way : {0, 1, 2, 3, 4, 6}) EXPECT_GT(begun[way], 500U);  // but those who met
  for (const std::uint64_t count : ended) EXPECT_GT(count, 500U);
}

// Posts come in bursts where a tick is long: more are alive than cadence times lifetime.
TEST(Reference, AgreesWhereManyPostsAreAlive) {
  Team alone(1);
  for (const double tick : {24.0, 12.0, 2.0}) {
    for (const double lifetime : {48.0, 72.0, 96.0}) {
      SCOPED_TRACE("tick " + std::to_string(tick) + " h, lifetime " + std::to_string(lifetime) + " h");
      SmallWorld w;
      w.scenario.tick = tick, w.scenario.duration = 24 * 8, w.scenario.content.lifetime = lifetime;
      w.scenario.network.accounts = 60, w.scenario.network.mean_followers = 10, w.scenario.network.cutoff = 0.5;
      w.study("busy", (64 - 3) * 24 / lifetime, 0, 30);
      w.mechanisms.attention.on = w.mechanisms.appraisal.on = false;
      w.mechanisms.delay.exponent = 0.05, w.mechanisms.forwarding.rate = 1;
      w.generate(alone);
      EngineRun engine;
      expect_agreement(w, alone, engine);
    }
  }
}

// Whether two runs differ in what happened or in what is reported of it.
bool differ(const EngineRun& a, const EngineRun& b) {
  return a.happenings != b.happenings || std::memcmp(a.row.data(), b.row.data(), a.row.size() * sizeof(double)) != 0;
}

TEST(Reference, WouldNoticeAnyWrongParameter) {
  Team alone(1);
  std::map<int, std::string> unnoticed = all_of(Mechanisms());
  EXPECT_GT(unnoticed.size(), 50U);
  for (std::uint32_t replicate = 0; replicate < 24 && !unnoticed.empty(); ++replicate) {
    SmallWorld w = lively(replicate);
    w.replicate = replicate;
    w.generate(alone);
    EngineRun truth;
    expect_agreement(w, alone, truth);
    ASSERT_FALSE(HasFailure());
    const Mechanisms right = w.mechanisms;
    std::erase_if(unnoticed, [&](const auto& parameter) {
      w.mechanisms = right;
      spoil(w.mechanisms, parameter.first);
      return differ(run_engine(w, alone), truth);
    });
  }
  for (const auto& [number, name] : unnoticed) ADD_FAILURE() << name << " may be wrong by 1 %";
}

TEST(Reference, WouldNoticeWrongStandingOfAnAccount) {
  Team alone(1);
  bool trust = false, suspicion = false;
  for (std::uint32_t replicate = 0; replicate < 24 && !(trust && suspicion) && !HasFailure(); ++replicate) {
    SmallWorld w = lively();
    w.replicate = replicate;
    StrategySection& s = w.scenario.strategies[0];
    s.authenticity = 0.5, s.prior_word.clear(), s.prior_suspicion = 0.3;
    w.generate(alone);
    EngineRun engine;
    expect_agreement(w, alone, engine);
    s.authenticity = 0.505;
    trust = trust || run_engine(w, alone).happenings != engine.happenings;
    s.authenticity = 0.5, s.prior_suspicion = 0.303;
    suspicion = suspicion || run_engine(w, alone).happenings != engine.happenings;
  }
  EXPECT_TRUE(trust && suspicion);
}

TEST(Reference, WouldNoticeAnyWrongRateOfChange) {
  Team alone(1);
  std::map<int, std::string> unnoticed = all_of(DynamicsSection());
  EXPECT_EQ(unnoticed.size(), 12U);
  for (std::uint32_t replicate = 0; replicate < 4 && !unnoticed.empty(); ++replicate) {
    SmallWorld right = restless();
    right.replicate = replicate;
    right.generate(alone);
    const std::vector<Happening> truth =
        reference::simulate(right.setting(), right.mechanisms, right.scenario.last_tick()).happenings;
    ASSERT_EQ(first_difference(run_engine(right, alone).happenings, truth), "");
    std::erase_if(unnoticed, [&](const auto& parameter) {
      SmallWorld wrong = restless();
      wrong.replicate = replicate;
      spoil(wrong.scenario.dynamics, parameter.first);
      wrong.generate(alone);
      return run_engine(wrong, alone).happenings != truth;
    });
  }
  for (const auto& [number, name] : unnoticed) ADD_FAILURE() << name << " may be wrong by 1 %";
}

TEST(Reference, WouldNoticeAnyWrongHourAndCohort) {
  Team alone(1);
  std::map<int, std::string> hours = all_of(RhythmSection()), cohorts = all_of(CohortSection());
  EXPECT_EQ(hours.size(), 3U);
  EXPECT_EQ(cohorts.size(), 7U);
  for (std::uint32_t replicate = 0; replicate < 4 && hours.size() + cohorts.size() > 0; ++replicate) {
    SmallWorld right = with_cohorts();
    right.replicate = replicate;
    right.generate(alone);
    const std::vector<Happening> truth =
        reference::simulate(right.setting(), right.mechanisms, right.scenario.last_tick()).happenings;
    ASSERT_EQ(first_difference(run_engine(right, alone).happenings, truth), "");
    const auto noticed = [&](const auto& spoil_one) {
      SmallWorld wrong = with_cohorts();
      wrong.replicate = replicate;
      spoil_one(wrong.scenario.population);
      wrong.generate(alone);
      return run_engine(wrong, alone).happenings != truth;
    };
    std::erase_if(hours,
                  [&](const auto& one) { return noticed([&](PopulationSection& p) { spoil(p.rhythm, one.first); }); });
    std::erase_if(cohorts, [&](const auto& one) {
      return noticed([&](PopulationSection& p) { spoil(p.cohorts[0], one.first); });
    });
  }
  for (const auto* unnoticed : {&hours, &cohorts})
    for (const auto& [number, name] : *unnoticed) ADD_FAILURE() << name << " may be wrong by 1 %";
}

}  // namespace
}  // namespace passalong
