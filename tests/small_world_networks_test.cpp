// label: theory
// Small worlds and recursive matrices against closed forms. Each statistical bound has a false-alarm rate of
// 1e-6 or less; seeds are fixed, so a pass stays a pass.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "tests/drawn_networks.hpp"

namespace passalong {
namespace {
// Mean over accounts of the share of an account's pairs of neighbours that are tied (Watts & Strogatz 1998).
double clustering(const Network& n) {
  double sum = 0;
  for (AccountId a = 0; a < n.accounts(); ++a) {
    const auto around = n.followers_of(a);
    std::uint64_t tied = 0;
    for (std::size_t i = 0; i < around.size(); ++i)
      for (std::size_t j = 0; j < i; ++j) tied += n.follows(around[i], around[j]);
    const auto k = static_cast<double>(around.size());
    if (k > 1) sum += static_cast<double>(tied) / (0.5 * k * (k - 1));
  }
  return sum / n.accounts();
}
}  // namespace

TEST(WattsStrogatz, WithoutRewiringIsARing) {
  for (const bool mutual : {true, false}) {
    NetworkSection s = section_of("watts-strogatz", 1001), ring = section_of("ring", 1001);
    s.neighbours = ring.neighbours = 10;
    s.rewiring = 0;
    s.classic_mutual = ring.classic_mutual = mutual;
    EXPECT_TRUE(same(made(s), made(ring)));
  }
}

TEST(WattsStrogatz, ClusteringFallsAsTiesAreLedElsewhere) {
  NetworkSection s = section_of("watts-strogatz", 20'000);
  s.neighbours = 10;
  const double k = 10, whole = 3 * (k - 2) / (4 * (k - 1));
  s.rewiring = 0;
  EXPECT_NEAR(clustering(made(s)), whole, 1e-12);
  for (const double p : {0.01, 0.05, 0.1, 0.3}) {
    s.rewiring = p;
    const double left = whole * (1 - p) * (1 - p) * (1 - p);  // Barrat & Weigt 2000, up to 1 / accounts
    EXPECT_NEAR(clustering(made(s)), left, 0.02 * left + 2 * k / 20'000) << p;
  }
}

TEST(WattsStrogatz, LeadsTheShareElsewhereToAnyone) {
  NetworkSection s = section_of("watts-strogatz", 40'000);
  s.neighbours = 6, s.rewiring = 0.25, s.classic_mutual = false;
  const Network n = made(s);
  EXPECT_EQ(n.follows(), 120'000U);  // a maker's own ties never repeat
  double moved = 0;
  Bins quarters(64, {0, 0});
  for (AccountId a = 0; a < n.accounts(); ++a)
    for (const AccountId f : n.followers_of(a)) {
      const AccountId behind = f >= a ? f - a : f + (n.accounts() - a);
      if (behind <= 3) continue;
      ++moved;
      ++quarters[std::uint64_t{behind} * 64 / n.accounts()].first;
    }
  EXPECT_NEAR(moved, 30'000, 6 * std::sqrt(120'000 * 0.25 * 0.75) + 30);
  for (auto& q : quarters) q.second = moved / 64;
  EXPECT_GT(p_value(quarters), false_alarm);
  s.rewiring = 1;
  const auto seen = follower_histogram(made(s));  // each of 120,000 ends falls on an account with chance 1 / 40,000
  Bins bins;
  double poisson = std::exp(-3.0) * 40'000;
  for (std::size_t c = 0; c < 20; poisson *= 3.0 / static_cast<double>(++c))
    bins.emplace_back(c < seen.size() ? static_cast<double>(seen[c]) : 0.0, poisson);
  EXPECT_GT(p_value(bins), false_alarm);
}

TEST(WattsStrogatz, StandsNetworksThatAreFull) {
  NetworkSection s = section_of("watts-strogatz", 11);
  s.neighbours = 10, s.rewiring = 1;
  expect_sound(made(s));
  s.classic_mutual = false;
  expect_sound(made(s));
  EXPECT_NEAR(static_cast<double>(made(s).follows()), 55, 10);
}

// Equal quarters draw every cell off the diagonal alike, for any number of accounts. With E draws, repeats dropped,
// each of the n - 1 others follows with chance q = 1 - exp(-E / (n (n - 1))), nearly on its own: Binomial(n - 1, q).
TEST(Rmat, WithEqualQuartersIsUniform) {
  for (const std::int64_t accounts : {4096, 5000, 8191}) {
    NetworkSection s = section_of("rmat", accounts);
    s.quadrant_a = s.quadrant_b = s.quadrant_c = 0.25;
    s.mean_followers = 12;
    const Network n = made(s);
    const double others = static_cast<double>(accounts - 1),
                 q = static_cast<double>(n.follows()) / (n.accounts() * others);
    const auto follows = histogram(n, [&](AccountId a) { return n.followees[a]; });
    for (const auto& seen : {follower_histogram(n), follows}) {
      Bins bins;
      double expected = std::pow(1 - q, others) * n.accounts();
      for (std::size_t k = 0; k < 40; ++k) {
        bins.emplace_back(k < seen.size() ? static_cast<double>(seen[k]) : 0.0, expected);
        expected *= (others - static_cast<double>(k)) / static_cast<double>(k + 1) * q / (1 - q);
      }
      EXPECT_GT(p_value(bins), false_alarm) << accounts;
    }
  }
}

TEST(Rmat, HitsTheMeanThatIsAskedFor) {
  for (const std::int64_t accounts : {20'000, 32'768, 50'000}) {
    NetworkSection s = section_of("rmat", accounts);
    s.mean_followers = 20;
    const Network n = made(s);
    EXPECT_NEAR(static_cast<double>(n.follows()) / n.accounts(), 20, 0.1) << accounts;
    EXPECT_GT(n.duplicates, 0U);
  }
}

// For a power of two, account x is in the lower half of b of the L levels with chance C(L, b), and then receives
// E (a + c)^(L - b) (b + d)^b of E follows. With few follows hardly any repeats.
TEST(Rmat, HasTheShareOfEachHalf) {
  NetworkSection s = section_of("rmat", 1 << 14);
  s.mean_followers = 1;
  s.quadrant_a = 0.5, s.quadrant_b = 0.3, s.quadrant_c = 0.1;
  const Network n = made(s);
  std::vector<unsigned long long> in = follower_histogram(n);
  Bins bins;
  for (std::size_t k = 0; k < 12; ++k) {
    double expected = 0, choose = 1;
    for (int b = 0; b <= 14; ++b) {
      const double mean = static_cast<double>(n.follows()) * std::pow(0.6, 14 - b) * std::pow(0.4, b);
      expected +=
          choose * std::exp(-mean) * std::pow(mean, static_cast<double>(k)) / std::tgamma(static_cast<double>(k) + 1);
      choose *= (14.0 - b) / (b + 1);
    }
    bins.emplace_back(static_cast<double>(in[k]), expected);
  }
  EXPECT_GT(p_value(bins, false), false_alarm);
}

TEST(Rmat, NumbersDoNotTellDegrees) {
  NetworkSection s = section_of("rmat", 30'000);
  const Network n = made(s);
  double products = 0, squares = 0;
  const double mean = static_cast<double>(n.follows()) / n.accounts();
  for (AccountId a = 0; a < n.accounts(); ++a) {
    const double degree = n.follower_count(a) - mean, place = a - 0.5 * (n.accounts() - 1);
    products += degree * place, squares += degree * degree;
  }
  const double places = std::pow(static_cast<double>(n.accounts()), 3) / 12;
  // Under a random order the correlation has variance 1 / (accounts - 1).
  EXPECT_LT(std::fabs(products) / std::sqrt(squares * places), 6 / std::sqrt(29'999.0));
}

TEST(Rmat, StandsTheEdgesOfItsParameters) {
  for (const auto& [a, b, c] : std::vector<std::array<double, 3>>{{1, 0, 0}, {0, 1, 0}, {0, 0, 0}, {0, 0.5, 0.5}})
    for (const std::int64_t accounts : {2, 3, 17, 300}) {
      NetworkSection s = section_of("rmat", accounts);
      s.quadrant_a = a, s.quadrant_b = b, s.quadrant_c = c, s.mean_followers = 1;
      expect_sound(made(s));
    }
}

}  // namespace passalong
