// Open problems. A post of that kind asks for help: readers send ideas, trust who asks, pass the call on out of
// altruism, and meet one another over it.
//   P(idea | seen) = min(1, s0 (x / x0)^g (1 - f (1 - sim)) Lam(alpha + w_t (tau - 1/2)) / Lam(alpha)), x: expertise
//   quality q = skill x + delta (1 - sim) + N(0, luck^2);  the best idea counts
//   estimate's error e = (1 - rho) (bias + error (c^1/2 Z + (1 - c)^1/2 N(0, 1))) + rho (mean of those shown);  the
//   crowd's is their mean; Z ~ N(0, 1) is the problem's own, and shown is what had come before the tick.
// Draws: (reader, author, ordinal, 0): whether, quality, error, whether to meet; (reader, author, ordinal, 1): four of
// those who came before; (author, author, ordinal, 0): Z.
#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "models/mechanisms/encounter.hpp"
#include "sim/base/math.hpp"

namespace passalong {

// The ideas for one problem.
struct IdeaPool {
  std::uint32_t studied = 0, ordinal = 0;
  std::uint32_t ideas = 0, shown = 0;                      // now; before the tick
  double sum = 0, squares = 0, shown_mean = 0;             // of the estimates' errors
  double best = -std::numeric_limits<double>::infinity();  // quality
  std::vector<AccountId> contributors;                     // in order, where they may meet

  void add(double quality, double estimate) {
    ++ideas, sum += estimate, squares += estimate * estimate, best = std::max(best, quality);
  }
  void show() { shown = ideas, shown_mean = sum / ideas; }
  double mean() const { return sum / ideas; }
  double miss() const { return mean() * mean(); }                            // squared error of the crowd
  double spread() const { return std::max(0.0, squares / ideas - miss()); }  // the variance in it
  template <class Archive>
  void visit(Archive& a) {
    a(studied), a(ordinal), a(ideas), a(shown), a(sum), a(squares), a(shown_mean), a(best), a(contributors);
  }
};

struct IdeaCounts {
  std::uint64_t ideas = 0, contributors = 0, experts = 0, ties = 0, ties_across = 0;
};
struct Met {  // over a problem of that account
  std::uint32_t studied = 0;
  AccountId followed = 0, follower = 0;
  auto operator<=>(const Met&) const = default;
};

struct Problem {
  static constexpr const char *name = "problem", *help = "open problems: ideas of many, and those who send them meet";
  bool on = false;
  double response = 0.25;  // s0
  std::string preset = "open";
  double expertise = 0.5;  // g
  double typical = 0.25;   // x0
  double fit = 0;          // f
  double willingness = 0;  // alpha
  double trust = 1;        // w_t
  double skill = 1, distance = 0.1, luck = 0.2;
  double error = 1, bias = 0, common = 0, influence = 0;
  double altruism = 2;
  double asking = 0.5;
  double meet = 0.02, across = 0.5;
  double expert = 0.933;

  struct Pair {
    std::uint32_t ideas = 0;
  };
  struct Course {
    std::vector<IdeaPool> pools;     // by studied account, then ordinal
    std::vector<IdeaCounts> counts;  // by studied account
    std::vector<Met> met;            // today

    IdeaPool& pool(const Deed& d) {
      const auto before = [](const IdeaPool& p, const Deed& e) {
        return std::pair(p.studied, p.ordinal) < std::pair(e.studied, e.ordinal);
      };
      auto at = std::lower_bound(pools.begin(), pools.end(), d, before);
      if (at == pools.end() || at->studied != d.studied || at->ordinal != d.ordinal) at = pools.emplace(at);
      at->studied = d.studied, at->ordinal = d.ordinal;
      return *at;
    }
    template <class Archive>
    void visit(Archive& a) {
      a(pools), a(counts), a(met);
    }
  };

  double rate() const { return preset == "open" ? 0.25 : preset == "contest" ? 0.04 : response; }
  double chance(double x, double similarity, double tau) const {
    const double able = expertise > 0 ? power(x / typical, expertise) : 1;
    const double willing = logistic(willingness + trust * (tau - 0.5)) / logistic(willingness);
    return std::min(1.0, rate() * able * (1 - fit * (1 - similarity)) * willing);
  }
  double quality(double x, double similarity, double u) const {
    return skill * x + distance * (1 - similarity) + luck * normal_quantile(u);
  }
  double own_error(double shared_u, double u) const {
    return bias + error * (std::sqrt(common) * normal_quantile(shared_u) + std::sqrt(1 - common) * normal_quantile(u));
  }
  double estimate(double own, const IdeaPool& pool) const {
    return pool.shown > 0 ? (1 - influence) * own + influence * pool.shown_mean : own;
  }

