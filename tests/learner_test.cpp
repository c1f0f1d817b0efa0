// The learner apart from any world, on rewards that are known: Gaussian, a mean an arm. Bounds hold over the mean of
// 200 independent courses.
#include "sim/engine/learner.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace passalong {
namespace {

const std::vector<double> means{0.2, 0.5, 0.35, 0.1};
constexpr double best = 0.5;

struct Course {
  double regret_at_quarter = 0, regret = 0;                      // expected, by the arms pulled
  std::vector<double> late = std::vector<double>(means.size());  // share of each arm in the last quarter
};

struct Rewards {
  double sd = 0.2, scale = 1;
};

Course learn(LearningRule rule, std::uint32_t rounds, std::uint32_t courses, Rewards of = {}) {
  Course sum;
  for (std::uint32_t c = 0; c < courses; ++c) {
    const Stream draws(3, c, Purpose::learning), rewards(4, c, Purpose::noise);
    Learner learner;
    learner.arms.resize(means.size());
    for (std::uint32_t t = 0; t < rounds; ++t) {
      const std::size_t arm = learner.choose(rule, 0.1, 1, [&](std::uint32_t b) { return draws(0, 0, t, b); });
      const auto a = static_cast<std::uint32_t>(arm);
      learner.reward(arm, of.scale * (means[arm] + of.sd * normal_quantile(uniform(rewards(t, a)[0]))));
      sum.regret += (best - means[arm]) / courses;
      if (t < rounds / 4) sum.regret_at_quarter += (best - means[arm]) / courses;
      if (t >= rounds - rounds / 4) sum.late[arm] += 1.0 / (rounds / 4) / courses;
    }
  }
  return sum;
}

TEST(Learner, TriesEachArmOnceAndTakesTheFirstOfEquals) {
  const auto no_words = [](std::uint32_t) { return Words{}; };
  Learner learner;
  learner.arms.resize(3);
  for (std::size_t k = 0; k < 3; ++k) {
    ASSERT_EQ(learner.choose(LearningRule::ucb, 0, 1, no_words), k);
    learner.reward(k, 5);
  }
  for (const auto rule : {LearningRule::ucb, LearningRule::epsilon_greedy, LearningRule::thompson})
    EXPECT_EQ(learner.choose(rule, 0, 1, no_words), 0U);
}

TEST(Learner, KeepsMeansVarianceAndRange) {
  Learner learner;
  learner.arms.resize(2);
  for (const double x : {1.0, 3.0, 5.0}) learner.reward(0, x);
  for (const double x : {-2.0, 2.0}) learner.reward(1, x);
  EXPECT_DOUBLE_EQ(learner.arms[0].mean, 3);
  EXPECT_DOUBLE_EQ(learner.arms[0].squares, 8);
  EXPECT_DOUBLE_EQ(learner.arms[1].squares, 8);
  EXPECT_EQ(learner.greatest - learner.least, 7);
  // All five: mean 1.8, squares 26.8; (8 + 8 + 26.8 / 5) / (5 - 2 + 1).
  EXPECT_DOUBLE_EQ(learner.pooled_variance(), (16 + 26.8 / 5) / 4);
}

// The regret of UCB1 is at most sum 8 r^2 ln T / gap + (1 + pi^2 / 3) gap for rewards of range r (Auer et al. 2002,
// theorem 1, scaled); with little noise r is below .6. Four times the rounds add little; one that does not learn pays
// four times as much. The mean of 20 courses hardly varies: its regret is told by how often arms are pulled, a matter
// of T.
TEST(Learner, RegretOfUcbGrowsLikeTheLogarithm) {
  const Course course = learn(LearningRule::ucb, 32'000, 20, {.sd = 0.02});
  double bound = 0;
  for (const double m : means)
    if (m < best) bound += 8 * 0.6 * 0.6 * std::log(32e3) / (best - m) + 4.3 * (best - m);
  EXPECT_LT(course.regret, bound);
  const double growth = course.regret / course.regret_at_quarter;  // ln 32,000 / ln 8,000 = 1.15
  EXPECT_LT(growth, 1.35);
  EXPECT_GT(growth, 1.05);
  EXPECT_GT(course.late[1], 0.97);
}

// 200 courses: the share of the best arm has a standard error of at most sqrt(.25 / 200) = .035; bounds lie more than
// five of them from what is expected, so a false alarm is rarer than one in a million.
TEST(Learner, ThompsonFindsTheBestArm) {
  const Course course = learn(LearningRule::thompson, 400, 200);
  EXPECT_GT(course.late[1], 0.8);
  EXPECT_LT(course.regret, 30);  // one that does not learn: 400 x .2125 = 85
}

TEST(Learner, EpsilonGreedyFindsTheBestArmAndKeepsTrying) {
  const Course course = learn(LearningRule::epsilon_greedy, 800, 200);
  EXPECT_GT(course.late[1], 0.6);
  EXPECT_LT(course.late[1], 0.95);  // at random one time in ten, of these three of four another
  EXPECT_GT(course.late[3], 0.1 / 4 / 2);
}

// Scaling every reward changes no choice: nothing is told about their size.
TEST(Learner, IsFreeOfTheScaleOfRewards) {
  for (const auto rule : {LearningRule::ucb, LearningRule::epsilon_greedy, LearningRule::thompson})
    EXPECT_EQ(learn(rule, 200, 20).regret, learn(rule, 200, 20, {.scale = 1024}).regret);
}

}  // namespace
}  // namespace passalong
