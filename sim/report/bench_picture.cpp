// Two columns of bars beside the workloads' names. Speeds have different units, so each workload's bars are drawn
// against its own fastest; the share of the memory's limit has one scale for all.
#include "sim/report/bench_picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/report/markup.hpp"

namespace passalong {
namespace {

constexpr double width = 960, margin = 24, speeds_at = 150, speeds_width = 300, shares_at = 680, shares_width = 200;
constexpr double bar = 14, gap = 4, space = 14, top = 92;

constexpr const char* style =
    "text{font:13px "
    "system-ui,sans-serif;fill:#1c2430}.soft{fill:#5b6675;font-size:12px}.title{font-size:18px;font-weight:"
    "600}.rule{stroke:#dde2e8}";

double height_of(const Measured& m) { return static_cast<double>(m.scaling.size()) * (bar + gap) + space; }

std::string text(double x, double y, std::string_view what, const char* kind = "", const char* anchor = "start") {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\" text-anchor=\"{}\">{}</text>\n", x, y, kind, anchor,
                     escape_html(what));
}

std::string rectangle(double x, double y, double long_side, const char* colour) {
  return fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{}\" rx=\"2\" fill=\"{}\"/>\n", x, y,
                     std::max(1.0, long_side), bar, colour);
}

std::string draw_speeds(const Measured& m, double y) {
  double fastest = 0;
  for (const Speed& s : m.scaling) fastest = std::max(fastest, s.per_second);
  std::string svg = text(margin, y + bar - 2, m.workload->name);
  for (std::size_t t = 0; t < m.scaling.size(); ++t, y += bar + gap) {
    const double length = speeds_width * m.scaling[t].per_second / fastest;
    svg += rectangle(speeds_at, y, length, colour_of(t));
    svg += text(speeds_at + length + 6, y + bar - 2,
                short_number(m.scaling[t].per_second) + " " + m.workload->unit + "/s", "soft");
  }
  return svg;
}

std::string draw_share(const Measured& m, double y) {
  if (!std::isfinite(m.roofline_fraction)) return {};
  const double length = shares_width * std::min(1.0, m.roofline_fraction);
  const auto look = static_cast<std::size_t>(m.scaling.size() - 1);
  return rectangle(shares_at, y, length, colour_of(look)) +
         text(shares_at + length + 6, y + bar - 2, fmt::format("{:.0f} %", 100 * m.roofline_fraction), "soft");
}

std::string draw_legend(const BenchReport& report) {
  std::string svg;
  double x = speeds_at;
  std::size_t look = 0;
  for (const Limits& limits : report.machine.limits) {
    svg += rectangle(x, top - 38, 14, colour_of(look++));
    svg += text(x + 20, top - 26, fmt::format("{} thread{}", limits.threads, limits.threads == 1 ? "" : "s"), "soft");
    x += 100;
  }
  return svg + text(shares_at, top - 26, "share of what memory allows", "soft");
}

std::string draw_axis(double bottom) {
  std::string svg;
  for (const double share : {0.0, 0.5, 1.0}) {
    const double x = shares_at + share * shares_width;
    svg += fmt::format("<path class=\"rule\" d=\"M{:.1f} {:.1f}V{:.1f}\"/>\n", x, top - 8, bottom);
    svg += text(x, bottom + 14, fmt::format("{:.0f} %", 100 * share), "soft", "middle");
  }
  return svg;
}

std::string machine_text(const BenchReport& report) {
  const Machine& m = report.machine;
  const Limits& l = m.of(report.threads);
  return fmt::format("{}, {} cores; with {} threads {:.0f} GB/s in a triad, {} random lines/s", m.processor, m.cores,
                     l.threads, l.triad / 1e9, short_number(l.random_lines));
}

}  // namespace

std::string short_number(double value) {
  if (!std::isfinite(value)) return "-";
  constexpr const char* units[] = {"", " k", " M", " G", " T"};
  std::size_t unit = 0;
  for (; std::abs(value) >= 999.5 && unit + 1 < std::size(units); ++unit) value /= 1000;
  const int decimals = std::abs(value) >= 99.95 ? 0 : std::abs(value) >= 9.995 ? 1 : 2;
  return fmt::format("{:.{}f}{}", value, decimals, units[unit]);
}

std::string draw_bench(const BenchReport& report) {
  std::string rows;
  double y = top;
  for (const Measured& m : report.workloads) {
    rows += draw_speeds(m, y) + draw_share(m, y);
    y += height_of(m);
  }
  const double height = y + 60;
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1:.0f}\" viewBox=\"0 0 {0} {1:.0f}\" "
             "role=\"img\" aria-label=\"Speed of each workload by threads, and its share of what memory allows\">\n"
             "<style>{2}</style>\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
             width, height, style) +
         text(margin, 36, "passalong bench", "title") + draw_legend(report) + draw_axis(y) + rows +
         text(margin, y + 42, machine_text(report), "soft") + "</svg>\n";
}

}  // namespace passalong
