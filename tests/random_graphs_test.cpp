// label: theory
// Networks whose follows are independent given a few weights: rows, degree laws, counts between groups, closed forms
// and refusals; of nested communities what they share with these. Single comparisons allow six standard errors (false
// alarms below 1e-8 each), chi-square tests a false-alarm rate of 1e-6.
#include "tests/random_graphs.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/special.hpp"
#include "sim/network/generators/chung_lu.hpp"
#include "sim/network/generators/communities.hpp"
#include "sim/network/generators/descending_weights.hpp"
#include "sim/network/generators/erdos_renyi.hpp"
#include "sim/network/generators/propensity.hpp"
#include "sim/network/generators/spacings.hpp"
#include "sim/network/generators/stochastic_block.hpp"

namespace passalong {
namespace {
using namespace random_graphs;

struct Case {
  const char* name;
  Generate generate;
  bool mutual;
};
const std::vector<Case> cases{{"erdos-renyi", generate_erdos_renyi, false},
                              {"erdos-renyi, mutual", generate_erdos_renyi, true},
                              {"chung-lu", generate_chung_lu, false},
                              {"chung-lu, mutual", generate_chung_lu, true},
                              {"stochastic-block", generate_stochastic_block, false},
                              {"communities", generate_communities, false}};

// P(chi-square with df degrees of freedom > x).
double chi_square_tail(double x, double df) { return gamma_q(df / 2, x / 2); }

double binomial_pmf(double n, double p, double k) {
  return std::exp(log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1) + k * std::log(p) +
                  (n - k) * std::log1p(-p));
}

// Counts against Binomial(n, p), values pooled until 10 are expected.
double binomial_fit(const std::vector<std::uint32_t>& counts, std::uint32_t n, double p) {
  std::vector<double> seen(n + 1);
  for (const std::uint32_t c : counts) ++seen[c];
  double chi = 0, observed = 0, expected = 0, left = static_cast<double>(counts.size()), unseen = left;
  int bins = 0;
  for (std::uint32_t k = 0; k <= n; ++k) {
    observed += seen[k], expected += static_cast<double>(counts.size()) * binomial_pmf(n, p, k);
    if (expected < 10 || left - expected < 10) continue;
    chi += (observed - expected) * (observed - expected) / expected, ++bins;
    left -= expected, unseen -= observed, observed = expected = 0;
  }
  chi += (unseen - left) * (unseen - left) / left;
  return chi_square_tail(chi, bins);
}

TEST(RandomGraphs, RowsAreSound) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    expect_sound(made(c.generate, section_of(3000, 12, c.mutual)));
    expect_sound(made(c.generate, section_of(37, 2, c.mutual)));
  }
}

TEST(RandomGraphs, AreTheSameForAnyTeam) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const NetworkSection s = section_of(6000, 9, c.mutual);
    const Network alone = made(c.generate, s, 5, 2, 1);
    EXPECT_TRUE(same(alone, made(c.generate, s, 5, 2, 2)));
    EXPECT_TRUE(same(alone, made(c.generate, s, 5, 2, 3)));
  }
}

TEST(RandomGraphs, DifferWithSeedAndReplicate) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    const NetworkSection s = section_of(500, 9, c.mutual);
    const Network one = made(c.generate, s, 1, 0);
    EXPECT_FALSE(same(one, made(c.generate, s, 1, 1)));
    EXPECT_FALSE(same(one, made(c.generate, s, 2, 0)));
  }
}

