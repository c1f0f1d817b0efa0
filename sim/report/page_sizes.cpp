// Of a classic model: how large its replicates became, as a mean with its interval and as a distribution.
#include <algorithm>
#include <cmath>
#include <map>

#include "sim/experiment/cascades.hpp"
#include "sim/report/page_parts.hpp"

namespace passalong {
namespace {
constexpr std::size_t most_steps = 300;

// Sizes and how often each came out, from the replicates or from the counted groups of billions of them.
std::map<double, double> counts_of(const Result& result) {
  std::map<double, double> counts;
  if (const Variable* size = result.find("size")) {
    for (const double s : numbers_of(*size)) counts[s] += 1;
    return counts;
  }
  if (const Group* small = find_group(result, "sizes")) {
    const auto sizes = numbers_of(*small, "size"), times = numbers_of(*small, "count");
    for (std::size_t i = 0; i < sizes.size() && i < times.size(); ++i) counts[sizes[i]] += times[i];
  }
  if (const Group* large = find_group(result, "viral"))
    for (const double s : numbers_of(*large, "size")) counts[s] += 1;
  return counts;
}

// The exact distribution, where that is what the result holds.
std::map<double, double> exact_of(const Result& result) {
  std::map<double, double> chances;
  const Group* const exact = find_group(result, "exact");
  if (exact == nullptr) return chances;
  const auto sizes = numbers_of(*exact, "size"), p = numbers_of(*exact, "probability");
  for (std::size_t i = 0; i < sizes.size() && i < p.size(); ++i) chances[sizes[i]] += p[i];
  return chances;
}

// Pairs of a size and the share at least so large.
void write_survival(JsonWriter& json, const std::map<double, double>& counts) {
  double all = 0;
  for (const auto& [size, count] : counts) all += count;
  std::vector<std::pair<double, double>> steps;
  double left = all;
  for (const auto& [size, count] : counts) steps.emplace_back(size, left / all), left -= count;
  json.key("survival").open_array();
  for (const std::size_t i : thinned_rows(steps.size(), most_steps))
    json.value(std::vector<double>{steps[i].first, std::max(0.0, steps[i].second)});
  json.close_array();
}

void write_finals(JsonWriter& json, const Result& result) {
  json.key("finals").open_array();
  for (const Variable& v : result.series) {
    if (v.dimensions != std::vector<std::string>{"replicate"}) continue;
    const auto values = numbers_of(v);
    if (values.empty()) continue;
    json.open_object().field("name", v.name).field("unit", v.units).field("about", v.long_name);
    write_estimate(json.key("value"), mean_interval(values));
    json.field("low", *std::min_element(values.begin(), values.end()));
    json.field("high", *std::max_element(values.begin(), values.end())).close_object();
  }
  json.close_array();
}
}  // namespace

void write_sizes(JsonWriter& json, const PageSource& source) {
  if (source.policies) return;
  write_finals(json, source.result);
  auto counts = exact_of(source.result);
  if (counts.empty()) counts = counts_of(source.result);
  const auto sizes = summarise_sizes(source.result);
  if (counts.empty() || !sizes) return;
  const Group* const network = find_group(source.result, "network");
  const auto accounts = network == nullptr ? std::vector<double>() : numbers_of(*network, "accounts");
  json.key("sizes").open_object().field("count", sizes->count).field("exact", sizes->exact.has_value());
  write_estimate(json.key("mean"), {sizes->mean, {sizes->mean - sizes->half_width, sizes->mean + sizes->half_width}});
  json.field("low", static_cast<long>(sizes->min)).field("high", static_cast<long>(sizes->max));
  if (!accounts.empty()) json.field("accounts", accounts[0]);
  write_survival(json, counts);
  json.close_object();
}

}  // namespace passalong
