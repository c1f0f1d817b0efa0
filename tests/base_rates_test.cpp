// label: theory
// Base rates of ordinary posts: what is logged of them, against cascades known by hand and against the reference, and
// what is made of it. All comparisons are exact.
#include "sim/observe/base_rates.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "sim/observe/recorder.hpp"
#include "sim/observe/tables.hpp"
#include "tests/random_scenario.hpp"
#include "tests/reference.hpp"

namespace passalong {
namespace {

OrdinaryShare share(PostId post, AccountId sharer, AccountId from, Tick lands) {
  return {post, sharer, from, 10, lands};
}

// Twelve posts at tick 10. One goes 5 > 1 > 2 and 1 > 3; another 6 > 9; a third, of a hundred accounts, is a star.
OrdinaryBirths by_hand() {
  OrdinaryBirths births{10, 12, {}};
  const PostId tree{5, 2048}, pair{6, 2048}, star{7, 2049};
  births.shares = {share(tree, 1, 5, 11), share(tree, 2, 1, 12), share(tree, 3, 1, 14), share(pair, 9, 6, 30)};
  for (AccountId k = 0; k < 99; ++k) births.shares.push_back(share(star, 1000 + k, 7, k < 49 ? 11 : 12));
  return births;
}

TEST(BaseRates, AreThoseOfCascadesCountedByHand) {
  BaseRates rates(1);
  rates.add(by_hand());
  rates.add({11, 0, {}});
  rates.add({12, 3, {}});
  EXPECT_EQ(rates.posts(), 15U);
  EXPECT_EQ(rates.reshared(), 3U);
  EXPECT_EQ(rates.max_size(), 100U);
  EXPECT_DOUBLE_EQ(rates.single_node(), 12.0 / 15);
  EXPECT_DOUBLE_EQ(rates.deeper_than_1(), 1.0 / 15);
  EXPECT_DOUBLE_EQ(rates.depth_1(), 101.0 / 103);
  EXPECT_DOUBLE_EQ(rates.adoptions_beyond_1(), 2.0 / 118);
  EXPECT_DOUBLE_EQ(rates.size_100(), 1.0 / 15);
  EXPECT_DOUBLE_EQ(rates.mean_size(), 118.0 / 15);
  EXPECT_DOUBLE_EQ(rates.within_1h(), 50.0 / 103);
  EXPECT_TRUE(std::isnan(rates.size_virality_large()));
  EXPECT_EQ(rates.histogram()[0], 12U);
  EXPECT_EQ(rates.histogram()[1], 1U);  // 2 and 3
  EXPECT_EQ(rates.histogram()[2], 1U);  // 4 to 7
  EXPECT_EQ(rates.histogram()[6], 1U);  // 64 to 127
}

TEST(BaseRates, CorrelateSizeAndVirality) {
  BaseRates rates(1);
  rates.add(by_hand());
  const double size[] = {4, 2, 100}, nu[] = {1.5, 1, 1.98};  // the tree is a star around 1
  double x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (int k = 0; k < 3; ++k) x += size[k] / 3, y += nu[k] / 3;
  for (int k = 0; k < 3; ++k)
    xx += (size[k] - x) * (size[k] - x), yy += (nu[k] - y) * (nu[k] - y), xy += (size[k] - x) * (nu[k] - y);
  EXPECT_NEAR(rates.size_virality(), xy / std::sqrt(xx * yy), 1e-12);
}

TEST(BaseRates, AreUnknownWhereThereIsNothing) {
  const BaseRates none(1);
  for (const double rate : {none.single_node(), none.depth_1(), none.mean_size(), none.size_virality()})
    EXPECT_TRUE(std::isnan(rate));
  BaseRates coarse(24);
  coarse.add(by_hand());
  EXPECT_TRUE(std::isnan(coarse.within_1h()));
}

TEST(Correlation, IsOneAlongALineAndUnknownWithoutSpread) {
  Correlation line, flat;
  for (int k = 0; k < 1000; ++k) line.add(k, 3 - 2.0 * k), flat.add(k, 1);
  EXPECT_NEAR(line.coefficient(), -1, 1e-12);
  EXPECT_TRUE(std::isnan(flat.coefficient()));
}

// Everyone sees and passes on everything at once.
SmallWorld certain(AccountId accounts, std::vector<std::pair<AccountId, AccountId>> follows) {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.duration = 72, s.warm_up = 24, s.content.lifetime = 12, s.population.posts = 20, s.output.base_rates = true;
  Mechanisms& m = w.mechanisms;
  m.attention.on = m.appraisal.on = m.delay.on = m.forwarding.friends = false;
  m.forwarding.rate = m.forwarding.stranger = 1, m.forwarding.steepness = 1000;
  w.study("apart", 0, 0, 0);
  Team alone(1);
  w.take(network_from_edges(accounts, follows), alone);
  return w;
}

struct Watched {
  WorldRecord record;
  std::vector<Quantity> quantities;
  std::map<AccountId, std::uint64_t> posts;  // by author, of those that count
};
Watched watch(SmallWorld& w, Team& team) {
  const auto world = w.world(w.setting(), team);
  std::vector<Happening> happenings;
  world->record(&happenings);
  Recorder recorder(w.scenario, *world);
  for (recorder.observe(); world->now() < w.scenario.last_tick(); recorder.observe()) world->step();
  Watched all{recorder.finish(), world->quantities(), {}};
  const Tick first = w.scenario.ticks(w.scenario.warm_up), lifetime = w.scenario.ticks(w.scenario.content.lifetime);
  for (const Happening& h : happenings)
    if (h.what == What::post && h.tick >= first && h.tick + lifetime < w.scenario.last_tick()) ++all.posts[h.author];
  return all;
}

// 0 < 1 < 2 < ... < 5: a post of k goes all the way down, an account a tick.
TEST(BaseRates, OfAChainArePaths) {
  SmallWorld w = certain(6, {{1, 0}, {2, 1}, {3, 2}, {4, 3}, {5, 4}});
  Team three(3);
  const Watched all = watch(w, three);
  const BaseRates& rates = *all.record.base_rates;
  double posts = 0, shares = 0, reshared = 0, deep = 0;
  for (const auto& [author, count] : all.posts) {
    const double n = static_cast<double>(count), below = 5 - author;
    posts += n, shares += n * below, reshared += below > 0 ? n : 0, deep += below > 1 ? n : 0;
  }
  ASSERT_GT(posts, 20);
  EXPECT_EQ(rates.posts(), posts);
  EXPECT_EQ(rates.reshared(), reshared);
  EXPECT_EQ(rates.max_size(), 6U);
  EXPECT_DOUBLE_EQ(rates.deeper_than_1(), deep / posts);
  EXPECT_DOUBLE_EQ(rates.depth_1(), reshared / shares);
  EXPECT_DOUBLE_EQ(rates.within_1h(), reshared / shares);
  EXPECT_DOUBLE_EQ(rates.mean_size(), 1 + shares / posts);
  EXPECT_NEAR(rates.size_virality(), 1, 1e-12);  // (n + 1) / 3
}

// 3 gets a post of 0 through 1 and 2 in one tick, and again through 4: it passes it on once, and the first is 1.
TEST(BaseRates, TakeTheFirstSharerForTheSource) {
  SmallWorld w = certain(5, {{2, 0}, {1, 0}, {3, 2}, {3, 1}, {4, 2}, {3, 4}});
  Team two(2);
  const auto world = w.world(w.setting(), two);
  std::size_t seen = 0;
  for (; world->now() < w.scenario.last_tick(); world->step())
    for (const OrdinaryBirths& births : world->take_closed_births())
      for (const OrdinaryShare& s : births.shares) {
        if (s.post.author != 0) continue;
        EXPECT_EQ(s.from, (std::map<AccountId, AccountId>{{1, 0}, {2, 0}, {3, 1}, {4, 2}}).at(s.sharer));
        EXPECT_EQ(s.lands - s.born, s.sharer > 2 ? 2 : 1);
        ++seen;
      }
  EXPECT_GT(seen, 8U);
  EXPECT_EQ(seen % 4, 0U);
}

TEST(BaseRates, AreTabulatedByArmAndReplicate) {
  SmallWorld w = certain(3, {{1, 0}, {2, 1}});
  Team alone(1);
  const Watched all = watch(w, alone);
  const WorldRecord& r = all.record;
  const Group group = tabulate_base_rates({{"a", "b"}, {}, {0, 4, 5}, all.quantities, {{&r, &r, &r}, {&r, &r, &r}}});
  EXPECT_EQ(group.name, "base_rates");
  for (const Variable& v : group.variables) {
    if (v.name == "size_low") continue;
    const std::size_t size = std::visit([](const auto& values) { return values.size(); }, v.values);
    EXPECT_EQ(size, v.name == "sizes" ? 6 * BaseRates::bins : 6U) << v.name;
    EXPECT_EQ(v.dimensions[0], "strategy");
    EXPECT_EQ(v.dimensions[1], "replicate");
    EXPECT_FALSE(v.long_name.empty() || v.units.empty()) << v.name;
  }
}

// ---- the engine's log ----

void collect(World& world, Tick end, std::vector<OrdinaryBirths>& all) {
  while (world.now() < end) {
    world.step();
    for (OrdinaryBirths& b : world.take_closed_births()) all.push_back(std::move(b));
  }
}
bool same(const std::vector<OrdinaryBirths>& a, const std::vector<OrdinaryBirths>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const OrdinaryBirths& x, const OrdinaryBirths& y) {
    return x.born == y.born && x.posts == y.posts && x.shares == y.shares;
  });
}

