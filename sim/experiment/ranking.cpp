// Holm's procedure keeps the chance of any false finding for any dependence between the pairs, needs no draws, and with
// few replicates rests on Student's t alone. An arm that no other is shown to be better than can be the best: with
// confidence 95 % the best is among these, as in multiple comparisons with the best (Hsu 1984), of which this is the
// form that agrees with the pairs.
#include "sim/experiment/ranking.hpp"

#include <algorithm>
#include <cmath>

#include "sim/experiment/confidence_sequence.hpp"
#include "sim/experiment/wording.hpp"

namespace passalong {
namespace {
constexpr double alpha = 0.05;

std::vector<double> adjusted(const std::vector<Contender>& pairs) {
  std::vector<double> p;
  for (const Contender& c : pairs) p.push_back(c.test.p);
  return holm_adjusted(p);
}

// a is better than b where that has sense; else it has more.
bool is_ahead(const Comparison& c, double a, double b) { return less_is_better(c.metric) ? a < b : a > b; }

void place(Comparison& c, std::size_t arm) {
  Ranked& own = c.ranking[arm];
  const double mean = c.strategies[arm].value.mean;
  for (const StrategyResult& s : c.strategies) {
    const bool valued = std::isfinite(s.value.mean);
    own.rank += std::isfinite(mean) ? valued && is_ahead(c, s.value.mean, mean) : valued;
  }
}
}  // namespace

const char* const ranking_procedure =
    "Holm's step-down procedure over all pairs (Holm 1979) on paired t tests, Welch's where arms are independent: the "
    "chance of any false finding is at most 5 %. Simultaneous intervals are Bonferroni's. best_possible: no other is "
    "shown "
    "to be better (compare Hsu 1984).";

void rank(Comparison& c, const std::vector<Contender>& all) {
  std::vector<std::size_t> better(c.strategies.size()), worse(better);  // arms shown to be so
  const std::vector<double> p = adjusted(all);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!(all[i].sequence ? excludes_zero(*all[i].sequence) : p[i] <= alpha)) continue;
    const bool a_ahead = is_ahead(c, all[i].test.difference.mean, 0);
    ++better[a_ahead ? all[i].b : all[i].a], ++worse[a_ahead ? all[i].a : all[i].b];
  }
  for (std::size_t arm = 0; arm < c.strategies.size(); ++arm) {
    Ranked& own = c.ranking[arm];
    place(c, arm);
    own.rank_from = 1 + better[arm], own.rank_to = c.strategies.size() - worse[arm];
    own.best_possible = better[arm] == 0 && own.replicates > 0;
  }
}

void judge(std::vector<PairResult>& pairs, const std::vector<Contender>& told) {
  const std::vector<double> p = adjusted(told);
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    pairs[i].p_value = told[i].test.p, pairs[i].p_adjusted = p[i];
    pairs[i].simultaneous = told[i].test.interval(1 - alpha / static_cast<double>(told.size()));
  }
}

void advise(std::vector<PairResult>& pairs, const std::vector<Contender>& told) {
  const auto open = std::ranges::count_if(pairs, [](const PairResult& p) { return !p.decided(); });
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (pairs[i].decided())
      pairs[i].replicates_more = 0;
    else if (pairs[i].sequence)
      pairs[i].replicates_more = sequence_more(told[i].test.difference.mean, told[i].test.variance_a,
                                               told[i].test.count_a, alpha / static_cast<double>(told.size()));
    else
      pairs[i].replicates_more = replicates_more(told[i].test, alpha / static_cast<double>(open));
  }
}

}  // namespace passalong
