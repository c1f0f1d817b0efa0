// What is said of a network: closed forms, small random networks against brute force, samples against what they
// estimate. Sampled figures may be off by six standard errors (a false alarm
// in 1e-8 for shares; in 1e-3 for a jackknife of eight groups, for which eight are allowed); draws are keyed, so a pass
// stays a pass.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <set>

#include "sim/base/failure.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"
#include "sim/network/network.hpp"
#include "sim/network/statistics/assortativity.hpp"
#include "sim/network/statistics/components.hpp"
#include "sim/network/statistics/distances.hpp"
#include "sim/network/statistics/links.hpp"
#include "sim/network/statistics/power_law.hpp"
#include "sim/network/statistics/spectrum.hpp"
#include "sim/network/statistics/triangles.hpp"

namespace passalong {
namespace {
using Follows = std::vector<std::pair<AccountId, AccountId>>;

Network mutual(AccountId accounts, const Follows& ties) {
  Follows follows;
  for (const auto& [a, b] : ties) follows.insert(follows.end(), {{a, b}, {b, a}});
  return network_from_edges(accounts, follows);
}

Network star(AccountId n) {
  Follows ties;
  for (AccountId a = 1; a < n; ++a) ties.push_back({0, a});
  return mutual(n, ties);
}

Network path(AccountId n) {
  Follows ties;
  for (AccountId a = 1; a < n; ++a) ties.push_back({a - 1, a});
  return mutual(n, ties);
}

Network ring(AccountId n) {
  Follows ties;
  for (AccountId a = 0; a < n; ++a) ties.push_back({a, (a + 1) % n});
  return mutual(n, ties);
}

Network complete(AccountId n) {
  Follows follows;
  for (AccountId a = 0; a < n; ++a)
    for (AccountId b = 0; b < n; ++b)
      if (a != b) follows.push_back({a, b});
  return network_from_edges(n, follows);
}

// Directed, each follow with probability p; accounts with low ids are followed more.
Network random_network(AccountId n, double p, std::uint64_t seed) {
  const Stream draw(seed, 0, Purpose::skip);
  Follows follows;
  for (AccountId a = 0; a < n; ++a)
    for (AccountId b = 0; b < n; ++b)
      if (a != b && uniform(draw(a, b)[0]) < p * (b < n / 8 ? 3 : 0.7)) follows.push_back({a, b});
  return network_from_edges(n, follows);
}

NetworkSummary described(const Network& network, unsigned workers = 2,
                         const DescribeOptions& options = for_describing) {
  Team team(workers);
  return describe(network, team, options);
}

struct Small {  // a network as matrices, for brute force
  explicit Small(const Network& network) : n(network.accounts()), follows(n * n), tied(n * n), apart(n * n, far) {
    for (AccountId a = 0; a < n; ++a)
      for (const AccountId f : network.followers_of(a)) follows[f * n + a] = tied[f * n + a] = tied[a * n + f] = true;
    for (std::size_t i = 0; i < n * n; ++i)
      if (i / n == i % n)
        apart[i] = 0;
      else if (tied[i])
        apart[i] = 1;
    for (std::size_t k = 0; k < n; ++k)  // Floyd and Warshall
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
          apart[i * n + j] = std::min(apart[i * n + j], apart[i * n + k] + apart[k * n + j]);
  }
  std::size_t ties(std::size_t a) const {
    return static_cast<std::size_t>(std::count(tied.begin() + static_cast<std::ptrdiff_t>(a * n),
                                               tied.begin() + static_cast<std::ptrdiff_t>(a * n + n), true));
  }
  std::size_t closed_at(std::size_t a) const {
    std::size_t closed = 0;
    for (std::size_t b = 0; b < n; ++b)
      for (std::size_t c = 0; c < b; ++c) closed += tied[a * n + b] && tied[a * n + c] && tied[b * n + c];
    return closed;
  }