SmallWorld lively() {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = 3, s.duration = 24 * 6, s.network.accounts = 700, s.network.mean_followers = 20, s.network.cutoff = 0.3;
  s.content.lifetime = 48, s.population.posts = 1, s.output.base_rates = true;
  w.mechanisms.forwarding.rate = 1, w.mechanisms.forwarding.stranger = 1;
  w.study("studied", 8, 0.4, 250);
  return w;
}

TEST(ShareLog, IsTheSameForAnyTeamAndAfterALoad) {
  SmallWorld w = lively();
  Team alone(1), two(2), five(5);
  w.generate(alone);
  const Tick end = w.scenario.last_tick();
  std::vector<OrdinaryBirths> whole;
  const auto world = w.world(w.setting(), alone);
  collect(*world, end, whole);
  ASSERT_EQ(whole.size(), static_cast<std::size_t>(end) - 48);
  for (Team* team : {&two, &five}) {
    std::vector<OrdinaryBirths> parts;
    const auto first = w.world(w.setting(), *team), second = w.world(w.setting(), alone);
    collect(*first, 75, parts);
    second->load(first->save());
    EXPECT_EQ(second->save(), first->save());
    collect(*second, end, parts);
    EXPECT_TRUE(same(parts, whole));
    EXPECT_EQ(second->state_digest(), world->state_digest());
  }
}

