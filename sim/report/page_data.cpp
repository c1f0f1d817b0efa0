// Parts in the order in which the page shows them.
#include "sim/report/page_data.hpp"

#include <fmt/format.h>

#include <cmath>

#include "sim/experiment/cascades.hpp"
#include "sim/experiment/short_verdict.hpp"
#include "sim/experiment/wording.hpp"
#include "sim/report/live_part.hpp"
#include "sim/report/page_parts.hpp"

namespace passalong {
namespace {
std::string count_of(std::uint64_t n, const char* one, const char* many) {
  return fmt::format("{} {}", readable(static_cast<double>(n)), n == 1 ? one : many);
}

std::string replicates_of(const Result& result) {
  return count_of(result.replicate_count(), "replicate", "replicates");
}

std::string summary_of(const Result& result, bool policies) {
  const std::string days = result.time.empty() ? "" : " over " + days_text(result.time.back());
  const std::string arms =
      policies ? count_of(result.arms().size(), result.arm(), several(result.arm())) + ", " : std::string();
  return fmt::format("{}{}{}, simulated by {}", arms, replicates_of(result), days, result.text_of("source"));
}

std::string notice_of(const Result& result) {
  if (result.complete) return {};
  const auto planned = result.integer_of("replicates_planned");
  return fmt::format("This run was cut short: {}{} {} whole, and what follows is about {}.", replicates_of(result),
                     planned ? fmt::format(" of {}", *planned) : "", result.replicate_count() == 1 ? "is" : "are",
                     result.replicate_count() == 1 ? "this one" : "these");
}

// What a classic model's replicates came to.
std::vector<std::string> tell_sizes(const Result& result) {
  const auto sizes = summarise_sizes(result);
  if (!sizes) return {};
  const Variable* const size = result.find("size");
  const std::string what = size == nullptr || size->long_name.empty() ? "accounts active in the end" : size->long_name;
  std::string first = fmt::format("On average there are {} {}", readable(sizes->mean), what);
  if (sizes->exact) return {first + ".", "This is exact: no replicates were needed."};
  const Group* const network = find_group(result, "network");
  if (network != nullptr && what.starts_with("accounts")) {
    const auto accounts = numbers_of(*network, "accounts");
    if (accounts.size() == 1 && accounts[0] > 0)
      first += fmt::format(", {} % of the network", readable(std::round(1000 * sizes->mean / accounts[0]) / 10));
  }
  if (sizes->count < 2) return {first + ".", "One replicate cannot tell the usual from luck: run more."};
  if (sizes->min == sizes->max)
    return {first + ".", fmt::format("Each of {} replicates came to just that.", sizes->count)};
  return {first + ".",
          fmt::format("With 95 % confidence the mean is {}; single replicates came to {} to {}.",
                      readable(Interval{sizes->mean - sizes->half_width, sizes->mean + sizes->half_width}),
                      readable(static_cast<double>(sizes->min)), readable(static_cast<double>(sizes->max)))};
}

void write_progress(JsonWriter& json, const RunProgress& p) {
  json.key("progress")
      .open_object()
      .field("finished", static_cast<long>(p.finished))
      .field("running", static_cast<long>(p.running));
  json.field("planned", static_cast<long>(p.planned)).field("day", p.day).field("days", p.days);
  if (p.seconds_left) json.field("seconds_left", *p.seconds_left);
  json.key("curves").open_array();
  for (const ThinCurve& curve : p.curves)
    json.open_object().field("arm", curve.arm).field("step", curve.step).field("values", curve.values).close_object();
  json.close_array().field("ended", p.ended).field("output", p.output).close_object();
}

// Two sentences into data.verdict; returns the paragraph behind them.
std::string tell(PageData& data, const PageSource& source) {
  if (!source.policies) {
    data.verdict = tell_sizes(source.result);
    return {};
  }
  if (source.courses.empty() || source.result.replicates.empty()) return {};
  const Comparison c = main_comparison(source);
  const Course* const course = find_course(source.courses, c.metric);
  const ShortVerdict verdict = write_short_verdict(c, course != nullptr && course->counts);
  data.verdict = {verdict.who, verdict.sure};
  return c.verdict;
}

void write_head(JsonWriter& json, const PageData& data, const PageSource& source, const std::string& paragraph) {
  const Result& result = source.result;
  json.field("schema", 1).field("title", data.title).field("summary", data.summary).field("notice", data.notice);
  json.field("policies", source.policies).field("arm", result.arm()).field("several", several(result.arm()));
  json.field("arms", result.arms()).field("replicates", result.replicates.size());
  json.field("verdict", data.verdict).field("paragraph", paragraph);
}
}  // namespace

Comparison main_comparison(const PageSource& source) {
  const double day = source.result.time.empty() ? -1 : source.result.time[source.last];
  const std::string metric = main_metric(source);
  if (!source.live) return compare(source.result, metric, "", day);
  const Result there = those_there(source.result, metric, source.last);
  return compare(there.replicates.empty() ? source.result : there, metric, "", day);
}

PageData make_page_data(const Result& given, const std::vector<Variation>& variations,
                        const std::optional<RunProgress>& progress) {
  const Armed armed(given);
  const Result& result = armed.result();
  const auto courses = courses_of(result);
  const PageSource source{result, courses, !given.arms().empty(), progress && !progress->ended,
                          last_row(courses, result.time.size())};
  PageData data;
  data.title = given.text_of("title").empty() ? "A passalong result" : given.text_of("title");
  data.summary = summary_of(given, source.policies);
  data.notice = progress ? "" : notice_of(given);
  const std::string paragraph = tell(data, source);
  JsonWriter json;
  json.open_object();
  write_head(json, data, source, paragraph);
  if (progress) write_progress(json, *progress);
  write_courses(json, source);
  write_posts(json, source), write_tree(json, source), write_sizes(json, source);
  write_variations(json, source, variations), write_base_rates(json, source), write_origin(json, given);
  write_branch(json, given), write_trust(json, source);
  data.json = json.close_object().text();
  return data;
}

std::string page_data_json(const Result& result, const std::optional<RunProgress>& progress) {
  return make_page_data(result, {}, progress).json;
}

}  // namespace passalong
