// Teams: every index once, sums with the same bits for any number of workers, exceptions brought home.
#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/base/parallel.hpp"

namespace passalong {
namespace {

class Teams : public testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Workers, Teams, testing::Values(1, 2, 3, 8), testing::PrintToStringParamName());

TEST_P(Teams, VisitEachIndexOnce) {
  Team team(GetParam());
  EXPECT_EQ(team.workers(), GetParam());
  for (const std::size_t count : {0U, 1U, 2U, 7U, 10'000U}) {
    std::vector<std::atomic<int>> visits(count);
    std::atomic<bool> strange{false};
    team.each(count, [&](std::size_t i, unsigned worker) {
      ++visits[i];
      if (worker >= GetParam()) strange = true;
    });
    EXPECT_FALSE(strange);
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(visits[i], 1) << i << " of " << count;
  }
}

TEST_P(Teams, GiveEachWorkerItsOwnPlace) {
  Team team(GetParam());
  std::vector<std::size_t> own(GetParam());  // plain, not atomic: two bodies with one number would race
  team.each(20'000, [&](std::size_t, unsigned worker) { ++own[worker]; });
  EXPECT_EQ(std::accumulate(own.begin(), own.end(), std::size_t{0}), 20'000U);
}

TEST_P(Teams, CutBlocksAtFixedBorders) {
  Team team(GetParam());
  std::vector<std::size_t> ends(4);
  team.blocks(1000, 300, [&](std::size_t begin, std::size_t end, unsigned) { ends[begin / 300] = end; });
  EXPECT_EQ(ends, (std::vector<std::size_t>{300, 600, 900, 1000}));
  team.blocks(0, 300, [](std::size_t, std::size_t, unsigned) { FAIL(); });
}

double awkward_sum(Team& team) {
  return team.sum(100'001, 1000, 0.1, [](std::size_t begin, std::size_t end) {
    double part = 0;
    for (std::size_t i = begin; i < end; ++i)
      part += passalong::exp(static_cast<double>(i % 97) - 48) * (i % 2 ? 1 : -1);
    return part;
  });
}

TEST_P(Teams, SumToTheSameBits) {
  Team one(1), team(GetParam());
  const double expected = awkward_sum(one);
  for (int again = 0; again < 20; ++again) ASSERT_EQ(awkward_sum(team), expected);
}

TEST_P(Teams, BringExceptionsHome) {
  Team team(GetParam());
  const auto fail_at = [&](std::size_t bad) {
    team.each(1000, [&](std::size_t i, unsigned) {
      if (i == bad) throw std::runtime_error("at " + std::to_string(i));
    });
  };
  for (const std::size_t bad : {0U, 500U, 999U}) {
    try {
      fail_at(bad);
      FAIL() << "nothing was thrown";
    } catch (const std::runtime_error& e) {
      EXPECT_EQ(e.what(), "at " + std::to_string(bad));
    }
  }
  std::atomic<int> after{0};  // and the team is as good as new
  team.each(1000, [&](std::size_t, unsigned) { ++after; });
  EXPECT_EQ(after, 1000);
}

TEST_P(Teams, SurviveEveryBodyThrowing) {
  Team team(GetParam());
  EXPECT_THROW(team.each(100, [](std::size_t, unsigned) { throw 5; }), int);
  EXPECT_THROW(team.each(100, [](std::size_t, unsigned) { throw 5; }), int);
}

TEST_P(Teams, CanBeMovedAndNested) {
  Team moved(GetParam());
  Team team = std::move(moved);
  std::atomic<int> visits{0};
  team.each(4, [&](std::size_t, unsigned) {
    Team inner(2);
    inner.each(50, [&](std::size_t, unsigned) { ++visits; });
  });
  EXPECT_EQ(visits, 200);
  team = Team(2);
  EXPECT_EQ(team.workers(), 2U);
}

TEST_P(Teams, RunManyShortRounds) {
  Team team(GetParam());
  std::atomic<int> visits{0};
  for (int round = 0; round < 2000; ++round) team.each(3, [&](std::size_t, unsigned) { ++visits; });
  EXPECT_EQ(visits, 6000);
}

TEST(Team, OfZeroTakesEveryCore) {
  EXPECT_EQ(Team(0).workers(), hardware_threads());
  EXPECT_GE(hardware_threads(), 1U);
}

TEST(Team, OfOneRunsInOrder) {
  Team team(1);
  std::vector<std::size_t> order;
  team.each(100, [&](std::size_t i, unsigned worker) {
    EXPECT_EQ(worker, 0U);
    order.push_back(i);
  });
  std::vector<std::size_t> expected(100);
  std::iota(expected.begin(), expected.end(), std::size_t{0});
  EXPECT_EQ(order, expected);
}

TEST(Team, NamesItsBackEnd) {
  const std::string name = parallel_backend();
  EXPECT_TRUE(name == "tbb" || name == "threads") << name;
}

}  // namespace
}  // namespace passalong
