// A comparison as a table for terminals.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/experiment/verdict.hpp"
#include "sim/experiment/wording.hpp"

namespace passalong {
namespace {
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

std::string lacking(const PairResult& p) {
  if (!p.replicates_more) return "none";
  return *p.replicates_more == 0 ? "decided" : readable(static_cast<double>(*p.replicates_more));
}

// What only a comparison of several pairs needs, or one that is not decided.
struct Extras {
  bool adjusted, lacking;
};

Row pair_row(const PairResult& p, const Extras& extras) {
  Row row{p.a + " - " + p.b,
          readable_signed(p.difference.mean),
          readable_signed(p.interval()),
          fmt::format("{} ({:.0f} to {})", percent(p.p_a_beats_b), 100 * p.p_ci.low, percent(p.p_ci.high)),
          p.crossing_day ? fmt::format("{:g}", *p.crossing_day) : "none",
          std::isfinite(p.correlation) ? fmt::format("{:.2f}", p.correlation) : "none",
          std::isfinite(p.variance_reduction) ? fmt::format("{:.1f}", p.variance_reduction) : "none"};
  if (extras.adjusted)
    row.push_back(!std::isfinite(p.p_adjusted) ? "none"
                  : p.p_adjusted < 1e-4        ? "< 0.0001"
                                               : fmt::format("{:.2g}", p.p_adjusted));
  if (extras.lacking) row.push_back(lacking(p));
  return row;
}

std::string tell_pairs(const Comparison& c) {
  const Extras extras{c.pairs.size() > 1,
                      std::any_of(c.pairs.begin(), c.pairs.end(), [](const auto& p) { return !p.decided(); })};
  Row head{"A - B", "difference", "95 % interval", "A beats B", "from day", "correlation", "variance cut by"};
  if (extras.adjusted) head.emplace_back("adjusted p");
  if (extras.lacking) head.emplace_back("replicates lacking");
  std::vector<Row> rows{head};
  for (const PairResult& p : c.pairs) rows.push_back(pair_row(p, extras));
  return align(rows) + '\n';
}

std::string tell_rank(const Ranked& r) {
  return r.rank_from == r.rank_to ? fmt::format("{}", r.rank_from) : fmt::format("{} to {}", r.rank_from, r.rank_to);
}

std::string tell_means(const Comparison& c) {
  const bool ranked = c.strategies.size() > 2;
  Row head{c.arm, "mean", "95 % interval"};
  if (ranked) head.insert(head.end(), {"rank", "can be best"});
  std::vector<Row> rows{head};
  for (std::size_t i = 0; i < c.strategies.size(); ++i) {
    const StrategyResult& s = c.strategies[i];
    Row row{s.name, readable(s.value.mean), readable(s.value.ci)};
    if (ranked) row.insert(row.end(), {tell_rank(c.ranking[i]), c.ranking[i].best_possible ? "yes" : "no"});
    rows.push_back(row);
  }
  return align(rows);
}

std::string count_replicates(const ComparedFile& f) {
  if (!f.complete) return fmt::format("{} of {} replicates: the run was cut short", f.replicates, f.replicates_planned);
  return fmt::format("{} replicate{}", f.replicates, f.replicates == 1 ? "" : "s");
}

std::string count_all(const Comparison& c) {
  if (c.files.size() == 1) return ", " + count_replicates(c.files.front());
  std::string text;
  for (const ComparedFile& f : c.files) text += fmt::format("\n  {}: {}", f.name, count_replicates(f));
  return text;
}

std::string tell_day(const Comparison& c) {
  if (std::isnan(c.at)) return " in the end";
  if (c.basis == "total" || c.basis == "posts") return fmt::format(" up to day {:g}", c.at);
  return c.basis == "ratio" ? fmt::format(" on day {:g} (flows as totals)", c.at) : fmt::format(" on day {:g}", c.at);
}
}  // namespace

std::string comparison_text(const Comparison& c) {
  std::string text = name_of_metric(c) + tell_day(c) + count_all(c) + "\n\n" + tell_means(c) + "\n";
  if (!c.pairs.empty()) text += tell_pairs(c);
  return text + wrap(c.verdict);
}

}  // namespace passalong
