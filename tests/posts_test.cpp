// Posts: the ring that numbers them, the wheel of their lives, what a policy makes the studied account publish, and
// the sets that remember who has passed one on. Shares of 40,000 draws are held to 4.9 standard errors, a false alarm
// in a million each; the seeds are fixed.
#include "sim/engine/posts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <random>
#include <set>

#include "sim/engine/columns.hpp"
#include "sim/engine/publish.hpp"
#include "sim/engine/relations.hpp"
#include "sim/engine/sharers.hpp"
#include "tests/small_world.hpp"

namespace passalong {
namespace {

// Small random numbers for the tests themselves.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : bits_(seed) {}
  std::uint32_t below(std::size_t n) { return static_cast<std::uint32_t>(bits_() % n); }

 private:
  std::mt19937 bits_;
};

// Columns are saved and hashed byte by byte: bytes that belong to no member would be anything.
TEST(Columns, HaveNoPadding) {
  const Content content;
  const auto& [kind, topic, spare, value, pitch, routine] = content;
  EXPECT_EQ(sizeof content, sizeof kind + sizeof topic + sizeof spare + sizeof value + sizeof pitch + sizeof routine);
  EXPECT_EQ(sizeof(Post), sizeof(PostId) + sizeof(Tick) + sizeof(Content) + 2 * sizeof(std::uint32_t));
  EXPECT_TRUE(std::has_unique_object_representations_v<PostId>);
  EXPECT_TRUE(std::has_unique_object_representations_v<Node>);
  EXPECT_TRUE(std::has_unique_object_representations_v<Share>);
  EXPECT_TRUE(std::has_unique_object_representations_v<Tally>);
  EXPECT_TRUE(std::has_unique_object_representations_v<Counts>);
  EXPECT_TRUE(std::has_unique_object_representations_v<Tie>);
}

TEST(Ring, NumbersLast) {
  Ring<int> ring;
  EXPECT_TRUE(ring.empty());
  EXPECT_EQ(ring.push(10), 0U);
  EXPECT_EQ(ring.push(11), 1U);
  ring.drop();
  EXPECT_EQ(ring.first, 1U);
  EXPECT_EQ(ring.end(), 2U);
  EXPECT_EQ(ring[1], 11);
  ring.drop();
  EXPECT_TRUE(ring.empty());
  EXPECT_EQ(ring.push(12), 2U);
  EXPECT_EQ(ring[2], 12);
}

TEST(Ring, BehavesLikeAQueueAndStaysSmall) {
  Ring<std::uint32_t> ring;
  std::deque<std::uint32_t> queue;
  Dice dice(1);
  for (std::uint32_t k = 0; k < 100'000; ++k) {
    const bool grow = queue.size() < 5 || (queue.size() < 500 && dice.below(2) == 0);
    if (grow) {
      EXPECT_EQ(ring.push(k * 7), ring.first + queue.size());
      queue.push_back(k * 7);
    } else {
      ring.drop(), queue.pop_front();
    }
    ASSERT_EQ(ring.end() - ring.first, queue.size());
    if (queue.empty()) continue;
    const std::uint32_t at = dice.below(queue.size());
    ASSERT_EQ(ring[ring.first + at], queue[at]);
  }
  EXPECT_LT(ring.items.size(), 1100U);
}

TEST(KeySet, BehavesLikeASet) {
  KeySet set;
  EXPECT_FALSE(set.contains(0));
  std::set<std::uint64_t> truth;
  Dice dice(2);
  for (int round = 0; round < 5; ++round) {
    for (int k = 0; k < 8000; ++k) {
      const std::uint64_t key = std::uint64_t{dice.below(100)} << 32 | dice.below(300);
      ASSERT_EQ(set.add(key), truth.insert(key).second);
      const std::uint64_t other = std::uint64_t{dice.below(100)} << 32 | dice.below(300);
      ASSERT_EQ(set.contains(other), truth.contains(other));
      ASSERT_EQ(set.size(), truth.size());
    }
    EXPECT_EQ(set.sorted(), std::vector<std::uint64_t>(truth.begin(), truth.end()));
    set.clear(), truth.clear();
  }
}

// Names of posts and readers at the ends of their ranges are told apart; a day is forgotten when its slot is used
// again.
TEST(Sharers, RememberPostsByDayOfBirth) {
  Sharers sharers;
  sharers.remember(3);
  const std::uint32_t last_reader = (1U << Sharers::reader_bits) - 1, last_number = most_posts_a_day - 1;
  std::vector<std::pair<PostId, std::uint32_t>> all;
  for (const AccountId author : {AccountId{0}, AccountId{1}, static_cast<AccountId>(max_accounts - 1)})
    for (const std::uint32_t day : {4U, 5U})
      for (const std::uint32_t number : {0U, 1U, last_number})
        for (const std::uint32_t reader : {0U, 1U, last_reader})
          all.push_back({{author, ordinal_of(day, number)}, reader});
  for (const auto& [post, reader] : all) {
    EXPECT_FALSE(sharers.contains(post, reader));
    EXPECT_TRUE(sharers.add(post, reader));
  }
  for (const auto& [post, reader] : all) EXPECT_FALSE(sharers.add(post, reader));
  EXPECT_TRUE(sharers.add({0, ordinal_of(7, 0)}, 0));
  for (const auto& [post, reader] : all) EXPECT_EQ(sharers.contains(post, reader), day_of(post.ordinal) == 5);
}

struct Studio {
  SmallWorld w;
  Setting setting;
  explicit Studio(double posts, double pitch = 0, double tick = 1) {
    Team alone(1);
    w.scenario.tick = tick;
    w.study("studied", posts, pitch, 1);
    w.take(network_from_edges(3, {{0, 1}, {1, 2}, {2, 0}}), alone);
    setting = w.setting();
  }
  Publisher publisher() const { return {setting, 168}; }
  // By the policy in force at the start.
  struct Plan {
    Policy policy;
    Studied account{};
    Tick due(std::uint32_t n) const { return policy.due(account.regime, n); }
    Content content(std::uint32_t n) const { return policy.content(account.regime, n); }
  };
  Plan plan() const {
    Plan plan{Policy(setting, 0)};
    plan.policy.begin(plan.account);
    return plan;
  }
};

TEST(Publisher, PostsOnceInEveryInterval) {
  for (const double tick : {0.5, 1.0, 24.0})
    for (const double posts : {0.1, 1.0, 2.0, 40.0}) {
      const Studio studio(posts, 0, tick);
      const Studio::Plan plan = studio.plan();
      const double interval = 24 / tick / posts;  // ticks
      for (std::uint32_t n = 0; n < 500; ++n) {
        const Tick due = plan.due(n);
        ASSERT_GE(due, std::floor(n * interval)) << posts << " posts a day, tick " << tick;
        ASSERT_LE(due, std::floor((n + 1) * interval));
        ASSERT_GE(due, plan.due(std::max(n, 1U) - 1));
      }
    }
}

TEST(Publisher, PostsOnceInAnAgeWithoutLosingCount) {
  for (const double posts : {1e-3, 1e-9, 1e-300}) EXPECT_GT(Studio(posts).plan().due(1), 24'000);
}

TEST(Publisher, DoublingTheCadenceHalvesTheTimesOfTheSamePosts) {
  const Studio slow(1, 0, 0.5), fast(2, 0, 0.5);
  const Studio::Plan quick = fast.plan(), lazy = slow.plan();
  for (std::uint32_t n = 0; n < 300; ++n) EXPECT_EQ(quick.due(n), lazy.due(n) / 2);
}

TEST(Publisher, ContentFollowsTheMixAndTheBrandsTopics) {
  constexpr int draws = 40'000;
  Studio studio(2);
  StrategySection& s = studio.w.scenario.strategies[0];
  s.mix[0] = 0.5, s.mix[1] = 0.3, s.mix[2] = 0.2;
  const Studio::Plan plan = studio.plan();
  double kinds[3] = {}, quality[2] = {};
  std::vector<double> topics(8);
  for (std::uint32_t n = 0; n < draws; ++n) {
    const Content c = plan.content(n);
    ++kinds[static_cast<int>(c.kind)];
    ASSERT_EQ(c.pitch, c.kind == PostKind::pitch ? 1 : 0);
    ASSERT_EQ(c.routine, c.kind == PostKind::routine ? 1 : 0);
    ASSERT_TRUE(c.kind != PostKind::routine || c.value == 0);
    ASSERT_TRUE(c.kind != PostKind::pitch || c.topic == 0);  // the product's
    if (c.kind != PostKind::pitch) ++topics[c.topic];
    if (c.kind != PostKind::routine) quality[static_cast<int>(c.kind)] += static_cast<double>(c.value);
  }
  const auto share_is = [](double count, double of, double p) {
    EXPECT_NEAR(count / of, p, 4.9 * std::sqrt(p * (1 - p) / of));
  };
  for (int k = 0; k < 3; ++k) share_is(kinds[k], draws, s.mix[k]);
  const double others = kinds[0] + kinds[2], sum = 1 + 0.8 + 0.64 + 0.512 + 0.4096;
  for (std::size_t t = 0; t < 5; ++t) share_is(topics[t], others, std::pow(0.8, static_cast<double>(t)) / sum);
  EXPECT_EQ(topics[5] + topics[6] + topics[7], 0);
  EXPECT_NEAR(quality[0] / kinds[0], 1.0 / 3, 4.9 * std::sqrt(2 * 4 / 36.0 / 7 / kinds[0]));  // beta(2, 4)
  EXPECT_NEAR(quality[1] / kinds[1], 0.1, 4.9 * 0.2 / std::sqrt(12 * kinds[1]));              // uniform(0, .2)
}

TEST(Publisher, PoliciesDifferOnlyWhereTheySaySo) {
  const Studio little(2, 0.1), much(2, 0.2);
  const Studio::Plan few = little.plan(), many = much.plan();
  int different = 0;
  for (std::uint32_t n = 0; n < 5000; ++n) {
    const Content a = few.content(n), b = many.content(n);
    ASSERT_EQ(few.due(n), many.due(n));
    if (a.kind != b.kind) {
      ++different;
      ASSERT_EQ(b.kind, PostKind::pitch);
      continue;
    }
    ASSERT_EQ(a.topic, b.topic);
    ASSERT_EQ(a.value, b.value);
  }
  EXPECT_NEAR(different / 5000.0, 0.1, 4.9 * std::sqrt(0.1 * 0.9 / 5000));
}

TEST(Publisher, BrandTopicsWrapAroundAndSumToOne) {
  Studio studio(1);
  studio.w.scenario.population.topics = 4, studio.w.scenario.population.product_topic = 3;
  studio.w.scenario.content.topics = 3, studio.w.scenario.content.topic_decay = 0.5;
  const std::vector<double> weights = brand_topics(studio.w.scenario);
  ASSERT_EQ(weights.size(), 4U);
  EXPECT_DOUBLE_EQ(weights[2], 4.0 / 7);
  EXPECT_DOUBLE_EQ(weights[3], 2.0 / 7);
  EXPECT_DOUBLE_EQ(weights[0], 1.0 / 7);
  EXPECT_EQ(weights[1], 0);
}

// Shares first, by post and sharer; then new posts; serial numbers in order of appearance.
TEST(Publisher, GivesEventsInOrder) {
  const Studio studio(48);  // two an hour
  const Publisher publisher = studio.publisher();
  Columns c;
  c.studied.resize(1), c.wheel.resize(169);
  publisher.policy(0).begin(c.studied[0]);
  std::vector<Event> events;
  std::vector<PostRecord> closed;
  publisher.publish(c, events, closed);
  ASSERT_GE(c.posts.end(), 1U);
  for (std::uint32_t n = 0; n < c.posts.end(); ++n) EXPECT_EQ(events[n].post, n);
  const std::uint32_t before = c.posts.end();
  c.now = 1;
  c.wheel[1] = {{0, 2, no_node}, {0, 1, no_node}};
  publisher.publish(c, events, closed);
  ASSERT_EQ(events.size(), 2 + c.posts.end() - before);
  EXPECT_EQ(events[0].sharer, 1U);
  EXPECT_EQ(events[1].sharer, 2U);
  for (std::size_t k = 2; k < events.size(); ++k) {
    EXPECT_EQ(events[k].sharer, 3U);
    EXPECT_EQ(events[k].node, no_node);
    EXPECT_EQ(events[k].post, before + k - 2);
  }
  EXPECT_EQ(c.studied[0].counts.shares, 2U);
  EXPECT_TRUE(closed.empty());
}

// A post lives for its lifetime, the last tick included, and is handed over with its tree.
TEST(Publisher, ClosesPostsAfterTheirLifetime) {
  const Studio studio(0.01);  // the first one well after the test
  const Publisher publisher(studio.setting, 10);
  Columns c;
  c.studied.resize(1), c.wheel.resize(11);
  publisher.policy(0).begin(c.studied[0]);
  c.posts.push({.id = {3, 0}, .born = 0, .content = {}, .tally = c.tallies.push({5, 4})});
  std::vector<Event> events;
  std::vector<PostRecord> closed;
  const auto at = [&](Tick tick, std::vector<Share> due) {
    c.now = tick, c.wheel[static_cast<std::size_t>(tick) % 11] = std::move(due);
    publisher.publish(c, events, closed);
  };
  at(1, {{0, 1, no_node}});
  at(4, {{0, 2, 0}, {0, 0, no_node}});
  at(10, {});
  EXPECT_TRUE(closed.empty());
  EXPECT_EQ(c.nodes.end() - c.nodes.first, 3U);
  at(11, {});
  ASSERT_EQ(closed.size(), 1U);
  EXPECT_EQ(closed[0].id, (PostId{3, 0}));
  EXPECT_EQ(closed[0].studied, 0U);
  EXPECT_EQ(closed[0].tally.deliveries, 5U);
  EXPECT_EQ(closed[0].accounts, (std::vector<AccountId>{3, 1, 0, 2}));
  EXPECT_EQ(closed[0].parents, (std::vector<std::uint32_t>{0, 0, 0, 1}));
  EXPECT_EQ(closed[0].ticks, (std::vector<Tick>{0, 1, 4, 4}));
  EXPECT_TRUE(c.posts.empty());
  EXPECT_TRUE(c.tallies.empty());
}

}  // namespace
}  // namespace passalong
