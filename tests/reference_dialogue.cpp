// mechanisms/dialogue, mechanisms/block
#include <algorithm>
#include <cmath>

#include "sim/base/math.hpp"
#include "tests/reference_witness.hpp"

namespace passalong::reference {
namespace {

struct DialogueWitness : Witness {
  struct Reply {
    AccountId j, i;
    std::uint32_t n;
    Tick since;
  };
  Dialogue d;
  std::vector<Reply> waiting;
  std::map<AccountId, std::map<std::string, double>> counts;  // by studied account

  void react(Meeting& e, Pair& r, const Stage& s) override {
    if (!e.fresh) return;
    const double amid = e.tier(r) >= 2 ? d.conversing : 1;
    const double P = d.rate * (1 - exp(-d.steepness * std::max(0.0, e.U))) * amid;
    if (s.draw("dialogue", e.i, e.post.author, e.post.ordinal) >= P) return;
    waiting.push_back({e.post.author, e.i, e.post.ordinal, s.now});
    ++counts[e.post.author]["replies"];
    s.note(What::deed, e.i, e.post.author, e.post.ordinal);
  }
  void follow_up(const Stage& s) override {
    if (!s.day_ends()) return;
    std::erase_if(waiting, [&](const Reply& w) { return s.pair({w.j, w.i}).blocked; });
    for (std::size_t k = 0; k < s.followers.size(); ++k)
      answer(static_cast<AccountId>(s.world.accounts() + k), replies_a_day(*s.world.scenario, *s.world.studied[k]), s);
    std::erase_if(waiting, [&](const Reply& w) {
      if ((s.now - w.since) * s.world.scenario->tick < d.patience) return false;
      Pair& r = s.pair({w.j, w.i});
      if (s.draw("dialogue", w.i, w.j, 0, 1) < d.annoyed) r.bad = static_cast<float>(r.bad + d.ignored);
      ++counts[w.j]["replies_ignored"];
      return true;
    });
  }
  void answer(AccountId j, double a_day, const Stage& s) {
    const double budget = std::floor((s.today + 1) * a_day) - std::floor(s.today * a_day);
    std::map<std::tuple<double, double, AccountId, std::uint32_t>, Reply> turns;
    for (const Reply& w : waiting) {
      if (w.j != j) continue;
      const double first = d.answer == "closest" ? -s.tau(s.pair({j, w.i})) : d.answer == "newest" ? -w.since : 0;
      turns[{first, s.draw("dialogue", w.i, j, w.n, 0, 1), w.i, w.n}] = w;
    }
    double done = 0;
    for (const auto& [turn, w] : turns) {
      if (done == budget) break;
      ++done;
      std::erase_if(waiting, [&w = w](const Reply& x) { return x.j == w.j && x.i == w.i && x.n == w.n; });
      tell(w, s);
    }
    s.hours[j - s.world.accounts()] += done * s.world.scenario->effort.reply;
  }
  void tell(const Reply& w, const Stage& s) {
    Pair& r = s.pair({w.j, w.i});
    ++counts[w.j]["answers"], s.note(What::deed, w.i, w.j, number_of_name("answer"));
    r.good = static_cast<float>(r.good + d.gain * s.world.studied[w.j - s.world.accounts()]->authenticity);
    r.tier = std::max(r.tier, 2), r.contact = static_cast<Tick>(s.today);
    if (r.follower && s.draw("dialogue", w.i, w.j, w.n, 0, 2) < d.follow_back) r.reciprocal = true;
    if (!r.follower && s.draw("dialogue", w.i, w.j, w.n, 0, 3) < d.won && s.joining.emplace(w.j, w.i).second)
      s.note(What::follow, w.i, w.j, w.n);
  }
  void report(AccountId j, std::map<std::string, double>& n, const Stage& s) const override {
    if (counts.contains(j)) n.insert(counts.at(j).begin(), counts.at(j).end());
    for (const AccountId i : s.followers[j - s.world.accounts()]) {
      const Pair& r = s.pair({j, i});
      n["conversing"] += r.tier >= 2 || r.reciprocal;
    }
  }
};

struct BlockWitness : Witness {
  Block b;
  std::map<Tied, std::int64_t> bad;  // in a row
  std::vector<Tied> blocking;        // in this tick
  std::map<AccountId, double> blocks, lost;

  void react(Meeting& e, Pair& r, const Stage& s) override {
    if (!e.fresh) return;
    const Tied who{e.post.author, e.i};
    bad[who] = e.U < -b.below ? bad[who] + 1 : 0;
    if (bad[who] < b.after || s.joining.contains(who)) return;
    if (s.draw("block", e.i, e.post.author, e.post.ordinal) >= b.chance) return;
    r.blocked = true, blocking.push_back(who);
  }
  void follow_up(const Stage& s) override {
    for (const Tied& who : blocking) {
      ++blocks[who.first], s.note(What::deed, who.second, who.first, number_of_name("block"));
      if (!s.pair(who).follower || !s.leaving.insert(who).second) continue;
      ++lost[who.first], s.note(What::unfollow, who.second, who.first, 5);
    }
    blocking.clear();
  }
  void report(AccountId j, std::map<std::string, double>& n, const Stage&) const override {
    n["blocks"] = blocks.contains(j) ? blocks.at(j) : 0;
    n["unfollows_for_block"] = lost.contains(j) ? lost.at(j) : 0;
  }
};
}  // namespace

std::unique_ptr<Witness> witness_dialogue(const Mechanisms& m) {
  if (!m.of<Dialogue>().on) return nullptr;
  auto w = std::make_unique<DialogueWitness>();
  w->d = m.of<Dialogue>();
  return w;
}
std::unique_ptr<Witness> witness_block(const Mechanisms& m) {
  if (!m.of<Block>().on) return nullptr;
  auto w = std::make_unique<BlockWitness>();
  w->b = m.of<Block>();
  return w;
}
}  // namespace passalong::reference
