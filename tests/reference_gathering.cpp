// mechanisms/gathering
#include <algorithm>

#include "sim/base/math.hpp"
#include "tests/reference_witness.hpp"

namespace passalong::reference {
namespace {
struct Course {  // of one studied account
  std::uint32_t e = 0;
  bool invited = false;
  std::vector<AccountId> accepted;
  std::map<AccountId, Tick> ever_accepted, ever_came;  // and when first
  std::map<std::string, std::uint64_t> tally;
};

struct GatheringWitness : Witness {
  Gathering g;
  std::map<AccountId, Course> courses;

  static int tier(const Pair& p) { return std::max(p.tier, p.follower ? 1 + p.reciprocal : 0); }
  double door(const Meeting& m, const Pair& p) const override {
    const int t = m.tier(p);
    return t == 4 ? g.friend_influence : t == 3 ? g.met_influence : 1;
  }
  double shield(int tier) const override { return tier == 4 ? g.friend_shield : tier == 3 ? g.met_shield : 0; }
  void react(Meeting& m, Pair&, const Stage&) override {
    Course& c = courses[m.post.author];
    if (!m.fresh || !c.ever_accepted.contains(m.i)) return;
    const std::string who = c.ever_came.contains(m.i) ? "attendee_" : "absentee_";
    ++c.tally[who + "impressions"], c.tally[who + "checks"] += m.looked >= 1,
        c.tally[who + "adoptions"] += m.looked == 2;
  }
  void follow_up(const Stage& stage) override {
    const Scenario& s = *stage.world.scenario;
    for (std::size_t k = 0; k < stage.followers.size(); ++k) {
      const StrategySection& policy = *stage.world.studied[k];
      const double work = policy.budget * policy.effort.events / s.effort.event;  // events a day
      if (policy.promote == "nobody" || (policy.budget > 0 && work <= 0)) continue;
      const double every = policy.budget > 0 ? std::min(1e6, 24 / work) : g.every;
      const AccountId j = stage.world.accounts() + static_cast<AccountId>(k);
      Course& c = courses[j];
      const auto T = static_cast<Tick>((s.warm_up + g.first + c.e * every) / s.tick + 0.5);
      const auto before = static_cast<Tick>(g.notice / s.tick + 0.5);
      if (!c.invited && stage.now >= T - before) invite(stage, k, j, c);
      if (stage.now >= T) hold(stage, k, j, c);
    }
  }
  bool elsewhere(const Stage& stage, AccountId i) const {
    const auto& places = stage.world.population->place;
    return !places.empty() && places[i] + 1 != g.place;
  }
  void invite(const Stage& stage, std::size_t k, AccountId j, Course& c) {
    const std::string& promote = stage.world.studied[k]->promote;
    std::vector<std::tuple<double, double, double, double, AccountId>> order;  // what is asked for first is least
    for (const AccountId i : stage.followers[k]) {
      if (stage.leaving.contains({j, i})) continue;
      const Pair& r = stage.pair({j, i});
      double a = 0, b = 0, d = 0;
      if (promote == "closest") a = -r.customer, b = -tier(r), d = -stage.tau(r);
      if (promote == "customers") a = -(r.customer && !r.client);
      if (promote == "fans") a = -stage.world.population->affinity[i];
      if (promote == "near") a = elsewhere(stage, i);
      order.emplace_back(a, b, d, stage.draw("gathering", i, j, c.e), i);
    }
    std::sort(order.begin(), order.end());
    c.invited = true, c.accepted.clear();
    for (std::size_t n = 0; n < order.size() && n < static_cast<std::size_t>(g.invitations); ++n) {
      const AccountId i = std::get<4>(order[n]);
      stage.note(What::deed, i, j, 4 * c.e), ++c.tally["invitations_sent"];
      const double P =
          g.accept * exp(g.warmth * (tier(stage.pair({j, i})) - 1) - (elsewhere(stage, i) ? g.travel : 0.0));
      if (static_cast<std::int64_t>(c.accepted.size()) >= g.capacity || stage.draw("gathering", i, j, c.e, 0, 1) >= P)
        continue;
      stage.note(What::deed, i, j, 4 * c.e + 1), ++c.tally["acceptances"];
      c.accepted.push_back(i), c.ever_accepted.emplace(i, stage.now);
    }
  }
  void hold(const Stage& stage, std::size_t k, AccountId j, Course& c) {
    std::int64_t close = 0, friends = 0;
    for (const AccountId i : stage.followers[k]) {
      close += stage.pair({j, i}).tier >= 3, friends += stage.pair({j, i}).tier == 4;
    }
    std::set<AccountId> came;
    for (const AccountId i : c.accepted) {
      Pair& r = stage.pair({j, i});
      if (!r.follower || stage.leaving.contains({j, i}) || stage.draw("gathering", i, j, c.e, 0, 2) >= g.attend)
        continue;
      came.insert(i), c.ever_came.emplace(i, stage.now), ++c.tally["attendances"],
          stage.note(What::deed, i, j, 4 * c.e + 2);
      r.contact = static_cast<Tick>(stage.today);
      r.good = static_cast<float>(r.good + static_cast<float>(g.face_gain));
      const double u = stage.draw("gathering", i, j, c.e, 0, 3);
      const int old = tier(r);
      if (old < 3 && u < g.becomes_met && close < g.hosts * g.circle) r.tier = 3, ++close;
      if (old == 3 && u < g.becomes_friend && friends < g.hosts * g.friends) r.tier = 4, ++friends;
      if (tier(r) > old) stage.note(What::deed, i, j, 4 * c.e + 3);
    }
    introduce(stage, j, c.e, {came.begin(), came.end()});
    stage.hours[k] += stage.world.scenario->effort.event;
    ++c.e, c.invited = false;
  }
  void introduce(const Stage& stage, AccountId j, std::uint32_t e, const std::vector<AccountId>& came) const {
    for (const AccountId i : came) {
      std::vector<AccountId> others = came;
      std::erase(others, i);
      for (std::uint32_t n = 0; n < g.new_ties && !others.empty(); ++n) {
        const Words w = stage.world.stream("gathering")(i, j, e, 1 + n);
        if (uniform(w[0]) < g.closure) stage.befriend(others[std::uint64_t{w[1]} * others.size() >> 32], i);
      }
    }
  }
  void count(const Stage& stage, const std::vector<Happening>& happenings) override {
    for (std::size_t k = 0; k < stage.followers.size(); ++k) {
      const AccountId j = stage.world.accounts() + static_cast<AccountId>(k);
      const Course& c = courses[j];
      auto& n = stage.further[k];
      for (const auto& [what, count] : c.tally) n[what] += static_cast<double>(count);
      for (const AccountId i : stage.followers[k]) {
        n["real_ties"] += stage.pair({j, i}).tier >= 3;
        if (c.ever_accepted.contains(i)) ++n[c.ever_came.contains(i) ? "attendee_followers" : "absentee_followers"];
      }
      for (const Happening& h : happenings) {
        if (h.what != What::unfollow || h.author != j || !c.ever_accepted.contains(h.account)) continue;
        if (h.tick < c.ever_accepted.at(h.account)) continue;
        const bool came = c.ever_came.contains(h.account) && h.tick >= c.ever_came.at(h.account);
        ++n[came ? "attendee_unfollows" : "absentee_unfollows"];
      }
    }
  }
};
}  // namespace

std::unique_ptr<Witness> witness_gathering(const Mechanisms& m) {
  const Gathering& g = std::get<Gathering>(m.further.all);
  if (!g.on) return nullptr;
  auto w = std::make_unique<GatheringWitness>();
  w->g = g;
  return w;
}
}  // namespace passalong::reference