  static constexpr std::size_t far = 1U << 20;
  std::size_t n;
  std::vector<bool> follows, tied;
  std::vector<std::size_t> apart;
};

double pearson(const std::vector<std::pair<double, double>>& points) {
  const auto n = static_cast<double>(points.size());
  double mx = 0, my = 0, xx = 0, yy = 0, xy = 0;
  for (const auto& [x, y] : points) mx += x / n, my += y / n;
  for (const auto& [x, y] : points) xx += (x - mx) * (x - mx), yy += (y - my) * (y - my), xy += (x - mx) * (y - my);
  return xy / std::sqrt(xx * yy);
}

TEST(Describe, Star) {
  const NetworkSummary s = described(star(101));
  EXPECT_EQ(s.ties, 100U);
  EXPECT_EQ(s.triangles, 0);
  EXPECT_EQ(s.clustering, 0);
  EXPECT_EQ(s.components, 1U);
  EXPECT_EQ(s.strong_components, 1U);
  EXPECT_NEAR(s.assortativity, -1, 1e-12);
  EXPECT_NEAR(s.followers_to_followees, -1, 1e-12);
  EXPECT_NEAR(s.mean_path, (200.0 + 2 * 100 * 99) / (101 * 100), 1e-12);
  EXPECT_NEAR(s.spectral_radius, 10, 1e-5);
  EXPECT_TRUE(s.spectral_converged);
  EXPECT_EQ(s.followers[1], 100);
  EXPECT_EQ(s.followers[7], 1);  // 64 to 127
}

TEST(Describe, Path) {
  const NetworkSummary s = described(path(20));
  EXPECT_NEAR(s.spectral_radius, 2 * std::cos(M_PI / 21), 1e-5);
  EXPECT_NEAR(s.mean_path, 21.0 / 3, 1e-12);  // (n + 1) / 3
  EXPECT_EQ(s.transitivity, 0);
  EXPECT_EQ(s.sources, 20U);
}

TEST(Describe, Ring) {
  const NetworkSummary s = described(ring(1001));
  EXPECT_NEAR(s.spectral_radius, 2, 1e-12);
  EXPECT_TRUE(std::isnan(s.assortativity));  // everyone has two ties
  EXPECT_NEAR(s.mean_path, 501.0 / 2, 1e-9);
  EXPECT_NEAR(s.effective_diameter, 450, 1e-9);  // distances 1 to 500, two accounts at each
}

TEST(Describe, DirectedRing) {
  Follows follows;
  for (AccountId a = 0; a < 50; ++a) follows.push_back({a, (a + 1) % 50});
  const NetworkSummary s = described(network_from_edges(50, follows));
  EXPECT_NEAR(s.spectral_radius, 1, 1e-12);
  EXPECT_EQ(s.largest_strong_component, 50U);
  EXPECT_EQ(s.without_return, 1);
}

TEST(Describe, Complete) {
  const NetworkSummary s = described(complete(70));
  EXPECT_EQ(s.triangles, 70.0 * 69 * 68 / 6);
  EXPECT_DOUBLE_EQ(s.clustering, 1);
  EXPECT_DOUBLE_EQ(s.transitivity, 1);
  EXPECT_DOUBLE_EQ(s.mean_path, 1);
  EXPECT_DOUBLE_EQ(s.effective_diameter, 0.9);
  EXPECT_NEAR(s.spectral_radius, 69, 1e-12);
  EXPECT_EQ(s.without_return, 0);
}

TEST(Describe, TwoComponents) {
  // A triangle, one that follows it, and a pair apart.
  const NetworkSummary s = described(network_from_edges(7, {{0, 1}, {1, 2}, {2, 0}, {3, 0}, {4, 5}, {5, 4}}));
  EXPECT_EQ(s.components, 3U);
  EXPECT_EQ(s.largest_component, 4U);
  EXPECT_EQ(s.strong_components, 4U);
  EXPECT_EQ(s.largest_strong_component, 3U);
  EXPECT_EQ(s.triangles, 1);
  EXPECT_NEAR(s.clustering, (1.0 / 3 + 1 + 1) / 7, 1e-15);
  EXPECT_DOUBLE_EQ(s.transitivity, 3.0 / 5);
  EXPECT_NEAR(s.spectral_radius, 1, 1e-6);
  EXPECT_DOUBLE_EQ(s.without_return, 5.0 / 7);
}

TEST(Describe, WithoutCycles) {
  Follows follows;
  for (AccountId b = 0; b < 40; ++b)
    for (AccountId a = 0; a < b; ++a) follows.push_back({a, b});
  const NetworkSummary s = described(network_from_edges(40, follows));
  EXPECT_EQ(s.spectral_radius, 0);
  EXPECT_EQ(s.spectral_high, 0);
  EXPECT_TRUE(s.spectral_converged);
  EXPECT_EQ(s.strong_components, 40U);
  EXPECT_EQ(s.largest_strong_component, 1U);
}

TEST(Describe, Nothing) {
  for (const AccountId accounts : {0U, 1U, 5U}) {
    const NetworkSummary s = described(network_from_edges(accounts, {}));
    EXPECT_EQ(s.components, accounts);
    EXPECT_EQ(s.strong_components, accounts);
    EXPECT_EQ(s.largest_component, accounts > 0 ? 1U : 0U);
    EXPECT_EQ(s.triangles, 0);
    EXPECT_EQ(s.mean_path, 0);
    EXPECT_EQ(s.effective_diameter, 0);
    EXPECT_EQ(s.spectral_radius, 0);
    EXPECT_TRUE(std::isnan(s.assortativity));
  }
}

TEST(Describe, AgreesWithBruteForce) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    const Network network = random_network(90, 0.006 * static_cast<double>(seed * seed), seed);
    const Small small(network);
    const NetworkSummary s = described(network, 1 + static_cast<unsigned>(seed % 3));
    std::size_t closed = 0, wedges = 0, pairs = 0, length = 0, ties = 0;
    double clustering = 0;
    std::vector<std::pair<double, double>> tied, out_in;
    std::set<std::vector<std::size_t>> weak;
    for (std::size_t a = 0; a < small.n; ++a) {
      const std::size_t t = small.ties(a), here = small.closed_at(a);
      closed += here, wedges += t * (t - 1) / 2, ties += t;
      clustering += t > 1 ? static_cast<double>(here) / (static_cast<double>(t * (t - 1)) / 2) : 0;
      std::vector<std::size_t> mates;
      for (std::size_t b = 0; b < small.n; ++b) {
        const std::size_t apart = small.apart[a * small.n + b];
        if (apart < Small::far) mates.push_back(b), pairs += a != b, length += apart;
        if (small.tied[a * small.n + b]) tied.push_back({t, small.ties(b)});
        if (small.follows[a * small.n + b])
          out_in.push_back({network.followees[a], network.follower_count(static_cast<AccountId>(b))});
      }
      weak.insert(mates);
    }
    EXPECT_EQ(s.ties, ties / 2);
    EXPECT_EQ(s.triangles, static_cast<double>(closed) / 3);
    EXPECT_NEAR(s.clustering, clustering / 90, 1e-12);
    EXPECT_NEAR(s.transitivity, static_cast<double>(closed) / static_cast<double>(wedges), 1e-12);
    EXPECT_NEAR(s.mean_path, static_cast<double>(length) / static_cast<double>(pairs), 1e-12);
    EXPECT_EQ(s.components, weak.size());
    EXPECT_NEAR(s.assortativity, pearson(tied), 1e-10);
    EXPECT_NEAR(s.followees_to_followers, pearson(out_in), 1e-10);
  }
}

