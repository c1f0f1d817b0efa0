// label: theory
// Networks that grow, small worlds, recursive matrices and regular ones, against closed forms. Each statistical bound
// has a false-alarm rate of 1e-6 or less; seeds are fixed, so a pass stays a pass.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "sim/base/special.hpp"
#include "sim/network/generators/kinds.hpp"
#include "sim/network/statistics/power_law.hpp"

namespace passalong {
namespace {
constexpr double false_alarm = 1e-6;

NetworkSection section_of(const std::string& kind, std::int64_t accounts) {
  NetworkSection s;
  s.kind = kind;
  s.accounts = accounts;
  return s;
}

Network made(const NetworkSection& s, std::uint64_t seed = 7, std::uint32_t replicate = 0, unsigned workers = 2) {
  Team team(workers);
  const KindOfNetwork* kind = find_kind(s.kind);
  if (!kind) throw std::runtime_error("no kind " + s.kind);
  return kind->generate(s, seed, replicate, team);
}

double expected_mean(const NetworkSection& s) { return find_kind(s.kind)->mean_followers(s); }

void expect_sound(const Network& n) {
  ASSERT_EQ(n.offsets.back(), n.follows());
  std::vector<std::uint32_t> followees(n.accounts());
  for (AccountId a = 0; a < n.accounts(); ++a) {
    const auto row = n.followers_of(a);
    ASSERT_TRUE(std::is_sorted(row.begin(), row.end())) << a;
    ASSERT_EQ(std::adjacent_find(row.begin(), row.end()), row.end()) << a;
    ASSERT_FALSE(std::binary_search(row.begin(), row.end(), a)) << a;
    ASSERT_TRUE(row.empty() || row.back() < n.accounts()) << a;
    for (const AccountId f : row) ++followees[f];
  }
  EXPECT_EQ(n.followees, followees);
}

bool same(const Network& a, const Network& b) {
  return a.offsets == b.offsets && a.followers == b.followers && a.followees == b.followees && a.labels == b.labels &&
         a.duplicates == b.duplicates && a.self_loops == b.self_loops;
}

bool is_mutual(const Network& n) {
  for (AccountId a = 0; a < n.accounts(); ++a)
    for (const AccountId f : n.followers_of(a))
      if (!n.follows(a, f)) return false;
  return true;
}

std::vector<AccountId> row(const Network& n, AccountId a) {
  return {n.followers_of(a).begin(), n.followers_of(a).end()};
}

// Every kind, small, with parameters that meet its corners.
std::vector<NetworkSection> all_sections() {
  std::vector<NetworkSection> all;
  for (const std::int64_t accounts : {7, 12, 3000}) {
    for (const char* kind : {"barabasi-albert", "preferential-attachment", "watts-strogatz", "ring", "lattice", "rmat",
                             "complete", "star", "path", "tree", "florentine"})
      for (const bool mutual : {false, true}) {
        NetworkSection s = section_of(kind, accounts);
        s.mutual = s.classic_mutual = mutual;
        s.newcomer_follows = accounts / 2 > 40 ? 40 : accounts / 2;
        s.mean_followers = 3;
        s.rewiring = 0.5;
        s.neighbours = accounts < 100 ? 6 : 80;
        s.children = 3;
        all.push_back(s);
      }
  }
  return all;
}

using Bins = std::vector<std::pair<double, double>>;  // seen, expected

// The p-value of a chi-square test of counts, neighbouring bins joined until 25 are expected in each.
double p_value(const Bins& bins, bool total_is_given = true) {
  double chi_square = 0, seen = 0, expected = 0;
  int joined = 0;
  std::pair<double, double> rest{0, 0};
  const auto add = [&](double s, double e) { chi_square += (s - e) * (s - e) / e, ++joined; };
  for (const auto& [s, e] : bins) {
    rest.first += s, rest.second += e;
    if (rest.second < 25) continue;
    add(rest.first, rest.second);
    seen += rest.first, expected += rest.second;
    rest = {0, 0};
  }
  if (rest.second > 5) add(rest.first, rest.second);
  return gamma_q(0.5 * (joined - (total_is_given ? 1 : 0)), 0.5 * chi_square);
}

template <class Count>
std::vector<unsigned long long> histogram(const Network& n, const Count& count) {
  std::vector<unsigned long long> h;
  for (AccountId a = 0; a < n.accounts(); ++a) {
    const std::size_t k = count(a);
    if (k >= h.size()) h.resize(k + 1);
    ++h[k];
  }
  return h;
}
std::vector<unsigned long long> follower_histogram(const Network& n) {
  return histogram(n, [&](AccountId a) { return n.follower_count(a); });
}

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

TEST(GrowthNetworks, AreSoundForEveryKindAndSize) {
  for (const NetworkSection& s : all_sections()) {
    SCOPED_TRACE(s.kind + " " + std::to_string(s.accounts) + (s.is_mutual() ? " mutual" : ""));
    const Network n = made(s);
    ASSERT_EQ(n.accounts(), s.kind == "florentine" ? 15 : s.accounts);
    expect_sound(n);
    EXPECT_TRUE(is_mutual(n) || !(s.is_mutual() || s.kind == "complete"));
  }
}

TEST(GrowthNetworks, AreTheSameForAnyTeam) {
  for (const NetworkSection& s : all_sections()) {
    SCOPED_TRACE(s.kind);
    const Network alone = made(s, 7, 0, 1);
    EXPECT_TRUE(same(alone, made(s, 7, 0, 2)));
    EXPECT_TRUE(same(alone, made(s, 7, 0, 3)));
  }
}

TEST(GrowthNetworks, DifferByReplicateAndSeedWhereThereIsChance) {
  for (const char* kind : {"barabasi-albert", "preferential-attachment", "watts-strogatz", "rmat"}) {
    const NetworkSection s = section_of(kind, 1000);
    EXPECT_NE(made(s).followers, made(s, 7, 1).followers) << kind;
    EXPECT_NE(made(s).followers, made(s, 8).followers) << kind;
  }
}

TEST(GrowthNetworks, HaveTheMeanThatIsForecast) {
  for (const NetworkSection& s : all_sections()) {
    if (s.accounts < 100 || s.kind == "preferential-attachment" || s.kind == "rmat") continue;
    const Network n = made(s);
    const double mean = static_cast<double>(n.follows()) / n.accounts();
    // Small worlds may lose the few ties that two accounts lead to each other: about (side x rewiring)^2 / 2 of them.
    EXPECT_NEAR(mean, expected_mean(s), s.kind == "watts-strogatz" ? 1.0 : 1e-9) << s.kind;
  }
}

TEST(RegularNetworks, RingTiesTheNearest) {
  NetworkSection s = section_of("ring", 9);
  s.neighbours = 4;
  const Network n = made(s);
  EXPECT_EQ(row(n, 0), (std::vector<AccountId>{1, 2, 7, 8}));
  EXPECT_EQ(row(n, 4), (std::vector<AccountId>{2, 3, 5, 6}));
  EXPECT_EQ(row(n, 8), (std::vector<AccountId>{0, 1, 6, 7}));
  s.classic_mutual = false;
  EXPECT_EQ(row(made(s), 8), (std::vector<AccountId>{0, 1}));
  EXPECT_EQ(row(made(s), 3), (std::vector<AccountId>{4, 5}));
  s.classic_mutual = true, s.neighbours = 8;
  EXPECT_EQ(made(s).followers, made(section_of("complete", 9)).followers);
}

TEST(RegularNetworks, LatticeIsATorusWithoutDoubledTies) {
  NetworkSection s = section_of("lattice", 12);
  s.width = 4;
  EXPECT_EQ(row(made(s), 0), (std::vector<AccountId>{1, 3, 4, 8}));
  EXPECT_EQ(row(made(s), 6), (std::vector<AccountId>{2, 5, 7, 10}));
  s.classic_mutual = false;
  EXPECT_EQ(row(made(s), 3), (std::vector<AccountId>{0, 7}));
  EXPECT_EQ(row(made(s), 8), (std::vector<AccountId>{0, 9}));
  const std::map<std::pair<int, int>, std::uint64_t> ties{{{12, 1}, 12}, {{12, 12}, 12}, {{12, 2}, 18}, {{12, 6}, 18},
                                                          {{12, 3}, 24}, {{4, 2}, 4},    {{2, 1}, 1},   {{2, 2}, 1}};
  for (const auto& [shape, expected] : ties) {
    s.accounts = shape.first, s.width = shape.second;
    expect_sound(made(s));
    EXPECT_EQ(made(s).follows(), expected) << shape.first << " in rows of " << shape.second;
    EXPECT_NEAR(expected_mean(s) * shape.first, static_cast<double>(expected), 1e-9);
  }
  s = section_of("lattice", 36);  // nearly square: 6 x 6; 35: 7 x 5; a prime: a ring
  EXPECT_EQ(row(made(s), 7), (std::vector<AccountId>{1, 6, 8, 13}));
  s.accounts = 35;
  EXPECT_EQ(row(made(s), 8), (std::vector<AccountId>{1, 7, 9, 15}));
  s.accounts = 13;
  NetworkSection ring = section_of("ring", 13);
  ring.neighbours = 2;
  EXPECT_EQ(made(s).followers, made(ring).followers);
}

TEST(RegularNetworks, StarPathAndTreeAreTrees) {
  const Network star = made(section_of("star", 50));
  EXPECT_EQ(star.follower_count(0), 49U);
  for (AccountId a = 1; a < 50; ++a) EXPECT_EQ(row(star, a), std::vector<AccountId>{0});
  NetworkSection path = section_of("path", 5);
  EXPECT_EQ(made(path).followers, (std::vector<AccountId>{1, 0, 2, 1, 3, 2, 4, 3}));
  path.classic_mutual = false;
  EXPECT_EQ(made(path).followers, (std::vector<AccountId>{1, 2, 3, 4}));
  NetworkSection tree = section_of("tree", 9);  // the last level is not full, its last parent has one child
  tree.children = 3;
  const Network t = made(tree);
  EXPECT_EQ(row(t, 0), (std::vector<AccountId>{1, 2, 3}));
  EXPECT_EQ(row(t, 1), (std::vector<AccountId>{0, 4, 5, 6}));
  EXPECT_EQ(row(t, 2), (std::vector<AccountId>{0, 7, 8}));
  EXPECT_EQ(row(t, 3), std::vector<AccountId>{0});
  tree.classic_mutual = false;
  EXPECT_EQ(made(tree).followers, (std::vector<AccountId>{1, 2, 3, 4, 5, 6, 7, 8}));
  tree.children = 1'000'000'000;
  EXPECT_EQ(made(tree).follower_count(0), 8U);
}

TEST(RegularNetworks, CompleteTiesEveryone) {
  for (const bool mutual : {true, false}) {
    NetworkSection s = section_of("complete", 40);
    s.classic_mutual = mutual;
    const Network n = made(s);
    expect_sound(n);
    EXPECT_EQ(n.follows(), 40U * 39U);
  }
}

TEST(Florentine, HasTheFamiliesMarriages) {
  const Network n = made(section_of("florentine", 15));
  EXPECT_EQ(n.follows(), 40U);
  EXPECT_TRUE(is_mutual(n));
  ASSERT_EQ(n.labels.size(), 15U);
  EXPECT_TRUE(std::is_sorted(n.labels.begin(), n.labels.end()));
  const std::map<std::string, std::uint32_t> degrees{
      {"Acciaiuoli", 1}, {"Albizzi", 3},  {"Barbadori", 2},    {"Bischeri", 3}, {"Castellani", 3},
      {"Ginori", 1},     {"Guadagni", 4}, {"Lamberteschi", 1}, {"Medici", 6},   {"Pazzi", 1},
      {"Peruzzi", 3},    {"Ridolfi", 3},  {"Salviati", 2},     {"Strozzi", 4},  {"Tornabuoni", 3}};
  for (AccountId a = 0; a < 15; ++a) EXPECT_EQ(n.follower_count(a), degrees.at(n.labels[a])) << n.labels[a];
  const auto at = [&](const char* name) {
    return static_cast<AccountId>(std::find(n.labels.begin(), n.labels.end(), name) - n.labels.begin());
  };
  EXPECT_TRUE(n.follows(at("Medici"), at("Acciaiuoli")));
  EXPECT_TRUE(n.follows(at("Guadagni"), at("Lamberteschi")));
  EXPECT_FALSE(n.follows(at("Medici"), at("Strozzi")));  // the rivals
}

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
