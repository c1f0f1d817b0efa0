// Curves of every series: means and the range of the replicates, the leader's difference from each other arm with its
// simultaneous band, that of each future from the policy it parts from, and the figures of the last day.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "sim/base/parallel.hpp"
#include "sim/experiment/confidence_sequence.hpp"
#include "sim/experiment/inference.hpp"
#include "sim/experiment/moments.hpp"
#include "sim/experiment/short_verdict.hpp"
#include "sim/experiment/wording.hpp"
#include "sim/report/page_parts.hpp"

namespace passalong {
namespace {
constexpr std::size_t most_points = 2000;  // of a curve
// Of the main one's curves and of all others': they keep the page small.
constexpr std::size_t most_of_main = 30'000, most_numbers = 60'000;
constexpr double most_work = 2e9;  // products in the draws behind the bands

constexpr std::size_t few = 10;  // replicates: of fewer the shading holds all

struct Pair {
  std::size_t a = 0, b = 0;
  PairResult found;  // as compare finds it
  double ahead = 0;  // replicates in which a has more, ties half
  Band band;
};

// Of a series: the leader against each other arm, and futures against their past.
struct Pairs {
  std::vector<Pair> best, asked;
};

// Live, the band is of those replicates that have come to the end, once there are enough.
std::vector<std::vector<double>> usable(std::vector<std::vector<double>> curves, bool live) {
  if (!live) return curves;
  auto whole = curves;
  std::erase_if(
      whole, [](const auto& c) { return std::any_of(c.begin(), c.end(), [](double v) { return !std::isfinite(v); }); });
  return whole.size() >= 2 ? whole : curves;
}

using Differences = std::vector<std::vector<double>>;  // [replicate][row]

std::vector<double> at_row(const Differences& curves, std::size_t row) {
  std::vector<double> values;
  for (const auto& curve : curves) values.push_back(curve[row]);
  return finite_only(std::move(values));
}

// p-values over all pairs of arms, as compare adjusts them though the page tells fewer pairs. [a][b], a < b.
std::vector<std::vector<double>> adjusted_p(const PageSource& source, const Course& course) {
  const std::size_t arms = course.values.size();
  std::vector<double> p;
  for (std::size_t a = 0; a < arms; ++a)
    for (std::size_t b = a + 1; b < arms; ++b) p.push_back(paired_test(at_row(course.difference(a, b), source.last)).p);
  const auto adjusted = holm_adjusted(p);
  std::vector<std::vector<double>> table(arms, std::vector<double>(arms));
  for (std::size_t a = 0, i = 0; a < arms; ++a)
    for (std::size_t b = a + 1; b < arms; ++b) table[a][b] = table[b][a] = adjusted[i++];
  return table;
}

Pair make_pair(const PageSource& source, const Course& course, std::size_t a, std::size_t b) {
  Pair pair;
  pair.a = a, pair.b = b;
  const auto curves = usable(course.difference(a, b), source.live);
  const auto last = at_row(curves, source.last);
  for (const double d : last) pair.ahead += d > 0 ? 1 : d < 0 ? 0 : 0.5;
  pair.found.difference = mean_interval(last);
  pair.found.sequence = sequence_interval(source.result, last);
  pair.band = simultaneous_band(curves);
  if (const auto from = settles(pair.band)) pair.found.crossing_day = source.result.time[*from];
  return pair;
}

int direction_of(const Course& course) {
  return less_is_better(course.name) ? -1 : more_is_better(course.name) ? 1 : 0;
}

std::size_t best_arm(const PageSource& source, const Course& course) {
  const double sign = direction_of(course) < 0 ? -1 : 1;
  std::size_t best = 0;
  double most = -std::numeric_limits<double>::infinity();
  for (std::size_t arm = 0; arm < course.values.size(); ++arm) {
    const double mean = mean_interval(course.over_replicates(arm, source.last)).mean;
    if (sign * mean > most) most = sign * mean, best = arm;
  }
  return best;
}

Pairs pairs_of(const PageSource& source, const Course& course) {
  Pairs pairs;
  const std::size_t arms = course.values.size(), best = best_arm(source, course);
  if (arms < 2 || source.result.replicates.size() < 2) return pairs;
  const auto p = adjusted_p(source, course);
  const auto add = [&](std::vector<Pair>& to, std::size_t a, std::size_t b) {
    to.push_back(make_pair(source, course, a, b));
    to.back().found.p_adjusted = p[a][b];
  };
  for (std::size_t b = 0; b < arms; ++b)
    if (b != best) add(pairs.best, best, b);
  for (const auto& [future, past] : futures_of(source.result)) add(pairs.asked, future, past);
  return pairs;
}

double round_to(double value, int digits) {
  if (!std::isfinite(value) || value == 0) return value;
  const double scale = std::pow(10.0, digits - std::ceil(std::log10(std::fabs(value))));
  return std::round(value * scale) / scale;
}

// Bounds of shading need no more than four digits.
std::vector<double> at_rows(const std::vector<double>& values, const std::vector<std::size_t>& rows, int digits) {
  std::vector<double> kept;
  for (const std::size_t row : rows) kept.push_back(row < values.size() ? round_to(values[row], digits) : NAN);
  return kept;
}

struct Curve {
  std::vector<double> mean, low, high;
};

// Four digits, such that what the bounds hold stays within.
double widen(double value, double sign) {
  if (!std::isfinite(value) || value == 0) return value;
  const double unit = std::pow(10.0, std::ceil(std::log10(std::fabs(value))) - 4);
  return sign < 0 ? std::floor(value / unit + 1e-9) * unit : std::ceil(value / unit - 1e-9) * unit;
}

Curve curve_of(const PageSource& source, const Course& course, std::size_t arm, const std::vector<std::size_t>& rows) {
  Curve curve;
  for (const std::size_t row : rows) {
    const auto values = course.over_replicates(arm, row);
    curve.mean.push_back(mean_interval(values).mean);
    const std::size_t replicates = source.result.replicates.size();
    if (replicates < 2) continue;
    const double tail = replicates < few ? 0 : 0.1;
    curve.low.push_back(widen(sample_quantile(values, tail), -1));
    curve.high.push_back(widen(sample_quantile(values, 1 - tail), 1));
  }
  return curve;
}

void write_curve(JsonWriter& json, const Curve& curve) {
  json.open_object().field("mean", curve.mean);
  if (!curve.low.empty()) json.field("low", curve.low).field("high", curve.high);
  json.close_object();
}

void write_pair(JsonWriter& json, const Pair& pair, const std::vector<std::size_t>& rows) {
  json.open_object().field("a", pair.a).field("b", pair.b);
  write_estimate(json.key("difference"), pair.found.difference);
  json.field("ahead", pair.ahead).field("decided", pair.found.decided());
  if (pair.found.crossing_day) json.field("crossing", *pair.found.crossing_day);
  json.key("curve");
  write_curve(json,
              {at_rows(pair.band.mean, rows, 6), at_rows(pair.band.low, rows, 4), at_rows(pair.band.high, rows, 4)});
  json.close_object();
}

void write_pairs(JsonWriter& json, const char* name, const std::vector<Pair>& pairs,
                 const std::vector<std::size_t>& rows) {
  json.key(name).open_array();
  for (const Pair& pair : pairs) write_pair(json, pair, rows);
  json.close_array();
}

void write_course(JsonWriter& json, const PageSource& source, const Course& course, int grid,
                  const std::vector<std::size_t>& rows, const Pairs& pairs) {
  json.open_object().field("name", course.name).field("label", course.label).field("unit", course.unit);
  if (!course.one.empty()) json.field("one", course.one);
  json.field("about", course.about).field("total", course.total).field("counts", course.counts);
  json.field("better", direction_of(course)).field("grid", grid);
  json.key("arms").open_array();
  for (std::size_t arm = 0; arm < course.values.size(); ++arm) write_curve(json, curve_of(source, course, arm, rows));
  json.close_array().key("last").open_array();
  for (std::size_t arm = 0; arm < course.values.size(); ++arm)
    write_estimate(json, mean_interval(course.over_replicates(arm, source.last)));
  json.close_array();
  write_pairs(json, "pairs", pairs.best, rows);
  if (!pairs.asked.empty()) write_pairs(json, "asked", pairs.asked, rows);
  json.close_object();
}

// Bands of all series where that is quick, else of the main one alone.
std::vector<Pairs> all_pairs(const PageSource& source, const std::string& metric) {
  const auto& result = source.result;
  const double work = 1e4 * static_cast<double>(result.time.size() * result.replicates.size() * source.courses.size() *
                                                (result.arms().size() - 1));
  const bool all = work < (source.live ? 0.1 : 1) * most_work;
  std::vector<Pairs> pairs(source.courses.size());
  Team team(0);
  team.each(pairs.size(), [&](std::size_t i, unsigned) {
    if (all || source.courses[i].name == metric) pairs[i] = pairs_of(source, source.courses[i]);
  });
  return pairs;
}

// What a future does that the policy it parts from would not have done: what a branch is for.
std::string answer_of(const PageSource& source, const Course& course, const Pair& pair) {
  const auto& arms = source.result.arms();
  const double mean = pair.found.difference.mean;
  const Interval sure = pair.found.sequence.value_or(pair.found.difference.ci);
  const std::string a = "'" + arms[pair.a] + "'", b = "'" + arms[pair.b] + "'";
  if (!pair.found.decided())
    return fmt::format("Whether {} does other than {} is open: the difference of {} {} may be chance ({}).", a, b,
                       readable_signed(mean), course.label, readable_signed(sure));
  const std::string size = readable(std::fabs(mean)),
                    range = mean > 0 ? readable(sure) : readable(Interval{-sure.high, -sure.low});
  return fmt::format("{} ends with {} {} {} than {}, with 95\u00a0% confidence {}.", a, size, course.label,
                     mean > 0 ? "more" : "fewer", b, range);
}

void write_answers(JsonWriter& json, const PageSource& source, const std::string& metric,
                   const std::vector<Pairs>& pairs) {
  json.key("answers").open_array();
  for (std::size_t i = 0; i < pairs.size(); ++i)
    if (source.courses[i].name == metric)
      for (const Pair& pair : pairs[i].asked) json.value(answer_of(source, source.courses[i], pair));
  json.close_array();
}

void write_days(JsonWriter& json, const PageSource& source, const std::vector<std::vector<std::size_t>>& grids) {
  json.key("days").open_array();
  for (const auto& rows : grids) json.value(at_rows(source.result.time, rows, 9));
  json.close_array();
}
}  // namespace

double sample_quantile(std::vector<double> values, double share) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const double at = share * static_cast<double>(values.size() - 1);
  const auto i = std::min(static_cast<std::size_t>(at), values.size() - 1);
  const auto next = std::min(i + 1, values.size() - 1);
  return values[i] + (at - static_cast<double>(i)) * (values[next] - values[i]);
}

