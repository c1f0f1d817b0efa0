// What the page's data says of chance, of futures and of variations: it agrees with compare and claims no more.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/experiment/statistics.hpp"
#include "sim/report/course.hpp"
#include "sim/report/report.hpp"
#include "tests/synthetic_result.hpp"

namespace passalong {
namespace {
using nlohmann::json;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

json data_of(const Result& result) { return json::parse(page_data_json(result)); }

json series_of(const json& data, const std::string& name) {
  for (const json& series : data["series"])
    if (series["name"] == name) return series;
  return {};
}

TEST(PageData, CallsDecidedWhatCompareDoes) {
  for (const std::size_t replicates : {3, 4, 8}) {
    const Result result = synthetic_result(replicates, 60);
    const json data = data_of(result);
    for (const char* metric : {"followers", "trust_mean", "audience_diversity"}) {
      const Comparison c = compare(result, metric, "", -1);
      for (const json& pair : series_of(data, metric)["pairs"])
        for (const PairResult& p : c.pairs)
          if ((p.a == data["arms"][pair["a"]] && p.b == data["arms"][pair["b"]]) ||
              (p.b == data["arms"][pair["a"]] && p.a == data["arms"][pair["b"]])) {
            EXPECT_EQ(pair["decided"], p.decided()) << metric << p.a << p.b;
          }
    }
  }
}

TEST(PageData, ShadesAllReplicatesWhereTheyAreFew) {
  const Result few = synthetic_result(3, 60), many = synthetic_result(10, 60);
  const json data = data_of(few), followers = series_of(data, "followers");
  auto values = courses_of(few)[0].over_replicates(1, 60);
  std::sort(values.begin(), values.end());
  EXPECT_EQ(data["shading"], "all");
  EXPECT_NEAR(followers["arms"][1]["low"][60], values.front(), 0.6);
  EXPECT_NEAR(followers["arms"][1]["high"][60], values.back(), 0.6);
  EXPECT_LE(followers["arms"][1]["low"][60], values.front());  // rounded outwards: all of them lie in it
  EXPECT_GE(followers["arms"][1]["high"][60], values.back());
  EXPECT_EQ(data_of(many)["shading"], "middle");
}

TEST(PageData, AnswersWhatABranchAsked) {
  Result result = synthetic_result(4, 20);
  result.text.emplace_back("branch_at", "day 2");
  result.text.emplace_back("futures", R"([{"name":"mixed","of":"pitch","set":["x=1"]}])");
  const json data = data_of(result), asked = series_of(data, "followers")["asked"];
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0]["a"], 1);
  EXPECT_EQ(asked[0]["b"], 2);
  EXPECT_TRUE(asked[0]["decided"]);
  const PairResult p = compare(result, "followers", "", -1).pairs[2];
  EXPECT_NEAR(asked[0]["difference"][0], p.difference.mean, 1e-6);
  ASSERT_EQ(data["answers"].size(), 1U);
  const std::string answer = data["answers"][0];
  EXPECT_TRUE(contains(answer, "'mixed' ends with")) << answer;
  EXPECT_TRUE(contains(answer, "followers more than 'pitch'")) << answer;
  EXPECT_TRUE(data_of(synthetic_result(4, 20))["answers"].empty());
}

TEST(PageData, HasOneWordForEachSeriesAndItsDirection) {
  Result result = synthetic_result(2, 3);
  for (const char* name : {"impressions", "checks", "adoptions", "unfollows_for_promotion"}) {
    Variable v = result.series[0];
    v.name = name;
    result.series.push_back(v);
  }
  const json data = data_of(result);
  EXPECT_EQ(series_of(data, "checks")["label"], "closer looks");
  EXPECT_EQ(series_of(data, "checks")["one"], "closer look");
  EXPECT_EQ(series_of(data, "adoptions")["label"], "purchases");
  EXPECT_EQ(series_of(data, "impressions")["one"], "impression");
  EXPECT_EQ(series_of(data, "unfollows_for_promotion")["better"], -1);
}

Result lasting(std::size_t days, const std::string& more) {
  Result result = synthetic_result(4, days);
  result.text.emplace_back("scenario_resolved",
                           "duration = \"" + std::to_string(days) + " days\"\n[model.suspicion]\n" + more + "\n");
  return result;
}

json drivers_of(const Result& result, const std::vector<Variation>& others) {
  const std::string html = report_html(result, others), text = html.substr(html.find("id=\"data\">") + 10);
  return json::parse(text.substr(0, text.find("</script>")))["drivers"];
}

TEST(PageData, ComparesVariationsOnTheLastDayTheyShare) {
  const json drivers = drivers_of(lasting(20, "on = true"),
                                  {{"short.h5", lasting(10, "on = true")}, {"calm.h5", lasting(20, "on = false")}});
  const json &brief = drivers["variations"][0], &calm = drivers["variations"][1];
  EXPECT_EQ(brief["day"], 10);
  EXPECT_FALSE(brief["alike"]);  // of another length: no cause of a lead
  EXPECT_EQ(calm["day"], 20);
  EXPECT_TRUE(calm["alike"]);
  EXPECT_TRUE(drivers["decided"]);
}

TEST(PageData, TellsSharesByTrustWhereTheResultHoldsThem) {
  Result result = synthetic_result(1, 3);
  Group g{"trust", {{"band", 2}, {"delay", 2}}, {}, {}};
  const std::vector<std::string> bands{"strategy", "replicate", "band"};
  g.variables = {{"seen", "", "", bands, std::vector<std::int64_t>{100, 10, 0, 4, 5, 5}, "i8", {}},
                 {"shares_by_delay",
                  "",
                  "",
                  {"strategy", "replicate", "band", "delay"},
                  std::vector<std::int64_t>{1, 1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0},
                  "i8",
                  {}},
                 {"trust_low", "1", "", {"band"}, std::vector<double>{0, 0.5}, "f8", {}}};
  result.groups.push_back(g);
  const json trust = data_of(result)["trust"];
  EXPECT_EQ(trust["low"], json({0, 0.5}));
  EXPECT_EQ(trust["arms"][0]["seen"], json({100, 10}));
  EXPECT_EQ(trust["arms"][0]["shares"], json({2, 3}));
  EXPECT_EQ(trust["arms"][1]["shares"], json({0, 1}));
}

}  // namespace
}  // namespace passalong
