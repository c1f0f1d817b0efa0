// label: theory
// A network that changes: each way follows come and go against its closed form, alone. Random checks allow 4.9 standard
// errors, a false alarm in a million each, with fixed seeds; checks of single events are exact.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "sim/base/failure.hpp"
#include "sim/engine/rewiring.hpp"
#include "tests/small_world.hpp"

namespace passalong {
namespace {
constexpr double sigmas = 4.9;
constexpr AccountId accounts = 5000;

using Pair = std::pair<AccountId, AccountId>;  // followed, follower

SmallWorld plain(double mean_followers = 10) {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = 4, s.duration = 24 * 100, s.tick = 24;
  s.network.accounts = accounts, s.network.mean_followers = mean_followers, s.network.cutoff = 0.2;
  s.dynamics.preferential = s.dynamics.closure = 0;
  w.study("silent", 0, 0, 1);
  return w;
}

// A world that is stepped by days, with what happened among ordinary accounts.
struct History {
  explicit History(SmallWorld& of) : w(of) {
    w.generate(team);
    world = w.world(w.setting(), team);
    world->record(&all);
  }
  void days(int count) {
    all.clear();
    const Tick end = world->now() + count * w.scenario.ticks(24);
    while (world->now() < end) world->step();
  }
  std::map<Pair, std::uint32_t> changes(What what) const {  // and why
    std::map<Pair, std::uint32_t> some;
    for (const Happening& h : all)
      if (h.what == what && h.author < w.setting().accounts()) some[{h.author, h.account}] = h.ordinal;
    return some;
  }
  double value(const std::string& name) const {
    std::vector<double> row;
    world->measure(row);
    std::size_t at = 0;
    for (const Quantity& q : world->quantities()) {
      if (q.name == name) return row[at];
      at += q.everyones ? 1 : world->studied();
    }
    return -1;
  }
  const Network& network() const { return w.ground.network; }

