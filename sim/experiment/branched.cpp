// Strategies are the slowest dimension everywhere, so arms are appended to columns.
#include "sim/experiment/branched.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "sim/experiment/manifest.hpp"

namespace passalong {
namespace {

bool by_strategy(const Variable& v) { return !v.dimensions.empty() && v.dimensions.front() == "strategy"; }

void append(Column& to, const Column& from) {
  std::visit(
      [&](auto& values) {
        const auto& more = std::get<std::decay_t<decltype(values)>>(from);
        values.insert(values.end(), more.begin(), more.end());
      },
      to);
}

void append(std::vector<Variable>& to, const std::vector<Variable>& from) {
  for (Variable& v : to) {
    const auto more = std::ranges::find(from, v.name, &Variable::name);
    if (by_strategy(v) && more != from.end()) append(v.values, more->values);
  }
}

// Rows of some replicates alone. `has`: which, by their place.
Column selected(const Column& column, std::size_t inner, const std::vector<bool>& has) {
  return std::visit(
      [&](const auto& values) -> Column {
        std::decay_t<decltype(values)> kept;
        for (std::size_t i = 0; i < values.size(); ++i)
          if (has[i / inner % has.size()]) kept.push_back(values[i]);
        return kept;
      },
      column);
}

void select_replicates(std::vector<Variable>& variables, const std::map<std::string, std::size_t>& sizes,
                       const std::vector<bool>& has) {
  for (Variable& v : variables) {
    const auto at = std::ranges::find(v.dimensions, "replicate");
    if (at == v.dimensions.end()) continue;
    std::size_t inner = 1;
    for (auto d = at + 1; d != v.dimensions.end(); ++d) inner *= sizes.at(*d);
    v.values = selected(v.values, inner, has);
  }
}

void select_posts(Group& posts, const std::vector<std::int64_t>& replicates) {
  const Variable& of = *std::ranges::find(posts.variables, "replicate", &Variable::name);
  std::vector<bool> has;
  for (const std::int64_t r : std::get<std::vector<std::int64_t>>(of.values))
    has.push_back(std::ranges::find(replicates, r) != replicates.end());
  posts.dimensions["post"] = static_cast<std::size_t>(std::ranges::count(has, true));
  for (Variable& v : posts.variables)
    if (!has.empty()) v.values = selected(v.values, 1, has);
}

void select_replicates(Result& result, const std::vector<std::int64_t>& replicates) {
  std::vector<bool> has;
  for (const std::int64_t r : result.replicates) has.push_back(std::ranges::find(replicates, r) != replicates.end());
  if (std::ranges::all_of(has, [](bool h) { return h; })) return;
  std::map<std::string, std::size_t> sizes{{"brand", result.brands.size()}, {"time", result.time.size()}};
  select_replicates(result.series, sizes, has);
  for (Group& group : result.groups) {
    std::map<std::string, std::size_t> own = sizes;
    own.insert(group.dimensions.begin(), group.dimensions.end());
    group.name == "posts" ? select_posts(group, replicates) : select_replicates(group.variables, own, has);
  }
  result.replicates = replicates, result.complete = false;
}

// A table of its own, in which the arm is a column.
void append_posts(Group& to, Group from, std::size_t arms, const std::vector<std::string>& names) {
  to.dimensions["post"] += from.dimensions["post"];
  for (Variable& v : to.variables) {
    Variable& more = *std::ranges::find(from.variables, v.name, &Variable::name);
    if (v.name == "strategy") {
      for (std::int64_t& arm : std::get<std::vector<std::int64_t>>(more.values)) arm += static_cast<std::int64_t>(arms);
      v.meanings = names;
    }
    append(v.values, more.values);
  }
}

std::vector<Group> groups_of(const Ensemble& ensemble, const Scenario& scenario) {
  std::vector<Group> groups;
  if (scenario.output.posts) groups.push_back(tabulate_posts(ensemble, scenario.output.viral_size));
  if (scenario.output.base_rates) groups.push_back(tabulate_base_rates(ensemble));
  if (scenario.output.trust) groups.push_back(tabulate_trust(ensemble, scenario.tick));
  return groups;
}

}  // namespace

Result join_futures(const Result& past, const Ensemble& ensemble, const Scenario& scenario) {
  Result result = past;
  select_replicates(result, ensemble.replicates);
  result.strategies.insert(result.strategies.end(), ensemble.strategies.begin(), ensemble.strategies.end());
  append(result.series, tabulate_series(ensemble));
  for (Group& more : groups_of(ensemble, scenario)) {
    const auto group = std::ranges::find(result.groups, more.name, &Group::name);
    if (group == result.groups.end()) continue;
    if (more.name == "posts")
      append_posts(*group, std::move(more), past.strategies.size(), result.strategies);
    else
      append(group->variables, more.variables);
  }
  const auto worlds = static_cast<std::int64_t>(result.replicates.size() * result.strategies.size());
  for (auto& [name, value] : result.integers)
    if (name == "steps_done") value = worlds * scenario.last_tick();
  return result;
}

void describe_branch(Result& result, const Result& past, const Futures& futures, const BranchMoment& moment,
                     const std::string& history) {
  nlohmann::ordered_json told = nlohmann::ordered_json::array();
  for (const FutureArm& arm : futures.arms) {
    nlohmann::ordered_json future{
        {"name", arm.name}, {"of", past.strategies[arm.parent]}, {"set", futures.wishes[arm.future].changes}};
    const Scenario& scenario = futures.scenarios[arm.future];
    const bool reads = std::ranges::any_of(scenario.policies(), [](const auto& s) { return !s.calendar.file.empty(); });
    if (reads) future["input_sha256"] = hash_inputs(scenario);
    told.push_back(std::move(future));
  }
  for (auto& [name, value] : result.text)
    if (name == "history") value += (value.empty() ? "" : "; ") + history;
  result.text.emplace_back("branch_of", past.digest);
  result.text.emplace_back("branch_at", moment.text);
  result.text.emplace_back("futures", told.dump());
}

}  // namespace passalong
