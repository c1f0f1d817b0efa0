#include "sim/experiment/field.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/base/failure.hpp"

namespace passalong {
namespace {

std::string stem_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  return name.size() > 3 && name.ends_with(".h5") ? name.substr(0, name.size() - 3) : name;
}

// File names without folder and ending, where these tell the files apart.
std::vector<std::string> short_names(const std::vector<Source>& sources) {
  std::map<std::string, int> paths, stems;
  for (const Source& s : sources) ++paths[s.file], ++stems[stem_of(s.file)];
  std::vector<std::string> names;
  for (const Source& s : sources) {
    if (paths[s.file] > 1) {
      throw Failure(Exit::usage, fmt::format("{} is given twice", s.file), "a result is no match for itself");
    }
    names.push_back(s.file.empty() ? "this result" : stems[stem_of(s.file)] > 1 ? s.file : stem_of(s.file));
  }
  return names;
}

// An arm may be called as another is with its file before it: "u:a".
void tell_apart(Field& field, const std::vector<std::string>& files, const std::vector<bool>& prefixed) {
  std::map<std::string, int> seen, so_far;
  for (const Arm& arm : field.arms) ++seen[arm.name];
  for (std::size_t i = 0; i < field.arms.size(); ++i) {
    Arm& arm = field.arms[i];
    if (seen[arm.name] > 1 && !prefixed[i]) arm.name = files[arm.source] + ":" + arm.name;
  }
  for (Arm& arm : field.arms)
    if (const int before = so_far[arm.name]++; before > 0) arm.name += fmt::format(" ({})", before + 1);
}

void name_arms(Field& field, const std::vector<std::string>& files) {
  std::map<std::string, int> seen;
  for (const Arm& arm : field.arms) ++seen[arm.name];
  std::vector<bool> prefixed;
  for (Arm& arm : field.arms) {
    const std::string& file = files[arm.source];
    prefixed.push_back(arm.name.empty() || seen[arm.name] > 1);
    if (arm.name.empty())
      arm.name = file;
    else if (prefixed.back())
      arm.name = file + ":" + arm.name;
  }
  tell_apart(field, files, prefixed);
}

std::string word_of_arms(const std::vector<Source>& sources) {
  const auto of = [](const Source& s) { return s.result->arms().empty() ? "file" : s.result->arm(); };
  const std::string first = of(sources.front());
  return std::ranges::all_of(sources, [&](const Source& s) { return first == of(s); }) ? first : "arm";
}

// Where in each of the sources' days those are that all have.
struct CommonDays {
  std::vector<double> days;
  std::vector<std::vector<std::size_t>> rows;  // [source]
};

CommonDays common_days(const std::vector<Measure>& measures) {
  constexpr double slack = 1e-9;  // days; what decimal days lose in binary
  CommonDays common{{}, std::vector<std::vector<std::size_t>>(measures.size())};
  for (const double day : measures.front().days) {
    std::vector<std::size_t> rows;
    for (const Measure& m : measures) {
      const auto at = std::lower_bound(m.days.begin(), m.days.end(), day - slack);
      if (at != m.days.end() && *at <= day + slack) rows.push_back(static_cast<std::size_t>(at - m.days.begin()));
    }
    if (rows.size() < measures.size()) continue;
    common.days.push_back(day);
    for (std::size_t s = 0; s < rows.size(); ++s) common.rows[s].push_back(rows[s]);
  }
  return common;
}

// What happened within an output step can be compared where the steps are as long.
void check_steps(const std::vector<Measure>& measures, const CommonDays& common) {
  constexpr double slack = 1e-9;
  const auto step = [&](std::size_t source, std::size_t i) {
    const std::size_t row = common.rows[source][i];
    return measures[source].days[row] - (row > 0 ? measures[source].days[row - 1] : 0);
  };
  for (std::size_t s = 1; s < measures.size(); ++s)
    for (std::size_t i = 0; i < common.days.size(); ++i) {
      if (std::fabs(step(s, i) - step(0, i)) <= slack) continue;
      throw Failure(Exit::usage,
                    fmt::format("'{}' of an output step cannot be compared: the step to day {:g} is {:g} days in one "
                                "result and {:g} in another",
                                measures.front().metric, common.days[i], step(0, i), step(s, i)),
                    "run them with the same output.every, or leave out --per-step");
    }
}

CommonDays agree_on_days(const std::vector<Measure>& measures) {
  const bool course = !measures.front().days.empty();
  if (std::ranges::any_of(measures, [&](const Measure& m) { return m.days.empty() == course; }))
    throw Failure(Exit::usage, fmt::format("'{}' has a course over time in some of these results, but not in all",
                                           measures.front().metric));
  if (!course) return {{}, std::vector<std::vector<std::size_t>>(measures.size(), {0})};
  CommonDays common = common_days(measures);
  if (common.days.empty()) throw Failure(Exit::usage, "these results have no output day in common");
  const Basis basis = measures.front().basis;
  if (basis == Basis::step || basis == Basis::step_ratio) check_steps(measures, common);
  return common;
}

void add_arms(Field& field, const Measure& m, std::size_t source, const Result& result,
              const std::vector<std::size_t>& rows) {
  for (std::size_t a = 0; a < m.arms.size(); ++a) {
    Arm arm{m.arms[a], source, result.replicates, {}};
    for (const auto& curve : m.values[a]) {
      auto& kept = arm.curves.emplace_back();
      for (const std::size_t row : rows) kept.push_back(curve[row]);
    }
    field.arms.push_back(std::move(arm));
  }
}
}  // namespace

Match Field::match(std::size_t a, std::size_t b) const {
  const Arm &one = arms[a], &other = arms[b];
  Match match{&pairings[one.source][other.source], {}, {}, metric == "posts_made"};
  if (!match.pairing->paired) {
    match.a = one.curves, match.b = other.curves;
    return match;
  }
  for (std::size_t i = 0, j = 0; i < one.replicates.size() && j < other.replicates.size();) {
    if (one.replicates[i] == other.replicates[j]) match.a.push_back(one.curves[i]), match.b.push_back(other.curves[j]);
    const bool ahead = one.replicates[i] > other.replicates[j], behind = one.replicates[i] < other.replicates[j];
    i += ahead ? 0 : 1, j += behind ? 0 : 1;
  }
  return match;
}

Field gather(const std::vector<Source>& sources, const std::string& metric, bool per_step) {
  const std::vector<std::string> files = short_names(sources);
  const std::string name = metric.empty() ? usual_metric(*sources.front().result) : metric;
  std::vector<Measure> measures;
  for (const Source& s : sources)
    measures.push_back(
        measure(*s.result, name, per_step, s.file.empty() || sources.size() == 1 ? "this result" : s.file));
  const Measure& first = measures.front();
  const CommonDays common = agree_on_days(measures);
  Field field{first.metric, first.units, first.meaning, word_of_arms(sources), first.basis, common.days, 0, {}, {}};
  for (const Measure& m : measures)
    if (!m.days.empty()) field.last_day = std::max(field.last_day, m.days.back());
  for (std::size_t s = 0; s < sources.size(); ++s) add_arms(field, measures[s], s, *sources[s].result, common.rows[s]);
  name_arms(field, files);
  for (const Source& a : sources) {
    auto& row = field.pairings.emplace_back();
    for (const Source& b : sources) row.push_back(&a == &b ? Pairing{} : pairing_of(*a.result, *b.result));
  }
  return field;
}

}  // namespace passalong
