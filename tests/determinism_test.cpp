// label: determinism
// The same bits for any team, before and after a save, and for any two runs that share a draw: what each test compares
// is exact.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "sim/base/failure.hpp"
#include "tests/small_world.hpp"

namespace passalong {
namespace {

SmallWorld small(double background) {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = 11, s.duration = 24 * 8, s.network.accounts = 700, s.network.mean_followers = 20, s.network.cutoff = 0.3;
  s.content.lifetime = 48, s.audience.inflow = 3, s.population.posts = background;
  w.mechanisms.forwarding.rate = 1, w.mechanisms.follow.rate = 0.2, w.mechanisms.unfollow.rate = 0.1;
  w.mechanisms.ladder.check_rate = 0.5, w.mechanisms.ladder.adopt_rate = 0.5, w.mechanisms.ladder.client_rate = 0.5;
  w.study("studied", 8, 0.4, 250);
  return w;
}

// Many deliveries in one tick: more than one block of them.
SmallWorld busy() {
  SmallWorld w = small(0);
  w.scenario.tick = 24, w.scenario.duration = 24 * 4, w.scenario.network.accounts = 4000;
  w.scenario.strategies[0].posts = 40, w.scenario.strategies[0].followers = 1500;
  return w;
}

// Three accounts under study in one world.
SmallWorld rivals() {
  SmallWorld w = small(0.5);
  w.study("rival", 3, 0.9, 100);
  w.study("third", 5, 0, 180);
  w.compete();
  return w;
}

// Follows come and go in every way, and accounts join.
SmallWorld changing() {
  SmallWorld w = small(1);
  DynamicsSection& d = w.scenario.dynamics;
  d.unfollow = 0.01, d.chatty = 0.01, d.chatty_above = 1, d.mutual = 0.5;
  d.follow = 0.3, d.follow_back = 0.3, d.on_reshare = 0.2;
  d.newcomers = 60, d.newcomer_rate = 9.5, d.newcomer_follows = 10;
  return w;
}

// Follows change, posts and looks keep the hours of two cohorts.
SmallWorld waking() {
  SmallWorld w = changing();
  PopulationSection& p = w.scenario.population;
  p.rhythm.shape = "day", p.rhythm.weekend = 0.5, p.rhythm.level = "mean", p.places = 5;
  p.cohorts.resize(2);
  p.cohorts[0].share = 0.3, p.cohorts[0].shift = 8, p.cohorts[1].share = 0.3, p.cohorts[1].activity = 2;
  return w;
}

// Policies that change: one learns under a budget, one has phases and a week of its own, one posts in order.
SmallWorld fickle() {
  SmallWorld w = rivals();
  std::vector<StrategySection>& s = w.scenario.brands;
  s[0].learn = "thompson", s[0].learning.every = 24, s[0].learning.arms = {0.1, 0.6, 0.9}, s[0].reward = {1, 5, 0.1};
  s[0].budget = 3, s[0].authenticity = 0.5;
  s[1].phases.resize(3);
  s[1].phases[0].until = 48, s[1].phases[1].until = 120, s[1].phases[1].posts = 12;
  s[1].phases[0].mix[0] = s[1].phases[1].mix[1] = s[1].phases[2].mix[2] = 1;
  s[1].weekdays = {1, 2, 0, 1, 1, 3, 1}, s[1].hours.assign(24, 0), s[1].hours[8] = s[1].hours[19] = 1;
  s[2].order = "value first", s[2].mix[0] = s[2].mix[1] = 0.5, s[2].prior_word.clear(), s[2].prior_suspicion = 0.6;
  return w;
}

// All there is to see of a world, day by day.
struct Record {
  std::vector<Happening> happenings;  // in the order the engine told them
  std::vector<std::uint64_t> digests;
  std::vector<std::vector<double>> rows;
  std::vector<PostId> closed;
  std::vector<std::vector<AccountId>> trees;
  bool operator==(const Record&) const = default;
};

void follow(World& world, Tick end, Tick day, Record& record) {
  world.record(&record.happenings);
  while (world.now() < end) {
    world.step();
    for (const PostRecord& p : world.take_closed()) {
      record.closed.push_back(p.id);
      record.trees.push_back(p.accounts);
      record.trees.back().insert(record.trees.back().end(), p.parents.begin(), p.parents.end());
    }
    if (world.now() % day != 0) continue;
    record.digests.push_back(world.state_digest());
    world.measure(record.rows.emplace_back());
  }
  world.record(nullptr);
}

Record run(SmallWorld& w, unsigned workers) {
  Team team(workers);
  w.generate(team);
  const auto world = w.world(w.setting(), team);
  Record record;
  follow(*world, w.scenario.last_tick(), w.scenario.ticks(24), record);
  return record;
}

TEST(Teams, OfAnySizeGiveTheSameBits) {
  const std::vector<std::pair<const char*, std::function<SmallWorld()>>> scenarios = {
      {"load only", [] { return small(0); }},
      {"background", [] { return small(1); }},
      {"rivals", rivals},
      {"busy", busy},
      {"changing", changing},
      {"waking", waking},
      {"fickle", fickle},
  };
  for (const auto& [name, make] : scenarios) {
    SCOPED_TRACE(name);
    SmallWorld w = make();
    const Record alone = run(w, 1);
    EXPECT_GT(alone.happenings.size(), 200U);
    EXPECT_GT(alone.closed.size(), 10U);
    for (const unsigned workers : {2U, 3U, 5U, 8U}) {
      SCOPED_TRACE(workers);
      const Record team = run(w, workers);
      EXPECT_TRUE(team.happenings == alone.happenings);
      EXPECT_EQ(team.digests, alone.digests);
      EXPECT_EQ(team.rows, alone.rows);
      EXPECT_TRUE(team.closed == alone.closed && team.trees == alone.trees);
    }
  }
}

TEST(Teams, AreNotSeenInTheDigestButSeedsAndReplicatesAre) {
  SmallWorld w = small(0);
  const Record first = run(w, 1);
  w.replicate = 1;
  EXPECT_FALSE(run(w, 1).happenings == first.happenings);
  w.replicate = 0, w.scenario.seed = 12;
  EXPECT_FALSE(run(w, 1).happenings == first.happenings);
  w.scenario.seed = 11;
  EXPECT_TRUE(run(w, 1) == first);
}

// Saved at any tick and loaded into a world of another team, new or used, a run goes on as if nothing had happened.
TEST(SavedState, ContinuesToTheSameBits) {
  const std::function<SmallWorld()> plain = [] { return small(1); };
  for (const auto& make : {plain, std::function<SmallWorld()>(rivals), std::function<SmallWorld()>(changing),
                           std::function<SmallWorld()>(waking), std::function<SmallWorld()>(fickle)}) {
    SmallWorld w = make();
    Team alone(1), three(3);
    w.generate(alone);
    const Tick end = w.scenario.last_tick(), day = w.scenario.ticks(24);
    const auto whole = w.world(w.setting(), alone), used = w.world(w.setting(), three);
    for (const Tick at : {0, 1, 24, 29, 96, 100, 191}) {
      SCOPED_TRACE(at);
      Record ignored, straight, resumed, again;
      const auto first = w.world(w.setting(), alone);
      follow(*first, at, day, ignored);
      const std::string bytes = first->save();
      const auto fresh = w.world(w.setting(), three);
      fresh->load(bytes), used->load(bytes);
      EXPECT_EQ(fresh->now(), at);
      EXPECT_TRUE(fresh->save() == bytes);
      EXPECT_EQ(fresh->state_digest(), first->state_digest());
      follow(*first, end, day, straight), follow(*fresh, end, day, resumed), follow(*used, end, day, again);
      EXPECT_TRUE(resumed == straight);
      EXPECT_TRUE(again == straight);
    }
  }
}

void expect_refusal(World& world, const std::string& bytes) {
  const std::uint64_t before = world.state_digest();
  try {
    world.load(bytes);
    ADD_FAILURE() << "loaded " << bytes.size() << " foreign bytes";
  } catch (const Failure& failure) {
    EXPECT_EQ(failure.code(), Exit::input);
  }
  EXPECT_EQ(world.state_digest(), before);  // and nothing has changed
  world.step();
}

TEST(SavedState, IsRefusedWhereItIsNotWhole) {
  SmallWorld w = changing();
  Team alone(1);
  w.generate(alone);
  const auto world = w.world(w.setting(), alone);
  for (int t = 0; t < 30; ++t) world->step();
  const std::string bytes = world->save();
  expect_refusal(*world, "");
  expect_refusal(*world, "not a world");
  expect_refusal(*world, bytes + '\0');
  expect_refusal(*world, std::string(bytes.size(), '\xff'));
  expect_refusal(*world, std::string(bytes.size(), '\0'));
  for (std::size_t left = bytes.size() - 1; left > 0; left = left * 3 / 4)
    expect_refusal(*world, bytes.substr(0, left));
}

TEST(SavedState, IsRefusedByAnyOtherWorld) {
  Team alone(1);
  SmallWorld home = small(0);
  home.generate(alone);
  const auto world = home.world(home.setting(), alone);
  const std::vector<std::function<void(SmallWorld&)>> changes = {
      [](SmallWorld& w) { w.scenario.network.accounts = 680; },
      [](SmallWorld& w) { w.scenario.network.mean_followers = 21; },
      [](SmallWorld& w) { w.scenario.seed = 12; },
      [](SmallWorld& w) { w.replicate = 1; },
      [](SmallWorld& w) { w.scenario.tick = 2; },
      [](SmallWorld& w) { w.scenario.content.lifetime = 49; },
      [](SmallWorld& w) { w.scenario.population.posts = 1; },
      [](SmallWorld& w) { w.scenario.strategies[0].posts = 9; },
      [](SmallWorld& w) { w.scenario.strategies[0].followers = 251; },
      [](SmallWorld& w) { std::swap(w.scenario.strategies[0].mix[0], w.scenario.strategies[0].mix[1]); },
      [](SmallWorld& w) { w.study("rival", 1, 0, 10); },
      [](SmallWorld& w) { w.scenario.strategies[0].order = "pitch first"; },
      [](SmallWorld& w) { w.scenario.strategies[0].learn = "ucb"; },
      [](SmallWorld& w) { w.scenario.strategies[0].budget = 1; },
      [](SmallWorld& w) { w.scenario.strategies[0].hours.assign(24, 1); },
      [](SmallWorld& w) { w.scenario.strategies[0].authenticity = 0.9; },
      [](SmallWorld& w) { w.scenario.strategies[0].calendar = {.file = "a.csv", .begin = {}, .posts = {{.day = 1}}}; },
      [](SmallWorld& w) { w.mechanisms.forwarding.rate *= 0.9; },
      [](SmallWorld& w) { w.scenario.audience.inflow += 0.01; },
      [](SmallWorld& w) { w.scenario.content.topic_decay = 0.7; },
      [](SmallWorld& w) { w.scenario.dynamics.unfollow = 0.1; },
      [](SmallWorld& w) { w.scenario.population.rhythm.shape = "day"; },
      [](SmallWorld& w) { w.scenario.population.cohorts.resize(1), w.scenario.population.cohorts[0].share = 0.5; },
      [](SmallWorld& w) { w.scenario.dynamics.newcomers = 1, w.scenario.dynamics.newcomer_rate = 1; },
  };
  for (std::size_t k = 0; k < changes.size(); ++k) {
    SCOPED_TRACE(k);
    SmallWorld other = small(0);
    changes[k](other);
    other.generate(alone);
    expect_refusal(*world, other.world(other.setting(), alone)->save());
  }
}

// Pairing: what must not differ between two worlds of one replicate.
std::vector<Happening> events_of(SmallWorld& w, const Setting& setting,
                                 const std::function<bool(const Happening&)>& keep) {
  Team alone(1);
  std::vector<Happening> all;
  const auto world = w.world(setting, alone);
  world->record(&all);
  while (world->now() < w.scenario.last_tick()) world->step();
  std::erase_if(all, [&](const Happening& h) { return !keep(h); });
  std::sort(all.begin(), all.end());
  return all;
}
bool any(const Happening&) { return true; }

TEST(Pairing, IdenticalPoliciesHaveIdenticalHistories) {
  SmallWorld w = small(0.5);
  w.study("the same under another name", 8, 0.4, 250);
  Team alone(1);
  w.generate(alone);
  const auto& s = w.scenario.strategies;
  const auto first = events_of(w, w.setting({&s[0]}), any);
  EXPECT_GT(first.size(), 1000U);
  EXPECT_TRUE(events_of(w, w.setting({&s[1]}), any) == first);
}

// Background posts compete for attention by their rates. Whether they are simulated or load only, the studied account
// lives through the same.
TEST(Pairing, SimulatingTheBackgroundLeavesTheStudiedAccountAlone) {
  SmallWorld load = small(0), simulated = small(load.scenario.population.activity.mean());
  Team alone(1);
  load.generate(alone), simulated.generate(alone);
  ASSERT_EQ(load.population.load, simulated.population.load);
  const AccountId accounts = load.setting().accounts();
  const auto studied = [&](const Happening& h) { return h.author >= accounts; };
  const auto without = events_of(load, load.setting(), studied);
  EXPECT_GT(without.size(), 1000U);
  EXPECT_TRUE(events_of(simulated, simulated.setting(), studied) == without);
  EXPECT_GT(events_of(simulated, simulated.setting(), any).size(), 2 * without.size());
}

// Without competition for attention a second account in the world changes nothing for the first.
TEST(Pairing, ARivalMattersOnlyThroughAttention) {
  SmallWorld w = rivals();
  w.mechanisms.attention.on = false;
  Team alone(1);
  w.generate(alone);
  const auto& s = w.scenario.brands;
  const AccountId accounts = w.setting().accounts();
  const auto first = [&](const Happening& h) { return h.author == accounts; };
  const auto by_itself = events_of(w, w.setting({&s[0]}), first);
  EXPECT_TRUE(events_of(w, w.setting({&s[0], &s[1]}), first) == by_itself);
  w.mechanisms.attention.on = true;
  EXPECT_FALSE(events_of(w, w.setting({&s[0], &s[1]}), first) == events_of(w, w.setting({&s[0]}), first));
}

// A mechanism that nothing else listens to can go without a trace in the rest.
TEST(Pairing, TheLadderChangesNothingElse) {
  SmallWorld w = small(0.5);
  Team alone(1);
  w.generate(alone);
  const auto others = [](const Happening& h) {
    return h.what != What::check && h.what != What::adopt && h.what != What::client;
  };
  const auto with = events_of(w, w.setting(), others);
  EXPECT_GT(events_of(w, w.setting(), any).size(), with.size());
  w.mechanisms.ladder.on = false;
  EXPECT_TRUE(events_of(w, w.setting(), any) == with);
}

// A longer run begins as the shorter one did; a policy that never publishes what differs is the same policy.
TEST(Pairing, LaterDaysDoNotReachBack) {
  SmallWorld w = changing();
  Team alone(1);
  w.generate(alone);
  const Tick end = w.scenario.last_tick();
  const auto shorter = events_of(w, w.setting(), any);
  w.scenario.duration *= 1.5;
  EXPECT_TRUE(events_of(w, w.setting(), [&](const Happening& h) { return h.tick < end; }) == shorter);
}

// Followers drawn for a small account are the first of those drawn for a large one.
TEST(Pairing, AudiencesAreNested) {
  SmallWorld w = small(0);
  Team alone(1);
  w.generate(alone);
  const auto large = w.population.audience(0);
  w.scenario.strategies[0].followers = 40;
  w.populate(alone);
  ASSERT_EQ(w.population.audience(0).size(), 40U);
  for (std::size_t k = 0; k < 40; ++k) {
    EXPECT_EQ(w.population.audience(0)[k].account, large[k].account);
    EXPECT_EQ(w.population.audience(0)[k].reciprocal, large[k].reciprocal);
  }
}

}  // namespace
}  // namespace passalong
