// Intervals that cover what they promise, comparisons that say what the file holds. Coverage is measured over fixed
// seeds; the margins are at least 2.9 standard errors of the measurement, one false alarm in 250 changes of the draws.
#include "sim/experiment/statistics.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"
#include "tests/synthetic_result.hpp"

namespace passalong {
namespace {

const double infinity = std::numeric_limits<double>::infinity();
const double nothing = std::numeric_limits<double>::quiet_NaN();

double draw(std::uint32_t simulation, std::uint32_t actor, std::uint32_t author) {
  return normal_quantile(uniform(Stream(3, simulation, Purpose::scenario_draw)(actor, author)[0]));
}

// A result of one series. values[strategy][replicate][time], one output a day.
Result result_of(const std::vector<std::vector<std::vector<double>>>& values, const std::string& series = "followers") {
  Result result;
  const char* names[] = {"a", "b", "c", "d"};
  Variable v{series, "1", series, {"strategy", "replicate", "time"}, {}, "f8", {}};
  std::vector<double> flat;
  for (std::size_t s = 0; s < values.size(); ++s) {
    result.strategies.push_back(names[s]);
    for (const auto& curve : values[s]) flat.insert(flat.end(), curve.begin(), curve.end());
  }
  for (std::size_t r = 0; r < values[0].size(); ++r) result.replicates.push_back(static_cast<std::int64_t>(r));
  for (std::size_t t = 0; t < values[0][0].size(); ++t) result.time.push_back(static_cast<double>(t));
  v.values = flat;
  result.series.push_back(v);
  return result;
}

// One output only: values[strategy][replicate].
Result snapshot(const std::vector<std::vector<double>>& values) {
  std::vector<std::vector<std::vector<double>>> curves;
  for (const auto& strategy : values) {
    curves.emplace_back();
    for (const double v : strategy) curves.back().push_back({v});
  }
  return result_of(curves);
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(MeanInterval, MatchesATextbook) {
  const Estimate e = mean_interval({4, 6, 8, 10});  // mean 7, sd 2.582, t(3) = 3.1824
  EXPECT_EQ(e.mean, 7);
  EXPECT_NEAR(e.ci.low, 7 - 3.182446305284263 * std::sqrt(20.0 / 3 / 4), 1e-12);
  EXPECT_NEAR(e.ci.high, 7 + 3.182446305284263 * std::sqrt(20.0 / 3 / 4), 1e-12);
  EXPECT_LT(mean_interval({4, 6, 8, 10}, 0.5).ci.high, e.ci.high);
}

TEST(MeanInterval, KnowsItsLimits) {
  const Estimate one = mean_interval({5});
  EXPECT_EQ(one.mean, 5);
  EXPECT_EQ(one.ci.low, -infinity);
  EXPECT_EQ(one.ci.high, infinity);
  EXPECT_TRUE(std::isnan(mean_interval({}).mean));
  const Estimate same = mean_interval(std::vector<double>(7, 0.1));  // 7 * 0.1 rounds; equal values must not
  EXPECT_EQ(same.mean, 0.1);
  EXPECT_EQ(same.ci.low, 0.1);
  EXPECT_EQ(same.ci.high, 0.1);
}

TEST(MeanInterval, OfPairedDifferencesCovers) {
  constexpr int simulations = 4000;
  int covered = 0;
  for (std::uint32_t s = 0; s < simulations; ++s) {
    std::vector<double> differences;
    for (std::uint32_t r = 0; r < 16; ++r) {
      const double shared = 5 * draw(s, r, 0), a = 10 + shared + draw(s, r, 1), b = 7 + shared + 2 * draw(s, r, 2);
      differences.push_back(a - b);
    }
    const Interval ci = mean_interval(differences).ci;
    covered += ci.low <= 3 && 3 <= ci.high;
  }
  EXPECT_NEAR(covered / static_cast<double>(simulations), 0.95, 0.015);
}

TEST(WilsonInterval, MatchesKnownValues) {
  const Interval half = wilson_interval(5, 10);
  EXPECT_NEAR(half.low, 0.236593, 1e-6);
  EXPECT_NEAR(half.high, 0.763407, 1e-6);
  const Interval none = wilson_interval(0, 10);
  EXPECT_EQ(none.low, 0);
  EXPECT_NEAR(none.high, 3.841458820694124 / (10 + 3.841458820694124), 1e-12);
  const Interval all = wilson_interval(16, 16);
  EXPECT_NEAR(all.low, 16 / (16 + 3.841458820694124), 1e-12);
  EXPECT_EQ(all.high, 1);
  const Interval newcombe = wilson_interval(81, 263);  // R. G. Newcombe 1998, table I
  EXPECT_NEAR(newcombe.low, 0.2553, 5e-5);
  EXPECT_NEAR(newcombe.high, 0.3662, 5e-5);
  EXPECT_NEAR(wilson_interval(2.5, 5).low + wilson_interval(2.5, 5).high, 1, 1e-12);
  EXPECT_EQ(wilson_interval(0, 0).low, 0);
  EXPECT_EQ(wilson_interval(0, 0).high, 1);
}

// curves[replicate][time]: random walks, so that neighbouring days hang together.
std::vector<std::vector<double>> walks(std::uint32_t simulation, std::uint32_t replicates, std::uint32_t days) {
  std::vector<std::vector<double>> curves(replicates, std::vector<double>(days));
  for (std::uint32_t r = 0; r < replicates; ++r) {
    double x = 0;
    for (std::uint32_t t = 0; t < days; ++t) curves[r][t] = x += draw(simulation, r, t);
  }
  return curves;
}

double band_coverage(int simulations, std::uint32_t replicates, std::uint32_t days) {
  int covered = 0;
  for (int s = 0; s < simulations; ++s) {
    const Band band = simultaneous_band(walks(static_cast<std::uint32_t>(s), replicates, days));
    bool inside = true;
    for (std::size_t t = 0; t < band.mean.size(); ++t) inside &= band.low[t] <= 0 && 0 <= band.high[t];
    covered += inside;
  }
  return covered / static_cast<double>(simulations);
}

TEST(SimultaneousBand, CoversTheWholeCurve) { EXPECT_NEAR(band_coverage(400, 16, 60), 0.95, 0.035); }
TEST(SimultaneousBand, CoversWithFewReplicates) { EXPECT_NEAR(band_coverage(600, 5, 20), 0.95, 0.03); }

TEST(SimultaneousBand, IsStudentsIntervalForOneDay) {
  std::vector<std::vector<double>> curves;
  for (std::uint32_t r = 0; r < 16; ++r) curves.push_back({draw(1, r, 0)});
  EXPECT_NEAR(simultaneous_critical_value(curves), 2.1314, 0.06);  // 10,000 draws: standard error 0.02
  EXPECT_NEAR(simultaneous_critical_value(curves, 0.5), 0.6912, 0.03);
}

TEST(SimultaneousBand, WidensWithTheDaysButNotWithCopies) {
  const auto curves = walks(1, 16, 60);
  auto doubled = curves;
  for (auto& curve : doubled) curve.insert(curve.end(), curve.begin(), curve.end());
  const double c = simultaneous_critical_value(curves);
  EXPECT_GT(c, 2.6);
  EXPECT_EQ(simultaneous_critical_value(doubled), c);
}

TEST(SimultaneousBand, CondensesThousandsOfReplicates) {
  auto many = walks(1, 3000, 8);
  const double c = simultaneous_critical_value({many.begin(), many.begin() + 500});
  EXPECT_NEAR(simultaneous_critical_value(many), c, 0.08);  // 10,000 draws: standard error 0.02 each
  for (auto& curve : many) curve.push_back(0.1);            // does not vary
  EXPECT_NEAR(simultaneous_critical_value(many), c, 0.08);
  const Band band = simultaneous_band(many);
  EXPECT_EQ(band.low.back(), 0.1);
  const std::vector<std::vector<double>> few(many.begin(), many.begin() + 700);
  const Band both = simultaneous_band(many, few);
  EXPECT_NEAR((both.high[3] - both.mean[3]) / std::sqrt(4.0 / 3000 + 4.0 / 700), c, 0.25);  // variance 4 on day 3
}

TEST(SimultaneousBand, TakesConstantsAndHoles) {
  EXPECT_EQ(simultaneous_critical_value({{1, 2, 3}}), infinity);
  EXPECT_EQ(simultaneous_critical_value({}), infinity);
  EXPECT_NEAR(simultaneous_critical_value({{1, 2}, {1, 2}, {1, 2}}), 4.3026527, 1e-6);  // Student's, 2 degrees
  const Band band = simultaneous_band({{0, 5, nothing, 1}, {0, 5, 2, 3}, {0, 5, 2, 2}});
  EXPECT_EQ(band.low[0], 0);
  EXPECT_EQ(band.low[1], 5);
  EXPECT_EQ(band.high[1], 5);
  EXPECT_TRUE(std::isnan(band.mean[2]));
  EXPECT_LT(band.low[3], 2);
}

TEST(Settles, FindsTheLastReturn) {
  const auto from = [](std::vector<double> low, std::vector<double> high) { return settles({low, low, high}); };
  EXPECT_EQ(from({0, 1, 2}, {1, 2, 3}), 1U);
  EXPECT_EQ(from({1, -1, 2}, {2, 2, 3}), 2U);
  EXPECT_EQ(from({-3, -2}, {-1, -1}), 0U);
  EXPECT_EQ(from({1, 1, -1}, {2, 2, 2}), std::nullopt);
  EXPECT_EQ(from({1, -3, -3}, {2, -1, -1}), 1U);  // a band that jumps over 0 has met it
  EXPECT_EQ(from({1, nothing, 1}, {2, nothing, 2}), 2U);
  EXPECT_EQ(from({}, {}), std::nullopt);
}

TEST(Compare, CountsWhatTheFileHolds) {
  const Comparison c = compare(snapshot({{10, 12, 14, 16}, {9, 12, 10, 11}}), "followers", "", -1);
  ASSERT_EQ(c.pairs.size(), 1U);
  const PairResult& p = c.pairs[0];
  EXPECT_EQ(c.metric, "followers");
  EXPECT_EQ(c.replicates, 4);
  EXPECT_EQ(c.strategies[0].value.mean, 13);
  EXPECT_EQ(c.strategies[1].value.mean, 10.5);
  EXPECT_EQ(p.difference.mean, 2.5);  // 1, 0, 4, 5: sd 2.3805
  EXPECT_NEAR(p.difference.ci.high, 2.5 + 3.182446305284263 * std::sqrt(17.0 / 3 / 4), 1e-12);
  EXPECT_EQ(p.p_a_beats_b, 0.875);
  EXPECT_NEAR(p.p_ci.low, wilson_interval(3.5, 4).low, 1e-15);
  EXPECT_NEAR(p.correlation, 0.4, 1e-12);  // covariance 4/3, variances 20/3 and 5/3
  EXPECT_NEAR(p.variance_reduction, (20.0 / 3 + 5.0 / 3) / (17.0 / 3), 1e-12);
}

TEST(Compare, FindsIdenticalArmsAlike) {
  const std::vector<std::vector<double>> arm = {{1, 2.1, 3.3}, {1, 2.7, 3.9}, {1, 2.2, 4.6}};
  const Comparison c = compare(result_of({arm, arm}), "followers", "", -1);
  const PairResult& p = c.pairs[0];
  EXPECT_EQ(p.difference.mean, 0);
  EXPECT_EQ(p.difference.ci.low, 0);
  EXPECT_EQ(p.difference.ci.high, 0);
  EXPECT_EQ(p.p_a_beats_b, 0.5);
  EXPECT_EQ(p.crossing_day, std::nullopt);
  EXPECT_NEAR(p.correlation, 1, 1e-12);
  EXPECT_EQ(p.variance_reduction, infinity);
  EXPECT_TRUE(contains(c.verdict, "exactly alike")) << c.verdict;
}

TEST(Compare, FindsTheCrossingDay) {
  // The difference is 0 for three days, then 5 with little noise, to the end.
  std::vector<std::vector<double>> a(8, std::vector<double>(10)), b = a;
  for (std::uint32_t r = 0; r < 8; ++r) {
    for (std::uint32_t t = 0; t < 10; ++t) {
      b[r][t] = 100 + draw(2, r, t);
      a[r][t] = b[r][t] + (t < 3 ? 0 : 5 + 0.1 * draw(3, r, t));
    }
  }
  EXPECT_EQ(compare(result_of({a, b}), "followers", "", -1).pairs[0].crossing_day, 3.0);
  EXPECT_EQ(compare(result_of({b, a}), "followers", "", 1).pairs[0].crossing_day, 3.0);
  for (auto& curve : a) curve[9] = b[0][9];  // it ends undecided
  EXPECT_EQ(compare(result_of({a, b}), "followers", "", -1).pairs[0].crossing_day, std::nullopt);
}

TEST(Compare, TakesAConstantDifferenceForSettledOnceThereAreMany) {
  std::vector<std::vector<double>> a, b;
  for (const std::size_t replicates : {2U, 63U, 64U}) {
    a.resize(replicates, {3, 5}), b.resize(replicates, {3, 4});
    const PairResult pair = compare(result_of({a, b}), "followers", "", -1).pairs[0];
    const bool many = replicates == 64;
    EXPECT_EQ(pair.crossing_day, many ? std::optional(1.0) : std::nullopt) << replicates;
    EXPECT_EQ(pair.difference.ci.low, many ? 1 : -infinity) << replicates;
    EXPECT_EQ(pair.decided(), many) << replicates;
  }
}

TEST(Compare, PairsAllOrAgainstTheBaseline) {
  const Result result = snapshot({{1, 2}, {3, 5}, {4, 9}});
  const Comparison all = compare(result, "followers", "", -1), base = compare(result, "followers", "b", -1);
  ASSERT_EQ(all.pairs.size(), 3U);
  EXPECT_EQ(all.pairs[1].a + all.pairs[1].b, "ac");
  ASSERT_EQ(base.pairs.size(), 2U);
  EXPECT_EQ(base.pairs[0].a + base.pairs[0].b, "ab");
  EXPECT_EQ(base.pairs[1].a + base.pairs[1].b, "cb");
  EXPECT_EQ(base.pairs[1].difference.mean, 2.5);
}

TEST(Compare, TakesTheOutputOfTheDay) {
  const Result result = result_of({{{1, 2, 3}, {1, 4, 9}}});
  EXPECT_EQ(compare(result, "followers", "", -1).at, 2);
  EXPECT_EQ(compare(result, "followers", "", 0).strategies[0].value.mean, 1);
  EXPECT_EQ(compare(result, "followers", "", 1).strategies[0].value.mean, 3);
  EXPECT_EQ(compare(result, "followers", "", 1.7).at, 1);
  EXPECT_EQ(compare(result, "followers", "", 2).at, 2);
}

TEST(Compare, LeavesOutReplicatesWithoutAValue) {
  const Comparison c = compare(snapshot({{1, nothing, 3}, {0, 5, 1}}), "followers", "", -1);
  EXPECT_EQ(c.strategies[0].value.mean, 2);
  EXPECT_EQ(c.pairs[0].difference.mean, 1.5);
  EXPECT_TRUE(contains(c.verdict, "no value")) << c.verdict;
  const Comparison none = compare(snapshot({{nothing, nothing}, {0, 5}}), "followers", "", -1);
  EXPECT_TRUE(std::isnan(none.strategies[0].value.mean));
  EXPECT_TRUE(std::isnan(none.pairs[0].p_a_beats_b));
  EXPECT_TRUE(contains(none.verdict, "no replicate has a value for both")) << none.verdict;
}

TEST(Compare, ReadsIntegersAndDoublesAlike) {
  Result whole = snapshot({{1, 4}, {2, 2}});
  whole.series[0].values = std::vector<std::int64_t>{1, 4, 2, 2};
  EXPECT_EQ(comparison_json(compare(whole, "followers", "", -1)),
            comparison_json(compare(snapshot({{1, 4}, {2, 2}}), "followers", "", -1)));
}

Fault fault_of(const Result& result, const std::string& metric, const std::string& baseline, double at) {
  try {
    compare(result, metric, baseline, at);
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), Exit::usage);
    return failure.faults().front();
  }
  ADD_FAILURE() << "nothing was refused";
  return {};
}

TEST(Compare, RefusesWhatIsNotThere) {
  const Result result = synthetic_result(2, 5);
  EXPECT_EQ(fault_of(result, "folowers", "", -1).message, "there is no series 'folowers' in this result");
  EXPECT_EQ(fault_of(result, "folowers", "", -1).help.find("did you mean 'followers'? it has followers, reach,"), 0U);
  EXPECT_TRUE(contains(fault_of(result, "temperature", "", -1).help, "followers, reach, trust_mean"));
  EXPECT_EQ(fault_of(result, "reach", "pich", -1).help, "did you mean 'pitch'?");
  EXPECT_EQ(fault_of(result, "reach", "xyz", -1).help, "it has value-add, mixed, pitch");
  EXPECT_EQ(fault_of(result, "reach", "", 6).help, "it holds days 0 to 5");
  EXPECT_EQ(fault_of(result, "reach", "", nothing).message, "day nan is not in this result");
  EXPECT_EQ(fault_of(Result{}, "followers", "", -1).message, "this result has no series to compare");
}

TEST(Compare, RefusesASeriesOfOtherDimensions) {
  Result result = synthetic_result(2, 5);
  result.series[0].dimensions = {"strategy", "replicate", "brand", "time"};
  EXPECT_EQ(fault_of(result, "followers", "", -1).message, "there is no series 'followers' in this result");
  result.series[1].values = std::vector<double>{1};  // too short for its dimensions
  EXPECT_EQ(fault_of(result, "reach", "", -1).message, "there is no series 'reach' in this result");
}

TEST(Verdict, NamesTheWinnerTheMarginAndTheDay) {
  const std::string v = compare(synthetic_result(), "followers", "", -1).verdict;
  EXPECT_EQ(v.find("'value-add' wins on followers: after 180 days it averages 4,0"), 0U) << v;
  EXPECT_TRUE(contains(v, "above 'mixed' (95 % interval 1,")) << v;
  EXPECT_TRUE(contains(v, "apart for good from day")) << v;
  EXPECT_TRUE(contains(v, "16 replicates, each with a new population")) << v;
  EXPECT_TRUE(contains(v, "not a forecast")) << v;
}

TEST(Verdict, KnowsWhereLessIsBetterAndWhereItCannotTell) {
  EXPECT_EQ(compare(synthetic_result(), "suspicion_mean", "", -1).verdict.find("'value-add' wins on suspicion mean"),
            0U);
  EXPECT_EQ(compare(synthetic_result(), "fan_share", "", -1).verdict.find("'pitch' is highest in fan share"), 0U);
}

TEST(Verdict, SaysWhenNothingIsDecided) {
  const std::string v = compare(snapshot({{10, 2, 7, 5, 8}, {3, 9, 4, 8, 6}}), "followers", "", -1).verdict;
  EXPECT_EQ(v.find("No strategy is shown to be ahead"), 0U) << v;
  EXPECT_TRUE(contains(v, "is undecided")) << v;
  EXPECT_TRUE(contains(v, "replicates would show it")) << v;
}

TEST(Compare, CountsTiesBesideWins) {
  const Comparison c = compare(snapshot({{3, 4, 5, 6}, {2, 4, 5, 7}}), "followers", "", -1);
  const PairResult& p = c.pairs[0];
  EXPECT_EQ(p.p_a_beats_b, 0.5);
  EXPECT_EQ(std::vector({p.above, p.level, p.below}), std::vector<std::int64_t>({1, 2, 1}));
  EXPECT_TRUE(contains(c.verdict, "higher in 1 of 4 replicates, level in 2")) << c.verdict;
  const PairResult back = p.turned().turned();
  EXPECT_EQ(back.a + back.b, p.a + p.b);
  EXPECT_EQ(p.turned().difference.ci.low, -p.difference.ci.high);
}

TEST(Compare, JudgesByTheSequenceWhereTheRunEndedByItself) {
  std::vector<double> a, b(9, 0);
  for (int r = 0; r < 9; ++r) a.push_back(r % 3 == 0 ? -0.5 : 3);
  Result result = snapshot({a, b});
  EXPECT_TRUE(compare(result, "followers", "", -1).pairs[0].decided());
  result.text.emplace_back("until", "decided");
  const Comparison c = compare(result, "followers", "", -1);
  ASSERT_TRUE(c.pairs[0].sequence);
  EXPECT_FALSE(c.pairs[0].decided());
  EXPECT_GT(c.pairs[0].replicates_more.value_or(0), 0);
  EXPECT_TRUE(c.ranking[1].best_possible);
  EXPECT_TRUE(contains(c.verdict, "is undecided")) << c.verdict;
  EXPECT_TRUE(contains(c.verdict, "intervals of differences allow for")) << c.verdict;
}

TEST(Verdict, LetsTwoLeadThatAgree) {
  const Comparison c = compare(snapshot({{9, 8, 9, 8}, {9, 8, 9, 8}, {3, 1, 2, 3}}), "followers", "", -1);
  EXPECT_EQ(c.verdict.find("'a' and 'b' lead on followers with exactly the same mean: after 0 days 8.5"), 0U)
      << c.verdict;
}

TEST(Verdict, DoesNotTrustOneReplicateNorFew) {
  const std::string one = compare(synthetic_result(1, 5), "followers", "", -1).verdict;
  EXPECT_EQ(one.find("No strategy is shown to be ahead"), 0U) << one;
  EXPECT_TRUE(contains(one, "One replicate cannot tell")) << one;
  EXPECT_TRUE(contains(compare(synthetic_result(3, 5), "reach", "", -1).verdict, "so few make the intervals rough"));
}

TEST(Verdict, TellsOneStrategyWithoutAWinner) {
  const std::string v = compare(snapshot({{3, 4, 5}}), "followers", "", -1).verdict;
  EXPECT_EQ(v.find("'a' after 0 days: 4 on average"), 0U) << v;
  EXPECT_TRUE(contains(v, "no other strategy")) << v;
}

TEST(Verdict, TellsTheDifferenceFromTheBaseline) {
  const std::string v = compare(synthetic_result(), "followers", "mixed", -1).verdict;
  EXPECT_EQ(v.find("Followers after 180 days: 'mixed' has 2,"), 0U) << v;
  EXPECT_TRUE(contains(v, "'pitch' is 525 below 'mixed'")) << v;
}

}  // namespace
}  // namespace passalong
