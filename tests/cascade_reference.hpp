// A cascade as one would write it on a blackboard: the serial reference of every kernel.
#pragma once
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "sim/engine/cascades/chances.hpp"
#include "sim/engine/seeds.hpp"

namespace passalong {

struct PlainCascade {
  std::vector<std::uint32_t> steps;  // how many became active at each
  std::uint32_t size = 0, depth = 0;
  std::uint64_t trials = 0, successes = 0, seeds = 0;
  AccountId seed = 0;
  std::map<AccountId, AccountId> parent;  // whose try was the first to succeed, in order of activation
  std::vector<AccountId> order;
};

inline double chance_of(const CascadePlan& plan, std::uint64_t edge) {
  if (plan.chances.kind == Chances::Kind::uniform) return plan.chances.probability;
  if (plan.chances.kind == Chances::Kind::weights) return static_cast<double>(plan.network->weights[edge]);
  if (plan.chances.kind == Chances::Kind::levels) {
    const Words words = Stream(plan.seed, 0, Purpose::trivalency)(static_cast<std::uint32_t>(edge / 4),
                                                                  static_cast<std::uint32_t>(edge / 4 >> 32));
    const double x = words[edge % 4] / 4294967296.0;
    return x < 1.0 / 3 ? 0.1 : x < 2.0 / 3 ? 0.01 : 0.001;
  }
  return 1.0 / plan.network->followees[plan.network->followers[edge]];
}

// All 64 bits of the follow's draw, as Purpose::live_edge documents them, against the binary digits of p.
inline bool lives(const CascadePlan& plan, std::uint64_t edge, std::uint32_t replicate) {
  const Stream draws(plan.seed, 0, Purpose::live_edge);
  const double p = chance_of(plan, edge);
  double value = 0, scale = 1;
  if (p <= 0 || p >= 1) return p >= 1;
  for (std::uint32_t digit = 0; digit < 4; ++digit) {
    const Words words =
        draws(static_cast<std::uint32_t>(edge / 8), static_cast<std::uint32_t>(edge / 8 >> 32), replicate, digit);
    scale /= 65536;
    value += (words[edge % 8 / 2] >> (edge % 2 == 1 ? 16 : 0) & 0xffff) * scale;
    if (value + scale <= p) return true;  // whatever follows
    if (value >= p) return false;
  }
  return value < p;
}

inline PlainCascade spread_plainly(const CascadePlan& plan, std::uint32_t replicate) {
  std::vector<Seed> chosen;
  Seeds(plan.seeds, *plan.network, plan.seed).of(replicate, chosen);
  std::multimap<std::uint32_t, AccountId> to_come;
  for (const Seed& seed : chosen) {
    const auto step = static_cast<std::uint32_t>(std::ceil(seed.at - 1e-9));
    if (step <= plan.most_steps) to_come.emplace(step, seed.account);
  }
  std::vector<AccountId> level;
  std::set<AccountId> active;
  PlainCascade c;
  c.seeds = to_come.size(), c.seed = chosen.empty() ? 0 : chosen.front().account;
  for (std::uint32_t step = 0; !level.empty() || !to_come.empty(); ++step) {
    for (; !to_come.empty() && to_come.begin()->first == step; to_come.erase(to_come.begin()))
      if (active.insert(to_come.begin()->second).second)
        level.push_back(to_come.begin()->second), c.order.push_back(level.back());
    c.steps.push_back(static_cast<std::uint32_t>(level.size()));
    if (!level.empty()) c.depth = step;
    std::vector<AccountId> next;
    for (const AccountId from : level) {
      if (step >= plan.most_steps) break;
      for (std::uint64_t e = plan.network->offsets[from]; e < plan.network->offsets[from + 1ULL]; ++e) {
        ++c.trials;
        if (!lives(plan, e, replicate)) continue;
        ++c.successes;
        const AccountId to = plan.network->followers[e];
        if (!active.insert(to).second) continue;
        next.push_back(to), c.order.push_back(to);
        c.parent[to] = from;
      }
    }
    level = next;
  }
  c.steps.resize(c.depth + 1ULL);
  c.size = static_cast<std::uint32_t>(active.size());
  return c;
}

// All the accounts between one and its seed, itself first.
inline std::vector<AccountId> way_up(const PlainCascade& c, AccountId account) {
  std::vector<AccountId> way{account};
  for (auto it = c.parent.find(account); it != c.parent.end(); it = c.parent.find(way.back()))
    way.push_back(it->second);
  return way;
}

// Mean distance of two accounts of a cascade of one seed, pair by pair: up to where their ways meet, and down.
inline double mean_distance_plainly(const PlainCascade& c) {
  double sum = 0, pairs = 0;
  for (std::size_t i = 0; i < c.order.size(); ++i)
    for (std::size_t j = 0; j < i; ++j, ++pairs) {
      std::vector<AccountId> one = way_up(c, c.order[i]), other = way_up(c, c.order[j]);
      while (!one.empty() && !other.empty() && one.back() == other.back()) one.pop_back(), other.pop_back();
      sum += static_cast<double>(one.size() + other.size());
    }
  return pairs > 0 ? sum / pairs : 0;
}

}  // namespace passalong
