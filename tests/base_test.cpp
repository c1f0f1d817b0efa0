// The base: arithmetic that is the same everywhere, special functions, distributions, suggestions.
#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>
#include <string>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/base/math.hpp"
#include "sim/base/math_columns.hpp"
#include "sim/base/random.hpp"
#include "sim/base/special.hpp"
#include "sim/base/suggest.hpp"

namespace passalong {
namespace {

// |got - expected| in units of the last place of expected.
double ulps(double got, long double expected) {
  const double near = static_cast<double>(expected);
  const double unit = std::nextafter(std::fabs(near), std::numeric_limits<double>::infinity()) - std::fabs(near);
  return static_cast<double>(std::fabs(static_cast<long double>(got) - expected)) / unit;
}

// A low-discrepancy walk through (0, 1).
double golden(int i) {
  double whole;
  return std::modf(0.5 + i * 0.6180339887498949, &whole);
}

// Whole columns have the bits of one at a time, whatever the processor's width, at the edges too.
TEST(Math, ColumnsHaveTheBitsOfSingleValues) {
  std::vector<double> x{0, -1, 1, 1.4142135623730951, 2.2250738585072014e-308, 1e-310, 709.5, -708.5, 1e308};
  const Stream draw(1, 0, Purpose::interests);
  for (std::uint32_t i = 0; i < 20'003; ++i) x.push_back(uniform(draw(i)[0]) * (i % 2 == 0 ? 1.0 : 60.0));
  for (std::uint32_t i = 0; i < 10'000; ++i) x.push_back(-40.0 * uniform(draw(i)[1]));
  std::vector<double> logs = x, powers = x;
  log_all(logs.data(), logs.size()), exp_all(powers.data(), powers.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>(logs[i]), std::bit_cast<std::uint64_t>(passalong::log(x[i]))) << x[i];
    EXPECT_EQ(std::bit_cast<std::uint64_t>(powers[i]), std::bit_cast<std::uint64_t>(passalong::exp(x[i]))) << x[i];
  }
}

TEST(Exp, StaysWithinTwoUlpOverItsRange) {
  double worst = 0;
  for (int i = 0; i < 200'000; ++i) {
    for (const double x : {-708 + 1417 * golden(i), -1 + 2 * golden(i), -1e-6 + 2e-6 * golden(i)}) {
      worst = std::max(worst, ulps(passalong::exp(x), std::exp(static_cast<long double>(x))));
    }
  }
  EXPECT_LT(worst, 2.0);
}

TEST(Exp, KeepsItsEdges) {
  EXPECT_EQ(passalong::exp(0), 1.0);
  EXPECT_EQ(passalong::exp(-0.0), 1.0);
  EXPECT_EQ(passalong::exp(-709), 0.0);
  EXPECT_EQ(passalong::exp(-1e300), 0.0);
  EXPECT_EQ(passalong::exp(1e300), passalong::exp(709));
  EXPECT_TRUE(std::isfinite(passalong::exp(709)));
}

TEST(Exp, NeverFalls) {
  double before = 0;
  for (int i = 0; i <= 100'000; ++i) {
    const double now = passalong::exp(-20 + i * 4e-4);
    ASSERT_GE(now, before);
    before = now;
  }
}

TEST(Log, StaysWithinTwoUlpOverItsRange) {
  double worst = 0;
  for (int i = 0; i < 200'000; ++i) {
    const double wide = std::ldexp(1 + golden(i), static_cast<int>(2044 * golden(7 * i + 3)) - 1022);
    for (const double x : {wide, 0.5 + golden(i), 1 + 1e-4 * (golden(i) - 0.5), golden(i)}) {
      worst = std::max(worst, ulps(passalong::log(x), std::log(static_cast<long double>(x))));
    }
  }
  EXPECT_LT(worst, 2.0);
}

TEST(Log, KeepsItsEdges) {
  EXPECT_EQ(passalong::log(1), 0.0);
  EXPECT_EQ(passalong::log(0), -745.0);
  EXPECT_EQ(passalong::log(-1), -745.0);
  EXPECT_EQ(passalong::log(std::numeric_limits<double>::quiet_NaN()), -745.0);
  EXPECT_TRUE(std::isfinite(passalong::log(std::numeric_limits<double>::max())));
  EXPECT_EQ(passalong::exp(passalong::log(0)), 0.0);
}

TEST(Power, FollowsExpAndLog) {
  EXPECT_NEAR(power(2, 10), 1024, 1e-11);
  EXPECT_NEAR(power(10, -3), 1e-3, 1e-17);
  EXPECT_EQ(power(5, 0), 1.0);
  EXPECT_EQ(power(0, 3), 0.0);
}

TEST(Logistic, SaturatesWithoutOverflow) {
  EXPECT_EQ(logistic(0), 0.5);
  EXPECT_EQ(logistic(1e6), 1.0);
  EXPECT_LT(logistic(-1e6), 1e-300);
  EXPECT_NEAR(logistic(2) + logistic(-2), 1, 1e-15);
}

// Known values to 16 digits; the function's name says of which distribution.
TEST(NormalQuantile, KnowsItsValues) {
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  EXPECT_NEAR(normal_quantile(0.9), 1.2815515655446004, 1e-15);
  EXPECT_NEAR(normal_quantile(0.975), 1.9599639845400545, 2e-15);
  EXPECT_NEAR(normal_quantile(0.995), 2.5758293035489004, 2e-15);
  EXPECT_NEAR(normal_quantile(1e-10), -6.361340902404056, 1e-14);
  EXPECT_NEAR(normal_quantile(1e-20), -9.262340089798408, 2e-14);
  for (int i = 0; i < 10'000; ++i) {
    const double u = golden(i);
    ASSERT_NEAR(normal_cdf(normal_quantile(u)), u, 1e-14);
    ASSERT_NEAR(normal_quantile(1 - u), -normal_quantile(u), 1e-10 / std::min(u, 1 - u) * 1e-4 + 1e-13);
  }
}

TEST(NormalCdf, KnowsItsValues) {
  EXPECT_EQ(normal_cdf(0), 0.5);
  EXPECT_NEAR(normal_cdf(1), 0.8413447460685429, 1e-15);
  EXPECT_NEAR(normal_cdf(-3) / 0.0013498980316300946, 1, 1e-12);
  EXPECT_NEAR(normal_cdf(-10) / 7.619853024160527e-24, 1, 1e-11);
  EXPECT_EQ(normal_cdf(40), 1.0);
}

TEST(LogGamma, AgreesWithTheLibrary) {
  for (const double x : {0.01, 0.5, 1.0, 1.5, 2.0, 7.0, 33.3, 170.0, 1e4}) {
    const double exact = static_cast<double>(std::lgamma(static_cast<long double>(x)));
    EXPECT_NEAR(log_gamma(x), exact, 1e-13 * (1 + std::fabs(exact))) << x;
  }
}

TEST(IncompleteGamma, MatchesClosedForms) {
  for (const double x : {1e-8, 0.01, 0.5, 1.0, 3.0, 9.0, 30.0}) {
    EXPECT_NEAR(gamma_p(1, x), -std::expm1(-x), 1e-14) << x;
    EXPECT_NEAR(gamma_p(0.5, x), std::erf(std::sqrt(x)), 1e-13) << x;
    EXPECT_NEAR(gamma_q(3, x), std::exp(-x) * (1 + x + x * x / 2), 1e-14) << x;
    for (const double a : {0.1, 2.0, 50.0}) EXPECT_NEAR(gamma_p(a, x) + gamma_q(a, x), 1, 1e-14);
  }
  EXPECT_EQ(gamma_p(2, 0), 0.0);
  EXPECT_EQ(gamma_q(2, 0), 1.0);
  EXPECT_NEAR(gamma_p(1000, 1000), 0.504205244180, 1e-11);  // 1/2 + 1 / (3 sqrt(2 pi a)) + ...
}

TEST(IncompleteBeta, MatchesClosedForms) {
  for (const double x : {1e-6, 0.1, 0.3, 0.5, 0.77, 0.999}) {
    EXPECT_NEAR(beta_cdf(1, 1, x), x, 1e-14);
    EXPECT_NEAR(beta_cdf(2, 3, x), x * x * (6 - 8 * x + 3 * x * x), 1e-13);
    EXPECT_NEAR(beta_cdf(0.5, 0.5, x), 2 / std::numbers::pi * std::asin(std::sqrt(x)), 1e-13);
    EXPECT_NEAR(beta_cdf(0.5, 9, x), 1 - beta_cdf(9, 0.5, 1 - x), 1e-13);
    EXPECT_NEAR(beta_cdf(200, 1, x), std::pow(x, 200), 1e-12);
  }
  EXPECT_EQ(beta_cdf(2, 3, 0), 0.0);
  EXPECT_EQ(beta_cdf(2, 3, 1), 1.0);
}

TEST(Student, MatchesClosedFormsAndTables) {
  for (const double t : {-30.0, -1.0, 0.0, 0.2, 2.0, 40.0}) {
    EXPECT_NEAR(student_cdf(t, 1), 0.5 + std::atan(t) / std::numbers::pi, 1e-13);
    EXPECT_NEAR(student_cdf(t, 2), 0.5 + t / (2 * std::sqrt(2 + t * t)), 1e-13);
  }
  EXPECT_NEAR(student_quantile(0.975, 1), 12.706204736174698, 1e-10);
  EXPECT_NEAR(student_quantile(0.975, 3), 3.1824463052837091, 1e-12);
  EXPECT_NEAR(student_quantile(0.975, 15), 2.1314495455597742, 1e-12);
  EXPECT_NEAR(student_quantile(0.975, 1e7), 1.9599642, 1e-6);
  EXPECT_EQ(student_quantile(0.5, 4), 0.0);
  EXPECT_EQ(student_quantile(0.025, 4), -student_quantile(0.975, 4));
}

struct Shape {
  const char* name;
  Distribution distribution;
  double mean, variance;
};

std::vector<Shape> shapes() {
  const double e = std::numbers::e;
  return {{"uniform", Distribution::uniform(2, 5), 3.5, 0.75},
          {"beta", Distribution::beta(2.5, 2), 5 / 9.0, 2.5 * 2 / (4.5 * 4.5 * 5.5)},
          {"beta, mass at 0", Distribution::beta(0.5, 9), 0.5 / 9.5, 0.5 * 9 / (9.5 * 9.5 * 10.5)},
          {"beta, mass at both ends", Distribution::beta(0.5, 0.5), 0.5, 0.125},
          {"normal", Distribution::normal(-1, 3), -1, 9},
          {"log-normal", Distribution::log_normal(25, 1), 25, 625 * (e - 1)},
          {"exponential", Distribution::exponential(4), 4, 16},
          {"gamma", Distribution::gamma(0.7, 2), 2, 4 / 0.7},
          {"gamma, near normal", Distribution::gamma(30, 6), 6, 36 / 30.0},
          {"constant", Distribution::constant(7), 7, 0}};
}

TEST(Distribution, HasItsMoments) {
  for (const Shape& s : shapes()) {
    constexpr int cells = 1 << 18;
    double sum = 0, squares = 0;
    for (int i = 0; i < cells; ++i) {
      const double x = s.distribution.quantile((i + 0.5) / cells);
      sum += x, squares += x * x;
    }
    const double mean = sum / cells, variance = squares / cells - mean * mean;
    EXPECT_NEAR(mean, s.mean, 1e-4 * (1 + std::fabs(s.mean))) << s.name;
    // What lies beyond the last cell is missing: for the log-normal 0.6 %.
    EXPECT_NEAR(variance, s.variance, 8e-3 * s.variance + 1e-9) << s.name;
    EXPECT_EQ(s.distribution.mean(), s.mean) << s.name;
  }
}

TEST(Distribution, NeverFallsAndStaysFinite) {
  constexpr double least = 0.5 / 4294967296.0;  // the ends of uniform(word)
  for (const Shape& s : shapes()) {
    double before = s.distribution.quantile(least);
    EXPECT_TRUE(std::isfinite(before)) << s.name;
    for (int i = 1; i < 50'000; ++i) {
      const double now = s.distribution.quantile(i / 50'000.0);
      ASSERT_GE(now, before) << s.name << " at " << i;
      before = now;
    }
    const double last = s.distribution.quantile(1 - least);
    EXPECT_GE(last, before) << s.name;
    EXPECT_TRUE(std::isfinite(last)) << s.name;
  }
}

TEST(Distribution, StaysInsideItsSupport) {
  constexpr double least = 0.5 / 4294967296.0;
  for (const auto& d : {Distribution::beta(0.5, 9), Distribution::beta(9, 0.5), Distribution::beta(0.5, 0.5),
                        Distribution::beta(2, 4), Distribution::beta(1, 1)}) {
    EXPECT_GT(d.quantile(least), 0.0);
    EXPECT_LT(d.quantile(1 - least), 1.0);
  }
  for (const double shape : {0.2, 1.0, 12.0}) EXPECT_GT(Distribution::gamma(shape, 3).quantile(least), 0.0);
  EXPECT_GT(Distribution::exponential(1).quantile(least), 0.0);
  EXPECT_GT(Distribution::log_normal(1, 2).quantile(least), 0.0);
}

TEST(Distribution, InvertsItsDistributionFunction) {
  const auto beta = Distribution::beta(2, 4);
  const auto gamma = Distribution::gamma(3, 6);
  for (const double u : {0.01, 0.2, 0.5, 0.9, 0.99}) {  // interpolated: a few parts in a million
    EXPECT_NEAR(beta_cdf(2, 4, beta.quantile(u)), u, 1e-6) << u;
    EXPECT_NEAR(gamma_p(3, gamma.quantile(u) / 2), u, 1e-6) << u;
  }
  for (const double u : {1e-9, 1e-6, 1e-4}) {  // beyond the table: exact
    EXPECT_NEAR(beta_cdf(2, 4, beta.quantile(u)) / u, 1, 1e-11) << u;
    EXPECT_NEAR(gamma_p(3, gamma.quantile(u) / 2) / u, 1, 1e-11) << u;
    EXPECT_NEAR((1 - beta_cdf(2, 4, beta.quantile(1 - u))) / u, 1, 1e-6) << u;
    EXPECT_NEAR(gamma_q(3, gamma.quantile(1 - u) / 2) / u, 1, 1e-6) << u;
  }
}

TEST(Distribution, TakesANormalScoreForItsQuantile) {
  for (const Shape& s : shapes()) {
    for (const double z : {-9.0, -3.0, -0.4, 0.0, 1.3, 6.0}) {
      const double expected = s.distribution.quantile(std::clamp(normal_cdf(z), 1e-12, 1 - 1e-12));
      const bool exact = s.distribution.kind() == Distribution::Kind::normal ||
                         s.distribution.kind() == Distribution::Kind::log_normal;
      if (exact && std::fabs(z) > 5) continue;  // they reach further than the quantile of a clamped share
      EXPECT_NEAR(s.distribution.at_score(z), expected, 1e-10 * (1 + std::fabs(expected))) << s.name << " at " << z;
    }
  }
}

TEST(Distribution, ComparesByWhatItIs) {
  EXPECT_EQ(Distribution::beta(2, 4), Distribution::beta(2, 4));
  EXPECT_FALSE(Distribution::beta(2, 4) == Distribution::beta(2, 5));
  EXPECT_FALSE(Distribution::exponential(2) == Distribution::constant(2));
  EXPECT_EQ(Distribution(), Distribution::constant(0));
}

TEST(Suggest, CountsEdits) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("abc", ""), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("folowers", "followers"), 1U);
  EXPECT_EQ(edit_distance("follwoers", "followers"), 1U);  // a swap is one edit
  EXPECT_EQ(edit_distance("ca", "abc"), 3U);               // alignment: a pair is swapped or edited, not both
}

TEST(Suggest, OffersTheNearestWordOrNone) {
  const std::vector<std::string> known = {"follows", "followers", "reach"};
  EXPECT_EQ(suggest("folowers", known), "followers");
  EXPECT_EQ(suggest("raech", known), "reach");
  EXPECT_EQ(suggest("REACH", known), "reach");  // capitals are no distance
  EXPECT_EQ(suggest("followers", known), "followers");
  EXPECT_EQ(suggest("temperature", known), std::nullopt);
  EXPECT_EQ(suggest("x", known), std::nullopt);
  EXPECT_EQ(suggest("", known), std::nullopt);
  EXPECT_EQ(suggest("reach", {}), std::nullopt);
  EXPECT_EQ(suggest("ad", std::vector<std::string>{"abd", "add"}), "abd");  // the first of equals
}

}  // namespace
}  // namespace passalong