TEST(RandomGraphs, HaveTheMean) {  // a sum of independent yes-or-noes has at most a Poisson variance
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    if (c.generate == generate_communities) continue;
    for (const double m : {0.01, 3.0, 35.0}) {
      const double follows = 40'000 * m, drawn = c.mutual ? follows / 2 : follows;
      const Network n = made(c.generate, section_of(40'000, m, c.mutual));
      EXPECT_NEAR(static_cast<double>(n.follows()), follows, 6 * std::sqrt(drawn) * (c.mutual ? 2 : 1));
    }
  }
}

TEST(RandomGraphs, MutualMeansSymmetric) {
  for (const Case& c : cases)
    if (c.mutual) {
      const Network n = made(c.generate, section_of(4000, 20, true));
      EXPECT_EQ(returned(n), n.follows()) << c.name;
      EXPECT_EQ(follower_counts(n), n.followees) << c.name;
    }
}

TEST(RandomGraphs, AreCompleteWhereTheMeanIsAll) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    NetworkSection s = section_of(70, 69, c.mutual);
    s.blocks = 1, s.cutoff = 1, s.reciprocity = 1;
    EXPECT_EQ(made(c.generate, s).follows(), 70U * 69U);
    s.accounts = 2, s.mean_followers = 1;
    EXPECT_EQ(made(c.generate, s).follows(), 2U);
  }
}

TEST(Spacings, HazardIsMinusLogOneMinusP) {
  for (const double p : {1e-300, 1e-17, 1e-9, 1e-3, 0.0156, 0.0157, 0.5, 0.999, 1 - 1e-15})
    EXPECT_NEAR(hazard(p) / -std::log1p(-p), 1, 1e-14) << p;
  EXPECT_EQ(hazard(0), 0);
  EXPECT_GT(hazard(1), spacing(0, 0));
  EXPECT_GT(spacing(0xffff'ffffU, 0xffff'ffffU), 0);
}

TEST(ErdosRenyi, DegreesAreBinomial) {
  for (const auto& [accounts, m] : {std::pair{20'000, 8.0}, {20'000, 0.3}, {600, 450.0}, {2000, 1000.0}}) {
    const auto others = static_cast<std::uint32_t>(accounts - 1);
    const Network n = made(generate_erdos_renyi, section_of(accounts, m));
    EXPECT_GT(binomial_fit(follower_counts(n), others, m / others), 1e-6) << accounts << ' ' << m;
    EXPECT_GT(binomial_fit(n.followees, others, m / others), 1e-6) << accounts << ' ' << m;
  }
}

TEST(ErdosRenyi, ChanceReturnsAShareP) {
  const Network n = made(generate_erdos_renyi, section_of(800, 200));
  const double p = 200.0 / 799, pairs = 800 * 799 / 2.0;
  EXPECT_NEAR(static_cast<double>(returned(n)) / 2, pairs * p * p, 6 * std::sqrt(pairs * p * p * (1 - p * p)));
}

