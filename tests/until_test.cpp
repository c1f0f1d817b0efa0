// Worlds until something: as many replicates as it takes, the same for any threads, and the same as without.
#include "sim/scenario/until.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <csignal>
#include <mutex>
#include <set>

#include "sim/base/failure.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"
#include "sim/experiment/confidence_sequence.hpp"
#include "sim/experiment/run.hpp"
#include "sim/experiment/stopping.hpp"
#include "sim/output/output.hpp"
#include "tests/fake_world.hpp"

namespace passalong {
namespace {

// Two small worlds: "give" grows a little faster than "sell".
Scenario small(const char* until) {
  Scenario s = fake_scenario();
  s.model = "conversation", s.parameters = find_model("conversation").choice.parameters();
  s.network.accounts = 600, s.network.mean_followers = 12, s.duration = 24 * 12, s.replicates = 40;
  s.strategies.erase(s.strategies.begin() + 1);
  s.strategies[0].mix[0] = 1, s.strategies[0].mix[1] = 0;
  s.strategies[1].mix[0] = 0, s.strategies[1].mix[1] = 1;
  s.until = until;
  return s;
}

Scenario small_brands(const char* until) {
  Scenario s = small(until);
  s.brands.swap(s.strategies);
  return s;
}

RunReport go(const Scenario& scenario, unsigned threads = 2) { return run(scenario, {.threads = threads}); }

// ---- how it is written ----

TEST(Until, IsReadInManySpellings) {
  EXPECT_TRUE(read_until("decided").decided);
  EXPECT_TRUE(read_until(" decided ").metric.empty());
  EXPECT_EQ(read_until("reach decided").metric, "reach");
  for (const char* text : {"followers ±1%", "followers +-1%", "followers +/-1 %", "followers ± 1 %", "followers±1%"}) {
    const Until until = read_until(text);
    EXPECT_EQ(until.problem, "") << text;
    EXPECT_EQ(until.metric, "followers") << text;
    EXPECT_TRUE(until.precision.relative && !until.decided) << text;
    EXPECT_DOUBLE_EQ(until.precision.half_width, 0.01) << text;
  }
  EXPECT_FALSE(read_until("trust_mean ±0.02").precision.relative);
  EXPECT_EQ(read_until("±20").metric, "");
  EXPECT_DOUBLE_EQ(read_until("followers ±20").precision.half_width, 20);
  EXPECT_FALSE(read_until("").asked());
  for (const char* text : {"followers", "followers 1%", "followers ±", "followers ±0", "followers ±x", "decided ±1%",
                           "undecided", "decide", "my followers ±1%", "followers ±1% ±2%"})
    EXPECT_NE(read_until(text).problem, "") << text;
}

TEST(Until, LooksAfterNumbersThatFollowFromEachOther) {
  std::vector<std::size_t> looks;
  for (std::size_t n = 0; n < 256;) looks.push_back(n = next_look(n, 256));
  EXPECT_EQ(looks,
            (std::vector<std::size_t>{8, 10, 12, 15, 18, 22, 27, 33, 41, 51, 63, 78, 97, 121, 151, 188, 235, 256}));
  EXPECT_EQ(next_look(0, 5), 5U);
}

// ---- when there is enough ----

// Values by arm: `centre` and a spread of 1, of arms that share nothing.
std::vector<std::vector<double>> values_of(const std::vector<double>& centres, std::size_t replicates = 16) {
  std::vector<std::vector<double>> values;
  for (std::size_t a = 0; a < centres.size(); ++a) {
    values.emplace_back();
    for (std::size_t r = 0; r < replicates; ++r)
      values.back().push_back(centres[a] + normal_quantile(uniform(Stream(1, 0, Purpose::scenario_draw)(
                                               static_cast<std::uint32_t>(r), static_cast<std::uint32_t>(a))[0])));
  }
  return values;
}

Outlook stock(const char* until, const std::vector<double>& centres, std::size_t replicates = 16) {
  const std::vector<std::string> names{"a", "b", "c", "d"};
  return take_stock(read_until(until), "strategy", {names.begin(), names.begin() + static_cast<long>(centres.size())},
                    values_of(centres, replicates), 256);
}

TEST(Enough, IsALeaderAheadOfAllOthers) {
  EXPECT_EQ(stock("followers decided", {10, 5, 5}).stopped, "decided");  // the last two need not be settled
  EXPECT_EQ(stock("followers decided", {5, 10, 5}).leader(), 1U);
  EXPECT_EQ(stock("followers decided", {10, 10, 1}).stopped, "");
  EXPECT_EQ(stock("unfollows decided", {10, 5, 5}).stopped, "");  // fewer are better
  EXPECT_EQ(stock("unfollows decided", {10, 10, 5}).stopped, "decided");
  EXPECT_EQ(stock("followers decided", {10, 0}, 7).stopped, "");  // too few
  EXPECT_EQ(stock("followers decided", {10, 0}, 8).stopped, "decided");
}

TEST(Enough, IsAWidthOfAllDifferences) {
  EXPECT_EQ(stock("followers ±3", {10, 5, 5}).stopped, "precision");
  EXPECT_EQ(stock("followers ±0.3", {10, 5, 5}).stopped, "");
  EXPECT_EQ(stock("followers ±30%", {10, 9}).stopped, "precision");  // of the larger mean
  EXPECT_EQ(stock("followers ±3%", {10, 9}).stopped, "");
  EXPECT_EQ(stock("followers ±30%", {10, 9, 0.1}).stopped, "precision");
  EXPECT_EQ(stock("followers ±30%", {-10, -9}).stopped, "precision");
  EXPECT_EQ(stock("followers ±20%", {10}).stopped, "precision");  // alone: of the mean itself
  EXPECT_EQ(stock("followers ±1%", {10}).stopped, "");
  const Outlook all = stock("followers ±3", {10, 5, 5});
  EXPECT_EQ(all.pairs.size(), 3U);
  std::vector<double> difference;
  const auto values = values_of({10, 5, 5});
  for (std::size_t r = 0; r < 16; ++r) difference.push_back(values[0][r] - values[2][r]);
  EXPECT_EQ(all.pairs[1].sequence.low, mean_sequence(difference, 0.05 / 3).low);
}

// Means over nobody: what has no value is known to nothing.
TEST(Enough, IsNotWhereAnArmHasNoValue) {
  const std::vector<double> none(16, std::nan("")), some = values_of({10})[0];
  for (const auto& values : {std::vector{none, some}, {some, none}, {none, some, some}, {none, none}}) {
    const std::vector<std::string> names{"a", "b", "c"};
    const Outlook s = take_stock(read_until("trust_mean ±50%"), "strategy",
                                 {names.begin(), names.begin() + static_cast<long>(values.size())}, values, 256);
    EXPECT_EQ(s.stopped, "");
    EXPECT_TRUE(std::isinf(s.width()));
  }
  EXPECT_EQ(take_stock(read_until("trust_mean ±50%"), "strategy", {"a"}, {none}, 256).stopped, "");
}

TEST(Enough, IsNeverSeenInArmsThatAreAlike) {
  const std::vector<double> same{3, 1, 4, 1, 5, 9, 2, 6, 5, 3};
  Outlook s = take_stock(read_until("followers decided"), "strategy", {"a", "b"}, {same, same}, 256);
  EXPECT_EQ(s.stopped, "");
  EXPECT_NE(outlook_line(s).find("a and b are alike so far"), std::string::npos) << outlook_line(s);
  const std::vector<double> many(500, 4.0);
  s = take_stock(read_until("followers decided"), "strategy", {"a", "b"}, {many, many}, 500);
  EXPECT_EQ(s.stopped, "");
  s.stopped = "replicates";
  EXPECT_NE(ended_line(s).find("'a' and 'b' are alike so far"), std::string::npos) << ended_line(s);
}

// Replicates that all differ by as much say nothing of rare others.
TEST(Enough, IsNeverSeenInDifferencesThatAreAlike) {
  const std::vector<double> ahead(500, 5.0), behind(500, 4.0);
  for (const char* until : {"customers ±0.01", "customers ±50%", "customers decided"}) {
    Outlook s = take_stock(read_until(until), "strategy", {"a", "b"}, {ahead, behind}, 500);
    EXPECT_EQ(s.stopped, "") << until;
    EXPECT_TRUE(std::isinf(s.width()));
    s.stopped = "replicates";
    EXPECT_NE(intervals_text(s).find("a - b +1 (all alike in 500 replicates: one in 166 may differ"), std::string::npos)
        << intervals_text(s);
    EXPECT_EQ(ended_line(s).find("known to ±"), std::string::npos) << ended_line(s);
  }
  const Outlook alone = take_stock(read_until("customers ±50%"), "strategy", {"a"}, {ahead}, 500);
  EXPECT_EQ(alone.stopped, "");
  EXPECT_NE(intervals_text(alone).find("a 5 (all alike in 500"), std::string::npos) << intervals_text(alone);
}

// ---- whole runs ----

TEST(UntilRuns, AreTheSameForAnyThreads) {
  for (const Scenario& scenario : {small("decided"), small_brands("decided"), small("followers ±20%")}) {
    const RunReport one = go(scenario, 1);
    EXPECT_TRUE(one.result.complete);
    EXPECT_EQ(one.result.text_of("stopped"), one.outlook->stopped);
    for (const unsigned threads : {2U, 5U}) {
      const RunReport more = go(scenario, threads);
      EXPECT_EQ(digest_of(more.result), digest_of(one.result));
      EXPECT_EQ(more.result.replicates, one.result.replicates);
      EXPECT_EQ(more.outlook->pairs.front().sequence.low, one.outlook->pairs.front().sequence.low);
    }
  }
}

TEST(UntilRuns, AreThoseOfAsManyReplicates) {
  for (Scenario scenario : {small("decided"), small_brands("decided"), small("shares ±40%")}) {
    const RunReport until = go(scenario);
    EXPECT_LT(until.result.replicates.size(), 40U);
    EXPECT_EQ(until.result.integer_of("replicates_planned"), 40);
    scenario.until.clear(), scenario.replicates = static_cast<std::int64_t>(until.result.replicates.size());
    const RunReport plain = go(scenario);
    EXPECT_EQ(digest_of(plain.result), digest_of(until.result));
    EXPECT_EQ(plain.deliveries, until.deliveries);
    EXPECT_FALSE(plain.outlook);
    EXPECT_EQ(plain.result.text_of("stopped"), "");
  }
}

TEST(UntilRuns, EndDecidedOrPrecise) {
  const RunReport decided = go(small("decided"));
  EXPECT_EQ(decided.result.text_of("stopped"), "decided");
  EXPECT_EQ(decided.result.text_of("until"), "decided");
  const Interval sequence = decided.outlook->pairs.front().sequence;
  EXPECT_GT(sequence.low, 0);  // give - sell
  EXPECT_EQ(decided.outlook->until.metric, "followers");
  const RunReport precise = go(small("±20%"));
  EXPECT_EQ(precise.result.text_of("stopped"), "precision");
  EXPECT_LE(precise.outlook->width(), 1);
  EXPECT_GT(precise.outlook->width(), 0);
}

TEST(UntilRuns, EndAtTheMostReplicates) {
  Scenario scenario = small("decided");
  for (std::size_t k = 0; k < std::size(scenario.strategies[1].mix); ++k)
    scenario.strategies[1].mix[k] = scenario.strategies[0].mix[k];
  scenario.replicates = 11;
  const RunReport report = go(scenario);
  EXPECT_TRUE(report.result.complete);
  EXPECT_EQ(report.result.replicates.size(), 11U);
  EXPECT_EQ(report.result.text_of("stopped"), "replicates");
  EXPECT_NE(ended_line(*report.outlook).find("are alike so far"), std::string::npos) << ended_line(*report.outlook);
  scenario.replicates = 1;
  EXPECT_EQ(go(scenario).result.text_of("stopped"), "replicates");
}

// Interrupted, what is whole is kept and says so.
TEST(UntilRuns, CanBeInterrupted) {
  std::atomic<int> stop{0};
  RunOptions options{.threads = 1, .stop = &stop};
  options.progress = [&](const Progress& p) {
    if (p.outlook.starts_with("10 of")) stop = SIGINT;
  };
  const RunReport report = run(small("followers ±0.1%"), options);
  EXPECT_FALSE(report.result.complete);
  EXPECT_EQ(report.stopped_by, SIGINT);
  EXPECT_EQ(report.result.replicates.size(), 10U);
  EXPECT_EQ(report.result.text_of("stopped"), "interrupted");
  EXPECT_EQ(report.outlook->replicates, 10);
}

// What is beyond the end is not even begun.
TEST(UntilRuns, BeginNothingInVain) {
  Scenario scenario = fake_scenario();
  scenario.until = "decided", scenario.replicates = 100;
  std::mutex mutex;
  std::set<std::uint32_t> made;
  std::vector<std::string> told;
  fake.luck = [](std::size_t arm, std::uint32_t replicate) { return static_cast<double>(arm * (replicate % 2)); };
  fake.made = [&](const Setting& s) {
    const std::scoped_lock lock(mutex);
    made.insert(s.replicate);
  };
  RunOptions options{.threads = 3};
  options.progress = [&](const Progress& p) { told.push_back(p.outlook); };
  const RunReport report = run(scenario, fake_model, options);
  fake.made = {}, fake.luck = {};
  EXPECT_EQ(report.result.text_of("stopped"), "decided");
  EXPECT_EQ(report.result.replicates.size(), 8U);
  EXPECT_EQ(made.size(), 8U);
  EXPECT_EQ(told.front(), "");
  EXPECT_NE(told.back().find("8 of at most 100 replicates; sell leads by 1,00"), std::string::npos) << told.back();
}

// Figures that differ by as much in every replicate.
TEST(UntilRuns, GoOnWhereAllAreAlike) {
  Scenario scenario = fake_scenario();
  scenario.until = "decided", scenario.replicates = 100;
  std::vector<std::string> told;
  RunOptions options{.threads = 3};
  options.progress = [&](const Progress& p) { told.push_back(p.outlook); };
  const RunReport report = run(scenario, fake_model, options);
  EXPECT_EQ(report.result.text_of("stopped"), "replicates");
  EXPECT_EQ(report.result.replicates.size(), 100U);
  EXPECT_EQ(told.back(), "100 of at most 100 replicates; sell leads by 1,000 in each");
}

TEST(UntilRuns, NameASeriesThereIs) {
  Scenario scenario = small("folowers ±1%");
  try {
    go(scenario);
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), Exit::scenario);
    EXPECT_NE(failure.faults()[0].message.find("'folowers'"), std::string::npos);
    EXPECT_EQ(failure.faults()[0].help, "did you mean 'followers'?");
  }
  scenario = small_brands("world_shares ±1%"), scenario.population.posts = 0.5;
  EXPECT_THROW(go(scenario), Failure);  // everyone's, not told by brand
}

}  // namespace
}  // namespace passalong
