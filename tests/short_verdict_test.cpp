// Two sentences that say no more and no less than the comparison they come from.
#include "sim/experiment/short_verdict.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/synthetic_result.hpp"

namespace passalong {
namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Comparison two(double a, double b, Interval ci, double ahead, std::int64_t replicates = 16) {
  Comparison c;
  c.metric = "followers", c.at = 90, c.replicates = replicates;
  c.strategies = {{"give", {a, {a - 9, a + 9}}}, {"sell", {b, {b - 9, b + 9}}}};
  PairResult pair;
  pair.a = "give", pair.b = "sell", pair.difference = {a - b, ci}, pair.p_a_beats_b = ahead;
  c.pairs = {pair};
  return c;
}

TEST(ShortVerdict, SaysWhoWinsByHowMuchAndHowSure) {
  Comparison c = two(1200, 1000, {180, 220}, 1);
  c.pairs[0].crossing_day = 12;
  const ShortVerdict v = write_short_verdict(c, true);
  EXPECT_EQ(v.who, "The winner is give: after 90 days it has 1,200 followers on average, 200 (20 %) more than sell.");
  EXPECT_EQ(v.sure,
            "This is as good as certain within the model: it came out ahead of sell in all 16 replicates, with 95 % "
            "confidence the difference is 180 to 220, and it has held from day 12 on.");
}

TEST(ShortVerdict, NamesTheWinnerWhicheverCameFirst) {
  const ShortVerdict v = write_short_verdict(two(1000, 1200, {-220, -180}, 0), true);
  EXPECT_TRUE(contains(v.who, "The winner is sell")) << v.who;
  EXPECT_TRUE(contains(v.who, "200 (20 %) more than give")) << v.who;
  EXPECT_TRUE(contains(v.sure, "the difference is 180 to 220")) << v.sure;
}

TEST(ShortVerdict, IsLessSureWhereFewReplicatesAgree) {
  EXPECT_TRUE(contains(write_short_verdict(two(1200, 1000, {20, 380}, 0.625), true).sure, "single run can well go"));
  EXPECT_TRUE(contains(write_short_verdict(two(1200, 1000, {20, 380}, 0.8125), true).sure, "13 of 16 replicates"));
  EXPECT_TRUE(contains(write_short_verdict(two(1200, 1000, {20, 380}, 1, 4), true).sure, "the replicates are few"));
}

TEST(ShortVerdict, SaysThatNothingIsDecidedAndHowManyMoreWould) {
  const ShortVerdict v = write_short_verdict(two(1010, 1000, {-10, 30}, 0.625), true);
  EXPECT_TRUE(contains(v.who, "There is no clear winner")) << v.who;
  EXPECT_TRUE(contains(v.who, "may be chance")) << v.who;
  EXPECT_TRUE(contains(v.sure, "from -10 to +30")) << v.sure;
  EXPECT_TRUE(contains(v.sure, "10 of 16 replicates")) << v.sure;
  EXPECT_TRUE(contains(v.sure, "more replicates")) << v.sure;
}

TEST(ShortVerdict, CountsLessAsBetterWhereItIs) {
  Comparison c = two(0.2, 0.8, {-0.7, -0.5}, 0);
  c.metric = "suspicion_mean";
  const ShortVerdict v = write_short_verdict(c, false);
  EXPECT_TRUE(
      contains(v.who, "The winner is give: after 90 days its suspicion mean is 0.2 on average, 0.6 (75 %) lower"))
      << v.who;
  EXPECT_TRUE(contains(v.sure, "below sell in all 16 replicates, with 95 % confidence the difference is 0.5 to 0.7"))
      << v.sure;
}

TEST(ShortVerdict, NeedsTwoReplicatesAndTwoArms) {
  EXPECT_TRUE(contains(write_short_verdict(two(3, 2, {0, 0}, 1, 1), true).sure, "One replicate cannot tell"));
  Comparison alone = two(1200, 1000, {180, 220}, 1);
  alone.strategies.pop_back(), alone.pairs.clear();
  const ShortVerdict v = write_short_verdict(alone, true);
  EXPECT_TRUE(contains(v.who, "After 90 days give: it has 1,200 followers")) << v.who;
  EXPECT_TRUE(contains(v.sure, "no other strategy")) << v.sure;
}

TEST(ShortVerdict, SeesArmsThatAreAlikeAndNoValues) {
  EXPECT_TRUE(contains(write_short_verdict(two(5, 5, {0, 0}, 0.5), true).who, "exactly alike"));
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(contains(write_short_verdict(two(none, none, {none, none}, none), true).who, "Nothing is known"));
}

TEST(ShortVerdict, TellsTheNearestAndTheLastOfMany) {
  const Comparison c = compare(synthetic_result(), "followers", "", -1);
  const ShortVerdict v = write_short_verdict(c, true);
  EXPECT_TRUE(contains(v.who, "The winner is value-add")) << v.who;
  EXPECT_TRUE(contains(v.who, "more than mixed and")) << v.who;
  EXPECT_TRUE(contains(v.sure, "all 16 replicates")) << v.sure;
}

}  // namespace
}  // namespace passalong
