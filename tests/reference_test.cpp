// label: theory
// The engine against the reference: 200 random small scenarios, every event and every counter equal. Exact, so there
// is no false alarm; a mismatch names the scenario's number and the first event that differs.
#include "tests/reference.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <map>

#include "tests/random_scenario.hpp"

namespace passalong {
namespace {

struct EngineRun {
  std::vector<Happening> happenings;
  std::vector<Quantity> quantities;
  std::vector<double> row;
  std::vector<PostRecord> posts;
};

EngineRun run_engine(SmallWorld& w, Team& team) {
  EngineRun run;
  const auto world = w.world(w.setting(), team);
  world->record(&run.happenings);
  const auto collect = [&] {
    for (PostRecord& p : world->take_closed()) run.posts.push_back(std::move(p));
  };
  for (Tick t = 0; t < w.scenario.last_tick(); ++t) world->step(), collect();
  world->measure(run.row);
  run.quantities = world->quantities();
  world->close_all(), collect();
  std::sort(run.happenings.begin(), run.happenings.end());
  return run;
}

std::string told(const Happening& h) {
  static constexpr const char* words[] = {"post", "share", "follow", "unfollow", "check", "adopt", "client", "deed"};
  return "tick " + std::to_string(h.tick) + ": " + words[static_cast<int>(h.what)] + " by " +
         std::to_string(h.account) + " of " + std::to_string(h.author) + ", " + std::to_string(h.ordinal);
}

// Empty where the lists are equal, else the first event that one of them lacks.
std::string first_difference(const std::vector<Happening>& engine, const std::vector<Happening>& reference) {
  for (std::size_t k = 0; k < std::max(engine.size(), reference.size()); ++k) {
    if (k == engine.size()) return "only the reference has " + told(reference[k]);
    if (k == reference.size()) return "only the engine has " + told(engine[k]);
    if (engine[k] != reference[k]) return "engine: " + told(engine[k]) + "; reference: " + told(reference[k]);
  }
  return {};
}

// What both sides count of a studied account and of everyone, by the engine's names.
std::map<std::string, std::uint64_t> counts(const reference::Outcome& r, AccountId accounts, std::size_t studied) {
  const auto account = static_cast<AccountId>(accounts + studied);
  std::map<std::string, std::uint64_t> n{{"followers", r.followers[studied].size()},
                                         {"reach", r.reach[studied].size()}};
  static constexpr const char* names[] = {"posts",  "",          "follows", "unfollows",
                                          "checks", "adoptions", "clients", "deeds"};
  static constexpr const char* causes[] = {"other", "promotion", "irrelevance", "volume", "routine", "block"};
  for (const Happening& h : r.happenings)
    if (h.author == account || (h.author < accounts && (h.what == What::follow || h.what == What::unfollow)))
      ++n[std::string(h.author < accounts ? "world_" : "") + names[static_cast<int>(h.what)]];
  for (const Happening& h : r.happenings)
    if (h.author == account && h.what == What::unfollow) ++n[std::string("unfollows_for_") + causes[h.ordinal]];
  n["customers"] = n["adoptions"], n["world_ties"] = r.ties, n["world_accounts"] = r.present;
  for (const reference::Post& p : r.posts)
    for (const std::string whose : {"", "world_"}) {
      if (whose.empty() && p.author != account) continue;
      n[whose + "deliveries"] += p.deliveries, n[whose + "impressions"] += p.impressions;
      n[whose + "shares"] += p.shares.size();
    }
  return n;
}

void compare_counts(const EngineRun& engine, const reference::Outcome& r, AccountId accounts) {
  std::vector<std::map<std::string, std::uint64_t>> expected;
  for (std::size_t k = 0; k < r.followers.size(); ++k) expected.push_back(counts(r, accounts, k));
  auto value = engine.row.begin();
  for (const Quantity& quantity : engine.quantities)
    for (std::size_t k = 0; k < (quantity.everyones ? 1 : expected.size()); ++k, ++value)
      if (const auto further = r.further[k].find(quantity.name); further != r.further[k].end()) {
        EXPECT_EQ(*value, further->second) << quantity.name << " of " << k;  // what a witness has counted itself
      } else if (quantity.integer) {
        EXPECT_EQ(*value, static_cast<double>(expected[k][quantity.name])) << quantity.name << " of " << k;
      }
  EXPECT_TRUE(value == engine.row.end());
}

// What a policy came to; exact, like all the rest.
void compare_policies(const EngineRun& engine, const reference::Outcome& r) {
  auto value = engine.row.begin();
  for (const Quantity& quantity : engine.quantities)
    for (std::size_t k = 0; k < (quantity.everyones ? 1 : r.hours.size()); ++k, ++value) {
      const std::string name = quantity.name;
      if (name == "effort") {
        EXPECT_EQ(*value, r.hours[k]);
      }
      if (name == "reward") {
        EXPECT_EQ(*value, r.rewards[k]);
      }
      if (name == "pitch_share") {
        EXPECT_EQ(*value, r.pitch_shares[k]);
      }
    }
}

void compare_posts(const EngineRun& engine, const reference::Outcome& r, AccountId accounts) {
  std::vector<const reference::Post*> posts;
  for (const auto& p : r.posts)
    if (p.author >= accounts) posts.push_back(&p);
  ASSERT_EQ(engine.posts.size(), posts.size());
  for (std::size_t k = 0; k < posts.size(); ++k) {
    const PostRecord& e = engine.posts[k];
    const reference::Post& p = *posts[k];
    ASSERT_EQ(e.id, (PostId{p.author, p.ordinal}));
    ASSERT_EQ(e.studied, p.author - accounts);
    ASSERT_EQ(e.born, p.born);
    ASSERT_EQ(e.content.value, p.v);
    ASSERT_EQ(e.content.kind, p.kind);
    ASSERT_EQ(e.content.topic, p.topic);
    ASSERT_EQ(e.tally.deliveries, p.deliveries);
    ASSERT_EQ(e.tally.impressions, p.impressions);
    ASSERT_EQ(e.accounts.size(), p.shares.size() + 1);
    for (std::size_t n = 1; n < e.accounts.size(); ++n)
      ASSERT_EQ(p.shares[n - 1], std::tuple(e.ticks[n], e.accounts[n], e.accounts[e.parents[n]]));
  }
}

void expect_agreement(SmallWorld& w, Team& team, EngineRun& engine) {
  engine = run_engine(w, team);
  const Setting setting = w.setting();
  const reference::Outcome r = reference::simulate(setting, w.mechanisms, w.scenario.last_tick());
  ASSERT_EQ(first_difference(engine.happenings, r.happenings), "");
  compare_counts(engine, r, setting.accounts());
  compare_policies(engine, r);
  compare_posts(engine, r, setting.accounts());
}

TEST(Reference, AgreesWithTheEngineEventForEvent) {
  Team alone(1), three(3);
  std::uint64_t kinds[8] = {}, background = 0, begun[7] = {}, ended[2] = {};
  for (std::uint64_t number = 1; number <= 200 && !HasFailure(); ++number) {
    SCOPED_TRACE("scenario " + std::to_string(number));
    Team& team = number % 2 == 0 ? three : alone;
    SmallWorld w = random_scenario(number, team);
    EngineRun engine;
    expect_agreement(w, team, engine);
    for (const Happening& h : engine.happenings)
      if (h.author < w.setting().accounts() && h.what == What::follow)
        ++begun[h.ordinal];
      else if (h.author < w.setting().accounts() && h.what == What::unfollow)
        ++ended[h.ordinal];
      else
        ++kinds[static_cast<int>(h.what)], background += h.author < w.setting().accounts();
  }
  // Enough happens for agreement to mean something.
  for (const std::uint64_t count : kinds) EXPECT_GT(count, 500U);
  EXPECT_GT(background, 10'000U);
  for (const std::uint32_t way : {0, 1, 2, 3, 4, 6}) EXPECT_GT(begun[way], 500U);  // but those who met
  for (const std::uint64_t count : ended) EXPECT_GT(count, 500U);
}

// Posts come in bursts where a tick is long: more are alive than cadence times lifetime.
TEST(Reference, AgreesWhereManyPostsAreAlive) {
  Team alone(1);
  for (const double tick : {24.0, 12.0, 2.0}) {
    for (const double lifetime : {48.0, 72.0, 96.0}) {
      SCOPED_TRACE("tick " + std::to_string(tick) + " h, lifetime " + std::to_string(lifetime) + " h");
      SmallWorld w;
      w.scenario.tick = tick, w.scenario.duration = 24 * 8, w.scenario.content.lifetime = lifetime;
      w.scenario.network.accounts = 60, w.scenario.network.mean_followers = 10, w.scenario.network.cutoff = 0.5;
      w.study("busy", (64 - 3) * 24 / lifetime, 0, 30);
      w.mechanisms.attention.on = w.mechanisms.appraisal.on = false;
      w.mechanisms.delay.exponent = 0.05, w.mechanisms.forwarding.rate = 1;
      w.generate(alone);
      EngineRun engine;
      expect_agreement(w, alone, engine);
    }
  }
}

// Whether two runs differ in what happened or in what is reported of it.
bool differ(const EngineRun& a, const EngineRun& b) {
  return a.happenings != b.happenings || std::memcmp(a.row.data(), b.row.data(), a.row.size() * sizeof(double)) != 0;
}

// Makes one parameter wrong: a number by 1 %, a switch altogether.
class Spoiler : public Fields {
 public:
  explicit Spoiler(int which) : left_(which) {}
  std::string spoilt() const { return spoilt_; }

  void number(const char* name, double& value, const About&) override {
    if (hit(name)) value = value * 1.01;
  }
  void flag(const char* name, bool& value, const About&) override {
    if (hit(name)) value = !value;
  }
  void duration(const char* name, double& hours, const About& about) override { number(name, hours, about); }
  void rate(const char* name, double& per_day, const About& about) override { number(name, per_day, about); }
  void numbers(const char* name, std::vector<double>& values, const About&) override {
    if (!values.empty() && hit(name)) values.back() *= 1.01;
  }
  void matrix(const char*, std::vector<std::vector<double>>&, const About&) override {}
  void section(const char* name, const About&, const std::function<void(Fields&)>& declare) override {
    section_ = name;
    declare(*this);
  }
  void integer(const char* name, std::int64_t& value, const About&) override {
    if (hit(name)) value += std::max<std::int64_t>(1, value / 100);
  }
  void text(const char*, std::string&, const About&) override {}
  void choice(const char*, std::string&, const std::vector<const char*>&, const About&) override {}
  void number_or_word(const char* name, double& value, std::string& word, const std::vector<const char*>&,
                      const About&) override {
    if (hit(name)) value *= 1.01, word.clear();
  }
  void accounts(const char*, AccountChoice&, const About&) override {}
  void rate_or_table(const char* name, double& per_day, bool&, const About& about,
                     const std::function<void(Fields&)>&) override {
    number(name, per_day, about);
  }
  void effort(const char* name, double& hours_a_day, const About& about) override { number(name, hours_a_day, about); }
  void distribution(const char*, Distribution&, const About&) override {}
  void sections(const char*, const About&, std::size_t&, const std::function<void(std::size_t, Fields&)>&) override {}
  void check(const char*, bool, const std::string&, const std::string&) override {}

 private:
  bool hit(const char* name) {
    if (left_-- != 0) return false;
    spoilt_ = section_ + "." + name;
    return true;
  }
  int left_;
  std::string section_, spoilt_;
};

// What passes between an account and its readers one to one; bounds are a little beyond a whole number of days.
void talkative(SmallWorld& w) {
  StrategySection& s = w.scenario.strategies.back();
  s.replies = 60, s.calls = 40;
  Dialogue& d = w.mechanisms.of<Dialogue>();
  d.on = true, d.rate = 0.3, d.gain = 2, d.follow_back = d.won = d.annoyed = 0.5, d.patience = 47.5, d.ignored = 2;
  Block& b = w.mechanisms.of<Block>();
  b.on = true, b.chance = 0.2, b.after = 2, b.below = 0.3;
  Ties& t = w.mechanisms.of<Ties>();
  t.on = true, t.fade_conversing = 69, t.fade_met = 100, t.fade_friends = 138.6, t.threshold = 0.5;
  t.feelings = {0.02, 0, 0.1, 0.2, 0.4}, t.face_gain = 20, t.video = 0.2, t.practice = 0.1, t.rest = 23.9;
  t.met = 0.15, t.friends = 0.15;
}

// A world in which every parameter matters.
SmallWorld lively(std::uint32_t kind = 0) {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = 5, s.tick = 0.5, s.duration = 24 * 12, s.network.accounts = 1000, s.network.mean_followers = 30;
  s.network.cutoff = 0.5, s.content.lifetime = 48, s.audience.inflow = 5, s.audience.reciprocal = 0.4;
  s.population.attention = Distribution::log_normal(150, 1), s.population.celebrity_share = 1e-4;
  StrategySection& strategy = w.study("lively", 30, 0, 400);
  strategy.mix[0] = strategy.mix[3] = 0.15, strategy.mix[1] = 0.2, strategy.mix[2] = 0.4, strategy.mix[4] = 0.1;
  strategy.altruism = 0.8;
  Mechanisms& m = w.mechanisms;
  m.suspicion.bound = 2, m.suspicion.memory = 0.7, m.trust.forgiveness = 24, m.forwarding.rate = 0.7;
  m.follow.rate = 0.2, m.unfollow.rate = 0.1, m.unfollow.routine = 8, m.unfollow.new_for = 47.5;
  m.attention.trust = 0.5, m.of<Context>().on = true;
  Problem& p = m.of<Problem>();
  p.on = true, p.preset = "", p.response = 0.3, p.fit = 0.3, p.willingness = 0.5, p.bias = 0.2, p.common = 0.3;
  p.influence = 0.3, p.meet = 0.4, p.expert = 0.6, p.asking = 0.2, p.altruism = 0.5;
  Mob& mob = m.of<Mob>();
  mob.on = true, mob.threshold = Distribution::uniform(-0.1, 0.6), mob.organiser = 0.3, mob.deadline = 47.5;
  mob.altruism = 0.3, mob.trust = 0.3, mob.attend = 0.4, mob.closeness = 0.15;
  m.ladder.innovation = 0.03, m.ladder.imitation = 0.1;
  m.ladder.check_rate = 0.4, m.ladder.adopt_rate = 0.5, m.ladder.client_rate = 0.3;
  // Two kinds of world in turn: what is said one to one, and events.
  if (kind % 2 == 0) {
    talkative(w);
    return w;
  }
  Gathering& g = m.of<Gathering>();
  g.on = true, g.first = 50, g.every = 50, g.notice = 26.1, g.invitations = 250, g.capacity = 90;
  g.accept = 0.9, g.travel = 0.3, g.hosts = 1, g.circle = 60, g.becomes_friend = 0.9, g.friend_influence = 8,
  g.friends = 22, g.face_gain = 2, g.met_shield = 1, g.friend_shield = 1.5;
  s.population.places = 3;
  return w;
}

// A world in which every way of the network to change matters.
SmallWorld restless() {
  SmallWorld w = lively();
  w.scenario.population.posts = 0.5;
  DynamicsSection& d = w.scenario.dynamics;
  d.unfollow = 0.02, d.chatty = 0.1, d.chatty_above = 0.5, d.mutual = 0.5;
  d.follow = 0.6, d.follow_back = 0.3, d.on_reshare = 0.3;
  d.newcomers = 120, d.newcomer_rate = 14.3, d.newcomer_follows = 20;
  return w;
}

// Spoils one parameter; its name, or nothing where there are no more.
template <class Parameters>
std::string spoil(Parameters& parameters, int which) {
  Spoiler spoiler(which);
  parameters.declare(spoiler);
  return spoiler.spoilt();
}

template <class Parameters>
std::map<int, std::string> all_of(Parameters parameters) {
  std::map<int, std::string> names;
  for (std::string name; !(name = spoil(parameters, static_cast<int>(names.size()))).empty();)
    names[static_cast<int>(names.size())] = name;
  return names;
}

TEST(Reference, WouldNoticeAnyWrongParameter) {
  Team alone(1);
  std::map<int, std::string> unnoticed = all_of(Mechanisms());
  EXPECT_GT(unnoticed.size(), 50U);
  for (std::uint32_t replicate = 0; replicate < 24 && !unnoticed.empty(); ++replicate) {
    SmallWorld w = lively(replicate);
    w.replicate = replicate;
    w.generate(alone);
    EngineRun truth;
    expect_agreement(w, alone, truth);
    ASSERT_FALSE(HasFailure());
    const Mechanisms right = w.mechanisms;
    std::erase_if(unnoticed, [&](const auto& parameter) {
      w.mechanisms = right;
      spoil(w.mechanisms, parameter.first);
      return differ(run_engine(w, alone), truth);
    });
  }
  for (const auto& [number, name] : unnoticed) ADD_FAILURE() << name << " may be wrong by 1 %";
}

TEST(Reference, WouldNoticeWrongStandingOfAnAccount) {
  Team alone(1);
  bool trust = false, suspicion = false;
  for (std::uint32_t replicate = 0; replicate < 24 && !(trust && suspicion) && !HasFailure(); ++replicate) {
    SmallWorld w = lively();
    w.replicate = replicate;
    StrategySection& s = w.scenario.strategies[0];
    s.authenticity = 0.5, s.prior_word.clear(), s.prior_suspicion = 0.3;
    w.generate(alone);
    EngineRun engine;
    expect_agreement(w, alone, engine);
    s.authenticity = 0.505;
    trust = trust || run_engine(w, alone).happenings != engine.happenings;
    s.authenticity = 0.5, s.prior_suspicion = 0.303;
    suspicion = suspicion || run_engine(w, alone).happenings != engine.happenings;
  }
  EXPECT_TRUE(trust && suspicion);
}

TEST(Reference, WouldNoticeAnyWrongRateOfChange) {
  Team alone(1);
  std::map<int, std::string> unnoticed = all_of(DynamicsSection());
  EXPECT_EQ(unnoticed.size(), 12U);
  for (std::uint32_t replicate = 0; replicate < 4 && !unnoticed.empty(); ++replicate) {
    SmallWorld right = restless();
    right.replicate = replicate;
    right.generate(alone);
    const std::vector<Happening> truth =
        reference::simulate(right.setting(), right.mechanisms, right.scenario.last_tick()).happenings;
    ASSERT_EQ(first_difference(run_engine(right, alone).happenings, truth), "");
    std::erase_if(unnoticed, [&](const auto& parameter) {
      SmallWorld wrong = restless();
      wrong.replicate = replicate;
      spoil(wrong.scenario.dynamics, parameter.first);
      wrong.generate(alone);
      return run_engine(wrong, alone).happenings != truth;
    });
  }
  for (const auto& [number, name] : unnoticed) ADD_FAILURE() << name << " may be wrong by 1 %";
}

// Two cohorts that differ in everything, by day and night, over a weekend.
SmallWorld with_cohorts() {
  SmallWorld w = lively();
  PopulationSection& p = w.scenario.population;
  w.scenario.duration = 24 * 8, p.posts = 0.5, p.rhythm.shape = "day", p.rhythm.weekend = 0.7;
  p.cohorts.resize(2);
  p.cohorts[0].share = 0.4, p.cohorts[0].shift = 7.5, p.cohorts[0].awake = 0.8, p.cohorts[0].attention = 0.6;
  p.cohorts[1].share = 0.3, p.cohorts[1].activity = 1.5, p.cohorts[1].affinity = 1.3;
  p.cohorts[1].sellers = 0.4, p.cohorts[1].sellers_as.clear();
  return w;
}

TEST(Reference, WouldNoticeAnyWrongHourAndCohort) {
  Team alone(1);
  std::map<int, std::string> hours = all_of(RhythmSection()), cohorts = all_of(CohortSection());
  EXPECT_EQ(hours.size(), 3U);
  EXPECT_EQ(cohorts.size(), 7U);
  for (std::uint32_t replicate = 0; replicate < 4 && hours.size() + cohorts.size() > 0; ++replicate) {
    SmallWorld right = with_cohorts();
    right.replicate = replicate;
    right.generate(alone);
    const std::vector<Happening> truth =
        reference::simulate(right.setting(), right.mechanisms, right.scenario.last_tick()).happenings;
    ASSERT_EQ(first_difference(run_engine(right, alone).happenings, truth), "");
    const auto noticed = [&](const auto& spoil_one) {
      SmallWorld wrong = with_cohorts();
      wrong.replicate = replicate;
      spoil_one(wrong.scenario.population);
      wrong.generate(alone);
      return run_engine(wrong, alone).happenings != truth;
    };
    std::erase_if(hours,
                  [&](const auto& one) { return noticed([&](PopulationSection& p) { spoil(p.rhythm, one.first); }); });
    std::erase_if(cohorts, [&](const auto& one) {
      return noticed([&](PopulationSection& p) { spoil(p.cohorts[0], one.first); });
    });
  }
  for (const auto* unnoticed : {&hours, &cohorts})
    for (const auto& [number, name] : *unnoticed) ADD_FAILURE() << name << " may be wrong by 1 %";
}

}  // namespace
}  // namespace passalong