TEST(StrongComponents, AgreeWithReachability) {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const Network network = random_network(60, 0.004 * static_cast<double>(seed), seed);
    const std::size_t n = network.accounts();
    std::vector<bool> reaches(n * n);
    for (AccountId a = 0; a < n; ++a) {
      reaches[a * n + a] = true;
      for (const AccountId f : network.followers_of(a)) reaches[f * n + a] = true;
    }
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
          if (reaches[i * n + k] && reaches[k * n + j]) reaches[i * n + j] = true;
    const Components found = strong_components(network);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        ASSERT_EQ(found.of[i] == found.of[j], reaches[i * n + j] && reaches[j * n + i]) << seed;
    EXPECT_EQ(std::accumulate(found.sizes.begin(), found.sizes.end(), 0U), n);
  }
}

// Too deep for recursion, too long for the sweeps that find a giant component.
TEST(StrongComponents, OfALongRingAndALongPath) {
  constexpr AccountId n = 300'000;
  Follows follows;
  for (AccountId a = 0; a < n; ++a) {
    const std::uint64_t here = a * 7919ULL % n, next = (a + 1) % n * 7919ULL % n;
    follows.push_back({static_cast<AccountId>(here), static_cast<AccountId>(next)});
  }
  EXPECT_EQ(strong_components(network_from_edges(n, follows)).largest(), n);
  follows.pop_back();
  EXPECT_EQ(strong_components(network_from_edges(n, follows)).largest(), 1U);
}

