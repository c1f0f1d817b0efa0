// How many reverse sets are enough, and the choice among them. Names and numbers of equations are those of Tang, Shi &
// Xiao 2015. There the last number of sets depends on the sets, which its proof overlooks; Chen 2018 mends it by asking
// that all numbers up to the largest be enough (his second way: `exponent` grows, no set is drawn twice).
#include <algorithm>
#include <cmath>

#include "sim/engine/influence/cover.hpp"
#include "sim/engine/influence/influence.hpp"
#include "sim/engine/influence/live.hpp"

namespace passalong {
namespace {
constexpr double one_less_1_e = 1 - 0.36787944117144233;

double log_choose(double n, std::uint32_t k) {
  double sum = 0;
  for (std::uint32_t i = 1; i <= k; ++i) sum += passalong::log((n - k + i) / i);
  return sum;
}

struct Bounds {
  double n, epsilon, exponent, log_n, log_sets;

  explicit Bounds(const InfluencePlan& plan)
      : n(plan.cascade.network->accounts()),
        epsilon(plan.epsilon),
        exponent(plan.exponent),
        log_n(passalong::log(n)),
        log_sets(log_choose(n, plan.count)) {
    correct();
    exponent += passalong::log(2) / log_n;  // both phases may fail
  }

  // Chen: n^gamma is at least the largest number of sets; the fixed point is approached from below.
  void correct() {
    const double asked = exponent;
    for (int i = 0; i < 64; ++i) exponent = asked + passalong::log(enough() + 2.0 * ReverseSets::in_block) / log_n;
  }

  // Equation 6: sets enough, times what the best reach.
  double enough() const {
    const double certain = exponent * log_n + passalong::log(2);
    const double alpha = std::sqrt(certain), beta = std::sqrt(one_less_1_e * (log_sets + certain));
    const double sum = one_less_1_e * alpha + beta;
    return 2 * n * sum * sum / (epsilon * epsilon);
  }

  // From what the best can cover of so many sets (Tang, Tang, Xiao & Yuan 2018, equation 14 with lemma 4.4); whichever
  // number of sets came out, as above.
  double best_at_most(double covered, double sets) const {
    const double a = exponent * log_n / 2, sum = std::sqrt(covered + a) + std::sqrt(a);
    return std::min(n, sum * sum * n / sets);
  }

  // Equation 9: sets that tell whether the best reach x, times x.
  double telling(double e) const {
    const double rounds = std::max(1.0, passalong::log(n) / passalong::log(2));
    return (2 + 2 * e / 3) * (log_sets + exponent * log_n + passalong::log(rounds)) * n / (e * e);
  }
};

class SetSearch {
 public:
  SetSearch(const InfluencePlan& plan, Team& team)
      : plan_(plan), team_(team), bounds_(plan), sets_(plan.cascade, team) {}

  Influence run() {
    const double reach = bound_best();
    if (reach > 0 && grow(bounds_.enough() / reach)) return told(choose(plan_.exchange));
    Influence none;
    none.sets = sets_.count(), none.members = sets_.members(), none.bytes_wanted = sets_.bytes_wanted();
    return none;
  }

 private:
  bool grow(double count) { return sets_.grow(static_cast<std::uint64_t>(count) + 1, plan_.memory); }
  Cover choose(bool exchange) { return cover_greedily(sets_, plan_.count, exchange, team_); }
  double reach_of(const Cover& cover) const {
    return bounds_.n * static_cast<double>(cover.covered) / static_cast<double>(sets_.count());
  }

  // At most what the best reach (algorithm 2), and no less than themselves; 0 where sets did not fit.
  double bound_best() {
    const double e = std::sqrt(2) * bounds_.epsilon;
    for (double x = bounds_.n / 2; x >= 2; x /= 2) {
      if (!grow(bounds_.telling(e) / x)) return 0;
      const double reach = reach_of(choose(false));
      if (reach >= (1 + e) * x) return std::max<double>(plan_.count, reach / (1 + e));
    }
    return plan_.count;
  }

  Influence told(const Cover& cover) const {
    Influence influence;
    influence.accounts = cover.accounts;
    for (const std::uint64_t gain : cover.gains)
      influence.gains.push_back(bounds_.n * static_cast<double>(gain) / static_cast<double>(sets_.count()));
    influence.best_at_most = bounds_.best_at_most(static_cast<double>(cover.most), static_cast<double>(sets_.count()));
    influence.sets = sets_.count(), influence.members = sets_.members(), influence.bytes = sets_.bytes();
    return influence;
  }

  const InfluencePlan& plan_;
  Team& team_;
  Bounds bounds_;
  ReverseSets sets_;
};
}  // namespace

Influence maximise_by_sets(const InfluencePlan& plan, Team& team) {
  if (plan.cascade.network->accounts() == 1) return {.accounts = {0}, .gains = {1}, .best_at_most = 1};
  InfluencePlan whole = plan;
  whole.cascade = with_levels(plan.cascade);
  return SetSearch(whole, team).run();
}

}  // namespace passalong
