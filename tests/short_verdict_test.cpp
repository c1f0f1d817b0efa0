// Two sentences that say no more and no less than the comparison they come from.
#include "sim/experiment/short_verdict.hpp"

#include <gtest/gtest.h>

#include <cmath>
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
  pair.above = std::lround(ahead * static_cast<double>(replicates)), pair.below = replicates - pair.above;
  if (ahead != ahead) pair.above = pair.below = 0;
  c.pairs = {pair};
  return c;
}

TEST(ShortVerdict, SaysWhoWinsByHowMuchAndHowSure) {
  Comparison c = two(1200, 1000, {180, 220}, 1);
  c.pairs[0].crossing_day = 12;
  const ShortVerdict v = write_short_verdict(c, true);
  EXPECT_EQ(v.who,
            "The winner is 'give': after 90 days it has 1,200 followers on average, 200 (20 %) more than 'sell'.");
  EXPECT_EQ(v.sure,
            "This is as good as certain within the model: it came out ahead of 'sell' in all 16 replicates, with 95 % "
            "confidence the difference is 180 to 220, and it has held from day 12 on.");
}

TEST(ShortVerdict, NamesTheWinnerWhicheverCameFirst) {
  const ShortVerdict v = write_short_verdict(two(1000, 1200, {-220, -180}, 0), true);
  EXPECT_TRUE(contains(v.who, "The winner is 'sell'")) << v.who;
  EXPECT_TRUE(contains(v.who, "200 (20 %) more than 'give'")) << v.who;
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
      contains(v.who, "The winner is 'give': after 90 days its suspicion mean is 0.2 on average, 0.6 (75 %) lower"))
      << v.who;
  EXPECT_TRUE(contains(v.sure, "below 'sell' in all 16 replicates, with 95 % confidence the difference is 0.5 to 0.7"))
      << v.sure;
}

TEST(ShortVerdict, NeedsTwoReplicatesAndTwoArms) {
  EXPECT_TRUE(contains(write_short_verdict(two(3, 2, {0, 0}, 1, 1), true).sure, "One replicate cannot tell"));
  Comparison alone = two(1200, 1000, {180, 220}, 1);
  alone.strategies.pop_back(), alone.pairs.clear();
  const ShortVerdict v = write_short_verdict(alone, true);
  EXPECT_TRUE(contains(v.who, "After 90 days 'give' has 1,200 followers")) << v.who;
  EXPECT_TRUE(contains(v.sure, "no other strategy")) << v.sure;
}

TEST(ShortVerdict, SeesArmsThatAreAlikeAndNoValues) {
  EXPECT_TRUE(contains(write_short_verdict(two(5, 5, {0, 0}, 0.5), true).who,
                       "After 90 days all strategies have exactly the same followers: 5."));
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(contains(write_short_verdict(two(none, none, {none, none}, none), true).who, "Nothing is known"));
}

TEST(ShortVerdict, TellsTheNearestAndTheLastOfMany) {
  const Comparison c = compare(synthetic_result(), "followers", "", -1);
  const ShortVerdict v = write_short_verdict(c, true);
  EXPECT_TRUE(contains(v.who, "The winner is 'value-add'")) << v.who;
  EXPECT_TRUE(contains(v.who, "more than 'mixed' and")) << v.who;
  EXPECT_TRUE(contains(v.sure, "all 16 replicates")) << v.sure;
}

// A third of two that agree.
Comparison three(Interval ci, double ahead) {
  Comparison c = two(201, 201, {0, 0}, 0.5);
  c.pairs[0].above = c.pairs[0].below = 0, c.pairs[0].level = 16;
  c.strategies.push_back({"wait", {193, {190, 196}}});
  for (const char* a : {"give", "sell"}) {
    PairResult pair = two(201, 193, ci, ahead).pairs[0];
    pair.a = a, pair.b = "wait";
    c.pairs.push_back(pair);
  }
  return c;
}

