// mechanisms/problem
#include <algorithm>
#include <cmath>

#include "sim/base/math.hpp"
#include "tests/reference_witness.hpp"

namespace passalong::reference {
namespace {
struct ProblemWitness : Witness {
  using Call = std::pair<AccountId, std::uint32_t>;  // studied account, ordinal
  struct Idea {
    AccountId who;
    double quality, error;
  };
  Problem p;
  std::map<Call, std::vector<Idea>> ideas;
  std::vector<std::pair<Call, Idea>> sent;                    // in this tick
  std::set<std::tuple<AccountId, AccountId, AccountId>> met;  // today: studied account, followed, follower
  std::map<AccountId, std::map<std::string, double>> count;   // by studied account

  double readiness(const Meeting& e, const Pair&) const override {
    return e.post.kind == PostKind::problem ? 1 + p.altruism : 1;
  }
  void react(Meeting& e, Pair& r, const Stage& on) override {
    if (e.post.kind != PostKind::problem || !e.fresh) return;
    r.good += static_cast<float>(p.asking);
    const auto u = [&](std::size_t word) { return on.draw("problem", e.i, e.post.author, e.post.ordinal, 0, word); };
    const double x = on.world.population->expertise[e.i] / 255.0, s0 = p.preset.empty()     ? p.response
                                                                       : p.preset == "open" ? 0.25
                                                                                            : 0.04;
    const double able = p.expertise == 0 ? 1 : power(x / p.typical, p.expertise);
    const double willing = logistic(p.willingness + p.trust * (e.view.tau - 0.5)) / logistic(p.willingness);
    if (u(0) >= s0 * able * (1 - p.fit * (1 - e.sim)) * willing) return;
    const double q = p.skill * x + p.distance * (1 - e.sim) + p.luck * normal_quantile(u(1));
    const double Z = normal_quantile(on.draw("problem", e.post.author, e.post.author, e.post.ordinal));
    const double own = std::sqrt(p.common) * Z + std::sqrt(1 - p.common) * normal_quantile(u(2));
    sent.push_back({{e.post.author, e.post.ordinal}, {e.i, static_cast<float>(q), p.bias + p.error * own}});
  }
  void follow_up(const Stage& on) override {
    const auto before = ideas;  // what is shown, and who is there
    for (auto& [call, idea] : sent) {
      std::vector<Idea> shown;
      if (before.contains(call)) shown = before.at(call);
      double sum = 0;
      for (const Idea& one : shown) sum += one.error;
      if (!shown.empty())
        idea.error = (1 - p.influence) * idea.error + p.influence * (sum / static_cast<double>(shown.size()));
      meet(on, call, idea.who, shown);
      tally(on, call.first, idea.who);
      ideas[call].push_back(idea);
      on.note(What::deed, idea.who, call.first, call.second);
    }
    sent.clear();
    if (on.day_ends()) end_day(on);
    for (std::size_t k = 0; k < on.further.size(); ++k) report(on.world.accounts() + k, on.further[k]);
  }
  void tally(const Stage& on, AccountId j, AccountId who) {
    auto& n = count[j];
    ++n["ideas"];
    for (const auto& [call, all] : ideas)
      if (call.first == j && std::any_of(all.begin(), all.end(), [&](const Idea& one) { return one.who == who; }))
        return;
    ++n["contributors"];
    n["experts"] += on.world.population->expertise[who] / 255.0 > p.expert;
  }
  static std::size_t likes(const Stage& on, AccountId a) {
    std::size_t most = 0;
    const auto& topics = *on.world.population->topics;
    for (std::size_t t = 0; t < topics.topics(); ++t)
      if (topics.interest(a, t) > topics.interest(a, most)) most = t;
    return most;
  }
  void meet(const Stage& on, const Call& call, AccountId who, const std::vector<Idea>& there) {
    const double u = on.draw("problem", who, call.first, call.second, 0, 3);
    if (there.empty() || u >= p.meet) return;
    const Words w = on.world.stream("problem")(who, call.first, call.second, 1);
    const auto named = [&](std::size_t k) { return there[std::uint64_t{w[k]} * there.size() >> 32].who; };
    AccountId whom = named(0);
    for (std::size_t k = 4; u < p.meet * p.across && k-- > 0;)
      if (likes(on, named(k)) != likes(on, who)) whom = named(k);
    on.befriend(whom, who), met.emplace(call.first, whom, who);
  }
  void end_day(const Stage& on) {
    for (const auto& [j, whom, who] : met)
      if (!on.follows(whom, who))
        ++count[j]["floor_ties"], count[j]["floor_ties_across"] += likes(on, whom) != likes(on, who);
    met.clear();
  }
  void report(std::size_t account, std::map<std::string, double>& all) const {
    const auto j = static_cast<AccountId>(account);
    for (const char* name : {"ideas", "contributors", "experts", "floor_ties", "floor_ties_across"})
      all[name] = count.contains(j) && count.at(j).contains(name) ? count.at(j).at(name) : 0;
    double best = -1e300, misses = 0, spreads = 0, problems = 0;
    for (const auto& [call, own] : ideas) {
      if (call.first != j) continue;
      double sum = 0, squares = 0;
      for (const Idea& one : own)
        best = std::max(best, one.quality), sum += one.error, squares += one.error * one.error;
      const auto n = static_cast<double>(own.size());
      misses += sum / n * (sum / n), spreads += std::max(0.0, squares / n - sum / n * (sum / n)), ++problems;
    }
    if (problems == 0) return;  // missing
    all["idea_best"] = best, all["crowd_error"] = std::sqrt(misses / problems);
    all["crowd_diversity"] = std::sqrt(spreads / problems);
  }
};
}  // namespace

std::unique_ptr<Witness> witness_problem(const Mechanisms& m) {
  const Problem& p = std::get<Problem>(m.further.all);
  if (!p.on) return nullptr;
  auto w = std::make_unique<ProblemWitness>();
  w->p = p;
  return w;
}
}  // namespace passalong::reference
