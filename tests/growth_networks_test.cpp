// label: theory
// Networks that grow by attachment, against their papers' laws. Each statistical bound has a false-alarm rate of
// 1e-6 or less; seeds are fixed, so a pass stays a pass.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "sim/network/statistics/power_law.hpp"
#include "tests/drawn_networks.hpp"

namespace passalong {
namespace {
// Hill's estimate of a tail's exponent from counts of `least` on, by maximum likelihood, and its standard error. Counts
// of growing networks go as Gamma(k + delta) / Gamma(k + delta + exponent), a pure power of k + `shift` with shift =
// delta + (exponent - 1) / 2 up to terms of k^-2.
struct Tail {
  double exponent, error;
};
Tail tail_of(const std::vector<unsigned long long>& seen, std::size_t least, double shift) {
  double accounts = 0, logs = 0;
  for (std::size_t k = least; k < seen.size(); ++k) {
    const double here = static_cast<double>(seen[k]);
    accounts += here;
    logs += here * std::log((static_cast<double>(k) + shift) / (static_cast<double>(least) + shift - 0.5));
  }
  return {1 + accounts / logs, std::sqrt(accounts) / logs};
}
}  // namespace

TEST(BarabasiAlbert, NewcomersFollowDifferentEarlierAccounts) {
  for (const std::int64_t ties : {1, 2, 5, 40}) {
    NetworkSection s = section_of("barabasi-albert", 2000);
    s.newcomer_follows = ties;
    s.classic_mutual = false;
    const Network n = made(s);
    for (AccountId a = 0; a < n.accounts(); ++a) {
      EXPECT_EQ(n.followees[a], a < ties ? 0 : ties) << a;
      for (const AccountId f : n.followers_of(a)) ASSERT_GT(f, a);
    }
  }
  NetworkSection star = section_of("barabasi-albert", 6);  // one newcomer only
  star.newcomer_follows = 5;
  EXPECT_EQ(made(star).followees, (std::vector<std::uint32_t>{1, 1, 1, 1, 1, 5}));
}

// With one tie a newcomer there are no repeats, and account numbers tell the history: newcomer t picks an account that
// has k of the 2 (t - 1) ends with probability k / (2 (t - 1)). Summed over t, seen minus expected picks of accounts
// with k ties is a martingale whose variance is the sum of p (1 - p): nothing is asymptotic but the normal law.
TEST(BarabasiAlbert, PicksInProportionToTies) {
  NetworkSection s = section_of("barabasi-albert", 50'000);
  s.newcomer_follows = 1;
  s.classic_mutual = false;
  const Network n = made(s);
  std::vector<AccountId> picked(n.accounts());
  for (AccountId a = 0; a < n.accounts(); ++a)
    for (const AccountId f : n.followers_of(a)) picked[f] = a;
  constexpr std::size_t largest = 64;
  std::vector<double> seen(largest), expected(largest), variance(largest), with(largest);
  std::vector<std::size_t> ties{1, 1};
  with[1] = 2;
  for (AccountId t = 2; t < n.accounts(); ++t) {
    double ends = 0;
    for (std::size_t k = 1; k < largest; ++k) {
      const double p = static_cast<double>(k) * with[k] / (2.0 * (t - 1));
      expected[k] += p, variance[k] += p * (1 - p), ends += p;
    }
    expected[0] += 1 - ends, variance[0] += ends * (1 - ends);  // any with 64 or more
    const auto place = [&](std::size_t k) { return k < largest ? k : 0; };
    ++seen[place(ties[picked[t]])];
    --with[place(ties[picked[t]])];
    ++with[place(++ties[picked[t]])];
    ties.push_back(1), ++with[1];
  }
  for (std::size_t k = 0; k < largest; ++k)
    EXPECT_LT(std::fabs(seen[k] - expected[k]), 6 * std::sqrt(variance[k]) + 3) << k;
}

// Expected accounts of each number of ties up to `largest`, from the master equation of the growth itself, for exactly
// this many accounts; newcomers' picks fall on an account with k of E ends Binomial(m, k / E) times.
std::vector<double> master_equation(std::int64_t accounts, unsigned m, std::size_t largest) {
  std::vector<double> with(largest + 1);
  with[1] = m, with[m] += 1;
  for (std::int64_t newcomer = m + 1; newcomer < accounts; ++newcomer) {
    const double ends = 2.0 * m * static_cast<double>(newcomer - m);
    for (std::size_t k = largest; k >= 1; --k) {
      const double left = with[k];
      if (left == 0) continue;
      const double p = static_cast<double>(k) / ends;
      double chance = std::pow(1 - p, m);
      with[k] = left * chance;
      for (unsigned j = 1; j <= m; ++j) {
        chance *= p / (1 - p) * (m - j + 1) / j;
        if (k + j <= largest) with[k + j] += left * chance;
      }
    }
    with[m] += 1;
  }
  return with;
}

// Multinomial variances are used. Those of growth are smaller, as accounts compete for the same ties, so the test errs
// on the side of silence; repeats that are drawn anew move about m^2 ln(n)^2 / 16 = 84 ties of 600,000.
TEST(BarabasiAlbert, HasTheDegreeLawOfItsSize) {
  for (const unsigned m : {1U, 3U}) {
    NetworkSection s = section_of("barabasi-albert", 100'000);
    s.newcomer_follows = m;
    const auto seen = follower_histogram(made(s));
    const std::vector<double> expected = master_equation(s.accounts, m, 120);
    Bins bins;
    double seen_rest = static_cast<double>(s.accounts), expected_rest = seen_rest;
    for (std::size_t k = m; k <= 100; ++k) {
      bins.emplace_back(k < seen.size() ? static_cast<double>(seen[k]) : 0.0, expected[k]);
      seen_rest -= bins.back().first, expected_rest -= expected[k];
      // The law of the infinite network, within what its finite size takes away.
      const double kk = static_cast<double>(k), law = 2.0 * m * (m + 1) / (kk * (kk + 1) * (kk + 2));
      EXPECT_NEAR(expected[k] / (law * static_cast<double>(s.accounts)), 1, 0.01 + 4 * kk * kk / 100'000.0) << k;
    }
    bins.emplace_back(seen_rest, expected_rest);
    EXPECT_GT(p_value(bins), false_alarm) << m;
  }
}

TEST(BarabasiAlbert, HasATailOfExponentThree) {
  NetworkSection s = section_of("barabasi-albert", 300'000);
  s.newcomer_follows = 4;
  const auto seen = follower_histogram(made(s));
  const Tail tail = tail_of(seen, 20, 1);
  EXPECT_NEAR(tail.exponent, 3, 6 * tail.error + 0.01);
  // A tail whose beginning is chosen by fit takes in small counts, where (k + 1)^-3 is less steep than k^-3.
  EXPECT_NEAR(fit_tail_exponent(seen), 2.85, 0.25);
}

// Accounts' ties grow as the square root of time: with m = 1, the expected ties of account 0 are those of a Polya urn.
TEST(BarabasiAlbert, FirstAccountsGrowAsTheRootOfTime) {
  constexpr int replicates = 200;
  NetworkSection s = section_of("barabasi-albert", 4000);
  s.newcomer_follows = 1;
  double sum = 0, squares = 0;
  for (int r = 0; r < replicates; ++r) {
    const double ties = made(s, 7, static_cast<std::uint32_t>(r), 1).follower_count(0);
    sum += ties, squares += ties * ties;
  }
  double expected = 1;  // E[k(t + 1)] = E[k(t)] (1 + 1 / (2 t)) while there are t ties
  for (int t = 1; t < 3999; ++t) expected *= 1 + 0.5 / t;
  const double mean = sum / replicates, sd = std::sqrt((squares / replicates - mean * mean) / (replicates - 1));
  EXPECT_NEAR(mean, expected, -student_quantile(false_alarm / 2, replicates - 1) * sd);
}

NetworkSection attachment_of(double alpha, double beta, double in, double out, std::int64_t accounts) {
  NetworkSection s = section_of("preferential-attachment", accounts);
  s.alpha = alpha, s.beta = beta, s.delta_in = in, s.delta_out = out;
  return s;
}

// Shares of accounts with 0, 1, ... followers in the limit (Bollobas et al. 2003, proof of theorem 3.1): with
// c = (alpha + beta) / (1 + delta (1 - beta)), x_i (1 + c (i + delta)) = c (i - 1 + delta) x_(i-1) + [i = 0] alpha +
// [i = 1] gamma a step.
std::vector<double> limit_shares(double brought_with_none, double brought_with_one, double beta, double delta,
                                 std::size_t size) {
  const double c = (brought_with_none + beta) / (1 + delta * (1 - beta));
  std::vector<double> x(size);
  for (std::size_t i = 0; i < size; ++i) {
    const double k = static_cast<double>(i);
    const double in = (i == 0 ? brought_with_none : 0) + (i == 1 ? brought_with_one : 0) +
                      (i > 0 ? c * (k - 1 + delta) * x[i - 1] : 0);
    x[i] = in / (1 + c * (k + delta));
  }
  for (double& share : x) share /= 1 - beta;
  return x;
}

// Shares of small counts against their limits. Tolerance: six multinomial standard errors of each and what dropped
// repeats and loops can move, at most one account each, and account 0, whom no step brought.
void expect_limit_shares(const std::vector<unsigned long long>& seen, const std::vector<double>& limit,
                         const Network& n) {
  const double accounts = n.accounts(), dropped = static_cast<double>(n.duplicates + n.self_loops);
  for (std::size_t k = 0; k < limit.size(); ++k) {
    const double share = k < seen.size() ? static_cast<double>(seen[k]) / accounts : 0;
    EXPECT_NEAR(share, limit[k], 6 * std::sqrt(limit[k] / accounts) + (dropped + 1) / accounts) << k;
  }
}

TEST(PreferentialAttachment, HasThePapersDegreeLaws) {
  const struct {
    double alpha, beta, in, out;
  } cases[] = {{0.41, 0.54, 0.2, 0}, {0.5, 0.1, 1, 2}, {0.3, 0.2, 3, 1}, {1, 0, 1, 0}, {0, 0, 0, 1}};
  for (const auto& [alpha, beta, in, out] : cases) {
    SCOPED_TRACE(alpha);
    const Network n = made(attachment_of(alpha, beta, in, out, 400'000));
    const double gamma = 1 - alpha - beta;
    expect_limit_shares(follower_histogram(n), limit_shares(alpha, gamma, beta, in, 8), n);
    expect_limit_shares(histogram(n, [&](AccountId a) { return n.followees[a]; }),
                        limit_shares(gamma, alpha, beta, out, 8), n);
  }
}

// Six standard errors, and what the repeats that are dropped (0.1 to 10 % of the follows) take from the largest counts.
TEST(PreferentialAttachment, HasThePapersExponents) {
  const struct {
    double alpha, beta, in, out;
  } cases[] = {{0.41, 0.54, 0.2, 0}, {0.3, 0.4, 0.5, 0.2}, {0.3, 0.2, 0, 0}};
  for (const auto& [alpha, beta, in, out] : cases) {
    SCOPED_TRACE(alpha);
    const Network n = made(attachment_of(alpha, beta, in, out, 400'000));
    const double gamma = 1 - alpha - beta;
    const double x_in = 1 + (1 + in * (alpha + gamma)) / (alpha + beta);
    const double x_out = 1 + (1 + out * (alpha + gamma)) / (beta + gamma);
    const Tail followers = tail_of(follower_histogram(n), 20, in + 0.5 * (x_in - 1));
    const Tail followees =
        tail_of(histogram(n, [&](AccountId a) { return n.followees[a]; }), 20, out + 0.5 * (x_out - 1));
    const double allowed = 0.03 + 2.0 * static_cast<double>(n.duplicates) / static_cast<double>(n.follows());
    EXPECT_NEAR(followers.exponent, x_in, 6 * followers.error + allowed);
    EXPECT_NEAR(followees.exponent, x_out, 6 * followees.error + allowed);
  }
}

TEST(PreferentialAttachment, EndsWithTheLastNewcomer) {
  const NetworkSection s = attachment_of(0.3, 0.5, 0.5, 0.5, 20'000);
  const Network n = made(s);
  const double steps = static_cast<double>(n.follows() + n.duplicates + n.self_loops), mean = 2 * 19'999;
  EXPECT_NEAR(steps, mean, 6 * std::sqrt(19'999 * 0.5) / 0.5);  // negative binomial
  EXPECT_EQ(n.followees.back() + n.follower_count(19'999), 1U);
  EXPECT_NEAR(expected_mean(s) * 20'000, mean, 1e-6);
  const Network tree = made(attachment_of(0.5, 0, 1, 1, 5000));  // newcomers only: one follow each
  EXPECT_EQ(tree.follows(), 4999U);
  EXPECT_EQ(tree.duplicates + tree.self_loops, 0U);
  for (AccountId a = 1; a < 5000; ++a) {
    std::size_t earlier = 0;
    for (AccountId f : tree.followers_of(a)) earlier += f < a;
    EXPECT_LE(earlier, 1U);
  }
}

TEST(PreferentialAttachment, StandsTheEdgesOfItsParameters) {
  for (const auto& [alpha, beta, in, out] : std::vector<std::array<double, 4>>{
           {0, 0, 0, 0}, {1, 0, 0, 0}, {0, 0.999, 0, 0}, {0.001, 0.999, 0, 0}, {0.5, 0.25, 1e6, 1e6}})
    for (const std::int64_t accounts : {2, 3, 500}) {
      const Network n = made(attachment_of(alpha, beta, in, out, accounts));
      expect_sound(n);
      EXPECT_GE(n.follows() + n.duplicates + n.self_loops, static_cast<std::uint64_t>(accounts - 1));
    }
}

}  // namespace passalong