  double readiness(const Encounter& e, const Pair&) const { return asks(e) ? 1 + altruism : 1; }
  void react(const Encounter& e, Acquaintance& a, Pair&, const Doing& doing, const Stream& draw) const {
    if (!asks(e) || !e.sight.fresh) return;
    a.trust.good += static_cast<float>(asking);
    const Words w = draw(e.sight.reader, e.sight.post.author, e.sight.post.ordinal);
    const double x = e.expertise();
    if (uniform(w[0]) < chance(x, e.similarity, e.trust)) doing.note(name, quality(x, e.similarity, uniform(w[1])));
  }

  void tell(const Encounter& e, const Pair&, const Doing&, const Stream& draw, Notes& notes) const {
    if (!asks(e) || !e.sight.fresh) return;
    const Words w = draw(e.sight.reader, e.sight.post.author, e.sight.post.ordinal);
    const double x = e.expertise();
    notes.push_back({.name = "idea_chance",
                     .value = chance(x, e.similarity, e.trust),
                     .terms = {{"expertise", x}, {"match", e.similarity}, {"trust", e.trust}},
                     .drawn = uniform(w[0])});
    if (uniform(w[0]) >= chance(x, e.similarity, e.trust)) return;
    notes.push_back({.name = "idea_quality",
                     .value = quality(x, e.similarity, uniform(w[1])),
                     .form = Form::sum,
                     .terms = {{"skill", skill * x},
                               {"distance", distance * (1 - e.similarity)},
                               {"luck", luck * normal_quantile(uniform(w[1]))}}});
  }
  std::string told(std::uint32_t ordinal) const { return "sends an idea for post " + std::to_string(ordinal); }

  template <class World>
  void follow_up(Course& course, World& world, std::span<const Deed> deeds, const Stream& draw) const {
    course.counts.resize(world.studied());
    for (const Deed& d : deeds) take(course, world, d, draw);
    for (const Deed& d : deeds) course.pool(d).show();
    if (world.day_ends()) count_ties(course, world);
  }
  bool changes_follows() const { return meet > 0; }

  template <class Add>
  void report(Add& add) const {
    const auto count = [&](const char* which, const char* units, const char* text, std::uint64_t IdeaCounts::*of,
                           bool flow = false) {
      add(Quantity{which, units, text, true, flow}, [of](const Course& c, std::size_t k) {
        return k < c.counts.size() ? static_cast<double>(c.counts[k].*of) : 0.0;
      });
    };
    count("ideas", "ideas", "ideas for its open problems in the output step", &IdeaCounts::ideas, true);
    count("contributors", "accounts", "distinct accounts that have sent an idea", &IdeaCounts::contributors);
    count("experts", "accounts", "experts among the contributors", &IdeaCounts::experts);
    add(Quantity{"idea_best", "1", "quality of the best idea so far", false, false},
        [](const Course& c, std::size_t k) { return best(c, k); });
    add(Quantity{"crowd_error", "1", "error of the mean estimate, root mean square over problems", false, false},
        [](const Course& c, std::size_t k) { return over_problems(c, k, [](const IdeaPool& p) { return p.miss(); }); });
    add(Quantity{"crowd_diversity", "1", "spread of a problem's estimates, root mean square likewise", false, false},
        [](const Course& c, std::size_t k) {
          return over_problems(c, k, [](const IdeaPool& p) { return p.spread(); });
        });
    if (!changes_follows()) return;
    count("floor_ties", "follows", "follows begun among those with ideas for one problem", &IdeaCounts::ties);
    count("floor_ties_across", "follows", "those of them across interests", &IdeaCounts::ties_across);
  }

