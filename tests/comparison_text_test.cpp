// Comparisons as tables and JSON, and numbers as people read them.
#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "sim/experiment/statistics.hpp"
#include "sim/experiment/wording.hpp"
#include "tests/synthetic_result.hpp"

namespace passalong {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(ComparisonText, AlignsItsTables) {
  Result result = synthetic_result(4, 30);
  result.strategies[1] = "h\xc3\xa4lftig";  // as wide as seven letters
  const std::string text = comparison_text(compare(result, "followers", "", -1));
  EXPECT_EQ(text.find("followers on day 30, 4 replicates\n\nstrategy     mean"), 0U) << text;
  EXPECT_TRUE(contains(text, "\nvalue-add   ")) << text;
  EXPECT_TRUE(contains(text, "\nh\xc3\xa4lftig     ")) << text;
  EXPECT_TRUE(contains(text, "A beats B")) << text;
}

TEST(ComparisonJson, HasTheContractsKeys) {
  const auto json = nlohmann::json::parse(comparison_json(compare(synthetic_result(), "followers", "pitch", -1)));
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["metric"], "followers");
  EXPECT_EQ(json["at"], 180);
  EXPECT_EQ(json["strategies"].size(), 3U);
  EXPECT_EQ(json["strategies"][0]["name"], "value-add");
  EXPECT_EQ(json["strategies"][0]["ci"].size(), 2U);
  ASSERT_EQ(json["pairs"].size(), 2U);
  for (const char* key :
       {"a", "b", "difference", "ci", "p_a_beats_b", "p_ci", "crossing_day", "correlation", "variance_reduction"}) {
    EXPECT_TRUE(json["pairs"][0].contains(key)) << key;
  }
}

TEST(ComparisonJson, WritesNullForWhatIsNotFinite) {
  const auto json = nlohmann::json::parse(comparison_json(compare(synthetic_result(1, 3), "followers", "", -1)));
  EXPECT_TRUE(json["strategies"][0]["ci"][0].is_null());
  EXPECT_TRUE(json["pairs"][0]["ci"][1].is_null());
  EXPECT_TRUE(json["pairs"][0]["crossing_day"].is_null());
  EXPECT_TRUE(json["pairs"][0]["correlation"].is_null());
  EXPECT_TRUE(json["pairs"][0]["variance_reduction"].is_null());
}

TEST(Readable, WritesNumbersForPeople) {
  EXPECT_EQ(readable(4006.4), "4,006");
  EXPECT_EQ(readable(-1234567), "-1,234,567");
  EXPECT_EQ(readable(999.99), "1,000");
  EXPECT_EQ(readable(194.5), "194");
  EXPECT_EQ(readable(195.5), "196");
  EXPECT_EQ(readable(12.125), "12.12");
  EXPECT_EQ(readable(99.994), "99.99");
  EXPECT_EQ(readable(99.996), "100");
  EXPECT_EQ(share_text(0.30519), "30.5 %");
  EXPECT_EQ(share_text(0.000712), "0.071 %");
  EXPECT_EQ(days_text(1), "1 day");
  EXPECT_EQ(readable(0.29143), "0.2914");
  EXPECT_EQ(readable(0), "0");
  EXPECT_EQ(readable(-0.0), "0");
  EXPECT_EQ(readable(infinity), "none");
  EXPECT_EQ(readable_signed(12), "+12");
  EXPECT_EQ(readable_signed(0), "0");
  EXPECT_EQ(readable(Interval{-infinity, 3}), "unknown");
}

}  // namespace
}  // namespace passalong
