// Arms met replicate by replicate. Strategies share their random numbers, brands their world, so the spread of the
// difference is what counts.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/failure.hpp"
#include "sim/base/suggest.hpp"
#include "sim/experiment/curves.hpp"
#include "sim/experiment/moments.hpp"
#include "sim/experiment/statistics.hpp"
#include "sim/experiment/verdict.hpp"

namespace passalong {
namespace {
constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::size_t row_of_day(const std::vector<double>& time, double at) {
  if (at < 0) return time.size() - 1;
  constexpr double slack = 1e-9;  // days; what decimal days lose in binary
  if (!(at >= time.front() - slack && at <= time.back() + slack)) {
    throw Failure(Exit::usage, fmt::format("day {:g} is not in this result", at),
                  fmt::format("it holds days {:g} to {:g}", time.front(), time.back()));
  }
  return static_cast<std::size_t>(std::upper_bound(time.begin(), time.end(), at + slack) - time.begin()) - 1;
}

std::size_t find_arm(const Result& result, const std::string& name) {
  const std::vector<std::string>& names = result.arms();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const auto near = suggest(name, names);
  throw Failure(Exit::usage, fmt::format("there is no {} '{}' in this result", result.arm(), name),
                near ? fmt::format("did you mean '{}'?", *near) : fmt::format("it has {}", fmt::join(names, ", ")));
}

struct Paired {
  std::vector<double> a, b, difference;  // of the replicates where both have a value
};

Paired pair_up(const std::vector<double>& a, const std::vector<double>& b) {
  Paired p;
  for (std::size_t r = 0; r < a.size(); ++r) {
    if (!std::isfinite(a[r]) || !std::isfinite(b[r])) continue;
    p.a.push_back(a[r]), p.b.push_back(b[r]), p.difference.push_back(a[r] - b[r]);
  }
  return p;
}

void count_wins(const Paired& p, PairResult& pair) {
  double wins = 0;
  for (const double d : p.difference) wins += d > 0 ? 1 : d < 0 ? 0 : 0.5;
  const double n = static_cast<double>(p.difference.size());
  pair.p_a_beats_b = n > 0 ? wins / n : none;
  pair.p_ci = wilson_interval(wins, n);
}

void measure_pairing(const Paired& p, PairResult& pair) {
  pair.correlation = pair.variance_reduction = none;
  if (p.difference.size() < 2) return;
  const double a = variance_of(p.a), b = variance_of(p.b), difference = variance_of(p.difference);
  if (a > 0 && b > 0) {
    pair.correlation = std::clamp(covariance_of(p.a, p.b) / std::sqrt(a) / std::sqrt(b), -1.0, 1.0);
  }
  if (a + b > 0) {
    pair.variance_reduction = difference > 0 ? (a + b) / difference : std::numeric_limits<double>::infinity();
  }
}

PairResult compare_pair(const Result& result, const Curves& curves, std::size_t a, std::size_t b, std::size_t row) {
  PairResult pair;
  pair.a = result.arms()[a], pair.b = result.arms()[b];
  const Paired values = pair_up(curves.over_replicates(a, row), curves.over_replicates(b, row));
  pair.difference = mean_interval(values.difference);
  count_wins(values, pair);
  measure_pairing(values, pair);
  if (const auto from = settles(simultaneous_band(curves.difference(a, b)))) pair.crossing_day = result.time[*from];
  return pair;
}

std::vector<PairResult> compare_pairs(const Result& result, const Curves& curves, const std::string& baseline,
                                      std::size_t row) {
  std::vector<PairResult> pairs;
  const std::size_t count = result.arms().size();
  if (!baseline.empty()) {
    const std::size_t base = find_arm(result, baseline);
    for (std::size_t s = 0; s < count; ++s) {
      if (s != base) pairs.push_back(compare_pair(result, curves, s, base, row));
    }
    return pairs;
  }
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = a + 1; b < count; ++b) pairs.push_back(compare_pair(result, curves, a, b, row));
  }
  return pairs;
}

}  // namespace

Comparison compare(const Result& result, const std::string& metric, const std::string& baseline, double at) {
  const Curves curves(result, metric);
  const std::size_t row = row_of_day(result.time, at);
  Comparison c;
  c.metric = metric, c.at = result.time[row], c.replicates = static_cast<std::int64_t>(result.replicates.size());
  c.replicates_planned = result.integer_of("replicates_planned").value_or(c.replicates), c.complete = result.complete,
  c.arm = result.arm();
  Circumstances circumstances{.baseline = baseline, .redraw = result.text_of("redraw")};
  for (std::size_t s = 0; s < result.arms().size(); ++s) {
    const auto values = finite_only(curves.over_replicates(s, row));
    c.strategies.push_back({result.arms()[s], mean_interval(values)});
    circumstances.left_out = std::max(circumstances.left_out, result.replicates.size() - values.size());
  }
  c.pairs = compare_pairs(result, curves, baseline, row);
  c.verdict = write_verdict(c, circumstances);
  return c;
}

}  // namespace passalong
