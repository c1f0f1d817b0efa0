// Worlds where attention is a feed, and what they count.
#pragma once
#include <map>
#include <string>

#include "tests/agreement.hpp"

namespace passalong {

// Everyone posts, is read in checks of a feed, and passes much on.
inline SmallWorld checking(const char* ranking, double fresh) {
  SmallWorld w;
  Scenario& s = w.scenario;
  s.seed = 3, s.tick = 0.5, s.duration = 24 * 5, s.network.accounts = 300, s.network.mean_followers = 20;
  s.network.cutoff = 0.5, s.content.lifetime = 72, s.audience.inflow = 5, s.population.posts = 1;
  s.population.attention = Distribution::log_normal(15, 1), s.population.celebrity_share = 1e-3;
  StrategySection& strategy = w.study("feed", 8, 0, 120);
  strategy.mix[0] = strategy.mix[1] = 0.4, strategy.mix[2] = 0.2;
  Mechanisms& m = w.mechanisms;
  m.forwarding.rate = 1, m.follow.rate = 0.2, m.unfollow.rate = 0.1, m.ladder.check_rate = 0.4;
  m.attention.form = "feed", m.attention.feed.ranking = ranking, m.attention.feed.fresh = fresh;
  m.attention.feed.slots = 6;
  return w;
}

// ... on a network that changes.
inline SmallWorld changing(const char* ranking, double fresh) {
  SmallWorld w = checking(ranking, fresh);
  DynamicsSection& d = w.scenario.dynamics;
  d.unfollow = 0.02, d.chatty = 0.02, d.mutual = 0.5, d.follow = 0.6, d.follow_back = 0.3, d.on_reshare = 0.3;
  d.newcomers = 60, d.newcomer_rate = 14.3, d.newcomer_follows = 10;
  return w;
}

// What a world counts of everyone.
inline std::map<std::string, double> everyones(const EngineRun& run, std::size_t studied) {
  std::map<std::string, double> values;
  auto value = run.row.begin();
  for (const Quantity& q : run.quantities) {
    if (q.everyones) values[q.name] = *value;
    value += q.everyones ? 1 : static_cast<std::ptrdiff_t>(studied);
  }
  return values;
}

// 500 who check twice a day in the mean, and whose feeds always hold more than a check shows.
inline SmallWorld plenty(Team& team) {
  SmallWorld w = checking("random", 1);
  Scenario& s = w.scenario;
  s.tick = 1, s.duration = 24 * 10;
  s.population.posts = 40, s.population.activity = Distribution::constant(40), s.population.activity_fame = 0;
  s.population.attention = Distribution::constant(12);
  s.strategies[0].posts = 0;
  w.mechanisms.forwarding.on = w.mechanisms.unfollow.on = false;
  std::vector<std::pair<AccountId, AccountId>> follows;  // each of those next to it
  for (AccountId i = 0; i < 500; ++i)
    for (AccountId k = 1; k <= 20; ++k) follows.emplace_back(i, (i + k) % 500);
  w.take(network_from_edges(500, follows), team);
  return w;
}

}  // namespace passalong
