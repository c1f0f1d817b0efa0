// Several results set against each other: who is paired with whom and why, names, common days, and what is said of it.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/base/failure.hpp"
#include "sim/experiment/inference.hpp"
#include "sim/experiment/pairing.hpp"
#include "sim/experiment/statistics.hpp"
#include "tests/synthetic_result.hpp"

namespace passalong {
namespace {

const char* const resolved =
    "# Every value of this scenario\n"
    "title = \"Say \\\"seed = 9\\\" # or not\"  # what the report is called\n"
    "seed = 7                # the same seed gives the same result\n"
    "redraw = \"population\"   # what a replicate draws anew\n"
    "\n[network]  # who follows whom\n"
    "file = \"\"  # follows to read\n"
    "accounts = 20000  # size of the network (accounts)\n"
    "\n[population]  # who the accounts are\n"
    "sellers = 0.1  # share\n"
    "\n[[population.cohorts]]\nname = \"night\"  # which\n"
    "\n[model.trust]\ngain = 1  # g\n"
    "\n[[strategy]]\nname = \"a\"  # name\n";

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

Result with_scenario(const std::string& text, std::size_t replicates = 6, std::size_t days = 10) {
  Result r = synthetic_result(replicates, days);
  r.text.emplace_back("scenario_resolved", text);
  return r;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Pairing paired_with(const std::string& from, const std::string& to) {
  return pairing_of(with_scenario(resolved), with_scenario(changed(resolved, from, to)));
}

TEST(Pairing, AsksWhetherTheWorldsAreTheSame) {
  EXPECT_TRUE(paired_with("gain = 1", "gain = 2").paired);
  EXPECT_TRUE(paired_with("# share", "# another comment").paired);
  EXPECT_TRUE(paired_with("seed = 9", "seed = 8").paired) << "that is in a title";
  EXPECT_FALSE(paired_with("sellers = 0.1", "sellers = 0.2").paired);
  EXPECT_EQ(paired_with("sellers = 0.1", "sellers = 0.2").reason, "they differ in population.sellers (0.1 and 0.2)");
  EXPECT_EQ(paired_with("\nseed = 7", "\nseed = 8").reason, "they differ in seed (7 and 8)");
  EXPECT_EQ(paired_with("\"night\"", "\"day\"").reason,
            "they differ in population.cohorts.1.name (\"night\" and \"day\")");
  EXPECT_TRUE(contains(paired_with("accounts = 20000", "accounts = 20000\nreciprocity = 1").reason, "not set"));
  EXPECT_FALSE(paired_with("redraw = \"population\"", "redraw = \"network\"").paired);
  EXPECT_EQ(pairing_of(synthetic_result(2, 3), with_scenario(resolved)).reason, "a file does not hold its scenario");
}

TEST(Pairing, KnowsWhereNetworksDiffer) {
  EXPECT_TRUE(paired_with("\nseed = 7", "\nseed = 8").other_network);
  EXPECT_TRUE(paired_with("accounts = 20000", "accounts = 10000").other_network);
  EXPECT_FALSE(paired_with("sellers = 0.1", "sellers = 0.2").other_network);
  const std::string drawn = changed(resolved, "redraw = \"population\"", "redraw = \"network\"");
  EXPECT_FALSE(
      pairing_of(with_scenario(drawn), with_scenario(changed(drawn, "\nseed = 7", "\nseed = 8"))).other_network);
}

TEST(Pairing, LooksAtANetworkThatWasRead) {
  Result a = with_scenario(changed(resolved, "file = \"\"", "file = \"here/net.h5\"")), b = a;
  b.text.back().second = changed(resolved, "file = \"\"", "file = \"there/net.h5\"");
  const auto network = [](double exponent) {
    return Group{"network", {}, {{"exponent", "1", "tail", {}, std::vector<double>{exponent}, "f8", {}}}};
  };
  a.groups = b.groups = {network(std::nan(""))};
  EXPECT_TRUE(pairing_of(a, b).paired);
  b.groups = {network(2.3)};
  EXPECT_EQ(pairing_of(a, b).reason, "the network in the file is not the same");
}

TEST(Pairing, NeedsReplicatesInCommon) {
  Result a = with_scenario(resolved, 4), b = a;
  b.replicates = {3, 4, 5, 6};
  EXPECT_EQ(pairing_of(a, b).reason, "they have fewer than two replicates in common");
}

TEST(SeveralResults, ArePairedByTheNumberOfTheReplicate) {
  Result a = with_scenario(resolved), b = a;
  a.strategies = {"p", "q", "r"};
  b.replicates = {2, 3, 4, 5, 6, 7};
  const Comparison c = compare({{"a.h5", &a}, {"b.h5", &b}}, {.metric = "followers"});
  ASSERT_EQ(c.strategies.size(), 6U);
  ASSERT_EQ(c.pairs.size(), 15U);
  EXPECT_EQ(c.strategies[0].name, "p");
  EXPECT_EQ(c.strategies[3].name, "value-add") << "no name clashes";
  const PairResult& p = c.pairs[2];  // p against value-add: replicates 2..5 of one, the other's first four
  EXPECT_TRUE(p.paired);
  EXPECT_EQ(p.replicates_a, 4);
  const auto value = [&](std::size_t r) { return static_cast<double>(std::get<0>(a.series[0].values)[r * 11 + 10]); };
  double difference = 0;
  for (std::size_t r = 0; r < 4; ++r) difference += (value(r + 2) - value(r)) / 4;
  EXPECT_NEAR(p.difference.mean, difference, 1e-9);
  EXPECT_TRUE(contains(c.verdict, "their differences are paired")) << c.verdict;
}

TEST(SeveralResults, AreIndependentWhereTheDrawsDiffer) {
  const Result a = with_scenario(resolved), b = with_scenario(changed(resolved, "\nseed = 7", "\nseed = 8"), 9);
  const Comparison c = compare({{"runs/a.h5", &a}, {"b.h5", &b}}, {.metric = "followers"});
  EXPECT_EQ(c.strategies[0].name, "a:value-add");
  EXPECT_EQ(c.strategies[5].name, "b:pitch");
  const PairResult& within = c.pairs[0];
  EXPECT_TRUE(within.paired);
  const PairResult& across = c.pairs[3];  // a:value-add against b:mixed
  EXPECT_EQ(across.a + across.b, "a:value-addb:mixed");
  EXPECT_FALSE(across.paired);
  EXPECT_EQ(across.replicates_a, 6);
  EXPECT_EQ(across.replicates_b, 9);
  EXPECT_TRUE(std::isnan(across.correlation));
  const auto last = [](const Result& r, std::size_t arm) {
    std::vector<double> values;
    for (std::size_t k = 0; k < r.replicates.size(); ++k)
      values.push_back(static_cast<double>(std::get<0>(r.series[0].values)[(arm * r.replicates.size() + k) * 11 + 10]));
    return values;
  };
  const TTest test = welch_test(last(a, 0), last(b, 1));
  EXPECT_EQ(across.difference.ci.low, test.difference.ci.low);
  EXPECT_EQ(across.p_value, test.p);
  EXPECT_TRUE(across.crossing_day.has_value());
  EXPECT_TRUE(contains(c.verdict,
                       "did not meet the same draws are compared as independent (Welch's t): they differ in "
                       "seed (7 and 8)"))
      << c.verdict;
  EXPECT_TRUE(contains(c.verdict, "different networks, one each")) << c.verdict;
  EXPECT_EQ(c.replicates, 6);
  EXPECT_EQ(c.files[1].replicates, 9);
}

TEST(SeveralResults, MeetOnTheDaysTheyShare) {
  Result a = with_scenario(resolved, 3, 10), b = with_scenario(resolved, 3, 20);
  for (double& day : b.time) day /= 2;  // 0, .5, ... 10
  const Comparison c = compare({{"a.h5", &a}, {"b.h5", &b}}, {.metric = "followers", .at = 7.6});
  EXPECT_EQ(c.at, 7);
  EXPECT_EQ(c.strategies[3].value.mean, compare(b, "followers", "", 7).strategies[0].value.mean);
  for (double& day : b.time) day += 0.25;
  EXPECT_THROW(compare({{"a.h5", &a}, {"b.h5", &b}}, {.metric = "followers"}), Failure);
}

TEST(SeveralResults, OfClassicModelsAreOneArmEach) {
  const auto classic = [](std::vector<std::int64_t> sizes) {
    Result r;
    for (std::size_t i = 0; i < sizes.size(); ++i) r.replicates.push_back(static_cast<std::int64_t>(i));
    r.series.push_back({"size", "accounts", "accounts active in the end", {"replicate"}, std::move(sizes), "i8", {}});
    r.text = {{"scenario_resolved", resolved}};
    return r;
  };
  const Result a = classic({5, 9, 4, 7}), b = classic({6, 9, 8, 9}), d = classic({1});
  const Comparison c = compare({{"x/one.h5", &a}, {"two.h5", &b}}, {});
  EXPECT_EQ(c.metric, "size");
  EXPECT_TRUE(std::isnan(c.at));
  EXPECT_EQ(c.arm, "file");
  EXPECT_EQ(c.pairs[0].a + "|" + c.pairs[0].b, "one|two");
  EXPECT_EQ(c.pairs[0].difference.mean, -1.75);
  EXPECT_EQ(c.pairs[0].p_a_beats_b, 0.125);
  EXPECT_TRUE(contains(c.verdict, "in the end")) << c.verdict;
  EXPECT_EQ(nlohmann::json::parse(comparison_json(c))["at"], nullptr);
  EXPECT_EQ(compare({{"x/one.h5", &a}, {"one.h5", &b}}, {}).pairs[0].a, "x/one.h5") << "else both were 'one'";
  EXPECT_THROW(compare({{"one.h5", &a}, {"one.h5", &a}}, {}), Failure);
  EXPECT_THROW(compare({{"one.h5", &a}}, {.metric = "size", .at = 3}), Failure);
  EXPECT_TRUE(contains(compare({{"one.h5", &a}}, {}).verdict, "no other file to compare it with"));
  EXPECT_TRUE(std::isnan(compare({{"a.h5", &a}, {"d.h5", &d}}, {}).pairs[0].p_value));
  EXPECT_THROW(compare({{"a.h5", &a}, {"r.h5", &a}, {"s.h5", &d}}, {.metric = "followers"}), Failure);
}

// Values by arm and replicate, on one day.
Result one_day(const std::vector<std::string>& arms, const std::vector<std::vector<double>>& values,
               const std::string& series = "followers") {
  Result r;
  r.strategies = arms, r.time = {1}, r.text = {{"scenario_resolved", resolved}};
  std::vector<double> flat;
  for (const auto& of_arm : values) flat.insert(flat.end(), of_arm.begin(), of_arm.end());
  for (std::size_t i = 0; i < values[0].size(); ++i) r.replicates.push_back(static_cast<std::int64_t>(i));
  r.series.push_back({series, "1", series, {"strategy", "replicate", "time"}, flat, "f8", {}});
  return r;
}

// One file has replicates that the other has not, and they are luckier.
TEST(Ranking, NeverPlacesTheLoserFirst) {
  const Result many = one_day({"big"}, {{1, 2, 3, 4, 5, 6, 90, 90, 90, 90, 90, 90}});
  const Result few = one_day({"small"}, {{3.1, 4, 5.2, 6, 7.1, 8}});
  const Comparison c = compare({{"m.h5", &many}, {"f.h5", &few}}, {.metric = "followers"});
  ASSERT_TRUE(c.pairs[0].decided());
  EXPECT_LT(c.pairs[0].difference.mean, 0);
  EXPECT_GT(c.strategies[0].value.mean, c.strategies[1].value.mean);
  EXPECT_EQ(c.ranking[1].rank, 1U);
  EXPECT_EQ(c.ranking[0].rank, 2U);
  EXPECT_TRUE(contains(c.verdict, "'small' wins on followers")) << c.verdict;
  EXPECT_TRUE(contains(c.verdict, "replicates that both have (6 of 'small' - 'big')") ||
              contains(c.verdict, "replicates that both have (6 of 'big' - 'small')"))
      << c.verdict;
  for (const Ranked& r : c.ranking) EXPECT_TRUE(r.rank >= r.rank_from && r.rank <= r.rank_to);
}

TEST(Ranking, SaysOverWhichPairs) {
  const Result r = synthetic_result();
  const Comparison all = compare(r, "followers", "", -1), some = compare(r, "followers", "pitch", -1);
  const auto procedure = [](const Comparison& c) {
    return nlohmann::json::parse(comparison_json(c))["procedure"].get<std::string>();
  };
  EXPECT_TRUE(contains(procedure(all), "over all pairs (")) << procedure(all);
  EXPECT_TRUE(contains(procedure(some), "over the pairs told, the ranking over all pairs")) << procedure(some);
  EXPECT_TRUE(contains(some.verdict, "Ranks are judged over all pairs")) << some.verdict;
  EXPECT_FALSE(contains(all.verdict, "Ranks are judged")) << all.verdict;
}

TEST(Verdict, DoesNotBelieveTwoThatAreAlike) {
  const Comparison c = compare(one_day({"a", "b"}, {{4, 6}, {3, 5}}), "followers", "", -1);
  EXPECT_FALSE(c.pairs[0].decided());
  EXPECT_EQ(c.pairs[0].crossing_day, std::nullopt);
  EXPECT_TRUE(contains(c.verdict, "the same in all 2 replicates, which are too few")) << c.verdict;
  EXPECT_TRUE(compare(one_day({"a", "b"}, {{4, 4}, {3, 3}}, "posts_made"), "posts_made", "", -1).pairs[0].decided());
}

TEST(Verdict, SaysWhereARunStoppedItself) {
  Result a = one_day({"a"}, {{4, 6, 9, 5}});
  const Result b = one_day({"b"}, {{3, 4, 9, 2}});
  a.text.emplace_back("until", "decided");
  EXPECT_TRUE(
      contains(compare({{"a.h5", &a}, {"b.h5", &b}}, {}).verdict, "A run was to end as soon as it had seen enough"));
  EXPECT_TRUE(contains(compare(a, "", "", -1).verdict, "The run was to end as soon as it had seen enough"));
  EXPECT_FALSE(contains(compare(b, "", "", -1).verdict, "seen enough"));
}

// A mean over nobody in one replicate, on the first days in another.
TEST(Crossing, IsOfTheReplicatesThatHaveAValue) {
  Result r = synthetic_result(16, 60);
  const Comparison whole = compare(r, "suspicion_mean", "", -1);
  for (Variable& v : r.series) {
    if (v.name != "suspicion_mean") continue;
    auto& values = std::get<std::vector<double>>(v.values);
    for (std::size_t t = 0; t < 61; ++t) values[t] = std::nan("");
    values[61] = std::nan("");
  }
  ASSERT_TRUE(whole.pairs[1].crossing_day.has_value());
  const Comparison c = compare(r, "suspicion_mean", "", -1);
  ASSERT_TRUE(c.pairs[1].crossing_day.has_value());
  EXPECT_EQ(c.pairs[1].replicates_a, 15);
}

TEST(SeveralResults, HaveStepsOfOneLength) {
  const auto by = [](double every, std::size_t times) {
    Result r = one_day({"a"}, {{1}}, "shares");
    r.replicates = {0, 1}, r.time.clear();
    for (std::size_t t = 1; t <= times; ++t) r.time.push_back(every * static_cast<double>(t));
    r.series[0].values = std::vector<double>(2 * times, every);
    return r;
  };
  const Result daily = by(1, 8), other = by(2, 4);
  EXPECT_NO_THROW(compare({{"a.h5", &daily}, {"b.h5", &other}}, {.metric = "shares"}));
  try {
    compare({{"a.h5", &daily}, {"b.h5", &other}}, {.metric = "shares", .per_step = true});
    FAIL();
  } catch (const Failure& failure) {
    EXPECT_TRUE(contains(failure.what(), "the step to day 2 is 1 days") ||
                contains(failure.faults()[0].message, "the step to day 2 is 1 days"));
    EXPECT_TRUE(contains(failure.faults()[0].help, "output.every"));
  }
}

TEST(SeveralResults, HaveArmsOfDifferentNames) {
  const Result u = one_day({"a", "b"}, {{1, 2}, {3, 4}}), v = one_day({"u:a", "b"}, {{1, 2}, {3, 4}}),
               w = one_day({"a", "c"}, {{1, 2}, {3, 4}});
  const Comparison c = compare({{"u.h5", &u}, {"v.h5", &v}, {"w.h5", &w}}, {});
  std::vector<std::string> names;
  for (const StrategyResult& s : c.strategies) names.push_back(s.name);
  EXPECT_EQ(names, (std::vector<std::string>{"u:a", "u:b", "v:u:a", "v:b", "w:a", "c"}));
}

TEST(Ranking, NamesWhoMayBeTheBest) {
  const Comparison c = compare(synthetic_result(), "followers", "", -1);
  EXPECT_EQ(c.ranking[0].rank, 1U);
  EXPECT_TRUE(c.ranking[0].best_possible);
  EXPECT_FALSE(c.ranking[2].best_possible);
  EXPECT_EQ(c.ranking[2].rank_from, 3U);
  EXPECT_EQ(compare(synthetic_result(), "suspicion_mean", "", -1).ranking[2].rank, 3U) << "less is better";
  EXPECT_EQ(compare(synthetic_result(), "followers", "pitch", -1).ranking[0].rank_to, 1U) << "over all pairs still";
  EXPECT_EQ(c.pairs[0].replicates_more, 0);
  EXPECT_LT(c.pairs[0].simultaneous.low, c.pairs[0].difference.ci.low);
}

// Each of three pairs would count alone, at p = .04 or so.
TEST(Ranking, DoesNotTakeAChanceAmongMany) {
  Result r;
  r.strategies = {"a", "b", "c"}, r.replicates = {0, 1, 2, 3}, r.time = {1};
  r.series.push_back({"followers",
                      "1",
                      "followers",
                      {"strategy", "replicate", "time"},
                      std::vector<double>{4, 9, 6, 8, 2, 4, 3, 6, 2.1, 4.2, 2.9, 5.9},
                      "f8",
                      {}});
  const Comparison c = compare(r, "followers", "", -1);
  EXPECT_GT(c.pairs[0].difference.ci.low, 0);
  EXPECT_FALSE(c.pairs[0].decided());
  EXPECT_GT(*c.pairs[0].replicates_more, 0);
  EXPECT_TRUE(contains(c.verdict, "would count by itself, but not as one of 3 comparisons")) << c.verdict;
  EXPECT_TRUE(contains(c.verdict, "No strategy is shown to be ahead")) << c.verdict;
  EXPECT_TRUE(contains(c.verdict, "more replicates would show it")) << c.verdict;
}

TEST(ComparisonCsv, HasARowAStrategyAndARowAPair) {
  Result r = synthetic_result(3, 4);
  r.strategies[1] = "half, \"half\"";
  const std::string csv = comparison_csv(compare(r, "followers", "", -1));
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < csv.size();) {
    const std::size_t end = csv.find("\r\n", from);
    ASSERT_NE(end, std::string::npos);
    lines.push_back(csv.substr(from, end - from)), from = end + 2;
  }
  ASSERT_EQ(lines.size(), 7U);
  EXPECT_TRUE(contains(lines[2], ",\"half, \"\"half\"\"\",")) << lines[2];
  const auto commas = [](const std::string& line) { return std::count(line.begin(), line.end(), ','); };
  EXPECT_EQ(commas(lines[1]), commas(lines[0]));
  EXPECT_EQ(commas(lines[2]), commas(lines[0]) + 1);
  EXPECT_EQ(commas(lines[5]), commas(lines[0]));
  EXPECT_EQ(commas(lines[6]), commas(lines[0]) + 1);
  EXPECT_TRUE(lines[5].starts_with("pair,followers,level,1,4,value-add,pitch,,3,3,")) << lines[5];
}

}  // namespace
}  // namespace passalong
