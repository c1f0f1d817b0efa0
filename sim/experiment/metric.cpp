#include "sim/experiment/metric.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>

#include "sim/base/failure.hpp"
#include "sim/base/suggest.hpp"
#include "sim/experiment/post_means.hpp"

namespace passalong {
namespace {
using Curve = std::vector<double>;

constexpr const char* flows[] = {"follows",
                                 "unfollows",
                                 "posts_made",
                                 "deliveries",
                                 "impressions",
                                 "shares",
                                 "checks",
                                 "adoptions",
                                 "reward",
                                 "effort",
                                 "replies",
                                 "answers",
                                 "replies_ignored",
                                 "blocks",
                                 "calls",
                                 "ideas",
                                 "invitations_sent",
                                 "acceptances",
                                 "attendances",
                                 "strangers",
                                 "attendee_unfollows",
                                 "attendee_impressions",
                                 "attendee_checks",
                                 "attendee_adoptions",
                                 "absentee_unfollows",
                                 "absentee_impressions",
                                 "absentee_checks",
                                 "absentee_adoptions",
                                 "newly_active",
                                 "new_infections",
                                 "new_posts",
                                 "events"};

struct Ratio {
  const char *above, *below, *meaning;
};
constexpr Ratio asked_for[] = {{"shares", "impressions", "how many of those who see a post pass it on"},
                               {"impressions", "deliveries", "how many of the copies delivered are seen"},
                               {"impressions", "posts_made", "impressions a post"},
                               {"shares", "posts_made", "shares a post"},
                               {"follows", "impressions", "new followers an impression"},
                               {"followers", "posts_made", "followers on the day for each post so far"},
                               {"checks", "impressions", "closer looks an impression"},
                               {"adoptions", "checks", "purchases a closer look"},
                               {"adoptions", "posts_made", "purchases a post"},
                               {"customers", "effort", "customers won for an hour of work"},
                               {"replies", "impressions", "replies an impression"},
                               {"attendances", "invitations_sent", "how many of those invited come"}};

bool has_course(const Variable& v) { return !v.dimensions.empty() && v.dimensions.back() == "time"; }

std::size_t arm_count(const Result& result) { return std::max<std::size_t>(1, result.arms().size()); }

// By arm, where there are any, by replicate, and by time or not.
bool comparable(const Result& result, const Variable& v) {
  std::vector<std::string> dimensions;
  if (!result.strategies.empty()) dimensions.emplace_back("strategy");
  if (!result.brands.empty()) dimensions.emplace_back("brand");
  dimensions.emplace_back("replicate");
  if (has_course(v)) dimensions.emplace_back("time");
  const std::size_t size = std::visit([](const auto& values) { return values.size(); }, v.values);
  const std::size_t columns = has_course(v) ? result.time.size() : 1;
  return v.dimensions == dimensions && size > 0 && size == arm_count(result) * result.replicates.size() * columns;
}

const Variable* find_series(const Result& result, const std::string& name) {
  const Variable* found = result.find(name);
  if (found == nullptr && name == "posts") found = result.find("posts_made");
  return found;
}

std::vector<std::string> names_of(const std::vector<Metric>& metrics) {
  std::vector<std::string> names;
  for (const Metric& m : metrics) names.push_back(m.name);
  return names;
}

// The metric meant: the first that the name begins, as `trust` does `trust_mean`, else the one nearest in letters.
std::optional<std::string> meant(const std::string& name, const std::vector<std::string>& known) {
  for (const std::string& word : known)
    if (!name.empty() && word.starts_with(name + "_")) return word;
  return suggest(name, known);
}

[[noreturn]] void refuse(const Result& result, const std::string& name, const std::string& where) {
  const auto known = names_of(metrics_of(result));
  if (known.empty()) {
    const bool few = result.replicates.empty() && result.integer_of("replicates_counted");
    throw Failure(Exit::usage, where + " has no series to compare",
                  few ? "its replicates are counted by size, not kept: run the scenario with keep = \"all\""
                      : "it needs at least one whole replicate");
  }
  const std::string all = fmt::format("{} has {}", where == "this result" ? "it" : where, fmt::join(known, ", "));
  if (!result.brands.empty() && result.find(name) != nullptr) {
    throw Failure(Exit::usage, fmt::format("'{}' is about everyone: it is not told by {}", name, result.arm()),
                  fmt::format("told by {} are {}", result.arm(), fmt::join(known, ", ")));
  }
  const auto near = meant(name, known);
  throw Failure(Exit::usage, fmt::format("there is no series '{}' in {}", name, where),
                near ? fmt::format("did you mean '{}'? {}", *near, all) : all);
}

Curve row_of(const Variable& v, std::size_t row, std::size_t columns) {
  return std::visit(
      [&](const auto& values) {
        const auto first = values.begin() + static_cast<std::ptrdiff_t>(row * columns);
        return Curve(first, first + static_cast<std::ptrdiff_t>(columns));
      },
      v.values);
}

void add_up(Curve& curve) {
  for (std::size_t t = 1; t < curve.size(); ++t) curve[t] += curve[t - 1];
}

Measure frame_of(const Result& result, const std::string& metric) {
  Measure m;
  m.metric = metric, m.arms = result.arms();
  if (m.arms.empty()) m.arms.emplace_back();
  return m;
}

Measure measure_series(const Result& result, const Variable& v, bool per_step) {
  Measure m = frame_of(result, v.name);
  const bool course = has_course(v), flow = course && is_flow(v.name);
  m.units = v.units, m.meaning = v.long_name;
  m.basis = !course ? Basis::whole : !flow ? Basis::level : per_step ? Basis::step : Basis::total;
  if (course) m.days = result.time;
  const std::size_t replicates = result.replicates.size(), columns = course ? result.time.size() : 1;
  for (std::size_t arm = 0; arm < m.arms.size(); ++arm) {
    auto& curves = m.values.emplace_back();
    for (std::size_t r = 0; r < replicates; ++r) {
      curves.push_back(row_of(v, arm * replicates + r, columns));
      if (m.basis == Basis::total) add_up(curves.back());
    }
  }
  return m;
}

Measure measure_simple(const Result& result, const std::string& name, bool per_step, const std::string& where) {
  if (name.starts_with(post_prefix)) {
    Measure m = frame_of(result, name);
    if (add_post_means(result, m)) return m;
    refuse(result, name, where);
  }
  const Variable* const v = find_series(result, name);
  if (v == nullptr || !comparable(result, *v)) refuse(result, name, where);
  return measure_series(result, *v, per_step);
}

double quotient(double above, double below) {
  return below == 0 ? std::numeric_limits<double>::quiet_NaN() : above / below;
}

// A value that has no course stands beside the other's on each day.
double value_at(const Curve& curve, std::size_t t) { return curve.size() == 1 ? curve[0] : curve[t]; }

Measure divided(Measure above, const Measure& below, Basis basis) {
  above.metric += "/" + below.metric;
  above.units = above.units == below.units ? "1" : above.units + "/" + below.units;
  above.meaning = fmt::format("{}, divided by {}", above.meaning, below.meaning);
  above.basis = basis;
  if (above.days.empty()) above.days = below.days;
  const std::size_t columns = std::max<std::size_t>(1, above.days.size());
  for (std::size_t arm = 0; arm < above.values.size(); ++arm) {
    for (std::size_t r = 0; r < above.values[arm].size(); ++r) {
      Curve ratio(columns);
      for (std::size_t t = 0; t < columns; ++t)
        ratio[t] = quotient(value_at(above.values[arm][r], t), value_at(below.values[arm][r], t));
      above.values[arm][r] = std::move(ratio);
    }
  }
  return above;
}

std::string trimmed(const std::string& text) {
  const std::size_t from = text.find_first_not_of(' ');
  return from == std::string::npos ? "" : text.substr(from, text.find_last_not_of(' ') - from + 1);
}
}  // namespace

bool is_flow(const std::string& series) {
  const std::string name = series.starts_with("world_") ? series.substr(6) : series;
  return name.starts_with("unfollows_for_") || std::find(std::begin(flows), std::end(flows), name) != std::end(flows);
}

const char* word_of(Basis basis) {
  static constexpr const char* words[] = {"level", "total", "step", "ratio", "step_ratio", "posts", "whole"};
  return words[static_cast<std::size_t>(basis)];
}

std::vector<Metric> metrics_of(const Result& result) {
  std::vector<Metric> metrics;
  const auto add = [&](const Variable& v) {
    if (!comparable(result, v)) return;
    const Basis flow = is_flow(v.name) ? Basis::total : Basis::level;
    metrics.push_back({v.name, v.units, v.long_name, has_course(v) ? flow : Basis::whole});
  };
  for (const Variable& v : result.series) add(v);
  if (metrics.empty()) return metrics;
  const auto has = [&](const char* name) {
    return std::ranges::any_of(result.series,
                               [&](const Variable& v) { return v.name == name && comparable(result, v); });
  };
  for (const Ratio& r : asked_for)
    if (has(r.above) && has(r.below))
      metrics.push_back({fmt::format("{}/{}", r.above, r.below), "", r.meaning, Basis::ratio});
  for (const Metric& m : post_metrics(result)) metrics.push_back(m);
  return metrics;
}

std::string usual_metric(const Result& result) {
  const auto names = names_of(metrics_of(result));
  for (const char* usual : {"followers", "size"})
    if (std::find(names.begin(), names.end(), usual) != names.end()) return usual;
  return names.empty() ? "" : names.front();
}

Measure measure(const Result& result, const std::string& metric, bool per_step, const std::string& where) {
  const std::string name = metric.empty() ? usual_metric(result) : metric;
  const std::size_t slash = name.find('/');
  if (slash == std::string::npos) return measure_simple(result, name, per_step, where);
  return divided(measure_simple(result, trimmed(name.substr(0, slash)), per_step, where),
                 measure_simple(result, trimmed(name.substr(slash + 1)), per_step, where),
                 per_step ? Basis::step_ratio : Basis::ratio);
}

}  // namespace passalong