  void declare(Fields& f) {
    const auto share = [&](const char* key, double& value, const char* text, const char* source) {
      f.number(key, value, {.low = 0, .high = 1, .help = text, .source = source});
    };
    const auto size = [&](const char* key, double& value, const char* text, const char* source) {
      f.number(key, value, {.low = 0, .high = 100, .help = text, .source = source});
    };
    f.flag("on", on, {.help = "off: a problem is passed on like any post, and nobody answers", .source = "assumption"});
    f.number_or_word("response", response, preset, {"open", "contest"},
                     {.unit = "probability",
                      .low = 0,
                      .high = 1,
                      .help = "s0: chance that a reader of typical skill sends an idea; open: .25, contest: .04",
                      .source = "open: Iaconesi 2012, ideas of 50,000 of 200,000; contest: Jeppesen & Lakhani 2010"});
    size("expertise", expertise, "g: how the chance grows with skill, (x / typical)^g", "assumption");
    f.number("typical", typical,
             {.low = 0.001, .high = 1, .help = "x0: expertise at which s0 holds", .source = "mean of the population"});
    share("fit", fit, "f: how far only those whose interests fit answer", "assumption; 0: anyone may");
    f.number("willingness", willingness,
             {.low = -20,
              .high = 20,
              .help = "alpha: log-odds of being willing; the higher, the less trust matters",
              .source = "assumption"});
    size("trust", trust, "w_t: what trust in who asks adds to it", "assumption");
    size("skill", skill, "what full expertise adds to an idea's quality", "unit of quality");
    size("distance", distance, "delta: what an outsider's interests add to it",
         "sign after Jeppesen & Lakhani 2010: weak; size: assumption");
    size("luck", luck, "sd of an idea's quality among equals", "assumption");
    size("error", error, "sd of an estimate", "unit of error");
    f.number("bias", bias, {.low = -100, .high = 100, .help = "error all estimates share", .source = "assumption"});
    share("common", common, "share of an estimate's variance common to all of a problem's", "assumption");
    share("influence", influence, "rho: weight of the estimates shown in a new one",
          "sign after Lorenz et al. 2011; size: assumption");
    size("altruism", altruism, "a problem is passed on (1 + this) times as readily",
         "assumption: an altruistic end attracts");
    size("asking", asking, "what asking adds to the trust count A of who sees it",
         "assumption: to be seen to be doing it");
    share("meet", meet, "c_x: chance that who sends an idea follows one who came before", "assumption");
    share("across", across, "share of these who look for somebody of other interests", "assumption");
    share("expert", expert, "expertise above which a contributor is an expert",
          "60 doctors of 200,000 contacts (Iaconesi 2012): 3e-4 of the default expertise");
  }

 private:
  static bool asks(const Encounter& e) { return e.sight.content.kind == PostKind::problem; }
  static std::size_t discipline(const Population& people, AccountId a) {  // what it cares for most
    const std::uint8_t* row = people.topics->row(a);
    return static_cast<std::size_t>(std::max_element(row, row + people.topics->topics()) - row);
  }

  template <class World>
  void take(Course& course, World& world, const Deed& d, const Stream& draw) const {
    IdeaPool& pool = course.pool(d);
    const AccountId author = world.id_of(d.studied);
    const Words w = draw(d.reader, author, d.ordinal);
    const double own = own_error(uniform(draw(author, author, d.ordinal)[0]), uniform(w[2]));
    pool.add(static_cast<double>(d.amount), estimate(own, pool));
    if (meet > 0) introduce(course, world, pool, d.reader, uniform(w[3]), draw(d.reader, author, d.ordinal, 1));
    IdeaCounts& counts = course.counts[d.studied];
    ++counts.ideas;
    if (world.memory(d.studied, d.reader)->template of<Problem>().ideas++ == 0) {
      ++counts.contributors;
      counts.experts += world.setting().population->expertise[d.reader] / 255.0 > expert;
    }
    world.tell(What::deed, d.reader, author, d.ordinal);
  }

  // The trading floor.
  template <class World>
  void introduce(Course& course, World& world, IdeaPool& pool, AccountId who, double u, const Words& words) const {
    pool.contributors.push_back(who);
    if (pool.shown == 0 || u >= meet) return;
    const Population& people = *world.setting().population;
    const auto other = [&](std::uint32_t w) { return pool.contributors[std::uint64_t{w} * pool.shown >> 32]; };
    const auto differs = [&](std::uint32_t w) { return discipline(people, other(w)) != discipline(people, who); };
    const auto found = u < meet * across ? std::find_if(words.begin(), words.end(), differs) : words.begin();
    const AccountId whom = other(found == words.end() ? words[0] : *found);
    world.befriend(whom, who);
    course.met.push_back({pool.studied, whom, who});
  }
  // Each once, and those that are no follows yet.
  template <class World>
  void count_ties(Course& course, World& world) const {
    const Population& people = *world.setting().population;
    std::sort(course.met.begin(), course.met.end());
    course.met.erase(std::unique(course.met.begin(), course.met.end()), course.met.end());
    for (const Met& m : course.met) {
      if (world.follows().has(m.follower, m.followed)) continue;
      ++course.counts[m.studied].ties;
      course.counts[m.studied].ties_across += discipline(people, m.follower) != discipline(people, m.followed);
    }
    course.met.clear();
  }

  static double best(const Course& c, std::size_t k) {
    double most = -std::numeric_limits<double>::infinity();
    for (const IdeaPool& p : c.pools)
      if (p.studied == k) most = std::max(most, p.best);
    return std::isfinite(most) ? most : std::numeric_limits<double>::quiet_NaN();
  }
  template <class Square>
  static double over_problems(const Course& c, std::size_t k, const Square& square) {
    double sum = 0, problems = 0;
    for (const IdeaPool& p : c.pools)
      if (p.studied == k) sum += square(p), ++problems;
    return problems > 0 ? std::sqrt(sum / problems) : std::numeric_limits<double>::quiet_NaN();
  }
};

}  // namespace passalong
