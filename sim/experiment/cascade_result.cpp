#include "sim/experiment/cascade_result.hpp"

#include <algorithm>
#include <charconv>

#include "sim/experiment/cascade_tables.hpp"
#include "sim/experiment/cascades.hpp"
#include "sim/experiment/precision.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {
namespace {
const char* algorithm_text(const CascadeResult& played) {
  if (played.exact)
    return played.exact->method == ExactMethod::chain_binomial ? "exact: chain binomial" : "exact: live follows";
  switch (played.outcome.algorithm) {
    case CascadeAlgorithm::single:
      return "one cascade at a time";
    case CascadeAlgorithm::sparse:
      return "small cascades interleaved";
    case CascadeAlgorithm::lazy:
      return "fused, in whichever order";
    default:
      return "fused, step by step";
  }
}

// Those that were begun, in order.
std::vector<std::size_t> whole_ones(const CascadeOutcome& outcome) {
  std::vector<std::size_t> whole;
  for (std::size_t r = 0; r < outcome.sizes.size(); ++r)
    if (outcome.sizes[r] > 0) whole.push_back(r);
  return whole;
}

Variable by_replicate(const char* name, const char* units, const char* long_name,
                      const std::vector<std::uint32_t>& values, const std::vector<std::size_t>& whole) {
  std::vector<std::int64_t> kept;
  kept.reserve(whole.size());
  for (const std::size_t r : whole) kept.push_back(values[r]);
  return {name, units, long_name, {"replicate"}, std::move(kept), "i8", {}};
}

Variable by_replicate(const char* name, const char* units, const char* long_name, const std::vector<double>& values,
                      const std::vector<std::size_t>& whole) {
  std::vector<double> kept;
  kept.reserve(whole.size());
  for (const std::size_t r : whole) kept.push_back(values[r]);
  return {name, units, long_name, {"replicate"}, std::move(kept), "f8", {}};
}

// Accounts active at each step, where that is short enough to be written.
void add_course(Result& result, const Scenario& scenario, const CascadeOutcome& outcome,
                const std::vector<std::size_t>& whole) {
  std::size_t steps = 0;
  for (const std::size_t r : whole)
    if (!outcome.steps.empty()) steps = std::max(steps, outcome.steps[r].size());
  if (steps == 0 || steps * outcome.sizes.size() > most_values_of_steps) return;
  std::vector<std::int64_t> fresh, active;
  for (const std::size_t r : whole) {
    std::int64_t sum = 0;
    for (std::size_t t = 0; t < steps; ++t) {
      const std::int64_t now = t < outcome.steps[r].size() ? outcome.steps[r][t] : 0;
      fresh.push_back(now), active.push_back(sum += now);
    }
  }
  for (std::size_t t = 0; t < steps; ++t) result.time.push_back(static_cast<double>(t) * scenario.tick / 24);
  const std::vector<std::string> dimensions{"replicate", "time"};
  result.series.push_back({"active", "accounts", "accounts active", dimensions, std::move(active), "i8", {}});
  result.series.push_back(
      {"newly_active", "accounts", "accounts that became active in the step", dimensions, std::move(fresh), "i8", {}});
}

// By account the number its label is, where all are numbers; else its place in the order of labels.
std::vector<std::int64_t> account_numbers(const std::vector<std::string>& labels, std::size_t accounts) {
  std::vector<std::int64_t> numbers(accounts);
  for (std::size_t a = 0; a < accounts; ++a) numbers[a] = static_cast<std::int64_t>(a);
  std::vector<std::int64_t> read(labels.size());
  const auto is_number = [&](const std::string& label) {
    const char* const end = label.data() + label.size();
    const auto [stop, error] =
        std::from_chars(label.data(), end, read[static_cast<std::size_t>(&label - labels.data())]);
    return error == std::errc() && stop == end;
  };
  return labels.size() == accounts && std::ranges::all_of(labels, is_number) ? read : numbers;
}

Group tabulate_exact(const ExactSpread& spread, const std::vector<std::string>& labels) {
  std::vector<std::int64_t> sizes;
  std::vector<double> chances;
  for (std::size_t size = 0; size < spread.sizes.size(); ++size)
    if (spread.sizes[size] > 0) sizes.push_back(static_cast<std::int64_t>(size)), chances.push_back(spread.sizes[size]);
  Group group{"exact", {{"size", sizes.size()}, {"account", spread.accounts.size()}}, {}};
  group.variables = {
      {"mean", "accounts", "expected number of accounts active in the end", {}, std::vector{spread.mean}, "f8", {}},
      {"size", "accounts", "accounts active in the end", {"size"}, std::move(sizes), "i8", {}},
      {"probability", "1", "chance of that size", {"size"}, std::move(chances), "f8", {}},
      {"account", "", "account", {"account"}, account_numbers(labels, spread.accounts.size()), "i8", {}},
      {"active", "1", "chance to be active in the end", {"account"}, spread.accounts, "f8", {}}};
  return group;
}

const Group* exact_of(const Result& result) {
  const auto found = std::ranges::find(result.groups, "exact", &Group::name);
  return found == result.groups.end() ? nullptr : &*found;
}

template <class Value>
const std::vector<Value>& column_of(const Group& group, const char* name) {
  return std::get<std::vector<Value>>(std::ranges::find(group.variables, name, &Variable::name)->values);
}

Sizes summarise_exact(const Group& exact) {
  const auto& sizes = column_of<std::int64_t>(exact, "size");
  const double mean = column_of<double>(exact, "mean").front();
  return {0, mean, 0, 0, sizes.front(), sizes.back(), mean};
}
}  // namespace

