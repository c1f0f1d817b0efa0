// The page: whole, offline, safe with any text, and drawn to scale.
#include "sim/report/report.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <regex>

#include "sim/report/chart.hpp"
#include "sim/report/charts.hpp"
#include "tests/synthetic_result.hpp"

namespace passalong {
namespace {

const double nothing = std::numeric_limits<double>::quiet_NaN();

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

bool contains(const std::string& text, const std::string& part) { return count(text, part) > 0; }

// Every element that is opened is closed, in order; returns what is wrong.
std::string find_imbalance(const std::string& html) {
  std::vector<std::string> open;
  const std::regex tag("<(/?)([a-z][a-z0-9]*)((?:[^>\"]|\"[^\"]*\")*?)(/?)>");
  for (std::sregex_iterator it(html.begin(), html.end(), tag), end; it != end; ++it) {
    const std::string name = (*it)[2];
    if (name == "meta" || (*it)[4].length() > 0) continue;
    if ((*it)[1].length() == 0) {
      open.push_back(name);
    } else if (open.empty() || open.back() != name) {
      return "</" + name + "> closes " + (open.empty() ? "nothing" : open.back());
    } else {
      open.pop_back();
    }
  }
  return open.empty() ? "" : open.back() + " stays open";
}

Chart simple_chart(std::vector<double> values) {
  Chart chart;
  for (std::size_t i = 0; i < values.size(); ++i) chart.days.push_back(static_cast<double>(i));
  chart.curves.push_back({0, std::move(values), {}, {}});
  return chart;
}

// The path of a chart's first line.
std::string line_of(const std::string& svg) {
  const auto start = svg.find(" d=\"", svg.find("class=\"line\"")) + 4;
  return svg.substr(start, svg.find('"', start) - start);
}

TEST(Report, IsOneWholeOfflinePage) {
  const std::string html = report_html(synthetic_result());
  EXPECT_EQ(html.find("<!doctype html>"), 0U);
  EXPECT_EQ(find_imbalance(html), "");
  EXPECT_TRUE(contains(html, "default-src 'none'; style-src 'unsafe-inline'"));
  for (const char* outside : {"<script", "<link", "<img", "src=", "href=", "url(", "@import", "http://", "https://"}) {
    EXPECT_FALSE(contains(html, outside)) << outside;
  }
  EXPECT_LT(html.size(), 400'000U);
}

TEST(Report, IsTheSameEachTime) { EXPECT_EQ(report_html(synthetic_result()), report_html(synthetic_result())); }

TEST(Report, HoldsVerdictChartsTableAndOrigin) {
  const std::string html = report_html(synthetic_result());
  EXPECT_TRUE(contains(html, "<p class=\"first\">&#39;value-add&#39; wins on followers"));
  EXPECT_EQ(count(html, "<figure class=\"large\">"), 2U);
  EXPECT_EQ(count(html, "<figure class=\"small\">"), 7U);
  EXPECT_EQ(count(html, "class=\"line\""), 8U * 3 + 2);
  EXPECT_EQ(count(html, "class=\"band\""), 8U * 3 + 2);
  EXPECT_EQ(count(html, "<th scope=\"row\">"), 8U);
  EXPECT_TRUE(contains(html, "passalong run value_vs_pitch.toml"));
  EXPECT_TRUE(contains(html, "e3b0c44298fc1c14"));
  EXPECT_TRUE(contains(html, "duration = &quot;180 days&quot;"));
  EXPECT_FALSE(contains(html, "cut short"));
}

TEST(Report, SetsBrandsAgainstEachOther) {
  const std::string html = report_html(synthetic_brands(4, 20));
  EXPECT_EQ(find_imbalance(html), "");
  for (const char* part : {"3 brands, 4 replicates", "compete for attention in one world", "value-add", "mixed",
                           "pitch", "Difference from pitch", "each brand minus pitch"})
    EXPECT_TRUE(contains(html, part)) << part;
  EXPECT_FALSE(contains(html, "world shares"));  // one figure for all of them: nothing to set against
  EXPECT_FALSE(contains(html, "strateg"));
}

TEST(Report, EscapesWhateverAScenarioSays) {
  Result result = synthetic_result(2, 4);
  const std::string evil = "</title><script>alert('1')</script>\" onload=\"x";
  result.strategies = {evil, evil + "2", "<b>"};
  for (auto& [key, value] : result.text) value = evil;
  for (auto& v : result.series) v.long_name = evil;
  result.digest = evil;
  const std::string html = report_html(result);
  EXPECT_FALSE(contains(html, "<script"));
  EXPECT_FALSE(contains(html, "\" onload"));
  EXPECT_FALSE(contains(html, "<b><"));
  EXPECT_EQ(find_imbalance(html), "");
  EXPECT_EQ(escape_html("a<b>&\"'\n"), "a&lt;b&gt;&amp;&quot;&#39;\n");
  EXPECT_EQ(escape_html(std::string_view("\0", 1)), "\xef\xbf\xbd");
}

TEST(Report, ShowsOnlyWhatIsThere) {
  Result result = synthetic_result();
  result.series.resize(3);  // followers, reach, trust
  EXPECT_EQ(count(report_html(result), "<figure class=\"small\">"), 2U);
  result.series.resize(1);
  EXPECT_FALSE(contains(report_html(result), "What goes with it"));
}

TEST(Report, TakesAnotherSeriesWhereThereAreNoFollowers) {
  Result result = synthetic_result(4, 10);
  result.series.erase(result.series.begin());
  const std::string html = report_html(result);
  EXPECT_TRUE(contains(html, "wins on reach"));
  EXPECT_EQ(count(html, "<b>Reach</b>"), 1U);
}

TEST(Report, DrawsNoBandFromOneReplicateNorADifferenceFromOneStrategy) {
  const std::string html = report_html(synthetic_result(1, 20));
  EXPECT_FALSE(contains(html, "class=\"band\""));
  EXPECT_FALSE(contains(html, "Difference from"));
  EXPECT_TRUE(contains(html, "1 replicate over"));
  EXPECT_EQ(find_imbalance(html), "");
  Result lone = synthetic_result(4, 20);
  lone.strategies.resize(1);
  for (auto& v : lone.series) std::visit([](auto& values) { values.resize(values.size() / 3); }, v.values);
  EXPECT_FALSE(contains(report_html(lone), "Difference from"));
  EXPECT_TRUE(contains(report_html(lone), "1 strategy, 4 replicates"));
}

TEST(Report, SaysWhenARunWasCutShort) {
  Result result = synthetic_result(5, 10);
  result.complete = false;
  result.integers = {{"replicates_planned", 16}};
  EXPECT_TRUE(contains(report_html(result), "This run was cut short.</b> 5 replicates of 16 are whole"));
}

TEST(Report, TellsWhenThereIsNothingToCompare) {
  Result result;
  result.text = {{"title", "Cascades"}};
  const std::string html = report_html(result);
  EXPECT_TRUE(contains(html, "no series of strategies or brands over time"));
  EXPECT_EQ(find_imbalance(html), "");
}

TEST(Report, LivesThroughHolesAndASingleOutput) {
  Result result = synthetic_result(4, 10);
  for (auto& v : result.series) {
    if (auto* values = std::get_if<std::vector<double>>(&v.values)) std::fill(values->begin(), values->end(), nothing);
  }
  const std::string html = report_html(result);
  EXPECT_FALSE(contains(html, "nan"));
  EXPECT_EQ(find_imbalance(html), "");
  const std::string one = report_html(synthetic_result(4, 0));
  EXPECT_FALSE(contains(one, "nan"));
  EXPECT_FALSE(contains(one, "inf,"));
}

TEST(Chart, DrawsToScale) {
  // From 0 to 100 with 4 % of air above: 100 lies at 1000 - 1000 / 1.04.
  EXPECT_EQ(line_of(draw_chart(simple_chart({0, 50, 100}))), "M0.0 1000.0L500.0 519.2L1000.0 38.5");
}

TEST(Chart, LeavesGaps) {
  const std::string line = line_of(draw_chart(simple_chart({1, 2, nothing, 2, 1})));
  EXPECT_EQ(count(line, "M"), 2U);
  EXPECT_EQ(count(line, "L"), 2U);
  Chart chart = simple_chart({1, 2, 2, 2, 1});
  chart.curves[0].low = {0, 1, nothing, 1, 0};
  chart.curves[0].high = {2, 3, nothing, 3, 2};
  const std::string svg = draw_chart(chart);
  EXPECT_EQ(count(svg.substr(svg.find("class=\"band\""), svg.find("class=\"line\"") - svg.find("class=\"band\"")), "Z"),
            2U);
}

TEST(Chart, ThinsLongSeriesButKeepsTheEnd) {
  std::vector<double> values(50'000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i);
  const std::string line = line_of(draw_chart(simple_chart(values)));
  EXPECT_LE(count(line, "L"), 1001U);
  EXPECT_TRUE(line.ends_with("L1000.0 38.5"));
}

TEST(Chart, FindsRoundTicks) {
  EXPECT_EQ(round_ticks(0, 100, 5), (std::vector<double>{0, 20, 40, 60, 80, 100}));
  EXPECT_EQ(round_ticks(-3, 7, 5), (std::vector<double>{-2, 0, 2, 4, 6}));
  EXPECT_EQ(round_ticks(4, 4, 5), (std::vector<double>{4}));
  for (const double scale : {1e-6, 0.013, 1.0, 7777.0, 3e12}) {
    const auto ticks = round_ticks(0.3 * scale, 1.7 * scale, 5);
    EXPECT_GE(ticks.size(), 2U) << scale;
    EXPECT_LE(ticks.size(), 6U) << scale;
    for (const double t : ticks) EXPECT_TRUE(t >= 0.299 * scale && t <= 1.701 * scale) << t;
  }
}

TEST(Chart, GivesEachStrategyItsOwnLook) {
  for (std::size_t a = 0; a < 8; ++a) {
    for (std::size_t b = 0; b < a; ++b) {
      EXPECT_STRNE(look_of(a).colour, look_of(b).colour);
      EXPECT_TRUE(a >= 6 || std::string(look_of(a).dash) != look_of(b).dash);
    }
  }
  EXPECT_EQ(look_of(8).colour, look_of(0).colour);
}

TEST(SampleQuantile, LiesBetweenNeighbours) {
  EXPECT_EQ(sample_quantile({5, 1, 4, 2, 3}, 0.5), 3);
  EXPECT_NEAR(sample_quantile({0, 10}, 0.1), 1, 1e-12);
  EXPECT_EQ(sample_quantile({7}, 0.9), 7);
  EXPECT_EQ(sample_quantile({1, 2, 3}, 1), 3);
  EXPECT_TRUE(std::isnan(sample_quantile({}, 0.5)));
}

}  // namespace
}  // namespace passalong
