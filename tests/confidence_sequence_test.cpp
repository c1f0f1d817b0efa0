// label: theory
// Confidence sequences hold though one looks after every value. Shares are over 4,000 streams of 1,000 values; a true
// share of 5 % goes beyond 6.5 % once in 75,000 times.
#include "sim/experiment/confidence_sequence.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <numbers>

#include "sim/base/math.hpp"
#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/experiment/statistics.hpp"

namespace passalong {
namespace {
constexpr std::uint32_t streams = 4000;
const double infinity = std::numeric_limits<double>::infinity();

// Two uniforms for value i of a stream.
using Uniforms = std::array<double, 2>;
Uniforms draw(std::uint32_t stream, std::uint32_t i) {
  const Words words = Stream(11, stream, Purpose::scenario_draw)(i);
  return {uniform(words[0]), uniform(words[1])};
}

double poisson(double mean, double u) {
  double chance = passalong::exp(-mean), below = 0;
  for (int k = 0;; ++k, chance *= mean / k)
    if ((below += chance) > u || k > 40) return k;
}

struct Kind {
  const char* name;
  double mean;
  std::function<double(const Uniforms&)> value;
  double allowed = 0.065;  // share of streams that ever miss
};

double lognormal(double u, double sigma) { return passalong::exp(sigma * normal_quantile(u)); }
double mean_lognormal(double sigma) { return passalong::exp(sigma * sigma / 2); }
double exponential(double u) { return -passalong::log(u); }

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all{
      {"normal", 0, [](const Uniforms& u) { return normal_quantile(u[0]); }, 0.05},
      {"exponential", 1, [](const Uniforms& u) { return exponential(u[0]); }},
      {"log-normal .5", mean_lognormal(.5), [](const Uniforms& u) { return lognormal(u[0], .5); }},
      {"log-normal .5 - .25", mean_lognormal(.5) - mean_lognormal(.25),
       [](const Uniforms& u) { return lognormal(u[0], .5) - lognormal(u[1], .25); }},
      {"Poisson 1 - 2", -1, [](const Uniforms& u) { return poisson(1, u[0]) - poisson(2, u[1]); }, 0.05},
      {"one in five", 0.2, [](const Uniforms& u) { return u[0] < 0.2 ? 1.0 : 0.0; }, 0.05},
      // What no interval of its length can know before the tail has come up.
      {"log-normal 1", mean_lognormal(1), [](const Uniforms& u) { return lognormal(u[0], 1); }, 0.12}};
  return all;
}

bool misses(const Interval& i, double mean) { return mean < i.low || mean > i.high; }

TEST(ConfidenceSequence, HoldsThoughOneLooksAfterEveryValue) {
  Team team(2);
  for (const Kind& kind : kinds()) {
    std::vector<char> missed(streams), missed_by_t(streams);
    team.each(streams, [&](std::size_t stream, unsigned) {
      SequentialMean sum;
      for (std::uint32_t i = 0; i < 1000 && !missed[stream]; ++i) {
        sum.add(kind.value(draw(static_cast<std::uint32_t>(stream), i)));
        missed[stream] = misses(sum.interval(0.05), kind.mean);
      }
    });
    const double share = static_cast<double>(std::ranges::count(missed, 1)) / streams;
    std::printf("  %-22s %.4f ever miss\n", kind.name, share);
    EXPECT_LE(share, kind.allowed) << kind.name;
  }
}

// What makes all this necessary.
TEST(ConfidenceSequence, AFixedIntervalDoesNot) {
  int missed = 0;
  for (std::uint32_t stream = 0; stream < 200; ++stream) {
    std::vector<double> values;
    bool misses_once = false;
    for (std::uint32_t i = 0; i < 100 && !misses_once; ++i) {
      values.push_back(normal_quantile(draw(stream, i)[0]));
      misses_once = i >= 7 && misses(mean_interval(values).ci, 0);
    }
    missed += misses_once;
  }
  EXPECT_GT(missed, 40);  // a fifth and more
}

// The median number of values until 0 is excluded, and a share of streams in which the truth was missed by then.
struct Detection {
  double median = 0, wrong = 0;
};
Detection detect(double effect, double alpha, std::uint32_t most) {
  std::vector<double> counts(1000);
  double wrong = 0;
  for (std::uint32_t stream = 0; stream < counts.size(); ++stream) {
    SequentialMean sum;
    std::uint32_t i = 0;
    Interval now{-infinity, infinity};
    while (i < most && misses(now, 0) == false) {
      sum.add(effect + normal_quantile(draw(stream, i++)[0]));
      now = sum.interval(alpha);
    }
    counts[stream] = i, wrong += misses(now, effect);
  }
  std::ranges::nth_element(counts, counts.begin() + 500);
  return {counts[500], wrong / static_cast<double>(counts.size())};
}

TEST(ConfidenceSequence, Detects) {
  for (const auto& [effect, least, most] : {std::array{0.5, 30.0, 65.0}, {1.0, 10.0, 22.0}, {2.0, 8.0, 11.0}}) {
    const Detection one = detect(effect, 0.05, 1000), three = detect(effect, shared_alpha(3), 1000);
    std::printf("  an effect of %.1f sd shows after %.0f values, as one of three after %.0f\n", effect, one.median,
                three.median);
    EXPECT_GE(one.median, least);
    EXPECT_LE(one.median, most);
    EXPECT_GE(three.median, one.median);
    EXPECT_LE(three.median, 1.6 * most);
    EXPECT_LE(one.wrong, 0.065);
  }
}

TEST(ConfidenceSequence, NarrowsAsTheRootOfLogNByN) {
  const auto scaled = [](double n) { return sequence_critical_value(n, 0.05) / std::sqrt(std::log(n)); };
  EXPECT_NEAR(scaled(1e4), std::sqrt((std::log(2e4) + 2 * std::log(20)) / std::log(1e4)), 0.01);
  EXPECT_NEAR(scaled(1e8), std::sqrt((std::log(2e8) + 2 * std::log(20)) / std::log(1e8)), 1e-4);
  for (double n = 4; n < 1e6; n *= 1.3) {
    EXPECT_LT(sequence_critical_value(1.3 * n, 0.05) / std::sqrt(1.3 * n),
              sequence_critical_value(n, 0.05) / std::sqrt(n));
    EXPECT_GT(sequence_critical_value(n, 0.05), 2.2);  // never as short as a fixed one
  }
}

// ---- the closed form ----

TEST(ConfidenceSequence, ItsCriticalValueIsWhereTheEvidenceIsOneOverAlpha) {
  for (const double alpha : {0.05, 0.05 / 3, 0.001})
    for (const double n : {2.0, 3.0, 5.0, 8.0, 16.0, 50.0, 256.0, 1000.0, 1e6}) {
      const double t = sequence_critical_value(n, alpha);
      if (std::isinf(t)) {
        EXPECT_LE(e_value(n, infinity), 1 / alpha * (1 + 1e-12));
        continue;
      }
      double low = 0, high = 1e9;  // solved by halving
      for (int i = 0; i < 200; ++i) {
        const double middle = (low + high) / 2;
        (e_value(n, middle) < 1 / alpha ? low : high) = middle;
      }
      EXPECT_NEAR(t, low, 1e-6 * low) << n;
      EXPECT_NEAR(e_value(n, t) * alpha, 1, 1e-6) << n;
    }
  EXPECT_TRUE(std::isinf(sequence_critical_value(1, 0.05)));
  EXPECT_TRUE(std::isinf(sequence_critical_value(4, 0.05 / 3)));
}

// The likelihood of values, integrated over sigma with 1 / sigma, at an effect of d; up to a factor.
double likelihood(const std::vector<double>& values, double d) {
  double integral = 0;
  constexpr double step = 0.02;
  for (double u = -8; u < 8; u += step) {  // u = ln sigma
    double log_density = 0;
    for (const double v : values) {
      const double z = v * std::exp(-u) - d;
      log_density -= z * z / 2 + u;
    }
    integral += step * std::exp(log_density);
  }
  return integral;
}

// From its definition: no algebra in between.
TEST(ConfidenceSequence, ItsEvidenceIsTheRatioOfWhatTheValuesWouldBe) {
  constexpr double g = 2;
  for (const std::vector<double>& values :
       {std::vector{0.7, -0.2}, {1.3, 0.4, 2.2}, {-0.5, 0.9, 1.1, 0.2, 1.7}, {3.0, 3.1, 2.9, 3.2}}) {
    double mixed = 0;
    constexpr double step = 0.02;
    for (double d = -14; d < 14; d += step)
      mixed += step * std::exp(-d * d / (2 * g)) / std::sqrt(2 * std::numbers::pi * g) * likelihood(values, d);
    const double n = static_cast<double>(values.size());
    double mean = 0, squares = 0;
    for (const double v : values) mean += v / n;
    for (const double v : values) squares += (v - mean) * (v - mean);
    const double t = mean / std::sqrt(squares / (n - 1) / n);
    EXPECT_NEAR(e_value(n, t) / (mixed / likelihood(values, 0)), 1, 1e-4);
  }
}

// Its mean is 1 at every n where the supposed mean is true; over 20,000 streams, within 4.5 standard errors (a false
// alarm in 100,000).
TEST(ConfidenceSequence, ItsEvidenceIsAMartingale) {  // with more values the tail is too long to be met
  constexpr std::uint32_t many = 20'000;
  for (const std::uint32_t n : {2U, 3U, 4U, 6U}) {
    double sum = 0, sum_of_squares = 0;
    for (std::uint32_t stream = 0; stream < many; ++stream) {
      double mean = 0, squares = 0;
      std::vector<double> values;
      for (std::uint32_t i = 0; i < n; ++i) values.push_back(5 * normal_quantile(draw(stream, i)[0]));
      for (const double v : values) mean += v / n;
      for (const double v : values) squares += (v - mean) * (v - mean);
      const double e = e_value(n, mean / std::sqrt(squares / (n - 1) / n));
      sum += e, sum_of_squares += e * e;
    }
    const double mean = sum / many, se = std::sqrt((sum_of_squares / many - mean * mean) / many);
    EXPECT_NEAR(mean, 1, 4.5 * se) << n;
    EXPECT_LT(se, 0.05);
  }
}

// ---- what it makes of values ----

TEST(ConfidenceSequence, IsTextbookWhereValuesAreSymmetric) {
  const std::vector<double> values{1, 2, 3, 4, 5, 6, 7, 8, 9};
  const Interval i = mean_sequence(values);
  const double half = sequence_critical_value(9, 0.05) * std::sqrt(7.5 / 9);
  EXPECT_NEAR(i.low, 5 - half, 1e-12);
  EXPECT_NEAR(i.high, 5 + half, 1e-12);
}

TEST(ConfidenceSequence, IsLongerOnTheSideToWhichValuesAreSkewed) {
  std::vector<double> values{1, 2, 3, 4, 5, 6, 7, 8, 30};
  const Interval up = mean_sequence(values);
  const double mean = 66.0 / 9;
  EXPECT_GT(up.high - mean, 1.5 * (mean - up.low));
  EXPECT_LE(up.high - mean, 4 * (mean - up.low) * (1 + 1e-12));
  for (double& v : values) v = -v;
  const Interval down = mean_sequence(values);
  EXPECT_NEAR(down.low, -up.high, 1e-12);
  EXPECT_NEAR(down.high, -up.low, 1e-12);
}

TEST(ConfidenceSequence, KnowsItsLimits) {
  const auto is_unknown = [](const Interval& i) { return i.low == -infinity && i.high == infinity; };
  EXPECT_TRUE(is_unknown(mean_sequence({})));
  EXPECT_TRUE(is_unknown(mean_sequence({1, 2, 3, 4, 5, 6, 7})));
  EXPECT_FALSE(is_unknown(mean_sequence({1, 2, 3, 4, 5, 6, 7, 8})));
  EXPECT_TRUE(is_unknown(mean_sequence({1, 2, 3, 4, 5, 6, 7, std::nan("")})));
  // Counts that are all alike.
  for (const std::size_t n : {2U, 8U, 64U, 5000U})
    EXPECT_TRUE(is_unknown(mean_sequence(std::vector<double>(n, 0.1)))) << n;
  // A large mean takes nothing from a small spread.
  std::vector<double> far{1, 2, 3, 4, 5, 6, 7, 8, 9};
  const Interval near = mean_sequence(far);
  for (double& v : far) v += 1e9;
  EXPECT_NEAR(mean_sequence(far).high - 1e9, near.high, 1e-5);
}

}  // namespace
}  // namespace passalong