namespace {
void add_each(Result& result, const Scenario& scenario, const CascadeResult& played) {
  const CascadeOutcome& outcome = played.outcome;
  const std::vector<std::size_t> whole = whole_ones(outcome);
  result.replicates.assign(whole.begin(), whole.end());
  if (!played.exact)
    result.series.push_back(by_replicate("size", "accounts", "accounts active in the end", outcome.sizes, whole));
  if (!outcome.depths.empty())
    result.series.push_back(by_replicate("depth", "steps", "steps until the last activation", outcome.depths, whole));
  if (!outcome.viralities.empty())
    result.series.push_back(by_replicate(
        "structural_virality", "1", "mean distance of two accounts of the cascade's tree", outcome.viralities, whole));
  add_course(result, scenario, outcome, whole);
}
}  // namespace

Result tabulate_cascades(const Scenario& scenario, const CascadeResult& played) {
  Result result;
  const bool own_networks = scenario.redraw == "network";
  if (played.counted) {
    add_counted(result, played, own_networks);
  } else {
    add_each(result, scenario, played);
  }
  if (played.exact) result.groups.push_back(tabulate_exact(*played.exact, played.labels));
  result.groups.push_back(tabulate_networks(played.networks, own_networks));
  result.complete = played.enough;
  return result;
}

void describe_cascades(Result& result, const CascadeResult& played) {
  result.text.emplace_back("algorithm", algorithm_text(played));
  if (played.stopped != nullptr) result.text.emplace_back("stopped", result.complete ? played.stopped : "interrupted");
  if (!played.exact) return;
  for (auto& [name, text] : result.text)
    if (name == "intervals_cover") text = "nothing: the values are exact";
  for (auto& [name, number] : result.integers)
    if (name == "replicates_planned" || name == "steps_done") number = 0;
}

void add_sizes(const CascadeOutcome& outcome, MeanOfSizes& mean) {
  for (const std::uint32_t size : outcome.sizes)
    if (size > 0) mean.add(size);
  for (std::size_t size = 0; size < outcome.small.size(); ++size)
    mean.add(static_cast<std::uint32_t>(size), outcome.small[size].count);
  for (const LargeCascade& cascade : outcome.large) mean.add(cascade.size);
}

std::optional<Sizes> summarise_sizes(const Result& result) {
  if (const Group* const exact = exact_of(result)) return summarise_exact(*exact);
  const Variable* const variable = result.find("size");
  if (variable == nullptr) return summarise_counted(result);
  if (variable->dimensions != std::vector<std::string>{"replicate"}) return {};
  const auto& sizes = std::get<std::vector<std::int64_t>>(variable->values);
  if (sizes.empty()) return {};
  MeanOfSizes mean;
  for (const std::int64_t size : sizes) mean.add(static_cast<std::uint32_t>(size));
  return Sizes{
      mean.count(), mean.mean(), mean.se(), mean.half_width(), std::ranges::min(sizes), std::ranges::max(sizes), {}};
}

}  // namespace passalong
