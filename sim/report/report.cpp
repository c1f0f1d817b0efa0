// The page, from the verdict at the top to the scenario at the bottom.
#include "sim/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/experiment/curves.hpp"
#include "sim/experiment/moments.hpp"
#include "sim/experiment/statistics.hpp"
#include "sim/experiment/wording.hpp"
#include "sim/report/chart.hpp"
#include "sim/report/charts.hpp"
#include "sim/report/style.hpp"

namespace passalong {
namespace {
constexpr const char* small_multiples[] = {"reach",        "trust_mean",         "suspicion_mean", "fan_share",
                                           "seller_share", "audience_diversity", "customers"};

std::string number_attribute(const Result& result, std::string_view name) {
  const auto number = result.integer_of(name);
  return number ? fmt::format("{}", *number) : std::string();
}

std::string title_of(const Result& result) {
  const std::string title = result.text_of("title");
  return title.empty() ? "A passalong result" : title;
}

std::string count_of(std::size_t n, const char* one, const char* many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}
std::string count_replicates(const Result& result) {
  return count_of(result.replicate_count(), "replicate", "replicates");
}

std::string write_head(const Result& result) {
  const std::string days = result.time.empty() ? "" : fmt::format(" over {:g} days", result.time.back());
  const std::string title = escape_html(title_of(result));
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n<p class=\"soft\">{}, {}{}, simulated by {}</p>\n",
      title, page_style, title, count_of(result.arms().size(), result.arm(), several(result.arm())),
      count_replicates(result), days, escape_html(result.text_of("source")));
}

std::string write_notice(const Result& result) {
  if (result.complete) return {};
  const std::string planned = number_attribute(result, "replicates_planned");
  return fmt::format(
      "<p class=\"card notice\"><b>This run was cut short.</b> {}{} whole; what follows is about these.</p>\n",
      count_replicates(result),
      (planned.empty() ? "" : " of " + planned) + (result.replicate_count() == 1 ? " is" : " are"));
}

// The first sentence large, the rest below it.
std::string write_verdict_card(const Comparison& c) {
  const std::size_t end = std::min(c.verdict.find(". "), c.verdict.size() - 1) + 1;
  return fmt::format("<section class=\"card verdict\"><p class=\"first\">{}</p><p>{}</p></section>\n",
                     escape_html(c.verdict.substr(0, end)), escape_html(c.verdict.substr(end)));
}

std::string write_arms(const Comparison& c) {
  std::string html = "<div class=\"arms\">";
  for (std::size_t s = 0; s < c.strategies.size(); ++s) {
    const auto& [name, value] = c.strategies[s];
    html += fmt::format(
        "<div class=\"card\"><span class=\"name\">{}{}</span><b>{}</b><span class=\"soft\">{} on day {:g}; 95 % "
        "interval "
        "{}</span></div>",
        swatch(s), escape_html(name), readable(value.mean), escape_html(spoken(c.metric)), c.at, readable(value.ci));
  }
  return html + "</div>\n";
}

std::string write_legend(const Result& result) {
  std::string html = "<p class=\"legend\">";
  for (std::size_t s = 0; s < result.arms().size(); ++s) {
    html += fmt::format("<span>{}{}</span>", swatch(s), escape_html(result.arms()[s]));
  }
  return html + "</p>\n";
}

std::string write_main_charts(const Result& result, const std::string& metric) {
  std::string html = "<h2>Over time</h2>\n";
  html +=
      "<p class=\"soft\">Days run to the right. Lines are means over the replicates; eight of ten replicates lie in "
      "the "
      "shaded range.</p>\n";
  html += write_legend(result) + draw_chart(series_chart(result, metric, true));
  if (result.arms().size() < 2 || result.replicates.size() < 2) return html;
  html += draw_chart(difference_chart(result, metric));
  return html +
         "<p class=\"soft\">Here the shading holds the whole curve of the mean difference with 95 % confidence. "
         "From the day on which it leaves the zero line for good, the difference is more than chance.</p>\n";
}

std::string write_small_multiples(const Result& result, const std::string& metric) {
  const auto present = comparable_series(result);
  std::string charts;
  for (const std::string name : small_multiples) {
    const bool shown = name != metric && std::find(present.begin(), present.end(), name) != present.end();
    if (shown) charts += draw_chart(series_chart(result, name, false));
  }
  if (charts.empty()) return {};
  return "<h2>What goes with it</h2>\n" + write_legend(result) + "<div class=\"many\">" + charts + "</div>\n";
}

std::string write_row(const Result& result, const std::string& series) {
  const Curves curves(result, series);
  std::string html = fmt::format("<tr><th scope=\"row\">{}</th>", escape_html(spoken(series)));
  for (std::size_t s = 0; s < result.arms().size(); ++s) {
    const Estimate e = mean_interval(finite_only(curves.over_replicates(s, result.time.size() - 1)));
    html += fmt::format("<td>{}<small>{}</small></td>", readable(e.mean), readable(e.ci));
  }
  return html + "</tr>\n";
}

std::string write_table(const Result& result) {
  std::string html = fmt::format(
      "<h2>Day {:g}</h2>\n<p class=\"soft\">Means over the replicates, with 95 % intervals. A flow "
      "counts what happened since the output before.</p>\n<div class=\"wide\"><table><thead><tr><th></th>",
      result.time.back());
  for (const auto& name : result.arms()) html += fmt::format("<th scope=\"col\">{}</th>", escape_html(name));
  html += "</tr></thead><tbody>\n";
  for (const auto& series : comparable_series(result)) html += write_row(result, series);
  return html + "</tbody></table></div>\n";
}

std::string write_fact(const char* name, const std::string& value) {
  return value.empty() ? "" : fmt::format("<dt>{}</dt><dd>{}</dd>", name, escape_html(value));
}

std::string write_origin(const Result& result) {
  const std::string history = result.text_of("history"), scenario = result.text_of("scenario");
  std::string html = "<h2>How to run it again</h2>\n";
  if (!history.empty()) {
    const std::string command = history.starts_with("passalong") ? history : "passalong " + history;
    html += fmt::format("<p>With the scenario below saved under its name:</p>\n<pre>{}</pre>\n", escape_html(command));
  }
  html +=
      "<p class=\"soft\">The same version gives the same digest on any machine and any number of threads.</p>\n<dl>";
  html += write_fact("program", result.text_of("source")) + write_fact("commit", result.text_of("git_commit")) +
          write_fact("seed", number_attribute(result, "seed")) +
          write_fact("each replicate draws anew", result.text_of("redraw")) + write_fact("digest", result.digest) +
          "</dl>\n";
  if (!scenario.empty()) html += fmt::format("<h2>The scenario</h2>\n<pre>{}</pre>\n", escape_html(scenario));
  return html;
}

std::string write_findings(const Result& result) {
  const auto present = comparable_series(result);
  if (present.empty()) return "<p class=\"card\">This result holds no series of strategies or brands over time.</p>\n";
  const bool usual = std::find(present.begin(), present.end(), "followers") != present.end();
  const std::string metric = usual ? "followers" : present.front();
  const Comparison c = compare(result, metric, "", -1);
  return write_verdict_card(c) + write_arms(c) + write_main_charts(result, metric) +
         write_small_multiples(result, metric) + write_table(result);
}
}  // namespace

std::string report_html(const Result& result) {
  return write_head(result) + write_notice(result) + write_findings(result) + write_origin(result) +
         "</main>\n</body>\n</html>\n";
}

}  // namespace passalong
