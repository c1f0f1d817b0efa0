// label: determinism
// Several accounts under study in one world: each draws an audience of its own, they compete for attention, and what
// is told of them does not depend on threads. All exact, but for the overlap of audiences, whose margin is stated
// there.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

#include "sim/base/failure.hpp"
#include "sim/base/math.hpp"
#include "sim/experiment/run.hpp"
#include "sim/output/output.hpp"
#include "tests/small_world.hpp"

namespace passalong {
namespace {

// A market of so many brands, all with the same policy.
SmallWorld market(std::size_t brands, std::int64_t accounts = 3000, std::int64_t followers = 500) {
  SmallWorld w;
  w.scenario.seed = 3, w.scenario.duration = 24 * 6, w.scenario.replicates = 2;
  w.scenario.network.accounts = accounts, w.scenario.network.mean_followers = 15, w.scenario.network.cutoff = 0.3;
  w.scenario.content.lifetime = 48;
  for (std::size_t k = 0; k < brands; ++k) w.study("brand " + std::to_string(k), 6, 0.3, followers);
  w.compete();
  return w;
}

Result result_of(SmallWorld& w, unsigned threads) {
  w.scenario.parameters = std::make_shared<Mechanisms>(w.mechanisms);
  return run(w.scenario, {.threads = threads}).result;
}

const std::vector<std::int64_t>& counts(const Result& r, const std::string& name) {
  return std::get<std::vector<std::int64_t>>(r.find(name)->values);
}

// ---- audiences ----

// The draw of section 5 of models/ODD.md, over everyone.
std::vector<AccountId> eager(const SmallWorld& w, std::uint32_t brand) {
  const Scenario& s = w.scenario;
  const Stream draw(static_cast<std::uint64_t>(s.seed), w.replicate, Purpose::audience);
  const std::vector<double> topics = brand_topics(s);
  std::vector<std::pair<double, AccountId>> keys;
  for (AccountId i = 0; i < w.ground.network.accounts(); ++i) {
    double match = 0;
    for (std::size_t t = 0; t < topics.size(); ++t) match += topics[t] * w.population.topics->interest(i, t) / 255.0;
    const double weight = std::min(s.audience.followee_cap, static_cast<double>(w.ground.network.followees[i])) *
                          exp(s.audience.affinity_weight * static_cast<double>(w.population.affinity[i]) +
                              s.audience.topic_weight * match);
    keys.emplace_back(-log(uniform(draw(i, brand)[0])) / std::max(weight, 1e-9), i);
  }
  std::sort(keys.begin(), keys.end());
  std::vector<AccountId> all;
  for (const auto& [key, account] : keys) all.push_back(account);
  return all;
}

TEST(Audiences, AreTheMostEagerOfEachBrand) {
  Team alone(1), three(3);
  for (const std::int64_t followers : {0, 1, 300, 15'000}) {  // of 30,000: with and without a bound on who is kept
    SCOPED_TRACE(followers);
    SmallWorld w = market(3, 30'000, followers);
    w.scenario.brands[1].followers = followers / 2;
    w.generate(alone);
    for (std::uint32_t k = 0; k < 3; ++k) {
      const std::vector<AccountId> all = eager(w, k);
      const auto& audience = w.population.audience(k);
      ASSERT_EQ(audience.size(), static_cast<std::size_t>(w.scenario.brands[k].followers));
      for (std::size_t i = 0; i < audience.size(); ++i) ASSERT_EQ(audience[i].account, all[i]) << k << ", " << i;
    }
    const auto before = w.population.audiences;
    w.populate(three);
    for (std::size_t k = 0; k < 3; ++k)
      for (std::size_t i = 0; i < before[k].size(); ++i) {
        ASSERT_EQ(w.population.audience(k)[i].account, before[k][i].account);
        ASSERT_EQ(w.population.audience(k)[i].reciprocal, before[k][i].reciprocal);
      }
  }
}

// Where all are alike (everyone follows as many), two audiences of n in N share hypergeometric n^2 / N: six standard
// deviations, one false alarm in 500 million changes of the draws.
TEST(Audiences, OverlapAsChanceHasIt) {
  Team alone(1);
  SmallWorld w = market(2, 4000, 1000);
  w.scenario.audience.affinity_weight = w.scenario.audience.topic_weight = 0, w.scenario.audience.followee_cap = 1;
  w.generate(alone);
  const auto loners = std::ranges::count(w.ground.network.followees, 0U);  // never drawn
  std::set<AccountId> first;
  for (const auto& fan : w.population.audience(0)) first.insert(fan.account);
  double shared = 0;
  for (const auto& fan : w.population.audience(1)) shared += first.contains(fan.account);
  const double all = 4000.0 - static_cast<double>(loners), p = 1000 / all;
  EXPECT_NEAR(shared, 1000 * p, 6 * std::sqrt(1000 * p * (1 - p) * (1 - p)));
}

// ---- competition ----

TEST(Brands, AloneAreAsAStrategyIs) {
  SmallWorld brand = market(1), strategy = market(1);
  strategy.scenario.strategies = std::exchange(strategy.scenario.brands, {});
  const Result b = result_of(brand, 2), s = result_of(strategy, 2);
  EXPECT_EQ(b.brands, (std::vector<std::string>{"brand 0"}));
  EXPECT_TRUE(s.brands.empty());
  ASSERT_EQ(b.series.size(), s.series.size());
  for (std::size_t k = 0; k < b.series.size(); ++k) {
    EXPECT_TRUE(b.series[k].values == s.series[k].values) << b.series[k].name;
    EXPECT_EQ(b.series[k].dimensions, (std::vector<std::string>{"strategy", "brand", "replicate", "time"}));
  }
}

// Each draw of seeing keeps its uniform, so rivals can only take sights away where nobody follows or leaves.
TEST(Brands, TakeAttentionFromEachOther) {
  const auto quiet = [](std::size_t brands) {
    SmallWorld w = market(brands, 3000, 1200);
    w.mechanisms.follow.on = w.mechanisms.unfollow.on = w.mechanisms.forwarding.on = false;
    w.scenario.audience.inflow = 0;
    return w;
  };
  SmallWorld alone = quiet(1), among = quiet(4);
  const Result a = result_of(alone, 2), b = result_of(among, 2);
  const std::vector<std::int64_t>&one = counts(a, "impressions"), &four = counts(b, "impressions");
  ASSERT_EQ(four.size(), 4 * one.size());  // brand 0 comes first
  EXPECT_TRUE(std::equal(one.begin(), one.end(), four.begin(), std::greater_equal<>()));
  const auto of_brand_0 = four.begin() + static_cast<std::ptrdiff_t>(one.size());
  EXPECT_LT(std::accumulate(four.begin(), of_brand_0, 0.0), 0.99 * std::accumulate(one.begin(), one.end(), 0.0));
  EXPECT_EQ(counts(a, "deliveries")[1], counts(b, "deliveries")[1]);
}

// ---- what is told ----

TEST(Brands, GiveTheSameResultForAnyThreads) {
  SmallWorld w = market(3);
  w.scenario.population.posts = 0.5;
  const std::string digest = digest_of(result_of(w, 1));
  for (const unsigned threads : {2U, 3U, 8U}) EXPECT_EQ(digest_of(result_of(w, threads)), digest) << threads;
}

TEST(Brands, HaveAColumnInTheTableOfPosts) {
  SmallWorld w = market(3);
  w.scenario.brands[1].posts = 0, w.scenario.brands[2].posts = 3;
  const Result r = result_of(w, 2);
  const auto& columns = r.groups.at(0).variables;
  const auto brand = std::ranges::find(columns, std::string("brand"), &Variable::name);
  ASSERT_NE(brand, columns.end());
  EXPECT_EQ(brand->meanings, r.brands);
  const auto& whose = std::get<std::vector<std::int64_t>>(brand->values);
  const auto& made = counts(r, "posts_made");
  for (std::size_t k = 0; k < 3; ++k) {
    const auto own = made.begin() + static_cast<std::ptrdiff_t>(k * made.size() / 3);
    EXPECT_EQ(std::ranges::count(whose, static_cast<std::int64_t>(k)),
              std::accumulate(own, own + static_cast<std::ptrdiff_t>(made.size() / 3), std::int64_t{0}));
  }
  EXPECT_EQ(std::ranges::count(whose, 1), 0);
}

TEST(Brands, CostWhatTheirWorldHolds) {
  SmallWorld w = market(1);
  const Forecast one = forecast(w.scenario, 1);
  SmallWorld many = market(4);
  const Forecast four = forecast(many.scenario, 1);
  EXPECT_NEAR(static_cast<double>(four.deliveries), 4 * static_cast<double>(one.deliveries), 4);
  EXPECT_GT(four.memory_bytes, one.memory_bytes);
  w.scenario.population.posts = many.scenario.population.posts = 10;  // the background is there once
  EXPECT_LT(forecast(many.scenario, 1).deliveries, 2 * forecast(w.scenario, 1).deliveries);
}

TEST(Brands, CannotStandInOnePlace) {
  SmallWorld w = market(2);
  w.scenario.brands[0].account = "7", w.scenario.brands[1].account = "007";
  try {
    result_of(w, 1);
    ADD_FAILURE() << "ran";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), Exit::scenario);
    EXPECT_EQ(failure.faults().front().message, "two brands take the place of one account");
  }
  w.scenario.brands[1].account = "8";
  EXPECT_EQ(result_of(w, 1).brands.size(), 2U);
}

}  // namespace
}  // namespace passalong
