// Arms met pair by pair. Strategies share their random numbers, brands their world, so the spread of the difference is
// what counts; arms of results that met other draws are independent.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/failure.hpp"
#include "sim/base/suggest.hpp"
#include "sim/experiment/confidence_sequence.hpp"
#include "sim/experiment/field.hpp"
#include "sim/experiment/inference.hpp"
#include "sim/experiment/moments.hpp"
#include "sim/experiment/ranking.hpp"
#include "sim/experiment/verdict.hpp"

namespace passalong {
namespace {
constexpr double none = std::numeric_limits<double>::quiet_NaN();
using Matrix = std::vector<std::vector<double>>;

std::size_t row_of_day(const Field& field, double at, bool several) {
  const std::vector<double>& days = field.days;
  if (days.empty() && at >= 0) {
    throw Failure(Exit::usage, fmt::format("'{}' has one value a replicate: there is no day to choose", field.metric),
                  "leave out --at");
  }
  if (days.empty() || at < 0) return days.empty() ? 0 : days.size() - 1;
  constexpr double slack = 1e-9;  // days; what decimal days lose in binary
  if (!(at >= days.front() - slack && at <= days.back() + slack)) {
    throw Failure(Exit::usage, fmt::format("day {:g} is not in {}", at, several ? "all these results" : "this result"),
                  fmt::format("{} days {:g} to {:g}", several ? "they share" : "it holds", days.front(), days.back()));
  }
  return static_cast<std::size_t>(std::upper_bound(days.begin(), days.end(), at + slack) - days.begin()) - 1;
}

std::size_t find_arm(const Field& field, const std::string& name, bool several_files) {
  std::vector<std::string> names;
  for (const Arm& arm : field.arms) names.push_back(arm.name);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  const auto near = suggest(name, names);
  const char* const where = several_files ? "these results" : "this result";
  throw Failure(Exit::usage, fmt::format("there is no {} '{}' in {}", field.arm, name, where),
                near ? fmt::format("did you mean '{}'?", *near)
                     : fmt::format("{} {}", several_files ? "they have" : "it has", fmt::join(names, ", ")));
}

std::vector<double> column(const Matrix& curves, std::size_t row) {
  std::vector<double> values;
  for (const auto& curve : curves) values.push_back(curve[row]);
  return values;
}

struct Values {
  std::vector<double> a, b, difference;  // paired: of the replicates where both have a value
};

Values values_of(const Match& match, std::size_t row) {
  const auto a = column(match.a, row), b = column(match.b, row);
  if (!match.pairing->paired) return {finite_only(a), finite_only(b), {}};
  Values v;
  for (std::size_t r = 0; r < a.size(); ++r) {
    if (!std::isfinite(a[r]) || !std::isfinite(b[r])) continue;
    v.a.push_back(a[r]), v.b.push_back(b[r]), v.difference.push_back(a[r] - b[r]);
  }
  return v;
}

TTest test_of(const Match& match, const Values& v) {
  if (!match.pairing->paired) return welch_test(v.a, v.b);
  const auto varies = [](const std::vector<double>& x) { return x.size() > 1 && variance_of(x) > 0; };
  return paired_test(v.difference, match.fixed && !varies(v.a) && !varies(v.b));
}

// Every replicate of a against every one of b.
void count_across(Values v, PairResult& pair) {
  std::sort(v.b.begin(), v.b.end());
  for (const double x : v.a) {
    const auto [from, to] = std::equal_range(v.b.begin(), v.b.end(), x);
    pair.above += from - v.b.begin(), pair.level += to - from, pair.below += v.b.end() - to;
  }
}

void count_wins(const Match& match, const Values& v, PairResult& pair) {
  if (!match.pairing->paired) {
    pair.p_a_beats_b = share_of_wins(v.a, v.b);
    pair.p_ci = wins_interval(pair.p_a_beats_b, static_cast<double>(v.a.size()), static_cast<double>(v.b.size()));
    return count_across(v, pair);
  }
  for (const double d : v.difference) ++(d > 0 ? pair.above : d < 0 ? pair.below : pair.level);
  const double n = static_cast<double>(v.difference.size());
  const double wins = static_cast<double>(pair.above) + 0.5 * static_cast<double>(pair.level);
  pair.p_a_beats_b = n > 0 ? wins / n : none;
  pair.p_ci = wilson_interval(wins, n);
}

void measure_pairing(const Values& v, PairResult& pair) {
  pair.correlation = pair.variance_reduction = none;
  if (v.difference.size() < 2) return;
  const double a = variance_of(v.a), b = variance_of(v.b), difference = variance_of(v.difference);
  if (a > 0 && b > 0) {
    pair.correlation = std::clamp(covariance_of(v.a, v.b) / std::sqrt(a) / std::sqrt(b), -1.0, 1.0);
  }
  if (a + b > 0) {
    pair.variance_reduction = difference > 0 ? (a + b) / difference : std::numeric_limits<double>::infinity();
  }
}

Matrix subtracted(Matrix a, const Matrix& b) {
  for (std::size_t r = 0; r < a.size(); ++r)
    for (std::size_t t = 0; t < a[r].size(); ++t) a[r][t] -= b[r][t];
  return a;
}

// Of the replicates that have a value in the end, the days from which on all of these have one; says from which.
std::size_t keep_valued(std::vector<Matrix*> all) {
  std::size_t from = 0;
  for (Matrix* curves : all) {
    std::erase_if(*curves, [](const auto& curve) { return !std::isfinite(curve.back()); });
    for (const auto& curve : *curves)
      for (std::size_t t = from; t < curve.size(); ++t)
        if (!std::isfinite(curve[t])) from = t + 1;
  }
  for (Matrix* curves : all)
    for (auto& curve : *curves) curve.erase(curve.begin(), curve.begin() + static_cast<std::ptrdiff_t>(from));
  return from;
}

// Where a few replicates all have the same difference, that tells nothing.
void doubt_alike(Band& band, std::size_t fewest) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  for (std::size_t t = 0; t < band.mean.size(); ++t)
    if (band.low[t] == band.high[t] && band.mean[t] != 0 && static_cast<double>(fewest) < enough_alike)
      band.low[t] = -infinity, band.high[t] = infinity;
}

std::optional<double> crossing_day(const Field& field, const Match& match) {
  if (field.days.empty()) return {};
  const bool paired = match.pairing->paired;
  Matrix a = paired ? subtracted(match.a, match.b) : match.a, b = paired ? Matrix{} : match.b;
  const std::size_t first = keep_valued(paired ? std::vector{&a} : std::vector{&a, &b});
  Band band = paired ? simultaneous_band(a) : simultaneous_band(a, b);
  if (!match.fixed) doubt_alike(band, paired ? a.size() : std::min(a.size(), b.size()));
  const auto from = settles(band);
  if (!from) return {};
  return field.days[first + *from];
}

Contender contend(const Field& field, const std::vector<Source>& sources, std::size_t a, std::size_t b,
                  std::size_t row) {
  const Match match = field.match(a, b);
  const Values values = values_of(match, row);
  Contender c{a, b, test_of(match, values)};
  const std::size_t source = field.arms[a].source;
  if (source == field.arms[b].source) c.sequence = sequence_interval(*sources[source].result, values.difference);
  return c;
}

PairResult compare_pair(const Field& field, const Contender& c, std::size_t row) {
  const Match match = field.match(c.a, c.b);
  const Values values = values_of(match, row);
  PairResult pair;
  pair.a = field.arms[c.a].name, pair.b = field.arms[c.b].name;
  pair.difference = c.test.difference;
  pair.paired = match.pairing->paired, pair.reason = match.pairing->reason;
  pair.replicates_a = static_cast<std::int64_t>(values.a.size());
  pair.replicates_b = static_cast<std::int64_t>(values.b.size());
  count_wins(match, values, pair);
  measure_pairing(values, pair);
  pair.crossing_day = crossing_day(field, match);
  pair.sequence = c.sequence;
  return pair;
}

std::vector<Contender> all_contenders(const Field& field, const std::vector<Source>& sources, std::size_t row) {
  std::vector<Contender> all;
  for (std::size_t a = 0; a < field.arms.size(); ++a)
    for (std::size_t b = a + 1; b < field.arms.size(); ++b) all.push_back(contend(field, sources, a, b, row));
  return all;
}

std::vector<Contender> against(const Field& field, const std::vector<Source>& sources, std::size_t base,
                               std::size_t row) {
  std::vector<Contender> all;
  for (std::size_t a = 0; a < field.arms.size(); ++a)
    if (a != base) all.push_back(contend(field, sources, a, base, row));
  return all;
}

std::vector<ComparedFile> describe(const std::vector<Source>& sources) {
  std::vector<ComparedFile> files;
  for (const Source& s : sources) {
    const auto whole = static_cast<std::int64_t>(s.result->replicates.size());
    files.push_back({s.file, whole, s.result->integer_of("replicates_planned").value_or(whole), s.result->complete});
  }
  return files;
}

Comparison begin(const std::vector<Source>& sources, const Field& field, std::size_t row) {
  Comparison c;
  c.metric = field.metric, c.basis = word_of(field.basis), c.units = field.units, c.meaning = field.meaning;
  c.arm = field.arm, c.at = field.days.empty() ? none : field.days[row];
  c.files = describe(sources);
  const auto fewest = std::ranges::min_element(c.files, {}, &ComparedFile::replicates);
  c.replicates = fewest->replicates, c.replicates_planned = fewest->replicates_planned;
  c.complete = std::ranges::all_of(c.files, &ComparedFile::complete);
  return c;
}

Circumstances circumstances_of(const std::vector<Source>& sources, const Field& field, const std::string& baseline) {
  const Result& first = *sources.front().result;
  Circumstances now{.baseline = baseline,
                    .redraw = first.text_of("redraw"),
                    .covered = first.text_of("intervals_cover"),
                    .left_out = 0,
                    .shared_until = field.days.empty() ? 0 : field.days.back(),
                    .goes_on_to = field.last_day,
                    .other_network = false,
                    .stopped_itself = false};
  for (const Source& s : sources) {
    now.stopped_itself |= !s.result->text_of("until").empty();
    if (s.result->text_of("redraw") != now.redraw) now.redraw.clear();
    if (s.result->text_of("intervals_cover") != now.covered) now.covered.clear();
  }
  for (const auto& row : field.pairings)
    for (const Pairing& p : row) now.other_network |= p.other_network;
  return now;
}
}  // namespace

