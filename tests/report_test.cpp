// The page: whole, offline, safe with any text; its data, number by number.
#include "sim/report/report.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <regex>

#include "sim/experiment/statistics.hpp"
#include "sim/report/course.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/page_parts.hpp"
#include "sim/report/scenario_text.hpp"
#include "tests/synthetic_result.hpp"

namespace passalong {
namespace {
using nlohmann::json;

const double nothing = std::numeric_limits<double>::quiet_NaN();

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

json data_of(const Result& result) { return json::parse(page_data_json(result)); }

json series_of(const json& data, const std::string& name) {
  for (const json& series : data["series"])
    if (series["name"] == name) return series;
  return {};
}

// The page without script and style.
std::string own_text(const Result& result) {
  return std::regex_replace(report_html(result), std::regex("<style>[^<]*</style>"), "");
}

TEST(Report, IsOneFileWithAPolicyThatFetchesNothing) {
  const std::string html = report_html(synthetic_result(4, 30));
  EXPECT_EQ(html.find("<!doctype html>"), 0U);
  EXPECT_TRUE(contains(html, "default-src 'none'; script-src 'sha256-"));
  const std::string policy = html.substr(html.find("default-src"), 400);
  for (const char* loose : {"unsafe-inline", "unsafe-eval", "connect-src", "http"})
    EXPECT_FALSE(contains(policy.substr(0, policy.find('"')), loose)) << loose;
  for (const char* outside : {"<link", "<img", "<iframe", " src=", " href=\"http", "@import"})
    EXPECT_FALSE(contains(html, outside)) << outside;
  EXPECT_EQ(count(html, "</script>"), 2U);  // its data and its script: neither ends early
  EXPECT_LT(html.size(), 1'200'000U);
}

TEST(Report, IsTheSameEachTime) {
  EXPECT_EQ(report_html(synthetic_result(4, 30)), report_html(synthetic_result(4, 30)));
}

TEST(Report, NamesTheLicencesOfWhatItHolds) {
  const std::string html = own_text(synthetic_result(4, 30));
  for (const char* part : {"Apache ECharts", "Apache License", "BSD 3-Clause License", "Baidu"})
    EXPECT_TRUE(contains(html, part)) << part;
}

TEST(Report, TellsThoseWithoutScriptsTheFigures) {
  const std::string html = own_text(synthetic_result(4, 30));
  const std::string plain = html.substr(html.find("<noscript>"), html.find("</noscript>") - html.find("<noscript>"));
  for (const char* part : {"The winner is &#39;value-add&#39;", "<th scope=\"row\">followers</th>",
                           "<th scope=\"row\">trust</th>", "run value_vs_pitch.toml", "e3b0c44298fc1c14"})
    EXPECT_TRUE(contains(plain, part)) << part;
  EXPECT_EQ(count(plain, "<th scope=\"row\">"), 9U);  // eight series, and the share of others
}

TEST(Report, EscapesWhateverAScenarioSays) {
  Result result = synthetic_result(3, 10);
  const std::string bad = "</script><script>alert(1)</script>\"&'<!--";
  result.strategies[0] = bad, result.text[0].second = bad, result.text.back().second = "# " + bad + "\xff";
  const std::string html = report_html(result);
  EXPECT_EQ(count(html, "</script>"), 2U);
  EXPECT_FALSE(contains(html, "<script>alert"));
  const json data = data_of(result);
  EXPECT_EQ(data["arms"][0], bad);
  EXPECT_EQ(data["origin"]["scenario"], "# " + bad + "\xef\xbf\xbd");
}

TEST(Report, LivePageMayAskItsOriginAndHoldsNoData) {
  const std::string html = live_page_html();
  EXPECT_TRUE(contains(html, "connect-src 'self'"));
  EXPECT_TRUE(contains(html, "<html lang=\"en\" data-live>"));
  EXPECT_FALSE(contains(html, "id=\"data\""));
  EXPECT_TRUE(contains(live_page_policy(), "connect-src 'self'"));
  EXPECT_TRUE(contains(html, live_page_policy()));
}

TEST(PageData, HoldsMeansIntervalsAndTheRangeOfReplicates) {
  const Result result = synthetic_result();
  const json data = data_of(result), followers = series_of(data, "followers");
  EXPECT_EQ(data["metric"], "followers");
  EXPECT_EQ(data["days"][0].size(), 181U);
  const auto courses = courses_of(result);
  for (std::size_t arm = 0; arm < 3; ++arm) {
    const auto values = courses[0].over_replicates(arm, 180);
    const Estimate e = mean_interval(values);
    EXPECT_NEAR(followers["last"][arm][0], e.mean, 1e-6);
    EXPECT_NEAR(followers["last"][arm][2], e.ci.high, 1e-6);
    EXPECT_NEAR(followers["arms"][arm]["mean"][180], e.mean, 0.06);
    EXPECT_NEAR(followers["arms"][arm]["low"][180], sample_quantile(values, 0.1), 0.6);
    EXPECT_NEAR(followers["arms"][arm]["high"][180], sample_quantile(values, 0.9), 0.6);
  }
}

TEST(PageData, SetsTheBestAgainstEachOtherAsCompareDoes) {
  const Result result = synthetic_result(8, 60);
  const json pairs = series_of(data_of(result), "followers")["pairs"];
  const Comparison c = compare(result, "followers", "", -1);
  ASSERT_EQ(pairs.size(), 2U);
  for (const json& pair : pairs) {
    EXPECT_EQ(pair["a"], 0);
    for (const PairResult& p : c.pairs) {
      if (p.a != "value-add" || p.b != result.strategies[pair["b"]]) continue;
      EXPECT_NEAR(pair["difference"][0], p.difference.mean, 1e-6);
      EXPECT_NEAR(pair["difference"][1], p.difference.ci.low, 1e-6);
      ASSERT_TRUE(p.crossing_day);
      EXPECT_EQ(pair["crossing"], *p.crossing_day);
    }
  }
  EXPECT_EQ(series_of(data_of(result), "suspicion_mean")["pairs"][0]["a"], 0);  // the lowest is the best
}

TEST(PageData, AddsFlowsUp) {
  Result result = synthetic_result(2, 3);
  Variable v = result.series[0];
  v.name = "adoptions";
  v.values = std::vector<std::int64_t>{0, 1, 2, 3, 0, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 7, 0, 0};
  result.series.push_back(v);
  const json series = series_of(data_of(result), "adoptions");
  EXPECT_EQ(series["total"], true);
  EXPECT_EQ(series["arms"][0]["mean"], json({0, 2, 3, 5}));
  EXPECT_EQ(series["last"][0][0], 5);
  EXPECT_EQ(series["last"][2][0], 6);
}

TEST(PageData, SetsBrandsAgainstEachOther) {
  const json data = data_of(synthetic_brands(4, 20));
  EXPECT_EQ(data["arm"], "brand");
  EXPECT_EQ(data["summary"], "3 brands, 4 replicates over 20 days, simulated by passalong 0.1.0");
  EXPECT_TRUE(series_of(data, "world_shares").is_null());  // one figure for all of them: nothing to set against
  EXPECT_EQ(series_of(data, "followers")["pairs"].size(), 2U);
}

TEST(PageData, ServesOneReplicateOneStrategyAndTwoDays) {
  const json one = data_of(synthetic_result(1, 20));
  EXPECT_TRUE(series_of(one, "followers")["pairs"].empty());
  EXPECT_FALSE(series_of(one, "followers")["arms"][0].contains("low"));
  EXPECT_TRUE(contains(one["verdict"][1], "One replicate cannot tell"));
  Result lone = synthetic_result(4, 20);
  lone.strategies = {"only"};
  for (Variable& v : lone.series) std::visit([](auto& values) { values.resize(4 * 21); }, v.values);
  EXPECT_EQ(data_of(lone)["summary"], "1 strategy, 4 replicates over 20 days, simulated by passalong 0.1.0");
  EXPECT_EQ(data_of(synthetic_result(4, 1))["days"][0].size(), 2U);
  EXPECT_EQ(data_of(synthetic_result(4, 0))["days"][0].size(), 1U);
}

TEST(PageData, LeavesGapsWhereNobodyHasAValue) {
  Result result = synthetic_result(4, 20);
  for (Variable& v : result.series)
    if (auto* values = std::get_if<std::vector<double>>(&v.values)) std::fill(values->begin(), values->end(), nothing);
  const json trust = series_of(data_of(result), "trust_mean");
  EXPECT_TRUE(trust["arms"][0]["mean"][20].is_null());
  EXPECT_TRUE(trust["last"][0][0].is_null());
}

TEST(PageData, SaysThatARunWasCutShort) {
  Result result = synthetic_result(5, 20);
  result.complete = false;
  result.integers.back().second = 16;
  EXPECT_EQ(data_of(result)["notice"],
            "This run was cut short: 5 replicates of 16 are whole, and what follows is about these.");
}

TEST(PageData, TellsHowFarALiveRunIs) {
  Result result = synthetic_result(4, 20);
  auto& followers = std::get<std::vector<std::int64_t>>(result.series[0].values);
  std::vector<double> half(followers.begin(), followers.end());
  for (std::size_t i = 0; i < half.size(); ++i)
    if (i % 21 > 12 && i / 21 % 4 == 3) half[i] = nothing;  // the last replicate is at day 12
  result.series[0].values = half;
  RunProgress progress;
  progress.finished = 3, progress.running = 1, progress.planned = 4, progress.day = 12, progress.days = 20;
  progress.seconds_left = 40, progress.output = "out.h5";
  const json data = json::parse(page_data_json(result, progress)), series = series_of(data, "followers");
  EXPECT_EQ(data["progress"]["finished"], 3);
  EXPECT_EQ(data["progress"]["seconds_left"], 40);
  EXPECT_EQ(data["progress"]["ended"], false);
  EXPECT_FALSE(series["arms"][0]["mean"][20].is_null());  // of those that have got there
  EXPECT_FALSE(series["pairs"][0]["curve"]["low"][20].is_null());
}

TEST(PageData, StaysSmallWithManyStrategies) {
  Result result = synthetic_result(2, 300);
  for (int k = 3; k < 12; ++k) result.strategies.push_back("policy " + std::to_string(k));
  for (std::size_t v = 0; v < result.series.size(); ++v)
    std::visit(
        [](auto& values) {
          const auto once = values;
          for (int times = 1; times < 4; ++times) values.insert(values.end(), once.begin(), once.end());
        },
        result.series[v].values);
  EXPECT_LT(report_html(result).size(), 1'200'000U);
}

TEST(PageData, StaysSmallWhereThereIsMuch) {
  Result result = synthetic_result(2, 6000);
  const std::string text = page_data_json(result);
  EXPECT_LT(text.size(), 900'000U);
  const json data = json::parse(text);
  EXPECT_LE(data["days"][0].size(), 2000U);
  EXPECT_EQ(data["days"][0].back(), 6000);
  EXPECT_EQ(data["days"][1].back(), 6000);
}

Group posts_of(std::vector<std::int64_t> strategy, std::vector<std::int64_t> size, std::vector<double> virality) {
  Group g{"posts", {{"post", size.size()}}, {}, {}};
  g.variables.push_back({"strategy", "", "", {"post"}, std::move(strategy), "i4", {}});
  g.variables.push_back({"size", "accounts", "", {"post"}, std::move(size), "i4", {}});
  g.variables.push_back({"structural_virality", "1", "", {"post"}, std::move(virality), "f4", {}});
  return g;
}

TEST(PageData, TellsHowManyPostsGetHowFar) {
  Result result = synthetic_result(2, 3);
  result.groups.push_back(posts_of({0, 0, 0, 0, 2}, {1, 1, 2, 40, 12}, {0, 0, 1, 2.1, 1.8}));
  const json arms = data_of(result)["posts"]["arms"];
  EXPECT_EQ(arms[0]["survival"], json({{1, 1}, {2, 0.5}, {40, 0.25}}));
  EXPECT_EQ(arms[0]["passed"], 2);
  EXPECT_EQ(arms[0]["largest"], 40);
  EXPECT_EQ(arms[0]["shapes"], json({{2.0, 1}}));
  EXPECT_EQ(arms[1]["posts"], 0);
  EXPECT_EQ(arms[2]["shapes"], json({{1.75, 1}}));
}

TEST(PageData, DrawsTheLargestTreeOfEachAndCountsWhatItLeavesOut) {
  Result result = synthetic_result(2, 3);
  result.groups.push_back(posts_of({0, 2, 2}, {3, 500, 2}, {0, 2, 1}));
  Group g{"cascades", {{"node", 505}}, {}, {}};
  std::vector<std::int64_t> post, account, parent;
  std::vector<double> time;
  const auto add = [&](std::int64_t p, std::int64_t from, double at) {
    account.push_back(1000 + static_cast<std::int64_t>(post.size()));
    post.push_back(p), parent.push_back(from), time.push_back(at);
  };
  add(0, -1, 1), add(0, 0, 1.5), add(0, 1, 2);
  for (int k = 0; k < 500; ++k) add(1, k == 0 ? -1 : k < 450 ? 3 : 4, 1 + 0.001 * k);  // 449 direct, 50 below the first
  add(2, -1, 1), add(2, 503, 1);
  g.variables = {{"post", "", "", {"node"}, post, "i8", {}},
                 {"account", "", "", {"node"}, account, "i8", {}},
                 {"parent", "", "", {"node"}, parent, "i8", {}},
                 {"time", "d", "", {"node"}, time, "f8", {}}};
  result.groups.push_back(g);
  const json trees = data_of(result)["trees"];
  ASSERT_EQ(trees.size(), 2U);
  EXPECT_EQ(trees[0]["nodes"], json({{-1, 1000, 0, 0}, {0, 1001, 12, 0}, {1, 1002, 24, 0}}));
  EXPECT_EQ(trees[1]["size"], 500);
  EXPECT_EQ(trees[1]["nodes"].size(), 300U);
  double hidden = 0;
  for (const json& node : trees[1]["nodes"]) hidden += node[3].get<double>();
  EXPECT_EQ(hidden, 200);
}

TEST(PageData, TellsAClassicModelByItsSizesAndCourse) {
  Result result;
  result.replicates = {0, 1, 2};
  result.time = {0, 1};
  result.text = {
      {"title", "SIR"}, {"source", "passalong"}, {"scenario_resolved", "seed = 1\n\n[model]\nname = \"sir\"\n"}};
  result.series = {{"size", "accounts", "ever infected", {"replicate"}, std::vector<std::int64_t>{3, 5, 10}, "i8", {}},
                   {"infected",
                    "accounts",
                    "that infect",
                    {"replicate", "time"},
                    std::vector<std::int64_t>{1, 3, 1, 5, 1, 10},
                    "i8",
                    {}}};
  const json data = data_of(result);
  EXPECT_EQ(data["policies"], false);
  EXPECT_EQ(data["arms"], json({"sir"}));
  EXPECT_EQ(data["verdict"][0], "On average there are 6 ever infected.");
  EXPECT_EQ(data["sizes"]["survival"], json({{3, 1}, {5, 0.666667}, {10, 0.333333}}));
  EXPECT_EQ(series_of(data, "infected")["last"][0][0], 6);
  EXPECT_EQ(data["finals"][0]["value"][0], 6);
}

TEST(PageData, ComparesWithVariationsAndSaysWhatChanged) {
  Result result = synthetic_result(4, 20), other = synthetic_result(4, 20);
  result.text.emplace_back("scenario_resolved", "title = \"a\"\n[model.suspicion]\non = true  # off: nobody\n");
  other.text.emplace_back("scenario_resolved", "title = \"b\"\n[model.suspicion]\non = false  # off: nobody\n");
  const std::string html = report_html(result, {{"calm.h5", other}});
  const std::string text = html.substr(html.find("id=\"data\">") + 10);
  const json drivers = json::parse(text.substr(0, text.find("</script>")))["drivers"];
  EXPECT_EQ(drivers["b"], "pitch");
  EXPECT_EQ(drivers["variations"][0]["changes"], json({{"model.suspicion.on", "true", "false"}}));
  EXPECT_EQ(drivers["variations"][0]["difference"], drivers["difference"]);
  EXPECT_FALSE(data_of(result).contains("drivers"));
}

TEST(PageData, TellsWhereFuturesPart) {
  Result result = synthetic_result(2, 3);
  EXPECT_FALSE(data_of(result).contains("branch"));
  result.text.emplace_back("branch_at", "day 2");
  result.text.emplace_back("futures", "[{\"name\":\"mixed\",\"of\":\"pitch\",\"set\":[\"a=<1>\"]}]");
  const json branch = data_of(result)["branch"];
  EXPECT_EQ(branch["day"], 2);
  EXPECT_EQ(json::parse(branch["futures"].get<std::string>())[0]["set"][0], "a=<1>");
}

TEST(PageData, SetsBaseRatesBesideWhatWasObserved) {
  Result result = synthetic_result(2, 3);
  Group g{"base_rates", {}, {}, {}};
  g.variables = {{"posts", "posts", "", {"replicate"}, std::vector<std::int64_t>{100, 200}, "i8", {}},
                 {"posts_reshared", "posts", "", {"replicate"}, std::vector<std::int64_t>{5, 14}, "i8", {}},
                 {"p_within_1h", "1", "", {"replicate"}, std::vector<double>{nothing, 0.5}, "f8", {}}};
  result.groups.push_back(g);
  const json rates = data_of(result)["base_rates"];
  ASSERT_EQ(rates.size(), 2U);
  EXPECT_NEAR(rates[0]["value"], 0.06, 1e-9);
  EXPECT_EQ(rates[1]["value"], 0.5);
}

TEST(ScenarioText, FindsValuesAndChanges) {
  const char* text =
      "seed = 7  # a # b\n[network]\nfile = \"a#b.txt\"\n[[strategy]]\nname = \"x\"\nposts = \"2 per day\"\n"
      "[[strategy.phases]]\nmix = 1\n[[strategy]]\nname = \"y\"\nposts = \"3 per day\"\n";
  const auto values = values_of(text);
  EXPECT_EQ(values.at("seed"), "7");
  EXPECT_EQ(values.at("network.file"), "\"a#b.txt\"");
  EXPECT_EQ(values.at("strategy.x.posts"), "\"2 per day\"");
  EXPECT_EQ(values.at("strategy.x.phases.mix"), "1");
  EXPECT_EQ(values.at("strategy.y.posts"), "\"3 per day\"");
  std::string other = text;
  other.replace(other.find("3 per"), 1, "4");
  const auto changes = changes_between(text, "replicates = 9\n" + other);
  ASSERT_EQ(changes.size(), 1U);
  EXPECT_EQ(changes[0].key, "strategy.y.posts");
  EXPECT_EQ(changes[0].to, "\"4 per day\"");
}

TEST(ScenarioText, ListsWhatIsAssumed) {
  const auto found = assumptions_of(
      "tick = \"1 h\"  # [assumption] short\n[network]\nkind = \"x\"\n# both [assumption]\n"
      "a = 1\n\nb = 2  # [Kwak et al. 2010]\nc = 3  # [assumption]\n");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[0].setting, "tick = \"1 h\"");
  EXPECT_EQ(found[0].reason, "short");
  EXPECT_EQ(found[1].setting, "network: a = 1");
  EXPECT_EQ(found[1].reason, "both");
  EXPECT_EQ(found[2].setting, "network: c = 3");
}

TEST(Json, WritesNumbersThatReadBack) {
  for (const double v : {0.0, 1.5, -2.25, 999.994, 3642.0625, 413788.125, 1e9, -7.0, 123456789.0})
    EXPECT_NEAR(std::stod(json_number(v)), v, std::max(0.05, 1e-6 * std::fabs(v))) << v;
  EXPECT_EQ(json_number(nothing), "null");
  EXPECT_EQ(json_number(4000), "4000");
  EXPECT_EQ(json_string("a<b>\"\\\n\x01"), "\"a\\u003cb\\u003e\\\"\\\\\\n\\u0001\"");
  EXPECT_EQ(json_string("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"), "\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80\"");
  EXPECT_EQ(json_string("\xc0\x80\xed\xa0\x80\xff"), "\"\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\\ufffd\"");
}

TEST(ThinnedRows, KeepsBothEnds) {
  EXPECT_EQ(thinned_rows(5, 10), (std::vector<std::size_t>{0, 1, 2, 3, 4}));
  EXPECT_EQ(thinned_rows(9, 3), (std::vector<std::size_t>{0, 4, 8}));
  EXPECT_EQ(thinned_rows(1, 10), (std::vector<std::size_t>{0}));
  EXPECT_TRUE(thinned_rows(0, 10).empty());
}

TEST(SampleQuantile, LiesBetweenNeighbours) {
  EXPECT_EQ(sample_quantile({5, 1, 4, 2, 3}, 0.5), 3);
  EXPECT_NEAR(sample_quantile({0, 10}, 0.1), 1, 1e-12);
  EXPECT_EQ(sample_quantile({7}, 0.9), 7);
  EXPECT_EQ(sample_quantile({1, 2, 3}, 1), 3);
  EXPECT_TRUE(std::isnan(sample_quantile({}, 0.5)));
}

TEST(Report, GivesOneReplicateNoIntervalsWithoutScripts) {
  const std::string one = report_html(synthetic_result(1, 1), {});
  const std::string plain = one.substr(one.find("<noscript>"), one.find("</noscript>") - one.find("<noscript>"));
  EXPECT_TRUE(contains(plain, "Day 1: the one replicate there is")) << plain;
  EXPECT_FALSE(contains(plain, "unknown")) << plain;
  EXPECT_TRUE(contains(plain, "1 replicate over 1 day,")) << plain;
  const std::string more = report_html(synthetic_result(4, 1), {});
  EXPECT_TRUE(contains(more, "means over the replicates, with 95 % intervals"));
  EXPECT_TRUE(contains(more, " %</td>") || contains(more, " % <small>"));
}

}  // namespace
}  // namespace passalong