// Nothing else is changed by it; a state with a log and one without are not each other's.
TEST(ShareLog, OnlyObserves) {
  SmallWorld w = lively();
  Team alone(1);
  w.generate(alone);
  std::vector<Happening> with, without;
  const auto logged = w.world(w.setting(), alone);
  logged->record(&with);
  for (int t = 0; t < 72; ++t) logged->step();
  w.scenario.output.base_rates = false;
  const auto plain = w.world(w.setting(), alone);
  plain->record(&without);
  for (int t = 0; t < 72; ++t) plain->step();
  EXPECT_TRUE(with == without);
  EXPECT_TRUE(plain->take_closed_births().empty());
  EXPECT_ANY_THROW(plain->load(logged->save()));
  EXPECT_ANY_THROW(logged->load(plain->save()));
}

using Appearance = std::tuple<AccountId, std::uint32_t, Tick, AccountId, AccountId>;  // post, when, who, through whom

TEST(ShareLog, AgreesWithTheReferenceShareForShare) {
  Team three(3);
  std::size_t shares = 0, later = 0;
  for (std::uint64_t number = 1; number <= 40; ++number) {
    SCOPED_TRACE("scenario " + std::to_string(number));
    SmallWorld w = random_scenario(number, three);
    if (w.scenario.population.posts <= 0) continue;
    w.scenario.output.base_rates = true;
    const Tick end = w.scenario.last_tick(), lifetime = w.scenario.ticks(w.scenario.content.lifetime);
    std::vector<OrdinaryBirths> births;
    collect(*w.world(w.setting(), three), end, births);
    std::vector<Appearance> logged, expected;
    std::uint64_t posts = 0, expected_posts = 0;
    for (const OrdinaryBirths& b : births) {
      posts += b.posts;
      for (const OrdinaryShare& s : b.shares)
        logged.emplace_back(s.post.author, s.post.ordinal, s.lands, s.sharer, s.from), later += s.from != s.post.author;
    }
    for (const reference::Post& p : reference::simulate(w.setting(), w.mechanisms, end).posts) {
      if (p.author >= w.setting().accounts() || p.born + lifetime >= end) continue;
      ++expected_posts;
      for (const auto& [when, who, from] : p.shares) expected.emplace_back(p.author, p.ordinal, when, who, from);
    }
    std::sort(logged.begin(), logged.end()), std::sort(expected.begin(), expected.end());
    ASSERT_EQ(posts, expected_posts);
    ASSERT_TRUE(logged == expected);
    shares += logged.size();
  }
  EXPECT_GT(shares, 1000U);
  EXPECT_GT(later, 200U);
}

}  // namespace
}  // namespace passalong