  SmallWorld& w;
  Team team{1};
  std::unique_ptr<World> world;
  std::vector<Happening> all;
};

void expect_binomial(double got, double n, double p, const std::string& what) {
  EXPECT_NEAR(got, n * p, sigmas * std::sqrt(n * p * (1 - p)) + 1e-9) << what;
}

TEST(Unfollowing, LeavesTheSurvivorsOfItsHazard) {
  SmallWorld w = plain(40);
  w.scenario.dynamics.unfollow = 0.05;
  History run(w);
  const auto start = static_cast<double>(run.network().follows());
  std::set<Pair> gone;
  for (int day = 1; day <= 40; ++day) {
    run.days(1);
    for (const auto& [pair, why] : run.changes(What::unfollow)) {
      ASSERT_TRUE(run.network().follows(pair.second, pair.first));
      ASSERT_TRUE(gone.insert(pair).second) << "ended twice";
      ASSERT_EQ(why, static_cast<std::uint32_t>(Parting::churn));
    }
    const double left = run.value("world_ties");
    ASSERT_EQ(left, start - static_cast<double>(gone.size()));
    if (day % 10 == 1) expect_binomial(left, start, std::exp(-0.05 * day), "day " + std::to_string(day));
  }
  // Wherever a follow stands in a list, long or short, it is as likely to end.
  double early = 0, early_gone = 0, big = 0, big_gone = 0;
  for (AccountId b = 0; b < accounts; ++b) {
    const auto row = run.network().followers_of(b);
    for (std::size_t k = 0; k < row.size(); ++k) {
      const bool ended = gone.contains({b, row[k]});
      if (4 * k < row.size()) ++early, early_gone += ended;
      if (row.size() > 200) ++big, big_gone += ended;
    }
  }
  expect_binomial(early_gone, early, 1 - std::exp(-2.0), "at the front of lists");
  expect_binomial(big_gone, big, 1 - std::exp(-2.0), "of those with many followers");
}

// dN = g - h N: N* = g / h, reached with e-fold 1 / h. Here by days: q = 1 - exp(-h), and a follow that exists, or of
// oneself, cannot begin.
TEST(Following, ReachesInflowOverHazard) {
  SmallWorld w = plain();
  w.scenario.network.mean_followers = 1;
  const double h = w.scenario.dynamics.unfollow = 0.1, g = accounts * (w.scenario.dynamics.follow = 1.0);
  History run(w);
  double expected = static_cast<double>(run.network().follows());
  for (int day = 1; day <= 60; ++day) {
    run.days(1);
    const double room = 1 - (expected / accounts + 1) / accounts;
    expected += g * room - expected * (1 - std::exp(-h));
    if (day != 10 && day != 60) continue;
    EXPECT_NEAR(run.value("world_ties"), expected, sigmas * std::sqrt(expected)) << day;
  }
  EXPECT_NEAR(expected, g / (1 - std::exp(-h)), 0.01 * expected);
}

// New followers of b: each of the n - F - 1 who may is chosen Poisson(mean / n) times. Accounts are put together by
// their numbers of followers.
void expect_gains(const History& run, double to_each, double for_each_follower) {
  std::map<AccountId, double> gains;
  for (const auto& [pair, way] : run.changes(What::follow)) ++gains[pair.first];
  std::map<int, std::array<double, 3>> groups;  // got, expected, variance
  for (AccountId b = 0; b < accounts; ++b) {
    const double F = run.network().follower_count(b);
    const double p = 1 - std::exp(-(to_each + for_each_follower * F) / accounts), n = accounts - F - 1;
    auto& group = groups[static_cast<int>(std::log2(F + 1))];
    group[0] += gains[b], group[1] += n * p, group[2] += n * p * (1 - p);
  }
  EXPECT_GT(groups.size(), 7U);
  for (const auto& [size, group] : groups)
    EXPECT_NEAR(group[0], group[1], sigmas * std::sqrt(group[2]) + 1e-9) << "followers about 2^" << size;
}

TEST(Following, GoesToAnyoneOrByFollowers) {
  for (const double preferential : {0.0, 1.0, 0.6}) {
    SCOPED_TRACE(preferential);
    SmallWorld w = plain();
    w.scenario.dynamics.follow = 4, w.scenario.dynamics.preferential = preferential;
    History run(w);
    run.days(1);
    expect_gains(run, 4 * (1 - preferential),
                 4 * preferential * accounts / static_cast<double>(run.network().follows()));
  }
}

// Whether i follows somebody who follows b.
bool closes(const Network& network, const Pair& pair) {
  const auto row = network.followers_of(pair.first);
  return std::any_of(row.begin(), row.end(), [&](AccountId j) { return network.follows(pair.second, j); });
}

TEST(Following, ClosesTriangles) {
  double share[2] = {};
  for (const bool closure : {false, true}) {
    SmallWorld w = plain();
    w.scenario.dynamics.follow = 2, w.scenario.dynamics.closure = closure;
    History run(w);
    run.days(1);
    const auto begun = run.changes(What::follow);
    for (const auto& [pair, way] : begun) {
      EXPECT_EQ(way, static_cast<std::uint32_t>(closure ? Way::closure : Way::anyone));
      share[closure] += closes(run.network(), pair);
    }
    EXPECT_GT(begun.size(), 1000U);
    share[closure] /= static_cast<double>(begun.size());
  }
  EXPECT_EQ(share[1], 1);
  EXPECT_LT(share[0], 0.2);
}

TEST(FollowingBack, ReturnsTheShareItIsSetTo) {
  SmallWorld w = plain();
  w.scenario.dynamics.follow = 2, w.scenario.dynamics.follow_back = 0.3;
  History run(w);
  run.days(1);
  const auto begun = run.changes(What::follow);
  const auto is_direct = [&](const Pair& pair) {
    const auto at = begun.find(pair);
    return at != begun.end() && at->second != static_cast<std::uint32_t>(Way::returned);
  };
  double could = 0, did = 0;
  for (const auto& [pair, way] : begun) {
    const Pair reverse{pair.second, pair.first};
    could += is_direct(pair) && !is_direct(reverse) && !run.network().follows(pair.first, pair.second);
    did += !is_direct(pair);
    EXPECT_TRUE(is_direct(pair) || is_direct(reverse));
  }
  expect_binomial(did, could, 0.3, "returned");
}

TEST(Unfollowing, SparesWhatIsReturned) {
  SmallWorld w = plain();
  w.scenario.network.reciprocity = 0.5;
  w.scenario.dynamics.unfollow = 0.2, w.scenario.dynamics.mutual = 0.25;
  History run(w);
  run.days(1);
  double ended[2] = {}, all[2] = {};
  const auto gone = run.changes(What::unfollow);
  for (AccountId b = 0; b < accounts; ++b)
    for (const AccountId i : run.network().followers_of(b)) {
      const bool mutual = run.network().follows(b, i);
      ++all[mutual], ended[mutual] += gone.contains({b, i});
    }
  expect_binomial(ended[0], all[0], 1 - std::exp(-0.2), "one-way");
  expect_binomial(ended[1], all[1], 0.25 * (1 - std::exp(-0.2)), "returned");
}

TEST(Unfollowing, LeavesChattyAccountsMore) {
  SmallWorld w = plain();
  w.scenario.dynamics.unfollow = 0.05, w.scenario.dynamics.chatty = 0.1, w.scenario.dynamics.chatty_above = 1;
  History run(w);
  run.days(1);
  double expected[2] = {}, variance[2] = {}, got[2] = {}, follows[2] = {}, blamed = 0, mean_blamed = 0;
  const auto gone = run.changes(What::unfollow);
  for (AccountId b = 0; b < accounts; ++b) {
    const double posts = static_cast<double>(w.population.activity[b]), F = run.network().follower_count(b);
    const bool chatty = posts > 1;
    const double h = 0.05 + 0.1 * std::max(0.0, posts - 1), p = 1 - std::exp(-h);
    expected[chatty] += F * p, variance[chatty] += F * p * (1 - p), follows[chatty] += F;
    mean_blamed += F * p * (h - 0.05) / h;
  }
  for (const auto& [pair, why] : gone) {
    const bool chatty = w.population.activity[pair.first] > 1;
    ++got[chatty], blamed += why == static_cast<std::uint32_t>(Parting::chatty);
    ASSERT_TRUE(chatty || why == static_cast<std::uint32_t>(Parting::churn));
  }
  for (const int chatty : {0, 1}) EXPECT_NEAR(got[chatty], expected[chatty], sigmas * std::sqrt(variance[chatty]));
  EXPECT_NEAR(blamed, mean_blamed, sigmas * std::sqrt(mean_blamed));
  EXPECT_GT(got[1] / follows[1], 1.5 * got[0] / follows[0]);
}

SmallWorld talking(double on_reshare) {
  SmallWorld w = plain();
  w.scenario.tick = 1, w.scenario.population.posts = 0.5, w.scenario.network.mean_followers = 20;
  w.scenario.dynamics.on_reshare = on_reshare;
  w.scenario.dynamics.unfollow = 1e-12;  // on, whatever the rest
  w.mechanisms.forwarding.rate = 1;
  return w;
}

TEST(Reshares, WinFollowersForThoseWhoArePassedOn) {
  std::map<double, std::map<Pair, std::uint32_t>> begun;
  for (const double p : {0.0, 0.3, 1.0}) {
    SmallWorld w = talking(p);
    History run(w);
    run.days(2);  // on the first they are all the same
    std::set<AccountId> passed_on;
    for (const Happening& h : run.all)
      if (h.what == What::share) passed_on.insert(h.author);
    for (const auto& [pair, way] : run.changes(What::follow)) {
      EXPECT_EQ(way, static_cast<std::uint32_t>(Way::reshare));
      EXPECT_TRUE(passed_on.contains(pair.first));
      EXPECT_FALSE(run.network().follows(pair.second, pair.first));
    }
    for (const Happening& h : run.all)
      if (h.what == What::follow && h.tick < 24) begun[p][{h.author, h.account}] = h.ordinal;
  }
  EXPECT_TRUE(begun[0.0].empty());
  EXPECT_GT(begun[1.0].size(), 200U);
  for (const auto& [pair, way] : begun[0.3]) EXPECT_TRUE(begun[1.0].contains(pair));
  // Most met one such post, so about .3 of them follow; some met several.
  const double n = static_cast<double>(begun[1.0].size()), got = static_cast<double>(begun[0.3].size());
  EXPECT_GT(got, n * 0.3 - sigmas * std::sqrt(n * 0.21));
  EXPECT_LT(got, n * 0.5);
}

TEST(Newcomers, DoNothingBeforeTheyJoinAndThenTakePart) {
  SmallWorld w = talking(0);
  DynamicsSection& d = w.scenario.dynamics;
  d.follow = 0.5, d.preferential = d.closure = 0.4, d.follow_back = 0.3;
  d.newcomers = 300, d.newcomer_rate = 30.5, d.newcomer_follows = 12;
  History run(w);
  ASSERT_EQ(w.setting().accounts(), accounts + 300);
  ASSERT_EQ(run.network().accounts(), accounts);
  std::map<AccountId, std::size_t> first;
  std::size_t posts = 0, followed = 0;
  for (int day = 0; day < 12; ++day) {
    const AccountId before = accounts + static_cast<AccountId>(std::min(300.0, std::floor(30.5 * day)));
    const AccountId after = accounts + static_cast<AccountId>(std::min(300.0, std::floor(30.5 * (day + 1))));
    ASSERT_EQ(run.value("world_accounts"), before);
    run.days(1);
    for (const Happening& h : run.all) {
      if (h.author >= w.setting().accounts()) continue;
      const bool joins = h.what == What::follow && h.account >= before && h.account < after;
      ASSERT_TRUE(!joins || h.ordinal == static_cast<std::uint32_t>(Way::newcomer));
      if (joins) ++first[h.account];
      const bool answers = h.what == What::follow && h.ordinal == static_cast<std::uint32_t>(Way::returned);
      ASSERT_TRUE(joins || h.account < before) << "day " << day << ", account " << h.account;
      ASSERT_LT(h.author, answers ? after : before);
      posts += h.what == What::post && h.author >= accounts;
      followed += h.what == What::follow && h.author >= accounts && !answers;
    }
  }
  EXPECT_EQ(first.size(), 300U);
  std::size_t follows = 0;
  for (const auto& [account, count] : first) {
    EXPECT_LE(count, 12U);
    follows += count;
  }
  EXPECT_GT(follows, 300U * 9);  // of a dozen, some fall on the same account
  EXPECT_GT(posts, 300U);
  EXPECT_GT(followed, 50U);
}

std::vector<Happening> history(SmallWorld& w) {
  History run(w);
  run.days(6);
  return run.all;
}

TEST(Dynamics, OffIsAsIfItWereNotThere) {
  SmallWorld off = talking(0), idle = talking(0), all_but_never = talking(0);
  for (SmallWorld* w : {&off, &idle, &all_but_never}) w->study("loud", 10, 0.3, 500), w->scenario.audience.inflow = 3;
  off.scenario.dynamics = {};
  idle.scenario.dynamics = {.chatty_above = 0, .mutual = 0, .preferential = 1, .closure = 0, .follow_back = 1};
  const auto truth = history(off);
  EXPECT_GT(truth.size(), 10'000U);
  EXPECT_TRUE(history(idle) == truth);
  EXPECT_TRUE(history(all_but_never) == truth);  // on, with nothing ever drawn
  History run(idle);
  for (const Quantity& q : run.world->quantities()) EXPECT_FALSE(std::string(q.name).starts_with("world_ties"));
  History on(all_but_never);
  EXPECT_EQ(on.value("world_ties"), static_cast<double>(on.network().follows()));
}

TEST(Dynamics, AreReadWithTheirUnitsAndChecked) {
  const std::string base =
      "duration = \"5 days\"\n[[strategy]]\nname = \"a\"\nposts = \"1 per day\"\nmix = { value = 1 }\nfollowers = 10\n";
  const auto parse = [&](const std::string& keys) {
    return parse_scenario(base + "[dynamics]\n" + keys, "test.toml", model_choices()).dynamics;
  };
  EXPECT_FALSE(parse("follow_back = 0.5").on());
  EXPECT_DOUBLE_EQ(parse("unfollow = \"0.7 per week\"").unfollow, 0.1);
  EXPECT_TRUE(parse("newcomers = 5\nnewcomer_rate = \"1 per day\"").on());
  for (const char* wrong : {"unfollow = 0.1", "preferential = 0.7\nclosure = 0.7", "newcomers = 5", "on_reshare = 0.1",
                            "follow = \"-1 per day\"", "mutual = 2"})
    EXPECT_THROW(parse(wrong), Failure) << wrong;
}

}  // namespace
}  // namespace passalong