void write_estimate(JsonWriter& json, const Estimate& e) {
  json.open_array().exact(e.mean).exact(e.ci.low).exact(e.ci.high).close_array();
}

std::string main_metric(const PageSource& source) {
  if (find_course(source.courses, "followers") != nullptr) return "followers";
  return source.courses.empty() ? "" : source.courses.front().name;
}

void write_courses(JsonWriter& json, const PageSource& source) {
  const std::string metric = main_metric(source);
  const auto pairs = all_pairs(source, metric);
  const std::size_t arms = source.result.arms().size();
  const std::size_t own = 3 * arms + 3 * (arms - 1), arrays = source.courses.size() * own;
  const std::size_t points = std::max<std::size_t>(40, most_numbers / std::max<std::size_t>(1, arrays));
  const std::size_t rows = source.result.time.size();
  const std::vector<std::vector<std::size_t>> grids{thinned_rows(rows, std::min(most_points, most_of_main / own)),
                                                    thinned_rows(rows, points)};
  write_days(json, source, grids);
  json.field("metric", metric).field("day", rows > 0 ? source.result.time[source.last] : 0.0);
  json.key("series").open_array();
  for (std::size_t i = 0; i < source.courses.size(); ++i) {
    const int grid = source.courses[i].name == metric || rows <= points ? 0 : 1;
    write_course(json, source, source.courses[i], grid, grids[static_cast<std::size_t>(grid)], pairs[i]);
  }
  json.close_array().field("shading", source.result.replicates.size() < few ? "all" : "middle");
  write_answers(json, source, metric, pairs);
}

}  // namespace passalong
