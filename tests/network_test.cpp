// The follower network: rows, interests, the generator's targets, figures. Statistical bounds are six standard errors
// or wider (false alarms below 1e-8 each); seeds are fixed, so a pass stays a pass.
#include "sim/network/network.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/failure.hpp"
#include "sim/network/generators/interest_network.hpp"
#include "sim/network/generators/topic_targets.hpp"
#include "sim/network/interests.hpp"
#include "sim/network/statistics/power_law.hpp"
#include "sim/network/statistics/summary.hpp"

namespace passalong {
namespace {
Scenario scenario_of(std::int64_t accounts, double mean) {
  Scenario s;
  s.seed = 7;
  s.network.accounts = accounts;
  s.network.mean_followers = mean;
  return s;
}

Ground made(const Scenario& s, unsigned workers = 2, std::uint32_t replicate = 0) {
  Team team(workers);
  return make_network(s, replicate, team);
}

const Ground& usual() {  // 50,000 accounts with the defaults
  static const Ground ground = made(scenario_of(50'000, 35));
  return ground;
}

void expect_sound(const Network& n) {
  ASSERT_EQ(n.offsets.size(), n.accounts() + 1ULL);
  ASSERT_EQ(n.offsets.front(), 0U);
  ASSERT_EQ(n.offsets.back(), n.follows());
  std::vector<std::uint32_t> followees(n.accounts());
  for (AccountId a = 0; a < n.accounts(); ++a) {
    const auto row = n.followers_of(a);
    ASSERT_TRUE(std::is_sorted(row.begin(), row.end()));
    ASSERT_EQ(std::adjacent_find(row.begin(), row.end()), row.end());
    ASSERT_FALSE(std::binary_search(row.begin(), row.end(), a));
    for (const AccountId f : row) ++followees[f];
  }
  EXPECT_EQ(n.followees, followees);
}

bool same(const Ground& a, const Ground& b) {
  return a.network.offsets == b.network.offsets && a.network.followers == b.network.followers &&
         a.network.followees == b.network.followees && a.interests.weights == b.interests.weights &&
         a.interests.primary == b.interests.primary;
}

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const auto n = static_cast<double>(x.size());
  const double mx = std::accumulate(x.begin(), x.end(), 0.0) / n, my = std::accumulate(y.begin(), y.end(), 0.0) / n;
  double xy = 0, xx = 0, yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    xy += (x[i] - mx) * (y[i] - my), xx += (x[i] - mx) * (x[i] - mx), yy += (y[i] - my) * (y[i] - my);
  return xy / std::sqrt(xx * yy);
}

double follower_followee_correlation(const Network& n) {
  std::vector<double> x, y;
  for (AccountId a = 0; a < n.accounts(); ++a) {
    x.push_back(std::log(1.0 + n.follower_count(a)));
    y.push_back(std::log(1.0 + n.followees[a]));
  }
  return correlation(x, y);
}

double share_within_topic(const Ground& g) {  // of follows: both care most for the same topic
  double within = 0;
  for (AccountId a = 0; a < g.network.accounts(); ++a)
    for (const AccountId f : g.network.followers_of(a)) within += g.interests.primary[f] == g.interests.primary[a];
  return within / static_cast<double>(g.network.follows());
}

std::string refusal(const Scenario& s) {
  try {
    made(s);
  } catch (const Failure& f) {
    EXPECT_EQ(f.code(), Exit::scenario);
    EXPECT_FALSE(f.faults().front().help.empty());
    return f.what();
  }
  return "";
}

TEST(Rows, HoldEveryFollowOnce) {
  const Network n = network_from_edges(4, {{1, 0}, {2, 0}, {2, 0}, {0, 3}, {3, 3}, {3, 0}});
  expect_sound(n);
  EXPECT_EQ(n.follows(), 4U);
  EXPECT_EQ(n.duplicates, 1U);
  EXPECT_EQ(n.self_loops, 1U);
  EXPECT_EQ(std::vector<AccountId>(n.followers_of(0).begin(), n.followers_of(0).end()),
            (std::vector<AccountId>{1, 2, 3}));
  EXPECT_TRUE(n.follows(0, 3));
  EXPECT_FALSE(n.follows(1, 3));
  EXPECT_EQ(n.followees, (std::vector<std::uint32_t>{1, 1, 1, 1}));
}

TEST(Rows, MayBeEmpty) {
  expect_sound(network_from_edges(3, {}));
  EXPECT_EQ(network_from_edges(0, {}).accounts(), 0U);
  EXPECT_EQ(describe(network_from_edges(0, {})).follows, 0U);
  EXPECT_EQ(describe(network_from_edges(3, {})).reciprocity, 0);
}

TEST(Rows, RefuseUnknownAccounts) { EXPECT_THROW(network_from_edges(2, {{0, 2}}), Failure); }

TEST(Summary, CountsReturnedFollowsExactly) {
  const Network n = network_from_edges(5, {{0, 1}, {1, 0}, {1, 2}, {2, 3}, {3, 2}, {4, 0}, {0, 4}, {3, 4}});
  EXPECT_DOUBLE_EQ(share_returned(n), 6.0 / 8);
  EXPECT_DOUBLE_EQ(describe(n).mean_followers, 8.0 / 5);
  EXPECT_EQ(describe(n).most_followers, 2U);
}

TEST(Summary, AgreesWithSearchingForEachReturn) {
  const Network& n = usual().network;
  std::uint64_t returned = 0;
  for (AccountId a = 0; a < n.accounts(); ++a)
    for (const AccountId f : n.followers_of(a)) returned += n.follows(a, f);
  EXPECT_DOUBLE_EQ(share_returned(n), static_cast<double>(returned) / static_cast<double>(n.follows()));
}

TEST(PowerLaw, HasTheMeanThatIsAsked) {
  for (const double exponent : {1.5, 2.0, 2.28, 3.0, 5.0})
    for (const double mean : {1.0, 35.0, 900.0}) {
      const PowerLaw law = PowerLaw::with_mean(exponent, 1000, mean);
      double sum = 0;
      constexpr int points = 200'000;
      for (int i = 0; i < points; ++i) sum += law.quantile((i + 0.5) / points);
      EXPECT_NEAR(law.mean(), mean, 1e-6 * mean) << exponent;
      EXPECT_NEAR(sum / points, mean, 2e-3 * mean) << exponent;
    }
  EXPECT_DOUBLE_EQ(PowerLaw::with_mean(2.28, 10, 10).quantile(0.3), 10);
}

TEST(PowerLaw, QuantileInvertsItsDistribution) {
  const PowerLaw law{2.5, 2, 500};
  for (const double u : {0.001, 0.25, 0.5, 0.9, 0.9999}) {
    const double x = law.quantile(u);
    EXPECT_NEAR((1 - std::pow(x / 2, -1.5)) / (1 - std::pow(250, -1.5)), u, 1e-12);
  }
}

TEST(PowerLaw, ExponentIsFoundInCountsThatHaveIt) {
  for (const double exponent : {2.0, 2.28, 3.0}) {
    const PowerLaw law{exponent, 5.5, 1e9};
    std::vector<unsigned long long> histogram(2'000'000);
    for (int i = 0; i < 200'000; ++i)
      ++histogram[std::min(1'999'999UL, static_cast<unsigned long>(law.quantile((i + 0.5) / 200'000) + 0.5))];
    EXPECT_NEAR(fit_tail_exponent(histogram), exponent, 0.03);
  }
  EXPECT_EQ(fit_tail_exponent(std::vector<unsigned long long>{3, 4}), 0);
}

TEST(TopicTargets, ChooseInProportionToWeight) {
  Team team(2);
  const std::vector<std::uint8_t> primary{0, 1, 0, 0, 1, 3};
  const std::vector<double> weight{1, 2, 5, 0.5, 2, 7};
  const TopicTargets targets(4, primary, weight, team);
  EXPECT_TRUE(targets.empty(2));
  std::vector<double> chosen(6);
  for (std::uint32_t i = 0; i < 6; ++i) {  // every cell of topic 0, with its share of words
    const auto& entry = targets.entry(0, static_cast<std::uint32_t>((i % 3 + 0.5) / 3 * 4294967296.0));
    const double own = (entry.threshold + 1.0) / 4294967296.0;
    chosen[entry.own] += own / 6, chosen[entry.other] += (1 - own) / 6;
  }
  for (const std::size_t a : {0UL, 2UL, 3UL}) EXPECT_NEAR(chosen[a], weight[a] / 6.5, 1e-9);
  EXPECT_EQ(targets.entry(3, 12345).choose(0xffff'ffffU), 5U);
}

TEST(Interests, SumToOneAndNameTheStrongest) {
  const Interests& x = usual().interests;
  for (AccountId a = 0; a < 50'000; ++a) {
    const auto row = x.of(a);
    EXPECT_NEAR(std::accumulate(row.begin(), row.end(), 0.0), 1, 1e-5);
    EXPECT_EQ(x.primary[a], std::max_element(row.begin(), row.end()) - row.begin());
  }
}

// Dirichlet(c) over K topics: mean 1/K, variance (K - 1) / (K^2 (K c + 1)). Standard errors from the sample's fourth
// moment; the quantile table adds at most 2e-3 of the variance.
TEST(Interests, HaveTheDirichletsMoments) {
  Team team(2);
  for (const double c : {0.05, 0.25, 1.0, 4.0}) {
    PopulationSection section;
    section.concentration = c;
    const AccountId n = 40'000;
    const Interests x = draw_interests(n, section, 3, 0, team);
    const double mean = 1.0 / 8, variance = 7.0 / (64 * (8 * c + 1));
    for (const std::size_t t : {0UL, 5UL}) {
      double sum = 0, square = 0, fourth = 0;
      for (AccountId a = 0; a < n; ++a) {
        const double d = static_cast<double>(x.of(a)[t]) - mean;
        sum += d, square += d * d, fourth += d * d * d * d;
      }
      EXPECT_NEAR(sum / n, 0, 6 * std::sqrt(variance / n)) << c;
      const double error = std::sqrt((fourth / n - variance * variance) / n);
      EXPECT_NEAR(square / n, variance, 6 * error + 2e-3 * variance) << c;
    }
  }
}

TEST(Interests, TakeExtremeConcentrations) {
  Team team(1);
  PopulationSection section;
  for (const double c : {1e-4, 1000.0}) {
    section.concentration = c;
    const Interests x = draw_interests(200, section, 3, 0, team);
    for (AccountId a = 0; a < 200; ++a) {
      const auto row = x.of(a);
      EXPECT_NEAR(std::accumulate(row.begin(), row.end(), 0.0), 1, 1e-5);
      EXPECT_TRUE(c < 1 ? row[x.primary[a]] > 0.9F : row[x.primary[a]] < 0.2F);
    }
  }
}

// What likeness follows have beyond that of anyone who follows with anyone who is followed.
double excess_likeness(const Ground& g) {
  const std::size_t topics = g.interests.topics;
  std::vector<double> followers(topics), followed(topics);
  double likeness = 0, chance = 0;
  for (AccountId a = 0; a < g.network.accounts(); ++a)
    for (const AccountId f : g.network.followers_of(a))
      for (std::size_t t = 0; t < topics; ++t) {
        const auto x = static_cast<double>(g.interests.of(f)[t]), y = static_cast<double>(g.interests.of(a)[t]);
        followers[t] += x, followed[t] += y, likeness += x * y;
      }
  const auto n = static_cast<double>(g.network.follows());
  for (std::size_t t = 0; t < topics; ++t) chance += followers[t] / n * followed[t] / n;
  return likeness / n - chance;
}

TEST(Interests, MixAlongFollows) {
  Team team(2);
  Scenario s = scenario_of(20'000, 5);
  s.population.homophily = 0;
  const Network network = made(s).network;
  const auto excess = [&](double homophily) {
    Ground g{network, draw_interests(network.accounts(), s.population, 5, 0, team)};
    mix_interests(g.interests, network, homophily, 5, 0, team);
    for (AccountId a = 0; a < 100; ++a) {
      const auto row = g.interests.of(a);
      EXPECT_NEAR(std::accumulate(row.begin(), row.end(), 0.0), 1, 1e-5);
    }
    return excess_likeness(g);
  };
  EXPECT_NEAR(excess(0), 0, 0.005);
  EXPECT_GT(excess(0.6), 0.01);
}

TEST(Generator, MakesSoundRows) { expect_sound(usual().network); }

TEST(Generator, GivesTheSameBitsForAnyNumberOfWorkers) {
  const Scenario s = scenario_of(20'000, 35);
  const Ground one = made(s, 1);
  for (const unsigned workers : {2U, 3U, 8U}) EXPECT_TRUE(same(one, made(s, workers))) << workers;
}

TEST(Generator, DependsOnSeedAndReplicate) {
  Scenario s = scenario_of(2'000, 10);
  const Ground first = made(s);
  EXPECT_FALSE(same(first, made(s, 2, 1)));
  s.seed = 8;
  EXPECT_FALSE(same(first, made(s)));
}

TEST(Generator, HitsItsTargets) {
  const NetworkSummary summary = describe(usual().network);
  EXPECT_NEAR(summary.mean_followers, 35, 0.35);
  EXPECT_NEAR(summary.reciprocity, 0.22, 0.01);
  EXPECT_NEAR(summary.tail_exponent, 2.28, 0.15);
  EXPECT_LE(summary.most_followers, 5'500U);
  EXPECT_GE(summary.most_followers, 1'000U);
  const auto& k = usual().network.followees;
  EXPECT_LE(*std::max_element(k.begin(), k.end()), 2'100U);
}

TEST(Generator, HitsItsTargetsElsewhere) {
  struct Case {
    std::int64_t accounts;
    double mean, exponent, reciprocity, homophily;
    const char* followees;
  };
  for (const Case& c : {Case{50'000, 10, 2.5, 0, 0.6, "log-normal"}, Case{20'000, 20, 2.1, 0.5, 0, "log-normal"},
                        Case{20'000, 35, 2.28, 0.22, 1, "power-law"}, Case{5'000, 8, 2.28, 0.8, 0.6, "log-normal"},
                        Case{300, 20, 2.28, 0.4, 0.6, "power-law"}}) {
    Scenario s = scenario_of(c.accounts, c.mean);
    s.network.exponent = c.exponent;
    s.network.reciprocity = c.reciprocity;
    s.network.followees = c.followees;
    s.population.homophily = c.homophily;
    const Network n = made(s).network;
    expect_sound(n);
    EXPECT_NEAR(describe(n).mean_followers, c.mean, 0.01 * c.mean) << c.accounts;
    EXPECT_NEAR(share_returned(n), c.reciprocity, 0.01) << c.accounts;
    if (c.accounts >= 50'000) {
      EXPECT_NEAR(describe(n).tail_exponent, c.exponent, 0.15);
    }
  }
}

TEST(Generator, CorrelatesFollowersWithFollowees) {
  Scenario s = scenario_of(20'000, 35);
  s.network.reciprocity = 0;
  s.network.correlation = 0;
  EXPECT_NEAR(follower_followee_correlation(made(s).network), 0, 6 / std::sqrt(20'000.0));
  s.network.correlation = 0.4;
  const double some = follower_followee_correlation(made(s).network);
  s.network.correlation = 0.8;
  EXPECT_GT(some, 0.2);
  EXPECT_GT(follower_followee_correlation(made(s).network), some + 0.1);
}

TEST(Generator, FollowsAreMadeWithinTopics) {
  Scenario s = scenario_of(50'000, 35);
  s.population.homophily = 0;
  const double none = share_within_topic(made(s)), some = share_within_topic(usual());
  EXPECT_NEAR(none, 1.0 / 8, 0.03);
  EXPECT_GT(some, none + 0.2);
}

TEST(Generator, MakesTheSmallestNetwork) {
  Scenario s = scenario_of(2, 1);
  s.network.cutoff = 1;
  const Network n = made(s).network;
  expect_sound(n);
  EXPECT_EQ(n.follows(), 2U);
}

TEST(Generator, MakesCompleteAndDenseNetworks) {
  Scenario s = scenario_of(40, 39);
  s.network.cutoff = 1;
  EXPECT_EQ(made(s).network.follows(), 40U * 39U);
  s.network.mean_followers = 25;
  const Network n = made(s).network;
  expect_sound(n);
  EXPECT_NEAR(describe(n).mean_followers, 25, 0.5);
}

TEST(Generator, FollowsOnlyWithinTopicsAtHomophilyOne) {
  for (const std::int64_t topics : {1, 2, 3}) {
    Scenario s = scenario_of(5'000, 20);
    s.population.homophily = 1;
    s.population.topics = topics;
    s.population.concentration = 1e-3;  // everyone cares for one topic
    s.network.reciprocity = 0;
    const Ground g = made(s);
    expect_sound(g.network);
    EXPECT_NEAR(describe(g.network).mean_followers, 20, 0.2);
    EXPECT_GT(share_within_topic(g), 0.99);
  }
}

TEST(Generator, MoreTopicsThanAccountsLeaveSomeEmpty) {
  Scenario s = scenario_of(50, 4);
  s.population.topics = 256;
  s.population.homophily = 1;
  const Network n = made(s).network;
  expect_sound(n);
  EXPECT_NEAR(describe(n).mean_followers, 4, 0.4);
}

TEST(Generator, RefusesWhatNoNetworkCanBe) {
  EXPECT_NE(refusal(scenario_of(10, 20)).find("9 other accounts"), std::string::npos);
  EXPECT_NE(refusal(scenario_of(1, 1)).find("network.accounts"), std::string::npos);
  EXPECT_NE(refusal(scenario_of(-5, 1)).find("network.accounts"), std::string::npos);
  EXPECT_NE(refusal(scenario_of(100, 35)).find("cutoff"), std::string::npos);
  EXPECT_NE(refusal(scenario_of(100, 0)).find("no network"), std::string::npos);
  Scenario s = scenario_of(1000, 20);
  s.network.most_followees = 10;
  EXPECT_NE(refusal(s).find("most_followees"), std::string::npos);
  s = scenario_of(1000, 20);
  s.population.topics = 300;
  EXPECT_NE(refusal(s).find("topics"), std::string::npos);
}

TEST(Forecast, CoversWhatANetworkHolds) {
  for (const std::int64_t accounts : {20'000, 50'000}) {
    const Scenario s = scenario_of(accounts, 35);
    const Ground g = made(s);
    const std::uint64_t held = g.network.bytes() + g.interests.weights.size() * 4 + g.interests.primary.size();
    EXPECT_GE(forecast_network_bytes(s), held);
    EXPECT_LE(forecast_network_bytes(s), 2 * held);
  }
}
}  // namespace
}  // namespace passalong
