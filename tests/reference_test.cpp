// label: theory
// The engine against the reference: 200 random small scenarios, every event and every counter equal. Exact, so there
// is no false alarm; a mismatch names the scenario's number and the first event that differs.
#include "tests/reference.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

#include "tests/small_world.hpp"

namespace passalong {
namespace {

// Draws for the scenarios themselves.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : bits_(seed) {}
  double between(double low, double high) { return low + (high - low) * static_cast<double>(bits_() >> 11) * 0x1p-53; }
  bool chance(double p) { return between(0, 1) < p; }
  std::int64_t whole(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(between(0, 1) * static_cast<double>(high - low + 1));
  }
  double wide(double low, double high) { return std::exp(between(std::log(low), std::log(high))); }
  double one_of(std::initializer_list<double> values) {
    return values.begin()[whole(0, static_cast<std::int64_t>(values.size()) - 1)];
  }

 private:
  std::mt19937_64 bits_;
};

void roll_mechanisms(Dice& dice, Mechanisms& m) {
  for (bool* on : {&m.attention.on, &m.appraisal.on, &m.suspicion.on, &m.trust.on, &m.forwarding.on, &m.delay.on,
                   &m.follow.on, &m.unfollow.on, &m.ladder.on})
    *on = !dice.chance(0.08);
  m.forwarding.friends = !dice.chance(0.15);
  if (dice.chance(0.15)) return;
  m.appraisal.value_weight = dice.between(0, 3), m.appraisal.affinity_weight = dice.between(0, 2);
  m.appraisal.pitch_weight = dice.between(0, 2), m.appraisal.residual_dislike = dice.between(0, 1);
  m.appraisal.routine_weight = dice.between(0, 1), m.appraisal.trust_weight = dice.between(0, 1);
  m.appraisal.cost = dice.between(0, 0.1), m.appraisal.noise = dice.one_of({0, 0.15, 0.5});
  m.appraisal.decay = dice.between(0, 1), m.appraisal.decay_exponent = dice.between(0.1, 1);
  m.suspicion.pitcher_rate = dice.between(0.3, 0.95), m.suspicion.ordinary_rate = dice.between(0.05, 0.6);
  m.suspicion.misreading = dice.one_of({0, 0.1, 0.5}), m.suspicion.prior = dice.between(0.02, 0.8);
  m.suspicion.memory = dice.one_of({0, 0.5, 0.97, 1}), m.suspicion.bound = dice.wide(0.5, 50);
  m.trust.gain = dice.between(0, 3), m.trust.pitch_gain = dice.between(0, 1), m.trust.loss = dice.between(0, 5);
  m.trust.repeated_loss = dice.between(0, 1), m.trust.memory = dice.one_of({0, 0.5, 0.97, 1});
  m.trust.dead_zone = dice.one_of({0, 0.05, 0.3}), m.trust.forgiveness = dice.one_of({0, 1, 24, 100, 720});
  m.forwarding.rate = dice.wide(0.05, 1), m.forwarding.steepness = dice.wide(0.5, 50);
  m.forwarding.stranger = dice.between(0, 1);
  m.delay.exponent = dice.wide(0.05, 3), m.delay.plateau = dice.wide(0.01, 20),
  m.delay.trust_speed = dice.between(0, 4);
  m.follow.rate = dice.wide(0.01, 1), m.follow.slope = dice.between(0, 20), m.follow.midpoint = dice.between(-1, 1);
  m.follow.reciprocity = dice.between(0, 3), m.follow.repetition = dice.between(0, 3);
  m.unfollow.rate = dice.one_of({0, 1e-4, 0.0406 / 30, 0.05, 0.5, 5}), m.unfollow.base = dice.between(0, 1);
  m.unfollow.pitch = dice.between(0, 5), m.unfollow.irrelevance = dice.between(0, 5);
  m.unfollow.volume = dice.between(0, 50), m.unfollow.routine = dice.between(0, 5);
  m.unfollow.trust = dice.between(0, 3), m.unfollow.reciprocity = dice.between(0, 2);
  m.unfollow.seller = dice.between(0, 3), m.unfollow.memory = dice.wide(0.01, 1);
  m.unfollow.new_tie = dice.between(0, 4), m.unfollow.new_for = dice.one_of({0, 5, 24, 48, 720});
  m.ladder.check_rate = dice.wide(0.02, 1), m.ladder.check_trust = dice.between(0, 6);
  m.ladder.wear = dice.between(0, 0.5), m.ladder.pull = dice.between(0, 1);
  m.ladder.adopt_rate = dice.wide(0.02, 1), m.ladder.client_rate = dice.wide(0.01, 10);
}

void roll_population(Dice& dice, Scenario& s) {
  PopulationSection& p = s.population;
  p.topics = dice.whole(1, 9), p.product_topic = dice.whole(1, p.topics);
  p.concentration = dice.wide(0.1, 3), p.homophily = dice.between(0, 1);
  p.attention = Distribution::log_normal(dice.wide(3, 300), dice.between(0.1, 1.5));
  p.activity = Distribution::log_normal(dice.wide(0.1, 3), dice.between(0.1, 1.5));
  p.activity_fame = dice.between(-0.9, 0.9), p.sellers = dice.one_of({0, 0.1, 0.5, 1});
  p.celebrity_share = dice.wide(1e-4, 0.5);
  if (dice.chance(0.2)) p.affinity_interested = Distribution::normal(0.6, 0.4);  // beyond 0 and 1: has to be cut
  if (dice.chance(0.2)) p.affinity_others = Distribution::uniform(0, 0.8);
  s.audience.affinity_weight = dice.between(0, 5), s.audience.topic_weight = dice.between(0, 3);
  s.audience.reciprocal = dice.between(0, 1), s.audience.followee_cap = dice.wide(1, 200);
  s.audience.inflow = dice.one_of({0, 0.02, 1, 20}), s.audience.inflow_near = dice.one_of({0, 0.4, 1});
  s.content.topics = dice.whole(1, 6), s.content.topic_decay = dice.between(0.1, 1);
  s.content.lifetime = s.tick * static_cast<double>(dice.whole(1, static_cast<std::int64_t>(240 / s.tick)));
  if (!dice.chance(1.0 / 3)) return;
  p.posts = dice.between(0.5, 3);
  p.routine = dice.between(0, 1), p.conversation = dice.between(0, 1), p.news = dice.between(0.01, 1);
  p.promotion = dice.between(0, 0.5), p.seller_promotion = dice.between(0, 1);
  p.conversation_value = dice.between(0, 1), p.conversation_routine = dice.between(0, 1);
}

void roll_strategies(Dice& dice, SmallWorld& w, std::int64_t accounts) {
  const std::int64_t count = dice.chance(0.25) ? 2 : 1;  // two studied accounts may share a world
  for (std::int64_t k = 0; k < count; ++k) {
    StrategySection& s =
        w.study("s" + std::to_string(k), dice.chance(0.05) ? 0 : dice.wide(0.2, 40), 0, dice.whole(0, accounts));
    const double value = dice.one_of({0, 1, 3}) + dice.between(0, 1), pitch = dice.one_of({0, 1}) + dice.between(0, 1),
                 routine = dice.chance(0.5) ? dice.between(0, 1) : 0, sum = value + pitch + routine;
    s.mix[0] = value / sum, s.mix[1] = pitch / sum, s.mix[2] = routine / sum;
  }
}

Network roll_edges(Dice& dice, AccountId accounts) {
  std::vector<std::pair<AccountId, AccountId>> follows;
  const double mean = dice.wide(0.5, 30), skew = dice.between(1, 4);
  for (std::int64_t k = 0; k < static_cast<std::int64_t>(mean * accounts); ++k) {
    const auto somebody = [&](double power) {
      return static_cast<AccountId>(std::min(accounts - 1.0, std::pow(dice.between(0, 1), power) * accounts));
    };
    follows.emplace_back(somebody(1), somebody(skew));
  }
  std::sort(follows.begin(), follows.end());
  follows.erase(std::unique(follows.begin(), follows.end()), follows.end());
  return network_from_edges(accounts, follows);
}

SmallWorld roll(std::uint64_t number, Team& team) {
  Dice dice(number);
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = dice.whole(0, 1'000'000'000), w.replicate = static_cast<std::uint32_t>(dice.whole(0, 5));
  s.tick = dice.one_of({1, 1, 2, 0.5, 24}), s.duration = 24.0 * static_cast<double>(dice.whole(1, 20));
  const std::int64_t accounts = s.network.accounts = static_cast<std::int64_t>(dice.wide(20, 400));
  roll_population(dice, s);
  roll_mechanisms(dice, w.mechanisms);
  roll_strategies(dice, w, accounts);
  s.network.mean_followers = dice.wide(1, static_cast<double>(accounts) / 8), s.network.cutoff = 0.5;
  if (dice.chance(0.5))
    w.generate(team);
  else
    w.take(roll_edges(dice, static_cast<AccountId>(accounts)), team);
  return w;
}

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
  static constexpr const char* words[] = {"post", "share", "follow", "unfollow", "check", "adopt", "client"};
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

// What both sides count of the first studied account and of everyone, by the engine's names.
std::map<std::string, std::uint64_t> counts(const reference::Outcome& r, AccountId accounts) {
  std::map<std::string, std::uint64_t> n{{"followers", r.followers[0].size()}, {"reach", r.reach[0].size()}};
  static constexpr const char* names[] = {"posts", "", "follows", "unfollows", "checks", "adoptions", "clients"};
  for (const Happening& h : r.happenings)
    if (h.author == accounts) ++n[names[static_cast<int>(h.what)]];
  n["customers"] = n["adoptions"];
  for (const reference::Post& p : r.posts)
    for (const std::string whose : {"", "world_"}) {
      if (whose.empty() && p.author != accounts) continue;
      n[whose + "deliveries"] += p.deliveries, n[whose + "impressions"] += p.impressions;
      n[whose + "shares"] += p.shares.size();
    }
  return n;
}

void compare_counts(const EngineRun& engine, const reference::Outcome& r, AccountId accounts) {
  auto expected = counts(r, accounts);
  for (std::size_t q = 0; q < engine.quantities.size(); ++q)
    if (engine.quantities[q].integer) {
      EXPECT_EQ(engine.row[q], static_cast<double>(expected[engine.quantities[q].name])) << engine.quantities[q].name;
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
  compare_posts(engine, r, setting.accounts());
}

TEST(Reference, AgreesWithTheEngineEventForEvent) {
  Team alone(1), three(3);
  std::uint64_t kinds[7] = {}, background = 0;
  for (std::uint64_t number = 1; number <= 200 && !HasFailure(); ++number) {
    SCOPED_TRACE("scenario " + std::to_string(number));
    Team& team = number % 2 == 0 ? three : alone;
    SmallWorld w = roll(number, team);
    EngineRun engine;
    expect_agreement(w, team, engine);
    for (const Happening& h : engine.happenings)
      ++kinds[static_cast<int>(h.what)], background += h.author < w.setting().accounts();
  }
  // Enough happens for agreement to mean something.
  for (const std::uint64_t count : kinds) EXPECT_GT(count, 500U);
  EXPECT_GT(background, 10'000U);
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
  void numbers(const char*, std::vector<double>&, const About&) override {}
  void matrix(const char*, std::vector<std::vector<double>>&, const About&) override {}
  void section(const char* name, const About&, const std::function<void(Fields&)>& declare) override {
    section_ = name;
    declare(*this);
  }
  void integer(const char*, std::int64_t&, const About&) override {}
  void text(const char*, std::string&, const About&) override {}
  void choice(const char*, std::string&, const std::vector<const char*>&, const About&) override {}
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

// A world in which every parameter matters.
SmallWorld lively() {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = 5, s.tick = 0.5, s.duration = 24 * 12, s.network.accounts = 1000, s.network.mean_followers = 30;
  s.network.cutoff = 0.5, s.content.lifetime = 48, s.audience.inflow = 5, s.audience.reciprocal = 0.4;
  s.population.attention = Distribution::log_normal(150, 1), s.population.celebrity_share = 1e-4;
  StrategySection& strategy = w.study("lively", 30, 0, 400);
  strategy.mix[0] = strategy.mix[1] = 0.3, strategy.mix[2] = 0.4;
  Mechanisms& m = w.mechanisms;
  m.suspicion.bound = 2, m.suspicion.memory = 0.7, m.trust.forgiveness = 24, m.forwarding.rate = 0.7;
  m.follow.rate = 0.2, m.unfollow.rate = 0.1, m.unfollow.routine = 4, m.unfollow.new_for = 47.5;
  m.ladder.check_rate = 0.4, m.ladder.adopt_rate = 0.5, m.ladder.client_rate = 0.3;
  return w;
}

// Spoils one parameter; its name, or nothing where there are no more.
std::string spoil(Mechanisms& mechanisms, int which) {
  Spoiler spoiler(which);
  mechanisms.declare(spoiler);
  return spoiler.spoilt();
}

TEST(Reference, WouldNoticeAnyWrongParameter) {
  Team alone(1);
  std::map<int, std::string> unnoticed;
  for (Mechanisms all;;) {
    const int next = static_cast<int>(unnoticed.size());
    const std::string name = spoil(all, next);
    if (name.empty()) break;
    unnoticed[next] = name;
  }
  EXPECT_GT(unnoticed.size(), 50U);
  for (std::uint32_t replicate = 0; replicate < 8 && !unnoticed.empty(); ++replicate) {
    SmallWorld w = lively();
    w.replicate = replicate;
    w.generate(alone);
    const std::vector<Happening> truth =
        reference::simulate(w.setting(), w.mechanisms, w.scenario.last_tick()).happenings;
    ASSERT_EQ(first_difference(run_engine(w, alone).happenings, truth), "");
    const Mechanisms right = w.mechanisms;
    std::erase_if(unnoticed, [&](const auto& parameter) {
      w.mechanisms = right;
      spoil(w.mechanisms, parameter.first);
      return run_engine(w, alone).happenings != truth;
    });
  }
  for (const auto& [number, name] : unnoticed) ADD_FAILURE() << name << " may be wrong by 1 %";
}

}  // namespace
}  // namespace passalong
