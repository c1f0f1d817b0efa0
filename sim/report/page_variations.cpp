// What drove the result: the same comparison in results of the same scenario with something changed.
#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/experiment/moments.hpp"
#include "sim/experiment/ranking.hpp"
#include "sim/experiment/short_verdict.hpp"
#include "sim/report/page_parts.hpp"
#include "sim/report/scenario_text.hpp"

namespace passalong {
namespace {
constexpr std::size_t most_changes = 12;  // told of one variation

struct Difference {
  Estimate value;
  std::size_t replicates = 0;
};

// Of two arms by name at the last row up to a day; nothing where one is missing.
std::optional<Difference> difference_at(const Result& result, const std::vector<Course>& courses,
                                        const std::string& metric, const PairResult& main, double day) {
  const Course* const course = find_course(courses, metric);
  const auto& arms = result.arms();
  const auto a = std::ranges::find(arms, main.a), b = std::ranges::find(arms, main.b);
  const auto after = std::ranges::upper_bound(result.time, day + 1e-9) - result.time.begin();
  if (course == nullptr || a == arms.end() || b == arms.end() || after == 0) return {};
  std::vector<double> values;
  for (const auto& curve :
       course->difference(static_cast<std::size_t>(a - arms.begin()), static_cast<std::size_t>(b - arms.begin())))
    values.push_back(curve[static_cast<std::size_t>(after - 1)]);
  values = finite_only(std::move(values));
  return Difference{mean_interval(values), values.size()};
}

// On the last day that both hold; `own` is what the page's result has on that day.
void write_difference(JsonWriter& json, const PageSource& source, const Result& given, const std::string& metric,
                      const PairResult& main) {
  const Armed armed(given);
  const Result& result = armed.result();
  if (result.time.empty() || source.result.time.empty()) return;
  const double day = std::min(result.time.back(), source.result.time[source.last]);
  const auto other = difference_at(result, courses_of(result), metric, main, day),
             own = difference_at(source.result, source.courses, metric, main, day);
  if (!other || !own) return;
  write_estimate(json.key("difference"), other->value);
  write_estimate(json.key("own"), own->value);
  json.field("replicates", other->replicates).field("day", day);
}

// A cause of the lead must leave what is compared alone: other draws, another length or other policies are other
// questions.
bool leaves_alike(const Change& change) {
  for (const char* key : {"seed", "redraw", "duration"})
    if (change.key == key) return false;
  return !change.key.starts_with("strategy.") && !change.key.starts_with("brand.");
}

void write_changes(JsonWriter& json, const Result& from, const Result& to) {
  const auto changes = changes_between(from.text_of("scenario_resolved"), to.text_of("scenario_resolved"));
  json.field("alike", std::ranges::all_of(changes, leaves_alike));
  json.field("changed", changes.size()).key("changes").open_array();
  for (std::size_t i = 0; i < changes.size() && i < most_changes; ++i)
    json.open_array().value(changes[i].key).value(changes[i].from).value(changes[i].to).close_array();
  json.close_array();
}
}  // namespace

void write_variations(JsonWriter& json, const PageSource& source, const std::vector<Variation>& variations) {
  if (variations.empty() || !source.policies || source.result.arms().size() < 2) return;
  const Comparison c = main_comparison(source);
  const std::string leader = c.strategies[leader_of(c)].name;
  PairResult main;  // the leader against the one farthest behind
  for (const PairResult& p : c.pairs) {
    if (p.a != leader && p.b != leader) continue;
    const PairResult seen = seen_from(p, leader);
    if (main.a.empty() || std::fabs(seen.difference.mean) > std::fabs(main.difference.mean)) main = seen;
  }
  json.key("drivers").open_object().field("a", main.a).field("b", main.b).field("metric", c.metric);
  write_estimate(json.key("difference"), main.difference);
  json.field("decided", main.decided()).key("variations").open_array();
  for (const Variation& v : variations) {
    json.open_object().field("name", v.name);
    write_changes(json, source.result, v.result);
    write_difference(json, source, v.result, c.metric, main);
    json.close_object();
  }
  json.close_array().close_object();
}

}  // namespace passalong
