// The table: targets as headings with their source, rows beneath, what it all means at the foot.
#include <fmt/format.h>

#include <cmath>

#include "sim/cli/readable.hpp"
#include "sim/cli/validate.hpp"

namespace passalong {
namespace {

constexpr std::size_t figures = 53;  // width of the columns after the first

std::string number_text(double value) {
  if (!std::isfinite(value)) return "";
  const double size = std::fabs(value);
  if (value == std::round(value) && size < 1e9) return fmt::format("{:.0f}", value);
  return size >= 1e-3 && size < 1e6 ? fmt::format("{:.6g}", value) : fmt::format("{:.3g}", value);
}

std::string expectation_text(const Row& row) {
  const Gate& g = row.gate;
  const bool band = g.kind == Gate::Kind::band || g.kind == Gate::Kind::in_share;
  return band ? fmt::format("{:.3g}..{:.3g}", g.low, g.high) : number_text(row.expected);
}

std::string z_text(const Judged& judged) { return std::isfinite(judged.z) ? fmt::format("{:.2f}", judged.z) : ""; }

std::string in_colour(const char* code, const std::string& text, bool colour) {
  return colour ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : text;
}

// Words in lines of their own where they are longer than the column; figures stand beside the last.
std::string labelled(const std::string& what, std::size_t column) {
  const std::string lines = wrap("  " + what, column - 1, 4);
  const std::size_t last = lines.rfind('\n') == lines.npos ? 0 : lines.rfind('\n') + 1;
  return lines + std::string(column - std::min(column, lines.size() - last), ' ');
}

std::string row_text(const Row& row, const Judged& judged, std::size_t column, bool colour) {
  const std::string verdict = judged.ok ? in_colour("32", "ok", colour) : in_colour("1;31", "RED", colour);
  const std::string se = std::isfinite(row.gate.se) ? fmt::format("{:.2g}", row.gate.se) : "";
  return fmt::format("{}{:>11}{:>11}{:>9}{:>7}{:>11} {}\n", labelled(row.what, column), expectation_text(row),
                     number_text(row.got), se, z_text(judged), detects_text(row, judged), verdict);
}

std::string foot_of(const Validation& v, std::size_t width, bool colour) {
  const std::string red =
      v.red == 0 ? in_colour("32", "none red", colour) : in_colour("1;31", fmt::format("{} RED", v.red), colour);
  std::string text = fmt::format("\n{} rows of {} targets, {}; {}, seed {}, {} thread{}\n", v.rows, v.targets.size(),
                                 red, seconds_text(v.seconds), v.seed, v.threads, v.threads == 1 ? "" : "s");
  if (v.rows_by_chance > 0)
    text +=
        wrap(fmt::format("{} rows can be red by chance, each once in {:.0f} seeds; any of them where nothing is wrong: "
                         "below {:g}.",
                         v.rows_by_chance, 1 / v.alpha, v.false_alarms),
             width) +
        "\n";
  return text +
         wrap(
             "'notices' is the deviation from the expectation that a row finds in 99 of 100 runs: a share of it, "
             "or of a chi-square the root mean square of its cells' relative errors; 'any' leaves nothing to "
             "chance.",
             width) +
         "\n";
}

}  // namespace

std::string targets_text(std::size_t width) {
  std::string text;
  for (const Target& t : all_targets()) {
    const char* when = t.needs_networks ? " (with --networks)" : t.full_only ? " (not with --quick)" : "";
    text += wrap(fmt::format("{:<5}{}: {}{}", t.id, t.source, t.what, when), width, 5) + "\n";
  }
  return text;
}

std::string validation_text(const Validation& v, std::size_t width, bool colour) {
  const std::size_t column = std::max<std::size_t>(24, std::min<std::size_t>(width, 120) - figures - 1);
  std::string text =
      fmt::format("{:<{}}{:>11}{:>11}{:>9}{:>7}{:>11}\n", "target", column, "expected", "got", "se", "z", "notices");
  for (const TargetReport& t : v.targets) {
    const std::string heading =
        wrap(fmt::format("{:<5}{}: {}", t.target->id, t.target->source, t.target->what), width, 5);
    text += in_colour("1", heading, colour) + "\n";
    for (std::size_t k = 0; k < t.rows.size(); ++k) text += row_text(t.rows[k], t.judged[k], column, colour);
  }
  return text + foot_of(v, width, colour);
}

}  // namespace passalong
