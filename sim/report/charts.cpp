// From replicates to curves: means, quantiles and paired bands.
#include "sim/report/charts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/experiment/curves.hpp"
#include "sim/experiment/moments.hpp"
#include "sim/experiment/statistics.hpp"
#include "sim/experiment/wording.hpp"

namespace passalong {
namespace {
Curve arm_curve(const Result& result, const Curves& curves, std::size_t arm) {
  Curve curve{.look = arm, .mean = {}, .low = {}, .high = {}};
  for (std::size_t t = 0; t < result.time.size(); ++t) {
    const auto values = finite_only(curves.over_replicates(arm, t));
    curve.mean.push_back(mean_interval(values).mean);
    if (result.replicates.size() < 2) continue;
    curve.low.push_back(sample_quantile(values, 0.1));
    curve.high.push_back(sample_quantile(values, 0.9));
  }
  return curve;
}

std::string tell_ends(const Result& result, const Chart& chart) {
  std::string text = fmt::format("{} on day {:g}:", chart.title, result.time.back());
  for (const Curve& c : chart.curves) {
    text += fmt::format(" {} {};", result.arms()[c.look], readable(c.mean.back()));
  }
  return text;
}
}  // namespace

double sample_quantile(std::vector<double> values, double share) {
  if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
  std::sort(values.begin(), values.end());
  const double at = share * static_cast<double>(values.size() - 1);
  const auto i = std::min(static_cast<std::size_t>(at), values.size() - 1);
  const auto next = std::min(i + 1, values.size() - 1);
  return values[i] + (at - static_cast<double>(i)) * (values[next] - values[i]);
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

Chart series_chart(const Result& result, const std::string& series, bool large) {
  const Curves curves(result, series);
  Chart chart;
  chart.title = capitalised(spoken(series));
  chart.note = curves.variable().long_name == series ? "" : curves.variable().long_name;
  chart.days = result.time;
  chart.large = large;
  for (std::size_t s = 0; s < result.arms().size(); ++s) chart.curves.push_back(arm_curve(result, curves, s));
  chart.summary = tell_ends(result, chart);
  return chart;
}

Chart difference_chart(const Result& result, const std::string& series) {
  const Curves curves(result, series);
  const std::size_t last = result.arms().size() - 1;
  Chart chart;
  chart.title = fmt::format("Difference from {}", result.arms()[last]);
  chart.note =
      fmt::format("{}, each {} minus {}, paired by replicate", spoken(series), result.arm(), result.arms()[last]);
  chart.days = result.time;
  chart.zero_line = chart.large = true;
  for (std::size_t s = 0; s < last; ++s) {
    Band band = simultaneous_band(curves.difference(s, last));
    chart.curves.push_back({s, std::move(band.mean), std::move(band.low), std::move(band.high)});
  }
  chart.summary = tell_ends(result, chart);
  return chart;
}

}  // namespace passalong
