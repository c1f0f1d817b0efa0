// Reads the resolved scenarios as the program writes them: a key a line, strings in quotes, comments at the end.
#include "sim/experiment/pairing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <sstream>
#include <vector>

namespace passalong {
namespace {
using Settings = std::map<std::string, std::string>;

std::string without_comment(const std::string& line) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < line.size(); ++end) {
    if (quoted && line[end] == '\\')
      ++end;
    else if (line[end] == '"')
      quoted = !quoted;
    else if (line[end] == '#' && !quoted)
      break;
  }
  const std::string text = line.substr(0, end);
  const std::size_t last = text.find_last_not_of(" \r");
  return last == std::string::npos ? "" : text.substr(0, last + 1);
}

bool matters(const std::string& table, const std::string& key) {
  if (table.empty()) return key == "seed" || key == "redraw";
  return table == "network" || table == "population" || table.starts_with("network.") ||
         table.starts_with("population.");
}

// network.file without its folder, which may differ between machines.
std::string bare(const std::string& key, const std::string& value) {
  if (key != "network.file") return value;
  const std::size_t slash = value.find_last_of('/');
  return slash == std::string::npos ? value : "\"" + value.substr(slash + 1);
}

// What decides which world a replicate meets.
Settings settings_of(const Result& result) {
  Settings settings;
  std::istringstream text(result.text_of("scenario_resolved"));
  std::string table;
  std::map<std::string, int> seen;
  for (std::string line; std::getline(text, line);) {
    line = without_comment(line);
    const std::size_t equals = line.find(" = ");
    if (line.starts_with("[")) {
      table = line.substr(line.find_first_not_of('['), line.find(']') - line.find_first_not_of('['));
      if (line.starts_with("[[")) table += fmt::format(".{}", ++seen[table]);
    } else if (equals != std::string::npos && matters(table, line.substr(0, equals))) {
      const std::string key = (table.empty() ? "" : table + ".") + line.substr(0, equals);
      settings[key] = bare(key, line.substr(equals + 3));
    }
  }
  return settings;
}

std::string value_of(const Settings& settings, const std::string& key) {
  const auto found = settings.find(key);
  return found == settings.end() ? "not set" : found->second;
}

std::optional<std::string> first_difference(const Settings& a, const Settings& b) {
  Settings all = a;
  all.insert(b.begin(), b.end());
  for (const auto& [key, unused] : all)
    if (value_of(a, key) != value_of(b, key)) return key;
  return {};
}

std::string tell(const Settings& a, const Settings& b, const std::string& key) {
  const std::string one = value_of(a, key), other = value_of(b, key);
  constexpr std::size_t longest = 40;
  if (one.size() > longest || other.size() > longest) return fmt::format("they differ in {}", key);
  return fmt::format("they differ in {} ({} and {})", key, one, other);
}

// NaN equals NaN here.
bool same_values(const Column& a, const Column& b) {
  if (a.index() != b.index()) return false;
  return std::visit(
      [&](const auto& x) {
        return std::ranges::equal(x, std::get<std::decay_t<decltype(x)>>(b),
                                  [](auto p, auto q) { return p == q || (p != p && q != q); });
      },
      a);
}

bool same_variables(const Group& a, const Group& b) {
  return std::ranges::equal(a.variables, b.variables, [](const Variable& x, const Variable& y) {
    return x.name == y.name && same_values(x.values, y.values);
  });
}

// What was read from a file may have changed under its name: its figures would tell.
bool same_network(const Result& a, const Result& b) {
  const auto of = [](const Result& r) { return std::ranges::find(r.groups, "network", &Group::name); };
  const auto x = of(a), y = of(b);
  if (x == a.groups.end() || y == b.groups.end()) return x == a.groups.end() && y == b.groups.end();
  return same_variables(*x, *y);
}

std::size_t in_common(const Result& a, const Result& b) {
  std::vector<std::int64_t> both;
  std::ranges::set_intersection(a.replicates, b.replicates, std::back_inserter(both));
  return both.size();
}

// Follows are drawn along interests.
bool is_of_network(const std::string& key) {
  return key == "seed" || key.starts_with("network.") || key == "population.topics" || key == "population.homophily" ||
         key == "population.concentration";
}
}  // namespace

Pairing pairing_of(const Result& a, const Result& b) {
  const Settings one = settings_of(a), other = settings_of(b);
  if (one.empty() || other.empty()) return {false, "a file does not hold its scenario", false};
  const bool from_file = one.contains("network.file") && value_of(one, "network.file") != "\"\"";
  if (const auto key = first_difference(one, other)) {
    const bool drawn_once = value_of(one, "redraw") != "\"network\"" || value_of(other, "redraw") != "\"network\"";
    const bool other_network = is_of_network(*key) && (!from_file || key->starts_with("network."));
    return {false, tell(one, other, *key), drawn_once && other_network};
  }
  if (from_file && !same_network(a, b)) return {false, "the network in the file is not the same", true};
  if (in_common(a, b) < 2) return {false, "they have fewer than two replicates in common", false};
  return {};
}

}  // namespace passalong
