// Truths that are known, for measuring how often what a comparison says of them is right: how often intervals and bands
// cover, rankings err, and the advised number of replicates decides. Shared by a quick test and a long one.
#pragma once
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/experiment/inference.hpp"
#include "sim/experiment/ranking.hpp"

namespace passalong {

// Draws of one simulated study: (replicate, which).
class Study {
 public:
  explicit Study(std::size_t number) : stream_(29, static_cast<std::uint32_t>(number), Purpose::scenario_draw) {}
  double uniform_of(std::size_t replicate, std::uint32_t which) const {
    return uniform(stream_(static_cast<std::uint32_t>(replicate), which)[0]);
  }
  double normal(std::size_t replicate, std::uint32_t which) const {
    return normal_quantile(uniform_of(replicate, which));
  }
  double waiting(std::size_t replicate, std::uint32_t which) const {  // exponential: mean 1, skewness 2
    return -passalong::log(uniform_of(replicate, which));
  }

 private:
  Stream stream_;
};

// The share of `studies` of which `holds` is true.
inline double share_of(std::size_t studies, const std::function<bool(const Study&)>& holds) {
  std::vector<char> held(studies);
  Team team(2);
  team.each(studies, [&](std::size_t i, unsigned) { held[i] = holds(Study(i)) ? 1 : 0; });
  return static_cast<double>(std::count(held.begin(), held.end(), 1)) / static_cast<double>(studies);
}

struct Truth {
  std::string name;
  double difference;
  std::function<std::pair<double, double>(const Study&, std::size_t replicate)> draw;  // of the two arms
};

inline std::vector<Truth> truths() {
  return {{"normal", 3,
           [](const Study& s, std::size_t r) {
             const double shared = 5 * s.normal(r, 0);
             return std::pair(10 + shared + s.normal(r, 1), 7 + shared + 2 * s.normal(r, 2));
           }},
          {"skewed arms", 1,
           [](const Study& s, std::size_t r) {
             const double shared = 3 * s.waiting(r, 0);
             return std::pair(1 + shared + s.waiting(r, 1), shared + s.waiting(r, 2));
           }},
          {"counts", 0.5, [](const Study& s, std::size_t r) {  // whole numbers with many ties
             const double shared = std::floor(4 * s.uniform_of(r, 0));
             return std::pair(shared + std::floor(4 * s.uniform_of(r, 1)), shared + std::floor(3 * s.uniform_of(r, 2)));
           }}};
}

// One arm far more skewed than the other: what Student's t is known to bear badly with few replicates.
inline Truth lopsided() {
  return {"lopsided", 1, [](const Study& s, std::size_t r) { return std::pair(2 * s.waiting(r, 1), s.waiting(r, 2)); }};
}

inline bool covers(const Interval& i, double value) { return i.low <= value && value <= i.high; }

inline double paired_coverage(const Truth& truth, std::size_t studies, std::size_t replicates) {
  return share_of(studies, [&](const Study& s) {
    std::vector<double> differences;
    for (std::size_t r = 0; r < replicates; ++r) {
      const auto [a, b] = truth.draw(s, r);
      differences.push_back(a - b);
    }
    return covers(paired_test(differences).difference.ci, truth.difference);
  });
}

// The arms from replicates of their own, `count_a` and `count_b` of them.
inline double welch_coverage(const Truth& truth, std::size_t studies, std::size_t count_a, std::size_t count_b) {
  return share_of(studies, [&](const Study& s) {
    std::vector<double> a, b;
    for (std::size_t r = 0; r < count_a; ++r) a.push_back(truth.draw(s, r).first);
    for (std::size_t r = 0; r < count_b; ++r) b.push_back(truth.draw(s, count_a + r).second);
    return covers(welch_test(a, b).difference.ci, truth.difference);
  });
}

// Random walks [replicate][day] from the replicate `first` on, of that size of step.
inline std::vector<std::vector<double>> walks(const Study& s, std::size_t first, std::size_t count, std::size_t days,
                                              double step) {
  std::vector<std::vector<double>> curves(count, std::vector<double>(days));
  for (std::size_t r = 0; r < count; ++r) {
    double x = 0;
    for (std::size_t t = 0; t < days; ++t)
      curves[r][t] = x += step * s.normal(first + r, static_cast<std::uint32_t>(t));
  }
  return curves;
}

inline bool holds_zero(const Band& band) {
  bool inside = true;
  for (std::size_t t = 0; t < band.mean.size(); ++t) inside &= band.low[t] <= 0 && 0 <= band.high[t];
  return inside;
}

inline double band_coverage(std::size_t studies, std::size_t replicates, std::size_t days) {
  return share_of(studies,
                  [&](const Study& s) { return holds_zero(simultaneous_band(walks(s, 0, replicates, days, 1))); });
}

inline double joint_band_coverage(std::size_t studies, std::size_t count_a, std::size_t count_b, std::size_t days) {
  return share_of(studies, [&](const Study& s) {
    return holds_zero(simultaneous_band(walks(s, 0, count_a, days, 1), walks(s, count_a, count_b, days, 3)));
  });
}

// Arms of these true means, all of one world a replicate or each of its own.
struct Race {
  std::vector<double> means;
  std::size_t replicates;
  bool paired;
};

struct Placed {
  std::vector<PairResult> pairs;
  std::vector<Ranked> ranking;
};

inline Placed place(const Race& race, const Study& s) {
  std::vector<std::vector<double>> arms(race.means.size());
  for (std::size_t a = 0; a < arms.size(); ++a)
    for (std::size_t r = 0; r < race.replicates; ++r)
      arms[a].push_back(race.means[a] + 2 * s.normal(r, race.paired ? 99 : 100 + static_cast<std::uint32_t>(a)) +
                        (1 + 0.5 * static_cast<double>(a)) * s.normal(r, static_cast<std::uint32_t>(a)));
  Comparison c;
  c.metric = "followers";
  for (std::size_t a = 0; a < arms.size(); ++a) {
    c.strategies.push_back({std::string(1, static_cast<char>('a' + a)), mean_interval(arms[a])});
    c.ranking.push_back({c.strategies[a].name, "", static_cast<std::int64_t>(race.replicates)});
  }
  std::vector<Contender> all;
  for (std::size_t a = 0; a < arms.size(); ++a)
    for (std::size_t b = a + 1; b < arms.size(); ++b) {
      std::vector<double> differences;
      for (std::size_t r = 0; r < race.replicates; ++r) differences.push_back(arms[a][r] - arms[b][r]);
      all.push_back({a, b, race.paired ? paired_test(differences) : welch_test(arms[a], arms[b])});
      c.pairs.emplace_back().difference = all.back().test.difference;
    }
  rank(c, all), judge(c.pairs, all);
  return {c.pairs, c.ranking};
}

struct Errors {
  double findings = 0;   // any pair of equal arms called different, or a best arm left out of those that can be best
  double intervals = 0;  // any of the joint intervals misses
};

inline Errors errors_of(const Race& race, std::size_t studies) {
  const double best = *std::max_element(race.means.begin(), race.means.end());
  std::vector<char> missed(studies);
  std::vector<char> found(studies);
  Team team(2);
  team.each(studies, [&](std::size_t i, unsigned) {
    const Placed placed = place(race, Study(i));
    std::size_t pair = 0;
    for (std::size_t a = 0; a < race.means.size(); ++a) {
      found[i] |= race.means[a] == best && !placed.ranking[a].best_possible;
      for (std::size_t b = a + 1; b < race.means.size(); ++b, ++pair) {
        const double difference = race.means[a] - race.means[b];
        found[i] |= difference == 0 && placed.pairs[pair].decided();
        missed[i] |= !covers(placed.pairs[pair].simultaneous, difference);
      }
    }
  });
  const auto share = [&](const std::vector<char>& of) {
    return static_cast<double>(std::count(of.begin(), of.end(), 1)) / static_cast<double>(studies);
  };
  return {share(found), share(missed)};
}

// Plays as many replicates as are advised after `first` that showed `effect` standard deviations, which is the truth.
inline double power_after_advice(double effect, std::size_t first, bool paired, double alpha, std::size_t studies) {
  TTest seen;
  seen.difference.mean = effect, seen.variance_a = 1, seen.count_a = static_cast<double>(first);
  if (!paired) seen.variance_b = 4, seen.count_b = seen.count_a;
  seen.p = 1;  // not decided
  const auto more = replicates_more(seen, alpha);
  if (!more) return 0;
  const std::size_t count = first + static_cast<std::size_t>(*more);
  return share_of(studies, [&](const Study& s) {
    std::vector<double> a, b;
    for (std::size_t r = 0; r < count; ++r) a.push_back(effect + s.normal(r, 0)), b.push_back(2 * s.normal(r, 1));
    const TTest test = paired ? paired_test(a) : welch_test(a, b);
    return test.p <= alpha;
  });
}

}  // namespace passalong