TEST(Spectrum, BoundsEncloseWhatIsKnownHoweverFewTheIterations) {
  Team team(2);
  const Network network = path(200);
  const Components strong = strong_components(network);
  const double exact = 2 * std::cos(M_PI / 201);
  for (const std::uint64_t looks : {0U, 10'000U, 1'000'000U}) {
    const SpectralRadius r = spectral_radius(network, strong, 1e-9, looks, team);
    EXPECT_FALSE(r.converged);
    EXPECT_LE(r.low, exact);
    EXPECT_GE(r.high, exact * (1 - 1e-14));
    EXPECT_GE(r.value, r.low);
    EXPECT_LE(r.value, r.high);
  }
}

TEST(Spectrum, IsTheLargestOfTheComponents) {
  // A mutual star of 17 (radius 4) follows a complete network of 4 (radius 3).
  Follows follows;
  for (AccountId a = 1; a < 17; ++a) follows.insert(follows.end(), {{0, a}, {a, 0}});
  for (AccountId a = 17; a < 21; ++a)
    for (AccountId b = 17; b < 21; ++b)
      if (a != b) follows.push_back({a, b});
  follows.push_back({3, 18});
  EXPECT_NEAR(described(network_from_edges(21, follows)).spectral_radius, 4, 1e-5);
}

TEST(Samples, AreWithinTheirErrors) {
  Team team(2);
  const Network network = random_network(1500, 0.02, 9);
  const Links links = link_both_ways(network, team);
  const Triangles exact = *count_triangles(links, ~0ULL, team), sampled = sample_triangles(links, 100'000, team);
  EXPECT_FALSE(exact.sampled);
  EXPECT_TRUE(sampled.sampled);
  EXPECT_NEAR(sampled.triangles, exact.triangles, 6 * sampled.triangles_error);
  EXPECT_NEAR(sampled.clustering, exact.clustering, 6 * sampled.clustering_error);
  EXPECT_NEAR(sampled.transitivity, exact.transitivity, 6 * sampled.transitivity_error);
  EXPECT_LT(sampled.triangles_error, 0.03 * exact.triangles);
  EXPECT_FALSE(count_triangles(links, 1000, team));

  const Distances all = measure_distances(links, ~0ULL, team), few = measure_distances(links, 0, team);
  EXPECT_FALSE(all.sampled);
  EXPECT_EQ(all.sources, 1500U);
  EXPECT_EQ(all.mean_path_error, 0);
  EXPECT_TRUE(few.sampled);
  EXPECT_EQ(few.sources, 64U);
  EXPECT_NEAR(few.mean_path, all.mean_path, 8 * few.mean_path_error);
  EXPECT_NEAR(few.effective_diameter, all.effective_diameter, 8 * few.effective_diameter_error);
  EXPECT_LT(few.mean_path_error, 0.1);
}

bool same(const NetworkSummary& a, const NetworkSummary& b) {
  return a.ties == b.ties && a.triangles == b.triangles && a.clustering == b.clustering &&
         a.clustering_error == b.clustering_error && a.transitivity == b.transitivity && a.components == b.components &&
         a.strong_components == b.strong_components && a.assortativity == b.assortativity &&
         a.followees_to_followees == b.followees_to_followees && a.mean_path == b.mean_path &&
         a.effective_diameter == b.effective_diameter && a.mean_path_error == b.mean_path_error &&
         a.spectral_radius == b.spectral_radius && a.spectral_low == b.spectral_low &&
         a.spectral_high == b.spectral_high && a.spectral_iterations == b.spectral_iterations &&
         a.tail_exponent == b.tail_exponent;
}

TEST(Describe, IsTheSameForAnyNumberOfWorkers) {
  const Network network = random_network(5000, 0.004, 5);
  for (const DescribeOptions& options : {for_describing, DescribeOptions{0, 20'000, 0, 1e-4, 1'000'000}}) {
    const NetworkSummary alone = described(network, 1, options);
    EXPECT_EQ(alone.triangles_sampled, options.triangle_looks == 0);
    for (const unsigned workers : {2U, 3U}) EXPECT_TRUE(same(described(network, workers, options), alone)) << workers;
  }
}

// Counts of a discrete power law from `from` on, by inversion of its distribution function.
std::vector<unsigned long long> power_law_counts(double exponent, std::size_t from, std::size_t number) {
  constexpr std::size_t most = 200'000;
  std::vector<double> up_to(most);
  double sum = 0;
  for (std::size_t x = from; x < most; ++x) up_to[x] = sum += passalong::power(static_cast<double>(x), -exponent);
  std::vector<unsigned long long> histogram(most);
  const Stream draw(17, 0, Purpose::skip);
  for (std::size_t i = 0; i < number; ++i) {
    const double at = uniform(draw(static_cast<std::uint32_t>(i))[0]) * sum;
    ++histogram[static_cast<std::size_t>(std::upper_bound(up_to.begin(), up_to.end(), at) - up_to.begin())];
  }
  return histogram;
}

TEST(PowerLaw, ExponentOfDiscreteCountsIsWithinItsError) {
  for (const double exponent : {2.0, 2.5, 3.0}) {
    std::vector<unsigned long long> histogram = power_law_counts(exponent, 10, 50'000);
    for (std::size_t x = 1; x < 10; ++x) histogram[x] += 500;  // below the tail something else
    const TailFit fit = fit_tail(histogram);
    // Equation 3.7 takes counts for continuous: off by up to 1 % where the tail begins at 6 or later.
    EXPECT_NEAR(fit.exponent, exponent, 6 * fit.error + 0.01 * exponent);
    EXPECT_GE(fit.from, 8);
    EXPECT_NEAR(fit.error, (fit.exponent - 1) / std::sqrt(fit.number), 1e-12);
    EXPECT_LT(fit.distance, 0.05);
  }
}

}  // namespace
}  // namespace passalong
