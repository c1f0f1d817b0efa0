// label: theory
// The configuration model: stubs, permutations, counts kept, joins that are even, and Newman's percolation on it.
// Each statistical bound is six standard errors (false alarms below 1e-8) or a chi-square at 1e-7, with fixed seeds.
#include "sim/network/generators/configuration.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "sim/base/failure.hpp"
#include "sim/base/special.hpp"
#include "sim/network/generators/block_sort.hpp"
#include "sim/network/generators/follower_law.hpp"
#include "sim/network/generators/keyed_permutation.hpp"
#include "sim/network/generators/stubs.hpp"
#include "sim/network/statistics/power_law.hpp"

namespace passalong {
namespace {
NetworkSection section_of(std::int64_t accounts, double mean) {
  NetworkSection n;
  n.kind = "configuration";
  n.accounts = accounts;
  n.mean_followers = mean;
  return n;
}

Network made(const NetworkSection& n, unsigned workers = 2, std::uint32_t replicate = 0) {
  Team team(workers);
  return generate_configuration(n, 7, replicate, team);
}

DegreePlan planned(const NetworkSection& n) {
  Team team(2);
  return plan_degrees(n, 7, 0, team);
}

double share_both_ways(const Network& n) {
  double returned = 0;
  for (AccountId a = 0; a < n.accounts(); ++a)
    for (const AccountId f : n.followers_of(a)) returned += n.follows(a, f);
  return returned / static_cast<double>(n.follows());
}

double upper_tail(double chi_square, double degrees) { return gamma_q(degrees / 2, chi_square / 2); }

TEST(KeyedPermutation, IsABijectionWithItsInverse) {
  for (const std::uint64_t size : {1ULL, 2ULL, 3ULL, 5ULL, 64ULL, 1000ULL, 16'384ULL, 16'385ULL, 50'000ULL}) {
    const KeyedPermutation permutation(size, Stream(7, 0, Purpose::permutation), 0);
    std::set<std::uint64_t> images;
    for (std::uint64_t x = 0; x < size; ++x) {
      const std::uint64_t y = permutation(x);
      ASSERT_LT(y, size);
      images.insert(y);
      std::uint64_t there = x, back = y;
      permutation.apply(&there, 1), permutation.undo(&back, 1);
      ASSERT_EQ(there, y);
      ASSERT_EQ(back, x);
    }
    EXPECT_EQ(images.size(), size);
  }
}

TEST(KeyedPermutation, OfFourBillionStaysWithinIt) {
  const std::uint64_t size = 4'294'967'311ULL;
  const KeyedPermutation permutation(size, Stream(7, 0, Purpose::permutation), 0);
  for (std::uint64_t x = 0; x < size; x += 42'949'673) {
    std::uint64_t y = permutation(x);
    ASSERT_LT(y, size);
    permutation.undo(&y, 1);
    ASSERT_EQ(y, x);
  }
}

// Where 0 and 1 of 5 go together: 20 places, each as often, over keys.
TEST(KeyedPermutation, LeadsPairsEvenly) {
  constexpr int draws = 40'000;
  std::map<std::pair<std::uint64_t, std::uint64_t>, int> seen;
  for (int i = 0; i < draws; ++i) {
    const KeyedPermutation permutation(5, Stream(7, 0, Purpose::permutation), static_cast<std::uint32_t>(i));
    ++seen[{permutation(0), permutation(1)}];
  }
  double chi_square = 0;
  for (const auto& [pair, count] : seen) chi_square += std::pow(count - draws / 20.0, 2) / (draws / 20.0);
  EXPECT_EQ(seen.size(), 20U);
  EXPECT_GT(upper_tail(chi_square, 19), 1e-7) << chi_square;
}

TEST(Stubs, KnowTheirOwners) {
  const std::vector<std::uint32_t> counts{0, 3, 0, 0, 40, 1, 0, 33, 0};
  Team alone(1);
  const Stubs stubs(counts, alone);
  ASSERT_EQ(stubs.size(), 77U);
  std::uint64_t stub = 0;
  for (std::size_t a = 0; a < counts.size(); ++a)
    for (std::uint32_t i = 0; i < counts[a]; ++i) EXPECT_EQ(stubs.owner(stub++), a);
}

TEST(BlockSort, SortsIntoRows) {
  BlockSort sort(5'000'000);
  const std::vector<AccountId> first{4'999'999, 3, 70'000, 3}, second{2048, 2047, 0};
  std::vector<AccountId> space(7);
  std::vector<AccountId*> ends{space.data(), space.data() + 4};
  sort.add(1, second), sort.add(0, first);
  sort.write(ends);
  EXPECT_EQ(space, (std::vector<AccountId>{3, 3, 70'000, 4'999'999, 0, 2047, 2048}));
}

TEST(Plan, SumsFit) {
  for (const double reciprocity : {0.0, 0.22, 0.5}) {
    NetworkSection n = section_of(20'001, 12);
    n.reciprocity = reciprocity;
    const DegreePlan plan = planned(n);
    std::uint64_t followees = 0, mutual = 0;
    for (std::size_t a = 0; a < plan.mutual.size(); ++a) {
      followees += plan.followees[a], mutual += plan.mutual[a];
      ASSERT_LE(plan.mutual[a], std::min<std::uint64_t>(plan.followees[a], plan.rows[a + 1] - plan.rows[a]));
    }
    EXPECT_EQ(followees, plan.rows.back());
    EXPECT_EQ(mutual % 2, 0U);
  }
}

TEST(Configuration, KeepsFollowerCountsAndIsSound) {
  const NetworkSection n = section_of(30'000, 20);
  const DegreePlan plan = planned(n);
  const Network network = made(n);
  std::vector<std::uint32_t> followees(network.accounts());
  std::uint64_t shorter = 0;
  for (AccountId a = 0; a < network.accounts(); ++a) {
    const auto row = network.followers_of(a);
    ASSERT_TRUE(std::is_sorted(row.begin(), row.end()));
    ASSERT_EQ(std::adjacent_find(row.begin(), row.end()), row.end());
    ASSERT_FALSE(std::binary_search(row.begin(), row.end(), a));
    for (const AccountId f : row) ++followees[f];
    shorter += plan.rows[a + 1] - plan.rows[a] - row.size();
  }
  EXPECT_EQ(followees, network.followees);
  EXPECT_LT(static_cast<double>(shorter), 0.002 * static_cast<double>(network.follows()));  // erased returned ties
}

TEST(Configuration, IsTheSameForAnyTeamAndAnotherForAnotherReplicate) {
  const NetworkSection n = section_of(20'000, 15);
  const Network one = made(n, 1), three = made(n, 3), other = made(n, 2, 1);
  EXPECT_EQ(one.followers, three.followers);
  EXPECT_EQ(one.offsets, three.offsets);
  EXPECT_EQ(one.followees, three.followees);
  EXPECT_NE(one.followers, other.followers);
}

TEST(Configuration, HitsMeanAndReciprocity) {
  for (const std::int64_t accounts : {1000, 10'000, 100'000})
    for (const double reciprocity : {0.05, 0.22, 0.4}) {
      NetworkSection n = section_of(accounts, 10);
      n.reciprocity = reciprocity;
      const Network network = made(n);
      const double sd = 10 * 3 / std::sqrt(static_cast<double>(accounts)) + 0.02 * 10;  // heavy-tailed counts
      EXPECT_NEAR(static_cast<double>(network.follows()) / static_cast<double>(accounts), 10, 3 * sd);
      EXPECT_NEAR(share_both_ways(network), reciprocity, 0.015) << accounts << " " << reciprocity;
    }
}

TEST(Configuration, CountsAreTiedByTheCopula) {
  const auto correlation = [](double rho) {  // of ranks, through signs about the median: (2 / pi) asin(rho)
    NetworkSection n = section_of(50'000, 20);
    n.correlation = rho;
    const DegreePlan plan = planned(n);
    const auto median = [](std::vector<double> x) {
      std::nth_element(x.begin(), x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2), x.end());
      return x[x.size() / 2];
    };
    std::vector<double> f, k;
    for (std::size_t a = 0; a < plan.mutual.size(); ++a)
      f.push_back(static_cast<double>(plan.rows[a + 1] - plan.rows[a])), k.push_back(plan.followees[a]);
    const double mf = median(f) - 0.5, mk = median(k) - 0.5;
    double agree = 0;
    for (std::size_t a = 0; a < f.size(); ++a) agree += (f[a] > mf) == (k[a] > mk) ? 1 : -1;
    return agree / static_cast<double>(f.size());
  };
  for (const double rho : {-0.5, 0.0, 0.4, 0.8})
    EXPECT_NEAR(correlation(rho), 2 / std::acos(-1.0) * std::asin(rho), 6 / std::sqrt(50'000.0) + 0.03) << rho;
}

TEST(Configuration, DiscreteCountsFollowTheirLaw) {
  NetworkSection n = section_of(200'000, 0);
  n.least_followers = 2, n.exponent = 2.5, n.cutoff = 100.0 / 200'000;
  const DegreePlan plan = planned(n);
  std::vector<double> seen(101);
  for (std::size_t a = 0; a < plan.mutual.size(); ++a) ++seen[plan.rows[a + 1] - plan.rows[a]];
  double sum = 0, chi_square = 0;
  for (int k = 2; k <= 100; ++k) sum += std::pow(k, -2.5);
  for (int k = 2; k <= 100; ++k) {
    const double expected = 200'000 * std::pow(k, -2.5) / sum;
    chi_square += std::pow(seen[static_cast<std::size_t>(k)] - expected, 2) / expected;
  }
  EXPECT_EQ(seen[0] + seen[1], 0);
  EXPECT_GT(upper_tail(chi_square, 98), 1e-7) << chi_square;
}

// With few stubs every join can be counted: who follows account 0, which has one follower, in proportion to followees.
TEST(Configuration, JoinsEvenly) {
  constexpr int draws = 30'000;
  Team alone(1);
  double by[4] = {};
  for (int i = 0; i < draws; ++i) {
    DegreePlan plan{{0, 1, 1, 1, 7}, {0, 1, 2, 4}, {0, 0, 0, 0}};
    const Network network = join_stubs(plan, 7, static_cast<std::uint32_t>(i), alone);
    for (const AccountId f : network.followers_of(0)) ++by[f];
  }
  EXPECT_EQ(by[0], 0);
  const double chi_square = std::pow(by[1] - draws / 7.0, 2) / (draws / 7.0) +
                            std::pow(by[2] - 2 * draws / 7.0, 2) / (2 * draws / 7.0) +
                            std::pow(by[3] - 4 * draws / 7.0, 2) / (4 * draws / 7.0);
  EXPECT_GT(upper_tail(chi_square, 2), 1e-7) << by[1] << " " << by[2] << " " << by[3];
}

// Four accounts with one returned tie each: three ways to pair them.
TEST(Configuration, PairsEvenly) {
  constexpr int draws = 30'000;
  Team alone(1);
  double with[4] = {};
  for (int i = 0; i < draws; ++i) {
    const Network network =
        join_stubs({{0, 1, 2, 3, 4}, {1, 1, 1, 1}, {1, 1, 1, 1}}, 7, static_cast<std::uint32_t>(i), alone);
    ASSERT_EQ(network.follows(), 4U);
    ++with[network.followers_of(0)[0]];
  }
  double chi_square = 0;
  for (int a = 1; a < 4; ++a) chi_square += std::pow(with[a] - draws / 3.0, 2) / (draws / 3.0);
  EXPECT_EQ(with[0], 0);
  EXPECT_GT(upper_tail(chi_square, 2), 1e-7);
}

TEST(Configuration, OfReturnedTiesIsSymmetric) {
  NetworkSection n = section_of(20'001, 9);
  n.mutual = true;
  const Network network = made(n);
  EXPECT_EQ(share_both_ways(network), 1);
  for (AccountId a = 0; a < network.accounts(); ++a) ASSERT_EQ(network.follower_count(a), network.followees[a]);
}

TEST(Configuration, RefusesWhatCannotBe) {
  NetworkSection n = section_of(1000, 10);
  n.reciprocity = 0.9, n.correlation = -0.5;
  try {
    made(n);
    FAIL() << "made";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), Exit::scenario);
    EXPECT_NE(failure.faults()[0].message.find("counts allow"), std::string::npos);
  }
  NetworkSection discrete = section_of(1000, 0);
  discrete.least_followers = 500;
  EXPECT_THROW(made(discrete), Failure);
}

TEST(Configuration, OfVeryFewAccounts) {
  for (const std::int64_t accounts : {2, 3, 5, 10}) {
    NetworkSection n = section_of(accounts, 1);
    n.cutoff = 1, n.reciprocity = 0.1;
    const Network network = made(n);
    EXPECT_EQ(network.accounts(), accounts);
    EXPECT_LE(network.follows(), static_cast<std::uint64_t>(accounts * (accounts - 1)));
  }
}

// The preset of Twitter as of 2009 (Kwak et al. 2010), at a hundredth of its size.
TEST(Configuration, PresetHitsKwak) {
  NetworkSection n = section_of(417'000, 35.2);
  n.exponent = 2.276, n.reciprocity = 0.221;
  const Network network = made(n);
  std::vector<unsigned long long> histogram(network.accounts());
  for (AccountId a = 0; a < network.accounts(); ++a) ++histogram[network.follower_count(a)];
  EXPECT_NEAR(static_cast<double>(network.follows()) / 417'000, 35.2, 0.01 * 35.2);
  EXPECT_NEAR(share_both_ways(network), 0.221, 0.005);
  EXPECT_NEAR(fit_tail_exponent(histogram), 2.276, 0.03);
}

// Largest part of a network when each tie is kept with probability T, as a share of the accounts.
double percolate(const Network& network, double kept, std::uint32_t replicate = 0) {
  std::vector<AccountId> root(network.accounts());
  std::iota(root.begin(), root.end(), AccountId{0});
  const auto find = [&](AccountId a) {
    while (root[a] != a) a = root[a] = root[root[a]];
    return a;
  };
  const Stream draw(7, replicate, Purpose::network_sample);
  for (AccountId a = 0; a < network.accounts(); ++a)
    for (const AccountId f : network.followers_of(a))
      if (f < a && uniform(draw(a, f)[0]) < kept) root[find(a)] = find(f);
  std::vector<std::uint32_t> size(network.accounts());
  std::uint32_t largest = 0;
  for (AccountId a = 0; a < network.accounts(); ++a) largest = std::max(largest, ++size[find(a)]);
  return static_cast<double>(largest) / network.accounts();
}

// Follower counts at even steps of their distribution: the law itself, without the noise of a sample.
DegreePlan even_plan(const NetworkSection& n) {
  const FollowerLaw law(n);
  DegreePlan plan{{0}, {}, {}};
  for (std::int64_t a = 0; a < n.accounts; ++a) {
    plan.followees.push_back(
        static_cast<std::uint32_t>(law.count((static_cast<double>(a) + 0.5) / static_cast<double>(n.accounts), 0.5)));
    plan.rows.push_back(plan.rows.back() + plan.followees.back());
  }
  if (plan.rows.back() % 2 == 1) --plan.rows.back(), --plan.followees.back();
  plan.mutual = plan.followees;
  return plan;
}

double mean_percolated(const Network& network, double kept, std::uint32_t times) {
  double sum = 0;
  for (std::uint32_t r = 0; r < times; ++r) sum += percolate(network, kept, r);
  return sum / times;
}

// Newman 2002: u = 1 - T + T G1(u), S = 1 - G0(u). The sizes are that formula's, computed apart; within 2 %, the
// tolerance that erased repeats call for, or .001, what the largest part of a network so near its threshold varies by.
TEST(Configuration, PercolatesAsNewmanSays) {
  struct Case {
    double exponent;
    std::int64_t least;
    std::vector<std::pair<double, double>> sizes;
  };
  const Case cases[] = {{2.3, 1, {{.05, .01792}, {.1, .05439}, {.2, .13713}, {.5, .38571}, {1, .74918}}},
                        {2.5, 1, {{.05, .00177}, {.1, .01778}, {.2, .06635}, {.5, .26030}, {1, .59888}}},
                        {3.0, 1, {{.5, .02802}, {1, .20002}}},
                        {2.3, 2, {{.05, .06996}, {.1, .17980}, {.2, .38523}, {.5, .79482}, {1, 1.0}}}};
  Team team(2);
  for (const Case& c : cases) {
    NetworkSection n = section_of(1'000'000, 0);
    n.mutual = true, n.exponent = c.exponent, n.least_followers = c.least, n.cutoff = 1000.0 / 1'000'000;
    const Network network = join_stubs(even_plan(n), 7, 0, team);
    for (const auto& [kept, size] : c.sizes)
      EXPECT_NEAR(mean_percolated(network, kept, size < 0.1 ? 8 : 1), size, std::max(0.02 * size, 0.001))
          << "exponent " << c.exponent << " from " << c.least << ", T = " << kept;
  }
}

double newman_size(const Network& network, double kept) {
  std::vector<double> p(network.accounts());
  double mean = 0, u = 0.5, size = 1;
  for (AccountId a = 0; a < network.accounts(); ++a) ++p[network.follower_count(a)], mean += network.follower_count(a);
  for (int i = 0; i < 1000; ++i) {
    double g1 = 0;
    for (std::size_t k = 1; k < p.size(); ++k)
      if (p[k] > 0) g1 += static_cast<double>(k) * p[k] * std::pow(u, static_cast<double>(k - 1)) / mean;
    u = 1 - kept + kept * g1;
  }
  for (std::size_t k = 0; k < p.size(); ++k) size -= p[k] / network.accounts() * std::pow(u, static_cast<double>(k));
  return size;
}

// As drawn, against the formula on the counts that came out.
TEST(Configuration, PercolatesAsItsOwnCountsSay) {
  NetworkSection n = section_of(300'000, 0);
  n.mutual = true, n.exponent = 2.5, n.least_followers = 1, n.cutoff = 500.0 / 300'000;
  const Network network = made(n);
  for (const double kept : {0.2, 0.5, 1.0}) {
    const double size = newman_size(network, kept);
    EXPECT_NEAR(percolate(network, kept), size, std::max(0.02 * size, 0.002)) << kept;
  }
}
}  // namespace
}  // namespace passalong
