// label: theory
// How often the 95 % interval of a mean size holds the exact value, over 4,000 seeds: with a fixed number of
// replicates, until a precision, and with a network a replicate. Allowed are 1.5 %, 4.35 standard deviations of such a
// share: a false alarm in 70,000 for each.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/base/random.hpp"
#include "sim/engine/cascades/exact.hpp"
#include "sim/engine/cascades/exact_chain.hpp"
#include "sim/experiment/precision.hpp"

namespace passalong {
namespace {
constexpr int seeds = 4000;

Network drawn_network(AccountId accounts, double chance, std::uint64_t seed) {
  const Stream draws(seed, 0, Purpose::followee);
  std::vector<std::pair<AccountId, AccountId>> follows;
  for (AccountId a = 0; a < accounts; ++a)
    for (AccountId b = 0; b < accounts; ++b)
      if (a != b && uniform(draws(a, b)[0]) < chance) follows.emplace_back(a, b);
  return network_from_edges(accounts, follows);
}

Network complete_network(AccountId accounts) { return drawn_network(accounts, 2, 0); }

bool covers(const MeanOfSizes& sizes, double exact) { return std::abs(sizes.mean() - exact) <= sizes.half_width(); }

struct Covered {
  double fixed = 0, until = 0, replicates = 0;  // shares of the seeds, and the mean number played
};

Covered count(CascadePlan plan, const char* until) {
  const double exact = spread_exactly(plan).mean;
  plan.times = false;
  Team team(2);
  std::vector<Covered> parts(seeds);
  team.each(seeds, [&](std::size_t i, unsigned) {
    CascadePlan own = plan;
    own.seed = 1 + i;
    Team alone(1);
    Batches batches(read_precision(until), 1'000'000);
    for (bool first = true; batches.next() > 0; first = false) {
      own.first_replicate = static_cast<std::uint32_t>(batches.sizes().count());
      own.replicates = static_cast<std::uint32_t>(batches.next());
      batches.add(spread(own, alone).sizes);
      if (first) parts[i].fixed = covers(batches.sizes(), exact);
    }
    parts[i].until = covers(batches.sizes(), exact);
    parts[i].replicates = static_cast<double>(batches.sizes().count());
  });
  Covered sum;
  for (const Covered& part : parts)
    sum.fixed += part.fixed / seeds, sum.until += part.until / seeds, sum.replicates += part.replicates / seeds;
  return sum;
}

void expect_coverage(const CascadePlan& plan, const char* until) {
  const Covered covered = count(plan, until);
  std::printf("  fixed %.4f, until %s %.4f after %.0f replicates\n", covered.fixed, until, covered.until,
              covered.replicates);
  EXPECT_NEAR(covered.fixed, 0.95, 0.015);
  EXPECT_NEAR(covered.until, 0.95, 0.015);
}

TEST(Coverage, OfASmallNetwork) {
  const Network network = drawn_network(12, 0.16, 4);
  expect_coverage({.network = &network, .chances = {.probability = 0.4}, .seeds = {.random = 1}}, "±2%");
}

TEST(Coverage, OfRareLargeCascades) {  // skewed: most end at once
  const Network network = complete_network(60);
  expect_coverage({.network = &network, .chances = {.probability = 0.012}, .seeds = {.accounts = {0}}}, "±3%");
}

TEST(Coverage, WhereThePilotIsJustNotEnough) {
  const Network network = complete_network(20);
  expect_coverage({.network = &network, .chances = {.probability = 0.05}, .seeds = {.accounts = {0}}}, "±6%");
}

// Each pair follows with chance .2, each follow carries with .3: together the chain binomial of .06.
TEST(Coverage, WhereEachReplicateHasItsNetwork) {
  constexpr AccountId accounts = 20;
  constexpr std::uint32_t replicates = 48;
  const std::vector<double> sizes = chain_sizes(accounts, 1, 0.06);
  double exact = 0;
  for (std::size_t size = 0; size < sizes.size(); ++size) exact += static_cast<double>(size) * sizes[size];
  std::vector<char> covered(seeds);
  Team team(2);
  team.each(seeds, [&](std::size_t seed, unsigned) {
    Team alone(1);
    MeanOfSizes found;
    for (std::uint32_t r = 0; r < replicates; ++r) {
      const Network network = drawn_network(accounts, 0.2, (seed + 1) << 20 | r);
      CascadePlan plan{
          .network = &network, .chances = {.probability = 0.3}, .seeds = {.accounts = {0}}, .seed = seed + 1};
      plan.first_replicate = r;
      found.add(spread(plan, alone).sizes);
    }
    covered[seed] = covers(found, exact);
  });
  const double share = static_cast<double>(std::ranges::count(covered, 1)) / seeds;
  std::printf("  %.4f\n", share);
  EXPECT_NEAR(share, 0.95, 0.015);
}

TEST(Precision, IsRead) {
  EXPECT_TRUE(read_precision("±1%").relative);
  EXPECT_DOUBLE_EQ(read_precision("±1%").half_width, 0.01);
  EXPECT_DOUBLE_EQ(read_precision("+-0.5 %").absolute(200), 1);
  EXPECT_DOUBLE_EQ(read_precision("+/-20").absolute(200), 20);
  EXPECT_FALSE(read_precision("").asked());
  for (const char* text : {"1%", "±", "±0", "±-2", "±x", "±1%%", "± 5 accounts", "±1e400"})
    EXPECT_FALSE(read_precision(text).problem.empty()) << text;
}

TEST(Precision, OfAMeanIsStudents) {
  MeanOfSizes sizes;
  for (const std::uint32_t size : {2U, 4U, 4U, 4U, 5U, 5U, 7U, 9U}) sizes.add(size);
  EXPECT_DOUBLE_EQ(sizes.mean(), 5);
  EXPECT_NEAR(sizes.se(), std::sqrt(32.0 / 7 / 8), 1e-15);
  EXPECT_NEAR(sizes.half_width(), 2.364624251592785 * sizes.se(), 1e-12);  // Student's t of 7
  MeanOfSizes large;
  for (std::uint32_t i = 0; i < 1001; ++i) large.add(4'000'000'000U + i % 2);
  EXPECT_NEAR(large.half_width() / large.se(), 1.9623390808264078, 1e-9);  // of 1,000
  EXPECT_NEAR(large.se(), 0.5 / std::sqrt(1000.0), 1e-6);                  // nothing is lost beside four billion
}

TEST(Precision, BatchesFollowFromTheVarianceSeen) {
  Batches batches(read_precision("±1"), 1'000'000);
  EXPECT_EQ(batches.next(), 1024U);
  std::vector<std::uint32_t> sizes(1024);
  for (std::size_t i = 0; i < sizes.size(); ++i) sizes[i] = i % 2 == 0 ? 100 : 140;  // deviation 20, half-width 1.227
  batches.add(sizes);
  const double needed = 1.1 * 1024 * batches.sizes().half_width() * batches.sizes().half_width();
  EXPECT_EQ(batches.next() % 64, 0U);
  EXPECT_NEAR(static_cast<double>(1024 + batches.next()), needed, 64);
  sizes.resize(batches.next(), 120);
  batches.add(sizes);
  EXPECT_EQ(batches.next(), 0U);
  EXPECT_STREQ(batches.stopped(), "precision");
  Batches capped(read_precision("±1"), 500);
  EXPECT_EQ(capped.next(), 500U);
  capped.add(std::vector<std::uint32_t>(sizes.begin(), sizes.begin() + 500));
  EXPECT_EQ(capped.next(), 0U);
  EXPECT_STREQ(capped.stopped(), "replicates");
  EXPECT_EQ(Batches({}, 16).next(), 16U);
}

}  // namespace
}  // namespace passalong