TEST(ErdosRenyi, SparseFollowsLieAnywhere) {  // far jumps: 3 million accounts, one follow a hundred of them
  const Network n = made(generate_erdos_renyi, section_of(3'000'000, 0.01));
  std::vector<double> bins(60);
  for (const AccountId f : n.followers) ++bins[f / 50'000];
  double chi = 0;
  const double expected = static_cast<double>(n.follows()) / 60;
  for (const double b : bins) chi += (b - expected) * (b - expected) / expected;
  EXPECT_GT(chi_square_tail(chi, 59), 1e-6);
}

// The law by hand: S by bisection over all pairs, follows between classes of like weight against their expectations.
void expect_chung_lu_law(const NetworkSection& section) {
  constexpr std::size_t groups = 8;
  NetworkSection unreturned = section;
  unreturned.reciprocity = 0;
  Team team(2);
  const Propensity p = draw_propensity(unreturned, 11, 0, team);
  const std::size_t n = p.weight.size();
  const std::vector<double>& out = section.mutual ? p.weight : p.followees;
  const auto chance = [&](double c, std::size_t i, std::size_t b) { return std::min(1.0, c * out[i] * p.weight[b]); };
  double low = 0, high = 1;
  for (int step = 0; step < 50; ++step) {
    const double c = 0.5 * (low + high);
    double sum = 0;
    for (std::size_t b = 0; b < n; ++b)
      for (std::size_t i = 0; i < n; ++i) sum += i == b ? 0 : chance(c, i, b);
    (sum < section.mean_followers * static_cast<double>(n) ? low : high) = c;
  }
  const auto group_of = [&](const std::vector<double>& x) {
    std::vector<std::size_t> order(n), group(n);
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
    for (std::size_t k = 0; k < n; ++k) group[order[k]] = k * groups / n;
    return group;
  };
  const auto row_group = group_of(p.weight), column_group = group_of(out);
  const Network network = made(generate_chung_lu, section);
  double seen[groups][groups]{}, expected[groups][groups]{}, variance[groups][groups]{}, certain = 0;
  for (AccountId b = 0; b < n; ++b) {
    for (const AccountId i : network.followers_of(b)) ++seen[column_group[i]][row_group[b]];
    for (std::size_t i = 0; i < n; ++i) {
      if (i == b) continue;
      const double q = chance(high, i, b);
      expected[column_group[i]][row_group[b]] += q;
      variance[column_group[i]][row_group[b]] += q * (1 - q) * (section.mutual ? 2 : 1);
      certain += q >= 1;
    }
  }
  EXPECT_GT(certain, 0);  // the bound at 1 is met
  for (std::size_t r = 0; r < groups; ++r)
    for (std::size_t s = 0; s < groups; ++s)
      EXPECT_NEAR(seen[r][s], expected[r][s], 6 * std::sqrt(variance[r][s]) + 3) << r << ' ' << s;
}

TEST(ChungLu, PairsFollowWithTheProductOfTheirWeights) {
  NetworkSection s = section_of(1500, 25);
  s.cutoff = 0.9;
  expect_chung_lu_law(s);
  s.followees = "power-law", s.correlation = -0.5;
  expect_chung_lu_law(s);
  s.mutual = true;
  expect_chung_lu_law(s);
}

TEST(DescendingWeights, AreSortedAndFallIntoClasses) {
  std::vector<double> weights(5000);
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = std::exp(static_cast<double>(i * 7919 % 5000) / 400);
  weights[17] = weights[18] = weights[19];
  Team team(2);
  const DescendingWeights order(weights, team);
  for (std::size_t i = 1; i < order.size(); ++i) {
    ASSERT_GE(order[i - 1].weight, order[i].weight);
    ASSERT_TRUE(order[i - 1].weight > order[i].weight || order[i - 1].account < order[i].account);
  }
  std::size_t begin = 0;
  for (const DescendingWeights::Class& c : order.classes()) {
    ASSERT_LT(begin, c.end);
    EXPECT_EQ(c.top, static_cast<double>(order[begin].weight));
    EXPECT_TRUE(c.end == order.size() || 2 * static_cast<double>(order[c.end - 1].weight) > c.top);
    begin = c.end;
  }
  EXPECT_EQ(begin, order.size());
}

// Follows from each block to each, against the mixing matrix.
void expect_mixing(const NetworkSection& section, const std::vector<std::vector<double>>& mixing) {
  const Network n = made(generate_stochastic_block, section);
  const std::vector<std::uint64_t> starts = block_starts(section);
  const std::size_t blocks = starts.size() - 1;
  std::vector<std::size_t> block(n.accounts());
  for (std::size_t b = 0; b < blocks; ++b)
    std::fill(block.begin() + static_cast<std::ptrdiff_t>(starts[b]),
              block.begin() + static_cast<std::ptrdiff_t>(starts[b + 1]), b);
  std::vector<std::vector<double>> seen(blocks, std::vector<double>(blocks));
  for (AccountId a = 0; a < n.accounts(); ++a)
    for (const AccountId f : n.followers_of(a)) ++seen[block[f]][block[a]];
  for (std::size_t r = 0; r < blocks; ++r)
    for (std::size_t s = 0; s < blocks; ++s) {
      const auto from = static_cast<double>(starts[r + 1] - starts[r]);
      const double to = static_cast<double>(starts[s + 1] - starts[s]) - (r == s ? 1 : 0);
      const double expected = from * section.mean_followers * mixing[r][s], p = expected / (from * to);
      EXPECT_NEAR(seen[r][s], expected, 6 * std::sqrt(expected * (1 - p))) << r << " to " << s;
    }
}

TEST(StochasticBlock, FollowsAreSpreadAsTheMixingMatrixSays) {
  NetworkSection s = section_of(9000, 30);
  s.blocks = 3, s.shares = {0.6, 0.1, 0.3};
  s.mixing = {{0.5, 0.2, 0.3}, {0.97, 0.03, 0}, {0, 0, 1}};
  expect_mixing(s, s.mixing);
}

TEST(StochasticBlock, WithinSpreadsTheRestOverAllOthers) {
  NetworkSection s = section_of(10'001, 12);
  s.blocks = 3, s.shares = {0.5, 0.3, 0.2}, s.within = 0.7;
  expect_mixing(s, {{0.7, 0.3 * 0.6, 0.3 * 0.4}, {0.3 * 5 / 7, 0.7, 0.3 * 2 / 7}, {0.3 * 5 / 8, 0.3 * 3 / 8, 0.7}});
  s.shares.clear(), s.within = 0, s.blocks = 2;
  expect_mixing(s, {{0, 1}, {1, 0}});
}

TEST(StochasticBlock, EachAccountIsExpectedToFollowTheMean) {  // whatever its block; followee counts are binomial
  NetworkSection s = section_of(20'000, 10);
  s.blocks = 1;
  const Network n = made(generate_stochastic_block, s);
  EXPECT_GT(binomial_fit(follower_counts(n), 19'999, 10.0 / 19'999), 1e-6);
  EXPECT_GT(binomial_fit(n.followees, 19'999, 10.0 / 19'999), 1e-6);
}

TEST(StochasticBlock, ManySmallBlocksWork) {
  NetworkSection s = section_of(4999, 3);
  s.blocks = 1000, s.within = 0.9;  // 4 or 5 in a block, 2.7 of them followed
  const Network n = made(generate_stochastic_block, s);
  expect_sound(n);
  EXPECT_NEAR(static_cast<double>(n.follows()), 3 * 4999, 6 * std::sqrt(3 * 4999));
  const std::vector<std::uint64_t> starts = block_starts(s);
  std::uint64_t inside = 0;
  for (std::size_t b = 0; b < 1000; ++b)
    for (auto a = static_cast<AccountId>(starts[b]); a < starts[b + 1]; ++a)
      for (const AccountId f : n.followers_of(a)) inside += f >= starts[b] && f < starts[b + 1];
  EXPECT_NEAR(static_cast<double>(inside), 2.7 * 4999, 6 * std::sqrt(2.7 * 4999));
}

TEST(RandomGraphs, RefuseWhatNoNetworkHas) {
  for (const Case& c : cases) {
    SCOPED_TRACE(c.name);
    expect_refused(c.generate, section_of(1, 1, c.mutual), "no one to follow");
    expect_refused(c.generate, section_of(10, 9.5, c.mutual), "9 other accounts");
    expect_refused(c.generate, section_of(10, 0, c.mutual), "no network");
    expect_refused(c.generate, section_of(std::int64_t{1} << 33, 1, c.mutual), "too many");
  }
  expect_refused(generate_chung_lu, section_of(1000, 200), "largest follower count");
}

TEST(StochasticBlock, RefusesCrowdedBlocks) {
  NetworkSection s = section_of(100, 30);
  expect_refused(
      generate_stochastic_block,
      [&] {
        return s.shares = {0.9, 0.1}, s.blocks = 2, s;
      }(),
      "block 1");
  s.mixing = {{1, 0}, {0.5, 0.5}};
  expect_refused(generate_stochastic_block, s, "follow 15 in block 1, where there are 9 others");
  s.shares = {1, 0}, s.mixing = {{0.5, 0.5}, {0, 1}};
  expect_refused(generate_stochastic_block, s, "follow 15 in block 1, where there are 0");
}

}  // namespace
}  // namespace passalong
