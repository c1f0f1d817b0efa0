// Holm's procedure keeps the chance of any false finding for any dependence between the pairs, needs no draws, and with
// few replicates rests on Student's t alone. An arm that no other is shown to be better than can be the best: with
// confidence 95 % the best is among these, as in multiple comparisons with the best (Hsu 1984), of which this is the
// form that agrees with the pairs.
#include "sim/experiment/ranking.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

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

// Who is shown to be better than whom.
using Shown = std::vector<std::vector<bool>>;

// Among those that are left, none is shown to be better than it; all where there is none such.
std::vector<std::size_t> foremost(const Shown& better, const std::vector<std::size_t>& left) {
  std::vector<std::size_t> first;
  for (const std::size_t arm : left)
    if (std::ranges::none_of(left, [&](std::size_t other) { return better[other][arm]; })) first.push_back(arm);
  return first.empty() ? left : first;
}

bool is_before(const Comparison& c, std::size_t a, std::size_t b) {
  const double x = c.strategies[a].value.mean, y = c.strategies[b].value.mean;
  return std::isfinite(x) && (!std::isfinite(y) || is_ahead(c, x, y));
}

// One after the other, the best mean first; equals share a place.
void place(Comparison& c, const Shown& better) {
  std::vector<std::size_t> left(c.strategies.size());
  std::iota(left.begin(), left.end(), 0);
  while (!left.empty()) {
    const auto first = foremost(better, left);
    const std::size_t best =
        *std::ranges::min_element(first, [&](std::size_t a, std::size_t b) { return is_before(c, a, b); });
    const std::size_t rank = 1 + c.strategies.size() - left.size();
    for (const std::size_t arm : first) {
      if (is_before(c, best, arm)) continue;
      c.ranking[arm].rank = rank;
      std::erase(left, arm);
    }
  }
}
}  // namespace

std::size_t leader_of(const Comparison& c) {
  if (!c.ranking.empty())
    return static_cast<std::size_t>(std::ranges::min_element(c.ranking, {}, &Ranked::rank) - c.ranking.begin());
  std::size_t best = 0;  // a comparison that was put together from its figures
  for (std::size_t arm = 1; arm < c.strategies.size(); ++arm)
    if (is_before(c, arm, best)) best = arm;
  return best;
}

bool is_won(const Comparison& c, const PairResult& pair) {
  return pair.decided() && is_ahead(c, pair.difference.mean, 0);
}

std::string procedure_of(const Comparison& c) {
  const bool all = 2 * c.pairs.size() == c.strategies.size() * (c.strategies.size() - 1);
  return fmt::format(
      "Holm's step-down procedure over {} (Holm 1979) on paired t tests, Welch's where arms are independent: the "
      "chance of any false finding is at most 5 %. Simultaneous intervals are Bonferroni's. best_possible: no other is "
      "shown to be better (compare Hsu 1984).",
      all ? "all pairs" : "the pairs told, the ranking over all pairs");
}

void rank(Comparison& c, const std::vector<Contender>& all) {
  std::vector<std::size_t> better(c.strategies.size()), worse(better);  // arms shown to be so
  Shown shown(c.strategies.size(), std::vector<bool>(c.strategies.size()));
  const std::vector<double> p = adjusted(all);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!(all[i].sequence ? excludes_zero(*all[i].sequence) : p[i] <= alpha)) continue;
    const bool a_ahead = is_ahead(c, all[i].test.difference.mean, 0);
    const std::size_t ahead = a_ahead ? all[i].a : all[i].b, behind = a_ahead ? all[i].b : all[i].a;
    ++better[behind], ++worse[ahead], shown[ahead][behind] = true;
  }
  place(c, shown);
  for (std::size_t arm = 0; arm < c.strategies.size(); ++arm) {
    Ranked& own = c.ranking[arm];
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
