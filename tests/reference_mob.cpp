// mechanisms/mob
#include <algorithm>
#include <cmath>

#include "tests/reference_witness.hpp"

namespace passalong::reference {
namespace {
struct Pledge {
  Tick event;
  AccountId j, i;
  std::uint32_t n;
};
struct MobWitness : Witness {
  Mob m;
  std::map<Tied, std::map<std::uint32_t, std::uint64_t>> heard;  // by invitation in mind: commitments seen
  std::set<std::tuple<AccountId, AccountId, std::uint32_t>> committed;
  std::vector<Pledge> pledges;

  bool governs(const Post& p) const override { return p.kind == PostKind::invitation; }
  static Tick ticks(double hours, const Stage& stage) {
    return static_cast<Tick>(std::lround(hours / stage.world.scenario->tick));
  }
  double followees(AccountId i, const Stage& stage) const {
    const Network& network = stage.world.network();
    if (i >= network.accounts()) return static_cast<double>(stage.world.scenario->dynamics.newcomer_follows);
    return static_cast<double>(std::count(network.followers.begin(), network.followers.end(), i));
  }
  double theta(AccountId i, const Stage& stage) const {
    if (!m.thresholds.empty()) return m.thresholds[i % m.thresholds.size()];
    if (m.deterministic) return m.threshold.quantile((i + 0.5) / stage.world.accounts());
    return m.threshold.quantile(stage.draw("mob", i, 0, 0));
  }
  double bar(const Meeting& e, const Stage& stage) const {
    const double purpose = stage.world.studied[e.post.author - stage.world.accounts()]->altruism;
    const double altruism = stage.draw("mob", e.i, 0, 0, 0, 1);
    return theta(e.i, stage) - m.altruism * altruism * purpose - m.trust * (e.view.tau - 0.5);
  }
  void react(Meeting& e, Pair& r, const Stage& stage) override {
    if (!governs(e.post)) return;
    auto& mind = heard[{e.post.author, e.i}];
    if (e.fresh) mind[e.post.ordinal] = 0;
    while (mind.size() > 2) mind.erase(mind.begin());
    if (!mind.contains(e.post.ordinal) || committed.contains({e.post.author, e.i, e.post.ordinal})) return;
    const Tick event = e.post.born + ticks(m.deadline, stage);
    if (stage.now + 1 > event) return;
    const double others = static_cast<double>(mind[e.post.ordinal] += e.copies - e.from_author);
    const double influence[] = {0.1, 1, 2, 5, 10};
    const double W = m.unit == "people" ? 1 : std::max(1.0, followees(e.i, stage));
    if ((others + m.organiser * influence[e.tier(r)]) / W < bar(e, stage)) return;
    e.share = true, committed.insert({e.post.author, e.i, e.post.ordinal});
    pledges.push_back({event, e.post.author, e.i, e.post.ordinal});
    ++tally("committed", e.post.author, stage);
  }
  static double& tally(const char* what, AccountId j, const Stage& stage) {
    return stage.further[j - stage.world.accounts()][what];
  }
  void follow_up(const Stage& stage) override {
    for (const Pledge& p : pledges) {
      if (p.event != stage.now) continue;
      --tally("committed", p.j, stage);
      const Pair& r = stage.pairs.at({p.j, p.i});
      const int tier = std::max(r.tier, r.follower ? 1 + r.reciprocal : 0);
      if (stage.draw("mob", p.i, p.j, p.n, 1) >= m.attend + m.closeness * tier) continue;
      ++tally("attendances", p.j, stage), tally("strangers", p.j, stage) += !r.follower;
      stage.note(What::deed, p.i, p.j, p.n);
    }
  }
};
}  // namespace

std::unique_ptr<Witness> witness_mob(const Mechanisms& m) {
  const Mob& mob = std::get<Mob>(m.further.all);
  if (!mob.on) return nullptr;
  auto w = std::make_unique<MobWitness>();
  w->m = mob;
  return w;
}
}  // namespace passalong::reference
