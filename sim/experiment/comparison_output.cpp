// A comparison as a table for terminals and as JSON for programs.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/experiment/statistics.hpp"
#include "sim/experiment/wording.hpp"

namespace passalong {
namespace {
using Json = nlohmann::ordered_json;
using Row = std::vector<std::string>;
constexpr std::size_t text_width = 100;

// Columns on a terminal: code points, which is right for all but combining and wide characters.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// The first column to the left, numbers to the right.
std::string align(const std::vector<Row>& rows) {
  std::vector<std::size_t> widths(rows.front().size());
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::string text;
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string pad(widths[i] - width_of(row[i]), ' ');
      text += i == 0 ? row[i] + pad : "   " + pad + row[i];
    }
    text += '\n';
  }
  return text;
}

std::string wrap(const std::string& text) {
  std::string wrapped;
  std::size_t column = 0, from = 0;
  while (from < text.size()) {
    const std::size_t to = std::min(text.find(' ', from), text.size());
    const std::string word = text.substr(from, to - from);
    const bool fits = column == 0 || column + 1 + width_of(word) <= text_width;
    wrapped += column == 0 ? "" : fits ? " " : "\n";
    column = fits && column > 0 ? column + 1 + width_of(word) : width_of(word);
    wrapped += word;
    from = to + 1;
  }
  return wrapped + '\n';
}

Row pair_row(const PairResult& p) {
  return {p.a + " - " + p.b,
          readable_signed(p.difference.mean),
          readable_signed(p.difference.ci),
          fmt::format("{} ({:.0f} to {})", percent(p.p_a_beats_b), 100 * p.p_ci.low, percent(p.p_ci.high)),
          p.crossing_day ? fmt::format("{:g}", *p.crossing_day) : "none",
          std::isfinite(p.correlation) ? fmt::format("{:.2f}", p.correlation) : "none",
          std::isfinite(p.variance_reduction) ? fmt::format("{:.1f}", p.variance_reduction) : "none"};
}

std::string count_replicates(const Comparison& c) {
  if (!c.complete) return fmt::format("{} of {} replicates: the run was cut short", c.replicates, c.replicates_planned);
  return fmt::format("{} replicate{}", c.replicates, c.replicates == 1 ? "" : "s");
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
Json interval(const Interval& i) { return Json::array({number(i.low), number(i.high)}); }

Json pair_object(const PairResult& p) {
  return {{"a", p.a},
          {"b", p.b},
          {"difference", number(p.difference.mean)},
          {"ci", interval(p.difference.ci)},
          {"p_a_beats_b", number(p.p_a_beats_b)},
          {"p_ci", interval(p.p_ci)},
          {"crossing_day", p.crossing_day ? number(*p.crossing_day) : Json(nullptr)},
          {"correlation", number(p.correlation)},
          {"variance_reduction", number(p.variance_reduction)}};
}
}  // namespace

std::string comparison_text(const Comparison& c) {
  std::vector<Row> means{{c.arm, "mean", "95 % interval"}};
  for (const auto& s : c.strategies) means.push_back({s.name, readable(s.value.mean), readable(s.value.ci)});
  std::string text =
      fmt::format("{} on day {:g}, {}\n\n{}\n", spoken(c.metric), c.at, count_replicates(c), align(means));
  if (!c.pairs.empty()) {
    std::vector<Row> pairs{
        {"A - B", "difference", "95 % interval", "A beats B", "from day", "correlation", "variance cut by"}};
    for (const PairResult& p : c.pairs) pairs.push_back(pair_row(p));
    text += align(pairs) + '\n';
  }
  return text + wrap(c.verdict);
}

std::string comparison_json(const Comparison& c) {
  Json strategies = Json::array(), pairs = Json::array();
  for (const auto& s : c.strategies) {
    strategies.push_back({{"name", s.name}, {"mean", number(s.value.mean)}, {"ci", interval(s.value.ci)}});
  }
  for (const PairResult& p : c.pairs) pairs.push_back(pair_object(p));
  const Json object = {{"schema", 1},
                       {"metric", c.metric},
                       {"at", number(c.at)},
                       {"replicates", c.replicates},
                       {"replicates_planned", c.replicates_planned},
                       {"complete", c.complete},
                       {"dimension", c.arm},
                       {"strategies", strategies},
                       {"pairs", pairs},
                       {"verdict", c.verdict}};
  return object.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace passalong