Comparison compare(const std::vector<Source>& sources, const Question& question) {
  const bool several = sources.size() > 1;
  const Field field = gather(sources, question.metric, question.per_step);
  const std::size_t row = row_of_day(field, question.at, several);
  Comparison c = begin(sources, field, row);
  Circumstances circumstances = circumstances_of(sources, field, question.baseline);
  for (const Arm& arm : field.arms) {
    const auto values = finite_only(column(arm.curves, row));
    c.strategies.push_back({arm.name, mean_interval(values)});
    c.ranking.push_back({arm.name, sources[arm.source].file, static_cast<std::int64_t>(values.size())});
    circumstances.left_out = std::max(circumstances.left_out, arm.curves.size() - values.size());
  }
  const auto all = all_contenders(field, sources, row);
  rank(c, all);
  const bool based = !question.baseline.empty();
  const auto told = based ? against(field, sources, find_arm(field, question.baseline, several), row) : all;
  for (const Contender& pair : told) c.pairs.push_back(compare_pair(field, pair, row));
  judge(c.pairs, told), advise(c.pairs, told);
  c.verdict = write_verdict(c, circumstances);
  return c;
}

Comparison compare(const Result& result, const std::string& metric, const std::string& baseline, double at) {
  return compare({{"", &result}}, {metric, baseline, at});
}

}  // namespace passalong
