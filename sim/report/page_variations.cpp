// What drove the result: the same comparison in results of the same scenario with something changed.
#include <algorithm>
#include <cmath>

#include "sim/experiment/moments.hpp"
#include "sim/experiment/ranking.hpp"
#include "sim/experiment/short_verdict.hpp"
#include "sim/report/page_parts.hpp"
#include "sim/report/scenario_text.hpp"

namespace passalong {
namespace {
constexpr std::size_t most_changes = 12;  // told of one variation

// Mean difference of two arms by name at the last row; nothing where one is missing.
void write_difference(JsonWriter& json, const Result& given, const std::string& metric, const PairResult& main) {
  const Armed armed(given);
  const Result& result = armed.result();
  const auto courses = courses_of(result);
  const Course* const course = find_course(courses, metric);
  const auto& arms = result.arms();
  const auto a = std::find(arms.begin(), arms.end(), main.a), b = std::find(arms.begin(), arms.end(), main.b);
  if (course == nullptr || a == arms.end() || b == arms.end()) return;
  std::vector<double> last;
  for (const auto& curve :
       course->difference(static_cast<std::size_t>(a - arms.begin()), static_cast<std::size_t>(b - arms.begin())))
    if (!curve.empty()) last.push_back(curve.back());
  last = finite_only(std::move(last));
  write_estimate(json.key("difference"), mean_interval(last));
  json.field("replicates", last.size()).field("day", result.time.empty() ? 0.0 : result.time.back());
}

void write_changes(JsonWriter& json, const Result& from, const Result& to) {
  const auto changes = changes_between(from.text_of("scenario_resolved"), to.text_of("scenario_resolved"));
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
  json.key("variations").open_array();
  for (const Variation& v : variations) {
    json.open_object().field("name", v.name);
    write_changes(json, source.result, v.result);
    write_difference(json, v.result, c.metric, main);
    json.close_object();
  }
  json.close_array().close_object();
}

}  // namespace passalong
