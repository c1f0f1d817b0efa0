// Strategies are the slowest dimension everywhere, so arms are appended to columns.
#include "sim/experiment/branched.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>

#include "sim/experiment/manifest.hpp"
#include "sim/scenario/input_files.hpp"

namespace passalong {
namespace {

// Told by arm: of brands, which share a world, by brand.
bool by_arm(const Variable& v, bool of_brands) {
  const std::size_t arm = of_brands ? 1 : 0;
  return v.dimensions.size() > arm && v.dimensions[arm] == (of_brands ? "brand" : "strategy");
}

void append(Column& to, const Column& from) {
  std::visit(
      [&](auto& values) {
        const auto& more = std::get<std::decay_t<decltype(values)>>(from);
        values.insert(values.end(), more.begin(), more.end());
      },
      to);
}

void append(std::vector<Variable>& to, const std::vector<Variable>& from, bool of_brands) {
  for (Variable& v : to) {
    const auto more = std::ranges::find(from, v.name, &Variable::name);
    if (by_arm(v, of_brands) && more != from.end()) append(v.values, more->values);
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

std::vector<std::int64_t>& whole(Group& group, const char* name) {
  return std::get<std::vector<std::int64_t>>(std::ranges::find(group.variables, name, &Variable::name)->values);
}

// Which posts are of these replicates.
std::vector<bool> posts_of(Group& posts, const std::vector<std::int64_t>& replicates) {
  std::vector<bool> has;
  for (const std::int64_t r : whole(posts, "replicate"))
    has.push_back(std::ranges::find(replicates, r) != replicates.end());
  return has;
}

void select_rows(Group& table, const char* dimension, const std::vector<bool>& has) {
  if (has.empty()) return;
  table.dimensions[dimension] = static_cast<std::size_t>(std::ranges::count(has, true));
  for (Variable& v : table.variables) v.values = selected(v.values, 1, has);
  for (TextVariable& t : table.texts) {
    std::size_t row = 0;
    std::erase_if(t.values, [&](const std::string&) { return !has[row++]; });
  }
}

// New numbers of the rows that stay.
std::vector<std::int64_t> numbers_of(const std::vector<bool>& has) {
  std::vector<std::int64_t> numbers;
  std::int64_t next = 0;
  for (const bool stays : has) numbers.push_back(stays ? next++ : -1);
  return numbers;
}

void select_nodes(Group& nodes, const std::vector<bool>& posts) {
  std::vector<bool> has;
  for (const std::int64_t post : whole(nodes, "post")) has.push_back(posts[static_cast<std::size_t>(post)]);
  const std::vector<std::int64_t> post_numbers = numbers_of(posts), node_numbers = numbers_of(has);
  select_rows(nodes, "node", has);
  for (std::int64_t& post : whole(nodes, "post")) post = post_numbers[static_cast<std::size_t>(post)];
  for (std::int64_t& parent : whole(nodes, "parent"))
    if (parent >= 0) parent = node_numbers[static_cast<std::size_t>(parent)];
}

Group* group_of(Result& result, const char* name) {
  const auto at = std::ranges::find(result.groups, name, &Group::name);
  return at == result.groups.end() ? nullptr : &*at;
}

void select_replicates(Result& result, const std::vector<std::int64_t>& replicates) {
  std::vector<bool> has;
  for (const std::int64_t r : result.replicates) has.push_back(std::ranges::find(replicates, r) != replicates.end());
  if (std::ranges::all_of(has, [](bool h) { return h; })) return;
  if (Group* posts = group_of(result, "posts")) {
    const std::vector<bool> stay = posts_of(*posts, replicates);
    if (Group* nodes = group_of(result, "cascades")) select_nodes(*nodes, stay);
    select_rows(*posts, "post", stay);
  }
  std::map<std::string, std::size_t> sizes{{"brand", result.brands.size()}, {"time", result.time.size()}};
  select_replicates(result.series, sizes, has);
  for (Group& group : result.groups) {
    std::map<std::string, std::size_t> own = sizes;
    own.insert(group.dimensions.begin(), group.dimensions.end());
    if (group.name != "posts") select_replicates(group.variables, own, has);
  }
  result.replicates = replicates, result.complete = false;
}

void append_rows(Group& to, const Group& from, const char* dimension) {
  to.dimensions[dimension] += from.dimensions.at(dimension);
  for (Variable& v : to.variables) append(v.values, std::ranges::find(from.variables, v.name, &Variable::name)->values);
  for (TextVariable& t : to.texts) {
    const auto& more = std::ranges::find(from.texts, t.name, &TextVariable::name)->values;
    t.values.insert(t.values.end(), more.begin(), more.end());
  }
}

// Tables in which the arm, or the row of another table, is a column.
void append_posts(Group& to, Group from, const Result& past, const Result& joined) {
  std::vector<std::int64_t>& arms = whole(from, "strategy");
  const auto brands = static_cast<std::int64_t>(past.brands.size());
  for (std::size_t i = 0; i < arms.size(); ++i)
    if (brands > 0)
      whole(from, "brand")[i] += (1 + arms[i]) * brands, arms[i] = 0;
    else
      arms[i] += static_cast<std::int64_t>(past.strategies.size());
  append_rows(to, from, "post");
  std::ranges::find(to.variables, joined.arm(), &Variable::name)->meanings = joined.arms();
}

void append_nodes(Group& to, Group from, std::size_t posts) {
  const auto nodes = static_cast<std::int64_t>(to.dimensions.at("node"));
  for (std::int64_t& post : whole(from, "post")) post += static_cast<std::int64_t>(posts);
  for (std::int64_t& parent : whole(from, "parent"))
    if (parent >= 0) parent += nodes;
  append_rows(to, from, "node");
}

std::vector<Group> groups_of(const Ensemble& ensemble, const Scenario& scenario) {
  std::vector<Group> groups;
  if (scenario.output.posts) groups.push_back(tabulate_posts(ensemble, scenario.output.viral_size));
  if (scenario.output.cascades != "none")
    groups.push_back(tabulate_trees(ensemble, scenario.tick, OutputSteps(scenario).first));
  if (scenario.output.base_rates) groups.push_back(tabulate_base_rates(ensemble));
  if (scenario.output.trust) groups.push_back(tabulate_trust(ensemble, scenario.tick));
  return groups;
}

}  // namespace

Result join_futures(const Result& past, const Ensemble& ensemble, const Futures& futures, const Scenario& scenario) {
  Result result = past;
  select_replicates(result, ensemble.replicates);
  const bool of_brands = !past.brands.empty();
  for (const FutureArm& arm : futures.arms)
    if (of_brands)
      result.brands.insert(result.brands.end(), arm.brands.begin(), arm.brands.end());
    else
      result.strategies.push_back(arm.name);
  append(result.series, tabulate_series(ensemble), of_brands);
  const Group* const posts = group_of(result, "posts");
  const std::size_t posts_before = posts == nullptr ? 0 : posts->dimensions.at("post");
  for (Group& more : groups_of(ensemble, scenario)) {
    Group* const group = group_of(result, more.name.c_str());
    if (group == nullptr) continue;
    if (more.name == "posts")
      append_posts(*group, std::move(more), past, result);
    else if (more.name == "cascades")
      append_nodes(*group, std::move(more), posts_before);
    else
      append(group->variables, more.variables, of_brands);
  }
  const auto worlds =
      static_cast<std::int64_t>(result.replicates.size() * (past.strategies.size() + futures.arms.size()));
  for (auto& [name, value] : result.integers)
    if (name == "steps_done") value = worlds * scenario.last_tick();
  return result;
}

void describe_branch(Result& result, const Result& past, const Futures& futures, const BranchMoment& moment,
                     const std::string& history) {
  nlohmann::ordered_json told = nlohmann::ordered_json::array();
  for (const FutureArm& arm : futures.arms) {
    const Scenario& scenario = futures.scenarios[arm.future];
    std::vector<std::string> changes;
    std::ranges::transform(futures.wishes[arm.future].changes, std::back_inserter(changes), without_folder);
    const bool reads = std::ranges::any_of(scenario.policies(), [](const auto& s) { return !s.calendar.file.empty(); });
    const auto tell = [&](const std::string& name, const std::string& of) {
      nlohmann::ordered_json future{{"name", name}, {"of", of}, {"set", changes}};
      if (reads) future["input_sha256"] = hash_inputs(scenario);
      told.push_back(std::move(future));
    };
    for (std::size_t b = 0; b < arm.brands.size(); ++b) tell(arm.brands[b], past.brands[b]);
    if (arm.brands.empty()) tell(arm.name, past.strategies[arm.parent]);
  }
  for (auto& [name, value] : result.text)
    if (name == "history") value += (value.empty() ? "" : "; ") + history;
  result.text.emplace_back("branch_of", past.digest);
  result.text.emplace_back("branch_at", moment.text);
  result.text.emplace_back("futures", told.dump());
}

}  // namespace passalong
