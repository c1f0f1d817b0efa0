// What is set is set so that each mechanism has something to do within days.
#include "tests/lively.hpp"

namespace passalong {
namespace {

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

}  // namespace

SmallWorld lively(std::uint32_t kind) {
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
  // In every fourth world the account stays small, so that its daily life bores.
  if (kind % 4 == 3) strategy.followers = 60, s.audience.inflow = 0.2, m.follow.rate = 0.01;
  // Two kinds of world in turn: what is said one to one, and events.
  if (kind % 2 == 0) {
    talkative(w);
    return w;
  }
  Gathering& g = m.of<Gathering>();
  g.on = true, g.first = 50, g.every = 50, g.notice = 26.1, g.invitations = 250, g.capacity = 90;
  g.accept = 0.9, g.travel = 0.3, g.hosts = 1, g.circle = 60, g.becomes_friend = 0.9, g.friend_influence = 8,
  g.friends = 12, g.face_gain = 2, g.met_shield = 1, g.friend_shield = 1.5;
  s.population.places = 3;
  return w;
}

SmallWorld restless() {
  SmallWorld w = lively();
  w.scenario.population.posts = 0.5;
  DynamicsSection& d = w.scenario.dynamics;
  d.unfollow = 0.02, d.chatty = 0.1, d.chatty_above = 0.5, d.mutual = 0.5;
  d.follow = 0.6, d.follow_back = 0.3, d.on_reshare = 0.3;
  d.newcomers = 120, d.newcomer_rate = 14.3, d.newcomer_follows = 20;
  return w;
}

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

}  // namespace passalong
