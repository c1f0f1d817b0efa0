// Tests behind comparisons against textbooks, brute force and tables of power.
#include "sim/experiment/inference.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/special.hpp"

namespace passalong {
namespace {
const double infinity = std::numeric_limits<double>::infinity();
const double nothing = std::numeric_limits<double>::quiet_NaN();

TEST(PairedTest, MatchesATextbook) {  // differences 1, -1, 4, 5, 4: mean 2.6, variance 6.3
  const TTest t = paired_test({1, -1, 4, 5, 4});
  EXPECT_DOUBLE_EQ(t.difference.mean, 2.6);
  EXPECT_NEAR(t.squared_error(), 6.3 / 5, 1e-12);
  EXPECT_EQ(t.degrees(), 4);
  EXPECT_NEAR(t.p, 2 * (1 - student_cdf(2.6 / std::sqrt(6.3 / 5), 4)), 1e-12);
  EXPECT_NEAR(t.difference.ci.low, mean_interval({1, -1, 4, 5, 4}).ci.low, 1e-12);
  EXPECT_LT(t.interval(0.99).low, t.difference.ci.low);
}

TEST(WelchTest, MatchesItsFormula) {  // variances 7.3 and 13/3
  const TTest t = welch_test({4, 6, 8, 11, 9}, {3, 7, 4});
  const double a = 7.3 / 5, b = 13.0 / 9;
  EXPECT_NEAR(t.difference.mean, 7.6 - 14.0 / 3, 1e-12);
  EXPECT_NEAR(t.squared_error(), a + b, 1e-12);
  EXPECT_NEAR(t.degrees(), (a + b) * (a + b) / (a * a / 4 + b * b / 2), 1e-9);
  EXPECT_NEAR(t.p, 2 * (1 - student_cdf(t.difference.mean / std::sqrt(a + b), t.degrees())), 1e-12);
}

TEST(Tests, KnowTheirLimits) {
  EXPECT_TRUE(std::isnan(paired_test({}).difference.mean));
  EXPECT_TRUE(std::isnan(paired_test({3}).p));
  EXPECT_EQ(paired_test({3}).difference.ci.high, infinity);
  EXPECT_EQ(paired_test({0, 0, 0}).p, 1);
  EXPECT_TRUE(std::isnan(welch_test({1, 2}, {}).difference.mean));
  EXPECT_TRUE(std::isnan(welch_test({1, 2}, {3}).p));
  EXPECT_EQ(welch_test({1, 2}, {3}).difference.ci.low, -infinity);
  EXPECT_GT(paired_test({1e9, 1e9 + 1, 1e9 + 2}).p, 0);  // far out, yet not rounded away
}

// Two replicates of a count that happen to differ by as much are no proof.
TEST(Tests, DoNotBelieveAFewThatAreAlike) {
  for (const TTest& few :
       {paired_test({2, 2}), paired_test(std::vector<double>(63, 2.0)), welch_test({1, 1}, {3, 3})}) {
    EXPECT_TRUE(std::isnan(few.p));
    EXPECT_EQ(few.difference.ci.low, -infinity);
    EXPECT_EQ(few.interval(0.99).high, infinity);
  }
  EXPECT_EQ(replicates_more(paired_test({2, 2}), 0.05), 62);
  for (const TTest& sure : {paired_test(std::vector<double>(64, 2.0)), paired_test({2, 2}, true)}) {
    EXPECT_GT(sure.p, 0) << "never nothing";
    EXPECT_LT(sure.p, 1e-9);
    EXPECT_EQ(sure.difference.ci.low, 2);
  }
  EXPECT_EQ(paired_test({0, 0}).difference.ci.high, 0);
}

TEST(Holm, StepsDown) {  // p 3 of the four are .005, .01, .03, .04
  const auto p = holm_adjusted({0.01, 0.04, 0.03, 0.005});
  EXPECT_DOUBLE_EQ(p[3], 0.02);
  EXPECT_DOUBLE_EQ(p[0], 0.03);
  EXPECT_DOUBLE_EQ(p[2], 0.06);
  EXPECT_DOUBLE_EQ(p[1], 0.06);  // never below a smaller one's
  EXPECT_DOUBLE_EQ(holm_adjusted({0.7, 0.9})[0], 1);
  const auto holes = holm_adjusted({nothing, 0.02});
  EXPECT_TRUE(std::isnan(holes[0]));
  EXPECT_DOUBLE_EQ(holes[1], 0.02);
}

TEST(ShareOfWins, IsWhatCountingPairsGives) {
  const std::vector<double> a{3, 1, 4, 1, 5}, b{2, 7, 1, 4};
  double wins = 0;
  for (const double x : a)
    for (const double y : b) wins += x > y ? 1 : x == y ? 0.5 : 0;
  EXPECT_DOUBLE_EQ(share_of_wins(a, b), wins / 20);
  EXPECT_DOUBLE_EQ(share_of_wins(a, b) + share_of_wins(b, a), 1);
  EXPECT_TRUE(std::isnan(share_of_wins({}, b)));
}

TEST(WinsInterval, SolvesItsEquation) {
  const double share = 0.7, n = 12, m = 9, z = 1.959963984540054;
  const Interval i = wins_interval(share, n, m);
  for (const double x : {i.low, i.high}) {
    const double variance = x * (1 - x) * (1 + ((n + m) / 2 - 1) * ((1 - x) / (2 - x) + x / (1 + x))) / (n * m);
    EXPECT_NEAR((share - x) * (share - x), z * z * variance, 1e-9);
  }
  EXPECT_EQ(wins_interval(0, 8, 8).low, 0);
  EXPECT_EQ(wins_interval(1, 8, 8).high, 1);
  EXPECT_NEAR(wins_interval(1, 8, 8).low + wins_interval(0, 8, 8).high, 1, 1e-9);
  EXPECT_NEAR(wins_interval(1, 1, 1).low, wilson_interval(1, 1).low, 1e-9);  // one pair is Wilson's
  EXPECT_EQ(wins_interval(0.5, 0, 3).high, 1);
}

// Cohen 1988 and any table of the noncentral t: one sample, effect .5, 34 for a power of .8; .8 needs 15; two samples
// of equal variance and effect .5 need 64 each.
TEST(ReplicatesMore, MatchTablesOfPower) {
  TTest seen;
  seen.count_a = 8, seen.variance_a = 1, seen.p = 0.5;
  seen.difference.mean = 0.5;
  EXPECT_NEAR(static_cast<double>(*replicates_more(seen, 0.05)), 34 - 8, 1);
  seen.difference.mean = -0.8;
  EXPECT_NEAR(static_cast<double>(*replicates_more(seen, 0.05)), 15 - 8, 1);
  seen.variance_b = 1, seen.count_b = 8, seen.difference.mean = 0.5;
  EXPECT_NEAR(static_cast<double>(*replicates_more(seen, 0.05)), 64 - 8, 1);
}

TEST(ReplicatesMore, KnowWhenThereIsNoAnswer) {
  TTest seen;
  seen.count_a = 8, seen.variance_a = 1, seen.p = 0.01, seen.difference.mean = 1;
  EXPECT_EQ(replicates_more(seen, 0.05), 0);
  seen.p = 0.5, seen.difference.mean = 0;
  EXPECT_EQ(replicates_more(seen, 0.05), std::nullopt);
  seen.difference.mean = 1e-6;
  EXPECT_EQ(replicates_more(seen, 0.05), std::nullopt);
  seen.p = nothing;
  EXPECT_EQ(replicates_more(seen, 0.05), std::nullopt);
}

TEST(Power, IsTheLevelWithoutADifference) {
  EXPECT_NEAR(power_of(0, 40, 0.05), 0.05, 0.003);
  EXPECT_NEAR(power_of(2.8, 1e6, 0.05), 0.8, 0.001);
  EXPECT_GT(power_of(9, 7, 0.05), 0.999);
}

}  // namespace
}  // namespace passalong
