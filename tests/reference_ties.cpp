// mechanisms/ties
#include <algorithm>
#include <cmath>

#include "sim/base/math.hpp"
#include "tests/reference_witness.hpp"

namespace passalong::reference {
namespace {

struct TiesWitness : Witness {
  struct Calls {
    Tick last = -1'000'000'000;
    int made = 0;
  };
  Ties t;
  bool begun = false;
  double protection = 0;  // of the follower whose day it is
  std::map<Tied, Calls> calls;
  Tick today = 0;

  static int tier(const Pair& r) { return std::max(r.tier, r.follower ? 1 + r.reciprocal : 0); }
  double sigma(int tier, const Pair& r) const {
    const std::vector<double> T{t.fade_conversing, t.fade_met, t.fade_friends};
    return exp(-24.0 * (today - r.contact) / T[static_cast<std::size_t>(tier - 2)]);
  }
  double at(std::vector<double> v, int tier, const Pair& r) const {
    const auto L = static_cast<std::size_t>(tier);
    if (tier < 2 || (tier == 2 && r.reciprocal) || today == r.contact) return v[L];
    return v[L - 1] + (v[L] - v[L - 1]) * sigma(tier, r);
  }
  void fall(Pair& r) const {
    if (r.tier >= 2 && sigma(r.tier, r) < t.threshold) --r.tier, r.contact = today;
  }

  double feeling(const Meeting& e, const Pair& r) const override { return at(t.feelings, e.tier(r), r); }
  double door(const Meeting& e, const Pair& r) const override {
    return at(t.influences, e.tier(r), r) / t.influences[1];
  }
  void react(Meeting& e, Pair& r, const Stage&) override {
    if (e.fresh && !e.view.follows) fall(r);
  }
  void day(AccountId, AccountId, Pair& r, const Stage&) override {
    std::vector<double> of_all = t.shields;
    of_all.insert(of_all.begin(), 0);
    protection = at(of_all, tier(r), r);
    fall(r);
  }
  double shield(int) const override { return protection; }
  void follow_up(const Stage& s) override {
    if (!begun) acquaint(s);
    begun = true;
    for (std::size_t k = 0; s.day_ends() && k < s.followers.size(); ++k) {
      const auto j = static_cast<AccountId>(s.world.accounts() + k);
      call(j, calls_a_day(*s.world.scenario, *s.world.studied[k]), s), hold(j, s);
    }
    if (s.day_ends()) ++today;
  }
  void acquaint(const Stage& s) const {
    for (std::size_t k = 0; k < s.followers.size(); ++k)
      for (const AccountId i : s.followers[k]) {
        const auto j = static_cast<AccountId>(s.world.accounts() + k);
        const double u = s.draw("ties", i, j, 0, 1);
        if (u < t.friends + t.met) s.pair({j, i}).tier = u < t.friends ? 4 : 3;
      }
  }
  void call(AccountId j, double a_day, const Stage& s) {
    const double budget = std::floor((today + 1) * a_day) - std::floor(today * a_day);
    std::map<std::tuple<double, double, AccountId>, AccountId> turns;
    for (const AccountId i : s.followers[j - s.world.accounts()]) {
      const Pair& r = s.pair({j, i});
      const bool rested = (s.now - calls[{j, i}].last) * s.world.scenario->tick >= t.rest;
      if (!r.blocked && tier(r) >= 2 && rested) turns[{-s.tau(r), s.draw("ties", i, j, 0), i}] = i;
    }
    double done = 0;
    for (const auto& [turn, i] : turns) {
      if (done == budget) break;
      ++done;
      Calls& c = calls[{j, i}];
      Pair& r = s.pair({j, i});
      const double gain = t.face_gain * std::min(1.0, t.video * (1 + t.practice * c.made++));
      r.good = static_cast<float>(r.good + gain * s.world.studied[j - s.world.accounts()]->authenticity);
      c.last = s.now, r.contact = today, r.tier = std::max(r.tier, 2);
      s.note(What::deed, i, j, number_of_name("call"));
    }
    s.hours[j - s.world.accounts()] += done * s.world.scenario->effort.call;
  }
  void hold(AccountId j, const Stage& s) const {
    std::vector<std::tuple<int, Tick, AccountId>> close;
    for (const AccountId i : s.followers[j - s.world.accounts()]) {
      const Pair& r = s.pair({j, i});
      if (r.tier >= 3) close.emplace_back(-r.tier, -r.contact, i);
    }
    std::sort(close.begin(), close.end());
    for (std::size_t n = 0; n < close.size(); ++n) {
      Pair& r = s.pair({j, std::get<2>(close[n])});
      if (n >= static_cast<std::size_t>(t.most_friends)) r.tier = std::min(r.tier, 3);
      if (n >= static_cast<std::size_t>(t.most_met)) r.tier = 2;
    }
  }
  void report(AccountId j, std::map<std::string, double>& n, const Stage& s) const override {
    static constexpr const char* names[] = {"", "", "tier_conversing", "tier_met", "tier_friends"};
    for (const AccountId i : s.followers[j - s.world.accounts()]) ++n[names[tier(s.pair({j, i}))]];
    for (const auto& [who, c] : calls)
      if (who.first == j) n["calls"] += c.made;
  }
};
}  // namespace

std::unique_ptr<Witness> witness_ties(const Mechanisms& m) {
  if (!m.of<Ties>().on) return nullptr;
  auto w = std::make_unique<TiesWitness>();
  w->t = m.of<Ties>();
  return w;
}
}  // namespace passalong::reference
