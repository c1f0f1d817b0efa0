// The plane is 1000 x 1000 units and stretched by the page; strokes do not scale.
#include "sim/report/chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

#include "sim/experiment/wording.hpp"

namespace passalong {
namespace {
constexpr double side = 1000;
constexpr std::size_t most_points = 1000;

constexpr Look looks[] = {{"#0072b2", ""},     {"#d55e00", "7 4"}, {"#009e73", "2 3"}, {"#cc79a7", "9 3 2 3"},
                          {"#56b4e9", "12 5"}, {"#e69f00", "4 2"}, {"#000000", "1 4"}, {"#7f7f7f", "9 3 2 3 2 3"}};

struct Range {
  double low, high;
  double place(double value) const { return high > low ? (value - low) / (high - low) : 0.5; }
};

// Everything drawn, a little air, and 0 where it is near or a line to read against.
Range value_range(const Chart& chart) {
  double low = INFINITY, high = -INFINITY;
  for (const Curve& c : chart.curves) {
    for (const auto* values : {&c.mean, &c.low, &c.high}) {
      for (const double v : *values) {
        if (std::isfinite(v)) low = std::min(low, v), high = std::max(high, v);
      }
    }
  }
  if (low > high) return {0, 1};
  if (chart.zero_line || (low > 0 && low < 0.35 * high)) low = std::min(low, 0.0), high = std::max(high, 0.0);
  if (low == high) return {low - 0.5 * std::max(1.0, std::fabs(low)), high + 0.5 * std::max(1.0, std::fabs(high))};
  const double air = 0.04 * (high - low);
  return {low == 0 ? 0 : low - air, high == 0 ? 0 : high + air};
}

Range day_range(const Chart& chart) {
  return chart.days.empty() ? Range{0, 1} : Range{chart.days.front(), chart.days.back()};
}

std::vector<std::size_t> drawn_points(std::size_t count) {
  const std::size_t stride = (count + most_points - 1) / most_points;
  std::vector<std::size_t> points;
  for (std::size_t i = 0; i < count; i += std::max<std::size_t>(1, stride)) points.push_back(i);
  if (!points.empty() && points.back() != count - 1) points.push_back(count - 1);
  return points;
}

struct Plane {
  const std::vector<double>& days;
  Range x, y;
  std::string point(std::size_t i, double value) const {
    return fmt::format("{:.1f} {:.1f}", side * x.place(days[i]), side * (1 - y.place(value)));
  }
};

std::string line_path(const Plane& plane, const std::vector<double>& values) {
  std::string path;
  bool down = false;
  for (const std::size_t i : drawn_points(values.size())) {
    if (!std::isfinite(values[i])) {
      down = false;
      continue;
    }
    path += (down ? "L" : "M") + plane.point(i, values[i]);
    down = true;
  }
  return path;
}

// Along the low edge, back along the high one; a new piece after each gap.
std::string band_path(const Plane& plane, const Curve& c) {
  std::string path, there, back;
  const auto close = [&] {
    if (!there.empty()) path += "M" + there.substr(1) + back + "Z";
    there.clear(), back.clear();
  };
  for (const std::size_t i : drawn_points(c.low.size())) {
    if (!std::isfinite(c.low[i]) || !std::isfinite(c.high[i])) {
      close();
      continue;
    }
    there += "L" + plane.point(i, c.low[i]);
    back = "L" + plane.point(i, c.high[i]) + back;
  }
  close();
  return path;
}

std::string draw_curves(const Chart& chart, const Plane& plane) {
  std::string svg;
  for (const Curve& c : chart.curves) {
    const std::string band = band_path(plane, c);
    if (!band.empty()) svg += fmt::format("<path class=\"band\" fill=\"{}\" d=\"{}\"/>", look_of(c.look).colour, band);
  }
  for (const Curve& c : chart.curves) {
    const Look& look = look_of(c.look);
    svg += fmt::format("<path class=\"line\" stroke=\"{}\" stroke-dasharray=\"{}\" d=\"{}\"/>", look.colour,
                       *look.dash ? look.dash : "none", line_path(plane, c.mean));
  }
  return svg;
}

std::string draw_grid(const Plane& plane, const std::vector<double>& values, bool zero_line) {
  std::string svg;
  for (const double v : values) {
    const double y = side * (1 - plane.y.place(v));
    const char* kind = zero_line && v == 0 ? "zero" : "grid";
    svg += fmt::format("<path class=\"{}\" d=\"M0 {:.1f}H{}\"/>", kind, y, side);
  }
  return svg;
}

std::string draw_labels(const Plane& plane, const std::vector<double>& values, const std::vector<double>& days) {
  std::string html;
  for (const double v : values) {
    html += fmt::format("<span class=\"y\" style=\"top:{:.2f}%\">{}</span>", 100 * (1 - plane.y.place(v)), readable(v));
  }
  for (std::size_t i = 0; i < days.size(); ++i) {
    const double d = days[i];
    html += fmt::format("<span class=\"x\" style=\"left:{:.2f}%\">{}</span>", 100 * plane.x.place(d),
                        (i == 0 ? "day " : "") + readable(d));
  }
  return html;
}

std::vector<double> day_ticks(Range x, int most) {
  for (const double step : {1.0, 2.0, 5.0, 7.0, 10.0, 14.0, 30.0, 60.0, 90.0, 180.0, 365.0, 730.0}) {
    if ((x.high - x.low) / step > most || x.high - x.low < 2 * step) continue;
    std::vector<double> ticks;
    for (double d = std::ceil(x.low / step - 1e-9) * step; d <= x.high + 1e-9; d += step) ticks.push_back(d);
    return ticks;
  }
  return round_ticks(x.low, x.high, most);
}
}  // namespace

std::string escape_html(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      case '\0':
        safe += "\xef\xbf\xbd";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

const Look& look_of(std::size_t index) { return looks[index % std::size(looks)]; }

std::string swatch(std::size_t index) {
  const Look& look = look_of(index);
  return fmt::format(
      "<svg class=\"swatch\" viewBox=\"0 0 28 10\" aria-hidden=\"true\"><path d=\"M0 5H28\" stroke=\"{}\" "
      "stroke-dasharray=\"{}\"/></svg>",
      look.colour, *look.dash ? look.dash : "none");
}

std::vector<double> round_ticks(double low, double high, int most) {
  if (!(high > low)) return {low};
  const double raw = (high - low) / most;
  double unit = 1;
  while (unit > raw) unit /= 10;
  while (unit * 10 <= raw) unit *= 10;
  double step = 10 * unit;
  for (const double factor : {5.0, 2.0, 1.0}) {
    if (factor * unit >= raw * (1 - 1e-9)) step = factor * unit;
  }
  std::vector<double> ticks;
  for (double i = std::ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; ++i) ticks.push_back(i * step);
  return ticks;
}

std::string draw_chart(const Chart& chart) {
  const Plane plane{chart.days, day_range(chart), value_range(chart)};
  const auto values = round_ticks(plane.y.low, plane.y.high, chart.large ? 6 : 4);
  const auto days = day_ticks(plane.x, chart.large ? 7 : 4);
  return fmt::format(
      "<figure class=\"{}\"><figcaption><b>{}</b> <span>{}</span></figcaption><div class=\"plot\">"
      "<svg viewBox=\"0 0 {} {}\" preserveAspectRatio=\"none\" role=\"img\" "
      "aria-label=\"{}\">{}{}</svg>{}</div></figure>\n",
      chart.large ? "large" : "small", escape_html(chart.title), escape_html(chart.note), side, side,
      escape_html(chart.summary), draw_grid(plane, values, chart.zero_line), draw_curves(chart, plane),
      draw_labels(plane, values, days));
}

}  // namespace passalong
