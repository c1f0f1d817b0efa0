// label: theory
// Stocks that fill and drain, one mechanism at a time: X13 (word of mouth by numbers, Bass 1969) and X22 (inflow
// against a constant hazard). Random checks allow 4.9 standard errors, a false alarm in a million, with fixed seeds.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/small_world.hpp"

namespace passalong {
namespace {
constexpr double sigmas = 4.9;

// Nothing happens in it by itself: no posts, nobody joins, leaves or buys.
SmallWorld quiet(std::int64_t accounts, std::int64_t followers) {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = 5, s.tick = 24, s.content.lifetime = 24, s.network.kind = "ring", s.network.accounts = accounts;
  s.population.sellers = s.audience.reciprocal = s.audience.inflow = 0;
  w.study("one", 0, 0, followers);
  w.mechanisms.unfollow.on = w.mechanisms.ladder.on = false;
  return w;
}

constexpr int stride = 5;  // days

// A series of the first studied account, every so many days.
std::vector<double> follow(SmallWorld& w, const std::string& name, int days) {
  Team team(2);
  w.scenario.duration = 24.0 * days;
  w.generate(team);
  const auto world = w.world(w.setting(), team);
  std::size_t q = 0;
  while (world->quantities()[q].name != name) ++q;
  std::vector<double> series, row;
  for (int d = 0; d <= days; ++d) {
    if (d % stride == 0) world->measure(row), series.push_back(row[q]);
    world->step();
  }
  return series;
}

// Bass 1969: F' = (p + q F)(1 - F).
double bass(double p, double q, double t) {
  const double e = std::exp(-(p + q) * t);
  return (1 - e) / (1 + q / p * e);
}

constexpr int unit = 40;  // days: a day's step costs up to .7 %
constexpr double n = 100'000;

// F by days and its variance: fluctuations feed on themselves, V' = 2 f'(F) V + f / n (van Kampen's linear noise).
std::vector<double> standard_errors(double p, double q, int days) {
  std::vector<double> se;
  double V = 0;
  for (int d = 0; d <= days; ++d) {
    if (d % stride == 0) se.push_back(std::sqrt(V));
    const double F = bass(p, q, static_cast<double>(d) / unit), f = (p + q * F) * (1 - F);
    V += (2 * (q * (1 - F) - (p + q * F)) * V + f / n) / unit;
  }
  return se;
}

struct Bass {
  double p, q, peak_time, peak_share, peak_rate;
  std::vector<std::pair<double, double>> shares;  // published: when, F
};

double at(const std::vector<double>& series, double t) {  // units
  const double d = t * unit / stride;
  const auto k = static_cast<std::size_t>(d);
  return series[k] + (d - std::floor(d)) * (series[k + 1] - series[k]);
}

TEST(WordOfMouth, is_the_curve_of_bass) {  // X13
  for (const Bass& b : {Bass{.03, .38, 6.1926, .46053, .11059, {{1, .03576}, {5, .33120}, {10, .81280}}},
                        Bass{.01, .40, 8.9973, .4875, .10506, {}}}) {
    SCOPED_TRACE(b.p);
    SmallWorld w = quiet(static_cast<std::int64_t>(n), static_cast<std::int64_t>(n));
    w.mechanisms.ladder.on = true, w.mechanisms.ladder.innovation = b.p / unit,
    w.mechanisms.ladder.imitation = b.q / unit;
    const int days = 11 * unit;
    std::vector<double> F = follow(w, "customers", days);
    for (double& share : F) share /= n;
    const std::vector<double> se = standard_errors(b.p, b.q, days);
    auto shares = b.shares;
    shares.emplace_back(b.peak_time, b.peak_share);
    for (const auto& [t, published] : shares) {
      EXPECT_NEAR(bass(b.p, b.q, t), published, 6e-5) << t;
      EXPECT_NEAR(at(F, t), published, 0.01 * published + sigmas * at(se, t)) << t;
    }
    // The rate is highest at t*: measured over half a unit, in which it differs from the peak by less than .2 %.
    const auto rate = [&](double t) { return 2 * (at(F, t + 0.25) - at(F, t - 0.25)); };
    const double noise = std::sqrt(b.peak_rate / 2 / n) * 2;
    EXPECT_NEAR(rate(b.peak_time), b.peak_rate, 0.012 * b.peak_rate + sigmas * noise);
    for (const double away : {-1.5, 1.5}) EXPECT_LT(rate(b.peak_time + away), rate(b.peak_time));
  }
}

TEST(WordOfMouth, counts_every_purchase_once) {
  SmallWorld w = quiet(2000, 1000);
  Ladder& ladder = w.mechanisms.ladder;
  ladder.on = true, ladder.innovation = 100, ladder.client_rate = 0;  // all buy on the first day
  EXPECT_EQ(follow(w, "customers", 20), (std::vector<double>{0, 1000, 1000, 1000, 1000}));
}

// dN/dt = g (1 - N / A) - h N among A accounts: who is drawn and follows already does not join again. A day's step
// makes the stock larger by h / 2 a day, less than a thousandth.
TEST(Renewal, fills_the_stock_with_the_half_time_of_the_hazard) {  // X22
  constexpr double h = .0406 / 30, first = 10'000, accounts = 400'000, inflow = .0812;
  EXPECT_NEAR(std::log(2) / .0406, 17.1, 0.05);  // months
  SmallWorld w = quiet(static_cast<std::int64_t>(accounts), static_cast<std::int64_t>(first));
  w.scenario.audience.inflow = inflow, w.scenario.audience.inflow_near = 0;
  Unfollow& u = w.mechanisms.unfollow;
  u.on = true, u.rate = h, u.base = 1, u.new_tie = 1;
  const double g = inflow * first / 30, k = h + g / accounts, stock = g / k;
  EXPECT_NEAR(stock, g / h, 0.06 * g / h);
  const std::vector<double> N = follow(w, "followers", 1540);
  for (const int d : {100, 510, 1540}) {
    const double expected = stock + (first - stock) * std::exp(-k * d);
    // Survivors are binomial, the newer ones at most Poisson.
    EXPECT_NEAR(N[static_cast<std::size_t>(d / stride)], expected, sigmas * std::sqrt(expected) + 1e-3 * expected) << d;
  }
}

// Without inflow what is left is exp(-h t): half of them after 17.1 months.
TEST(Renewal, drains_by_the_constant_hazard_alone) {
  constexpr double h = .0406 / 30, first = 20'000;
  SmallWorld w = quiet(40'000, static_cast<std::int64_t>(first));
  Unfollow& u = w.mechanisms.unfollow;
  u.on = true, u.rate = h, u.base = 1;
  constexpr int half_time = 515;  // days: 17.1 months of 30, to the next row
  const std::vector<double> N = follow(w, "followers", 520);
  const double left = std::exp(-h * half_time);
  EXPECT_NEAR(N[half_time / stride], first * left, sigmas * std::sqrt(first * left * (1 - left)));
  EXPECT_NEAR(left, 0.5, 0.002);
}

}  // namespace
}  // namespace passalong