TEST(ShortVerdict, TellsTiesFromWins) {
  Comparison c = two(1000.125, 1000, {-0.2, 0.5}, 0.5, 8);
  c.pairs[0].above = 1, c.pairs[0].level = 7, c.pairs[0].below = 0;
  const std::string sure = write_short_verdict(c, true).sure;
  EXPECT_TRUE(contains(sure, "'give' was ahead in 1 of 8 replicates, level in 7;")) << sure;
  c.pairs[0].difference.ci = {0.1, 0.4}, c.replicates = 16;
  const std::string level = write_short_verdict(c, true).sure;
  EXPECT_TRUE(contains(level, "but a single run can well end level: it came out ahead of 'sell' in 1 of 8")) << level;
}

TEST(ShortVerdict, IsAsSureAsTheAdjustedPAllows) {
  const auto sure = [](double p, double ahead, std::int64_t n) {
    Comparison c = two(1200, 1000, {20, 380}, ahead, n);
    c.pairs[0].p_adjusted = p;
    return write_short_verdict(c, true).sure;
  };
  EXPECT_EQ(sure(0.04, 1, 6).find("This is unlikely to be luck, though the replicates are few:"), 0U);
  EXPECT_EQ(sure(0.0001, 0.7, 6).find("This is unlikely to be luck, though the replicates are few:"), 0U);
  EXPECT_EQ(sure(0.04, 1, 16).find("This is unlikely to be luck:"), 0U);
  EXPECT_EQ(sure(0.009, 1, 16).find("This is very unlikely to be luck:"), 0U);
  EXPECT_EQ(sure(0.0009, 1, 16).find("This is as good as certain"), 0U);
  EXPECT_EQ(sure(0.0009, 0.8125, 16).find("This is very unlikely to be luck:"), 0U);
}

TEST(ShortVerdict, JudgesByTheSequenceWhereThereIsOne) {
  Comparison c = two(1200, 1000, {180, 220}, 1);
  c.pairs[0].sequence = Interval{100, 400}, c.pairs[0].p_adjusted = 0.5;
  const std::string sure = write_short_verdict(c, true).sure;
  EXPECT_TRUE(contains(sure, "This is unlikely to be luck: ")) << sure;
  EXPECT_TRUE(contains(sure, "(allowing for how the run chose when to stop) the difference is 100 to 400")) << sure;
  c.pairs[0].sequence = Interval{-1, 400}, c.pairs[0].p_adjusted = 0;
  EXPECT_TRUE(contains(write_short_verdict(c, true).who, "no clear winner"));
  constexpr double infinity = std::numeric_limits<double>::infinity();
  c.pairs[0].sequence = Interval{-infinity, infinity};
  EXPECT_TRUE(contains(write_short_verdict(c, true).sure, "16 replicates are too few to say"));
}

TEST(ShortVerdict, LetsTwoLeadThatAgree) {
  const ShortVerdict v = write_short_verdict(three({4, 12}, 1), true);
  EXPECT_EQ(v.who,
            "'give' and 'sell' lead with exactly the same followers: after 90 days they have 201 followers each on "
            "average, 8 (4.1 %) more than 'wait'.");
  EXPECT_TRUE(contains(v.sure, "they came out ahead of 'wait' in all 16 replicates")) << v.sure;
  const ShortVerdict open = write_short_verdict(three({-4, 20}, 0.75), true);
  EXPECT_TRUE(contains(open.who, "'give' and 'sell' have the most followers, 201, but 8 (4.1 %) more than 'wait' may"))
      << open.who;
}

TEST(ShortVerdict, HoldsFromTheDayOnWhichTheLastRivalIsLeftBehind) {
  Comparison c = three({4, 12}, 1);
  c.strategies[1].value.mean = 200;
  c.pairs[0] = two(201, 200, {0.5, 1.5}, 0.875).pairs[0];
  c.pairs[0].crossing_day = 17, c.pairs[1].crossing_day = 13;
  EXPECT_TRUE(contains(write_short_verdict(c, true).sure, "ahead of 'sell' in 14 of 16 replicates"));
  EXPECT_TRUE(contains(write_short_verdict(c, true).sure, "the lead over both has held from day 17 on"));
  c.pairs[1].crossing_day.reset();
  EXPECT_FALSE(contains(write_short_verdict(c, true).sure, "has held"));
}

TEST(ShortVerdict, CountsADayAsOne) {
  Comparison c = two(1200, 1000, {180, 220}, 1);
  c.at = 1;
  EXPECT_TRUE(contains(write_short_verdict(c, true).who, "after 1 day it has"));
}

}  // namespace
}  // namespace passalong
