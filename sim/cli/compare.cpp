// passalong compare: what results say, as a table, JSON or CSV.
#include <fmt/format.h>

#include <algorithm>

#include "sim/cli/console.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/naming.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/experiment/metric.hpp"
#include "sim/experiment/statistics.hpp"
#include "sim/output/output.hpp"
#include "sim/output/publish.hpp"

namespace passalong {

namespace {
std::vector<Result> read_all(const std::vector<std::string>& files) {
  std::vector<Result> results;
  for (const std::string& file : files) results.push_back(read_result(file));
  return results;
}

Json metric_object(const Metric& m) {
  return {{"name", m.name}, {"units", m.units}, {"basis", word_of(m.basis)}, {"meaning", m.meaning}};
}

const char* told_as(Basis basis) {
  switch (basis) {
    case Basis::total:
      return "added up to the day";
    case Basis::ratio:
      return "ratio";
    case Basis::posts:
      return "mean over posts";
    case Basis::whole:
      return "one a replicate";
    default:
      return "on the day";
  }
}

std::string list_text(const std::vector<Metric>& metrics) {
  std::size_t name = 0, units = 0;
  for (const Metric& m : metrics) name = std::max(name, m.name.size()), units = std::max(units, m.units.size());
  std::string text;
  for (const Metric& m : metrics)
    text += fmt::format("{:<{}}  {:<{}}  {:<19}  {}\n", m.name, name, m.units, units, told_as(m.basis), m.meaning);
  return text + "\nAny two make a ratio, A/B; of flows (added up to the day) --per-step takes the output step alone.\n";
}

// What every one of the results has.
std::vector<Metric> common_metrics(const std::vector<Result>& results) {
  std::vector<Metric> common = metrics_of(results.front());
  for (const Result& result : results) {
    const auto own = metrics_of(result);
    std::erase_if(common, [&](const Metric& m) { return std::ranges::find(own, m.name, &Metric::name) == own.end(); });
  }
  return common;
}

std::string list_of(const std::vector<Result>& results, bool json) {
  const std::vector<Metric> metrics = common_metrics(results);
  if (!json) return list_text(metrics);
  Json all = Json::array();
  for (const Metric& m : metrics) all.push_back(metric_object(m));
  return to_text({{"schema", 1}, {"metrics", all}});
}

std::string written(const Comparison& c, const Request& request) {
  return request.csv ? comparison_csv(c) : request.json ? comparison_json(c) : comparison_text(c);
}

void put(const Request& request, const std::string& text) {
  if (request.output.empty()) return print(text);
  for (const std::string& file : request.files) spare_input(file, request.output);
  publish(request.output, {text}, request.force);
}
}  // namespace

Exit compare_strategies(const Request& request) {
  if (request.csv && request.json) throw Failure(Exit::usage, "--csv and --json exclude each other");
  if (!request.output.empty()) check_writable(request.output, request.force);
  const std::vector<Result> results = read_all(request.files);
  if (request.list) return put(request, list_of(results, request.json)), Exit::ok;
  std::vector<Source> sources;
  for (std::size_t i = 0; i < results.size(); ++i) sources.push_back({request.files[i], &results[i]});
  const Comparison c = compare(sources, {request.metric, request.baseline, request.at, request.per_step});
  if (request.at >= 0 && !request.json && !request.csv && request.at - c.at > 1e-6) {
    note(
        fmt::format("day {:g} lies between two outputs: day {:g}, the one before it, is compared\n", request.at, c.at));
  }
  put(request, written(c, request));
  return Exit::ok;
}

}  // namespace passalong
