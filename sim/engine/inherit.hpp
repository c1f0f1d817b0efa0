// Going on from another world's past: which of its state depends on the policy or the rules that were in force, and
// what these make of it from now on. All else is taken as it is.
#pragma once
#include "sim/engine/world_of.hpp"

namespace passalong {

template <ReaderModel M>
void WorldOf<M>::inherit(const std::string& bytes, const Setting& before) {
  if (!fits(before)) Loader::refuse();
  take(bytes, signature(before));
  for (std::size_t s = 0; s < c_.studied.size(); ++s) inherit_policy(s, Policy(before, s));
  if (!feed_.on()) inherit_attention(model_of(before));
  if (c_.now % ticks_per_day_ == 0) refresh_attention(false);
}

// What the columns' sizes do not tell.
template <ReaderModel M>
bool WorldOf<M>::fits(const Setting& before) const {
  const Scenario &then = *before.scenario, &now = *setting_.scenario;
  const auto feed = [](const Scenario& s) { return s.parameters && s.parameters->feed() != nullptr; };
  return before.studied.size() == setting_.studied.size() && then.seed == now.seed && then.tick == now.tick &&
         then.content.lifetime == now.content.lifetime && then.follows_change() == now.follows_change() &&
         feed(then) == feed(now) && (then.population.posts > 0) == simulated_ &&
         then.output.base_rates == now.output.base_rates && then.output.trust == now.output.trust;
}

// Posts of both policies can be alive at once. The followers' attention feels another cadence as it does where a phase
// ends: from a day's border on.
template <ReaderModel M>
void WorldOf<M>::inherit_policy(std::size_t s, const Policy& before) {
  Policy& policy = publisher_.policy(s);
  const std::uint32_t alive = before.most_alive(publisher_.lifetime()) + policy.most_alive(publisher_.lifetime()) + 3;
  for (Partition& p : partitions_) p.relations[s].widen(alive);
  Studied& account = c_.studied[s];
  if (policy.take_over(account, before, c_.now))
    c_.rewired.insert(c_.rewired.end(), account.followers.begin(), account.followers.end());
}

// Other rules of attention hold at once, for those to whom they make a difference.
template <ReaderModel M>
void WorldOf<M>::inherit_attention(const M& before) {
  constexpr std::size_t block = 8192;
  team_.blocks(c_.see.size(), block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t i = begin; i < end; ++i) {
      const auto reader = static_cast<AccountId>(i);
      const double load = follows_.load(reader);
      if (before.see_probability(reader, load) != model_.see_probability(reader, load)) set_attention(reader);
    }
  });
}

}  // namespace passalong
