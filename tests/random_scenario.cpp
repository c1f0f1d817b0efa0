// Parameters over their whole range, switches now and then, networks of many shapes: what nobody would think of.
#include "tests/random_scenario.hpp"

#include <algorithm>
#include <cmath>
#include <random>

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

// With dice of its own, so that the rest of the scenario is what it was without.
void roll_mob(Dice&& dice, SmallWorld& w) {
  Mob& m = w.mechanisms.of<Mob>();
  m.on = dice.chance(0.6);
  if (dice.chance(0.5))
    m.threshold = Distribution::normal(dice.between(0, 0.5), dice.between(0, 0.4));
  else
    m.threshold = Distribution::uniform(-0.2, dice.between(0, 1));
  if (dice.chance(0.2)) m.thresholds = {0, 2, 1, 3, 0.1, 1};
  m.deterministic = dice.chance(0.3), m.unit = dice.chance(0.3) ? "people" : "share";
  m.altruism = dice.between(0, 0.5), m.trust = dice.between(0, 0.5), m.organiser = dice.one_of({0, 0.2, 3});
  m.attend = dice.between(0, 1), m.closeness = dice.between(0, 0.5);
  m.deadline = w.scenario.tick * static_cast<double>(dice.whole(1, w.scenario.ticks(w.scenario.content.lifetime)));
  Ladder& ladder = w.mechanisms.ladder;
  ladder.innovation = dice.one_of({0, 0.02, 0.5}), ladder.imitation = dice.one_of({0, 0.05, 1});
  for (auto* policies : {&w.scenario.strategies, &w.scenario.brands})
    for (StrategySection& s : *policies) {
      const double invitations = dice.one_of({0, 0.3, 1});
      for (double& share : s.mix) share *= 1 - invitations;
      s.mix[4] += invitations, s.altruism = dice.between(0, 1);
    }
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

void roll_gathering(Dice& dice, SmallWorld& w) {
  Gathering& g = w.mechanisms.of<Gathering>();
  g.on = dice.chance(0.35);
  g.first = dice.between(0, 200), g.every = dice.between(24, 200), g.notice = dice.one_of({0, 20, 1}) * g.every / 21;
  g.place = dice.whole(1, 3), g.invitations = dice.whole(0, 200), g.capacity = dice.whole(0, 60);
  g.accept = dice.between(0, 1), g.warmth = dice.between(0, 2), g.travel = dice.between(0, 3);
  g.attend = dice.between(0, 1), g.becomes_met = dice.between(0, 1), g.becomes_friend = dice.between(0, 1);
  g.face_gain = dice.between(0, 10), g.hosts = dice.whole(0, 3), g.circle = dice.whole(0, 30);
  g.friends = dice.whole(0, 10), g.met_shield = dice.between(0, 3), g.friend_shield = dice.between(0, 3);
  g.met_influence = dice.between(0, 5), g.friend_influence = dice.between(0, 9);
  g.closure = dice.one_of({0, 0.5, 1}), g.new_ties = dice.whole(0, 6);
  static constexpr const char* ways[] = {"random", "closest", "customers", "fans", "near", "nobody"};
  for (StrategySection& s : w.scenario.strategies) s.promote = ways[dice.whole(0, 5)];
  for (StrategySection& s : w.scenario.brands) s.promote = ways[dice.whole(0, 5)];
}

void roll_dynamics(Dice& dice, Scenario& s) {
  if (dice.chance(0.5)) return;
  DynamicsSection& d = s.dynamics;
  d.unfollow = dice.one_of({0, 0.001, 0.05, 1}), d.chatty = dice.one_of({0, 0.01, 0.2});
  d.chatty_above = dice.between(0, 2), d.mutual = dice.one_of({0, 0.5, 1});
  d.follow = dice.one_of({0, 0.05, 1}), d.preferential = dice.between(0, 1);
  d.closure = dice.chance(0.2) ? 1 - d.preferential : dice.between(0, 1 - d.preferential);
  d.follow_back = dice.one_of({0, 0.3, 1});
  if (s.population.posts > 0) d.on_reshare = dice.one_of({0, 0.1, 1});
  if (dice.chance(0.5)) return;
  d.newcomers = dice.whole(1, 40), d.newcomer_rate = dice.wide(0.2, 40), d.newcomer_follows = dice.whole(0, 20);
}

// With dice of their own, so that what else is rolled stays as it was.
void roll_crowd(Dice dice, Scenario& s) {
  PopulationSection& p = s.population;
  p.places = static_cast<std::int64_t>(dice.one_of({0, 1, 20}));
  if (dice.chance(0.4)) return;
  const std::int64_t cohorts = dice.whole(0, 3);
  for (std::int64_t k = 0; k < cohorts; ++k) {
    CohortSection c;
    c.share = dice.between(0, 1.0 / static_cast<double>(cohorts)), c.shift = dice.one_of({-24, -7.5, 0, 8, 13});
    c.attention = dice.one_of({0, 0.5, 1, 3}), c.activity = dice.one_of({0, 0.5, 1, 3});
    c.affinity = dice.one_of({0, 1, 2}), c.awake = dice.one_of({0, 0.5, 1, 4});
    if (dice.chance(0.5)) c.sellers = dice.between(0, 1), c.sellers_as.clear();
    p.cohorts.push_back(c);
  }
  RhythmSection& r = p.rhythm;
  if (dice.chance(0.2)) return;
  r.shape = dice.chance(0.5) ? "day" : "hours", r.level = dice.chance(0.7) ? "peak" : "mean";
  r.amplitude = dice.between(0, 1), r.peak = dice.whole(0, 23), r.weekend = dice.one_of({0, 0.5, 1, 2});
  if (r.shape == "day") return;
  for (std::vector<double>* hours : {&r.activity, &r.attention})
    for (int h = 0; h < 24 && !dice.chance(0.01); ++h) hours->push_back(h == 0 ? 1 : dice.between(0, 1));
  for (std::vector<double>* hours : {&r.activity, &r.attention})
    if (hours->size() < 24) hours->clear();
}

void roll_dialogue(Dice& dice, Mechanisms& m) {
  Dialogue& d = m.of<Dialogue>();
  d.on = dice.chance(0.5);
  d.rate = dice.wide(0.01, 1), d.steepness = dice.wide(0.5, 50), d.conversing = dice.between(0, 4);
  const double order = dice.between(0, 3);
  d.answer = order < 1 ? "random" : order < 2 ? "closest" : "newest";
  d.gain = dice.between(0, 3), d.follow_back = dice.between(0, 1), d.won = dice.between(0, 1);
  d.patience = dice.one_of({0, 5, 24, 47, 200}), d.annoyed = dice.between(0, 1), d.ignored = dice.between(0, 3);
  Block& b = m.of<Block>();
  b.on = dice.chance(0.5);
  b.below = dice.between(0, 0.5), b.after = dice.whole(1, 4), b.chance = dice.wide(0.01, 1);
}

void roll_ties(Dice& dice, Mechanisms& m) {
  Ties& t = m.of<Ties>();
  t.on = dice.chance(0.5);
  t.fade_conversing = dice.wide(10, 1000), t.fade_met = dice.wide(10, 1000), t.fade_friends = dice.wide(10, 1000);
  t.threshold = dice.between(0, 1), t.most_met = dice.whole(0, 40), t.most_friends = dice.whole(0, 20);
  for (std::vector<double>* values : {&t.feelings, &t.shields, &t.influences})
    for (double& value : *values) value = dice.between(0, 2);
  t.influences[1] += 0.01;
  t.face_gain = dice.between(0, 8), t.video = dice.between(0, 1), t.practice = dice.between(0, 1);
  t.rest = dice.one_of({0, 24, 47, 200}), t.met = dice.between(0, 0.4), t.friends = dice.between(0, 0.4);
}

void roll_strategies(Dice& dice, SmallWorld& w, std::int64_t accounts) {
  const std::int64_t count = dice.chance(0.25) ? dice.whole(2, 3) : 1;  // several studied accounts may share a world
  for (std::int64_t k = 0; k < count; ++k) {
    StrategySection& s =
        w.study("s" + std::to_string(k), dice.chance(0.05) ? 0 : dice.wide(0.2, 40), 0, dice.whole(0, accounts));
    const double value = dice.one_of({0, 1, 3}) + dice.between(0, 1), pitch = dice.one_of({0, 1}) + dice.between(0, 1),
                 routine = dice.chance(0.5) ? dice.between(0, 1) : 0, sum = value + pitch + routine;
    s.mix[0] = value / sum, s.mix[1] = pitch / sum, s.mix[2] = routine / sum;
  }
  if (count > 1) w.compete();
}

// What a policy can be beyond cadence and mix.
void roll_mix(Dice& dice, double (&mix)[kinds_in_mix]) {
  double sum = 0;
  for (double& part : mix) sum += part = dice.one_of({0, 0.5}) + dice.between(0, 1);
  for (double& part : mix) part /= sum;
}

void roll_phases(Dice& dice, StrategySection& s) {
  s.phases.resize(static_cast<std::size_t>(dice.whole(1, 3)));
  for (std::size_t k = 0; k < s.phases.size(); ++k) {
    roll_mix(dice, s.phases[k].mix);
    if (k + 1 < s.phases.size())
      s.phases[k].until = 24.0 * static_cast<double>(dice.whole(1, 4)) + 96.0 * static_cast<double>(k);
    s.phases[k].posts = dice.one_of({0, 1, 10});
  }
}

void roll_calendar(Dice& dice, const Scenario& scenario, StrategySection& s) {
  s.calendar.file = "written in the test", s.calendar.posts.resize(static_cast<std::size_t>(dice.whole(1, 60)));
  for (CalendarPost& post : s.calendar.posts) {
    post.day = dice.between(-scenario.warm_up, scenario.duration) / 24;
    post.kind = mixed_kinds[dice.whole(0, static_cast<std::int64_t>(kinds_in_mix) - 1)];
    if (dice.chance(0.5)) post.topic = static_cast<std::int16_t>(dice.whole(0, scenario.population.topics - 1));
    if (dice.chance(0.5) && post.kind != PostKind::routine) post.quality = static_cast<float>(dice.between(0, 1));
  }
  std::ranges::sort(s.calendar.posts, {}, &CalendarPost::day);
}

void roll_week(Dice& dice, StrategySection& s) {
  if (dice.chance(0.7))
    for (int h = 0; h < 24; ++h) s.hours.push_back(dice.one_of({0, 1, 1, 5}) + (h == 9));
  if (dice.chance(0.7))
    for (int d = 0; d < 7; ++d) s.weekdays.push_back(dice.one_of({0, 1, 1, 3}) + (d == 2));
}

void roll_learning(Dice& dice, StrategySection& s) {
  const char* rules[] = {"epsilon-greedy", "ucb", "thompson"};
  s.learn = rules[dice.whole(0, 2)], s.learning.every = 24.0 * static_cast<double>(dice.whole(1, 2));
  s.learning.arms.resize(static_cast<std::size_t>(dice.whole(1, 6)));
  for (double& arm : s.learning.arms) arm = dice.one_of({0, 1, dice.between(0, 1)});
  s.learning.epsilon = dice.between(0, 0.6), s.learning.exploration = dice.between(0, 2);
  s.reward = {dice.between(0, 2), dice.between(0, 2), dice.between(0, 1)};
}

void roll_policies(Dice& dice, SmallWorld& w) {
  w.scenario.warm_up = 24.0 * static_cast<double>(dice.whole(0, 2));
  for (auto* policies : {&w.scenario.strategies, &w.scenario.brands})
    for (StrategySection& s : *policies) {
      if (dice.chance(0.2)) {
        roll_calendar(dice, w.scenario, s);
      } else {
        if (dice.chance(0.5)) roll_mix(dice, s.mix);
        dice.chance(0.5) ? roll_phases(dice, s) : roll_learning(dice, s);
        if (dice.chance(0.4)) roll_week(dice, s);
        if (dice.chance(0.3)) s.budget = dice.wide(0.1, 5), s.effort.posts = dice.between(0.2, 1);
      }
      if (dice.chance(0.5)) s.authenticity = dice.one_of({0, dice.between(0, 1)});
      if (dice.chance(0.5)) s.prior_word.clear(), s.prior_suspicion = dice.between(0.01, 0.9);
      if (!s.learns() && dice.chance(0.4)) s.order = dice.chance(0.5) ? "value first" : "pitch first";
    }
}

// With dice of its own, so that what the others show stays.
void roll_problem(Dice dice, SmallWorld& w) {
  Problem& p = w.mechanisms.of<Problem>();
  if (!(p.on = dice.chance(0.5))) return;
  p.preset = dice.chance(0.3) ? "contest" : "", p.response = dice.between(0, 1), p.expertise = dice.one_of({0, 0.5, 2});
  p.typical = dice.between(0.1, 1), p.fit = dice.one_of({0, dice.between(0, 1)}), p.willingness = dice.between(-2, 2);
  p.trust = dice.between(0, 3), p.skill = dice.between(0, 2), p.distance = dice.between(0, 1);
  p.luck = dice.one_of({0, 0.5}), p.error = dice.between(0, 2), p.bias = dice.one_of({0, -1});
  p.common = dice.one_of({0, 0.3, 1}), p.influence = dice.one_of({0, 0.6, 1}), p.altruism = dice.between(0, 5);
  p.asking = dice.between(0, 2), p.meet = dice.one_of({0, 0.1, 1}), p.across = dice.one_of({0, 0.5, 1});
  p.expert = dice.between(0.2, 0.9);
  const double share = dice.one_of({0, 0.2, 1});
  for (StrategySection& s : w.scenario.brands.empty() ? w.scenario.strategies : w.scenario.brands) {
    for (double& kind : s.mix) kind *= 1 - share;
    s.mix[3] += share;
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
}  // namespace

SmallWorld random_scenario(std::uint64_t number, Team& team) {
  Dice dice(number);
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = dice.whole(0, 1'000'000'000), w.replicate = static_cast<std::uint32_t>(dice.whole(0, 5));
  s.tick = dice.one_of({1, 1, 2, 0.5, 24}), s.duration = 24.0 * static_cast<double>(dice.whole(1, 20));
  const std::int64_t accounts = s.network.accounts = static_cast<std::int64_t>(dice.wide(20, 400));
  roll_population(dice, s);
  roll_mechanisms(dice, w.mechanisms);
  if (dice.chance(0.25)) {
    w.mechanisms.attention.form = "fixed";
    s.population.attention = Distribution::exponential(dice.wide(0.02, 0.6));
  }
  roll_dynamics(dice, s);
  roll_crowd(Dice(~number), s);
  roll_strategies(dice, w, accounts);
  Dice more(number + 1'000'000);
  if (more.chance(0.5)) roll_policies(more, w);
  // Each its own, so that the scenarios stay what they are without.
  roll_problem(Dice(number + 2'000'000), w);
  Dice of_gathering(number + 3'000'000);
  roll_gathering(of_gathering, w);
  if (number % 2 == 0) roll_mob(Dice(number + 4'000'000), w);
  s.network.mean_followers = dice.wide(1, static_cast<double>(accounts) / 8), s.network.cutoff = 0.5;
  if (dice.chance(0.5))
    w.generate(team);
  else
    w.take(roll_edges(dice, static_cast<AccountId>(accounts)), team);
  roll_dialogue(dice, w.mechanisms), roll_ties(dice, w.mechanisms);
  for (auto* arms : {&s.strategies, &s.brands})
    for (StrategySection& arm : *arms)
      arm.replies = dice.one_of({0, 0.3, 5, 100}), arm.calls = dice.one_of({0, 0.4, 3});
  return w;
}

}  // namespace passalong
