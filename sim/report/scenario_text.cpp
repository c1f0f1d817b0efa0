// Scenarios that ran are valid, so a reader of lines is enough here; it must only not be fooled by quotes.
#include "sim/report/scenario_text.hpp"

namespace passalong {
namespace {
std::string trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\r");
  if (from == std::string_view::npos) return {};
  return std::string(text.substr(from, text.find_last_not_of(" \t\r") - from + 1));
}

// The place of the first `wanted` outside quotes.
std::size_t find_bare(std::string_view line, char wanted) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quote != 0) {
      if (line[i] == '\\' && quote == '"')
        ++i;
      else if (line[i] == quote)
        quote = 0;
    } else if (line[i] == wanted) {
      return i;
    } else if (line[i] == '"' || line[i] == '\'') {
      quote = line[i];
    }
  }
  return std::string_view::npos;
}

ScenarioLine line_of(std::string_view text, std::string& table) {
  ScenarioLine line;
  const std::size_t hash = find_bare(text, '#');
  if (hash != std::string_view::npos) line.comment = trimmed(text.substr(hash + 1));
  const std::string code = trimmed(text.substr(0, hash));
  if (code.starts_with("[")) {
    table = code;
  } else if (const std::size_t equals = find_bare(code, '='); equals != std::string::npos) {
    line.key = trimmed(std::string_view(code).substr(0, equals)),
    line.value = trimmed(std::string_view(code).substr(equals + 1));
  }
  line.table = table;
  return line;
}

// [network] -> network; [[strategy]] -> strategy.NAME
std::string plain(const std::string& table) {
  const std::size_t from = table.find_first_not_of('['), to = table.find(']');
  return from == std::string::npos ? "" : table.substr(from, to - from);
}

std::string unquoted(const std::string& value) {
  return value.size() >= 2 && value.front() == '"' ? value.substr(1, value.size() - 2) : value;
}

// Keys that change what is written, or how much of it, but not what happens.
bool is_about_the_file(const std::string& key) {
  return key == "title" || key == "replicates" || key == "until" || key.starts_with("output.") ||
         key.starts_with("checkpoint.");
}

// What a comment says besides the mark.
std::string without_mark(std::string comment) {
  for (const char* mark : {"[assumption]", "[assumption: ", "assumption"}) {
    const std::size_t at = comment.find(mark);
    if (at != std::string::npos) comment.erase(at, std::string_view(mark).size());
  }
  if (const std::size_t gap = comment.find(" ;"); gap != std::string::npos) comment.erase(gap, 1);
  return trimmed(comment);
}
}  // namespace

std::vector<ScenarioLine> lines_of(std::string_view scenario) {
  std::vector<ScenarioLine> lines;
  std::string table;
  while (!scenario.empty()) {
    const std::size_t end = scenario.find('\n');
    lines.push_back(line_of(scenario.substr(0, end), table));
    scenario.remove_prefix(end == std::string_view::npos ? scenario.size() : end + 1);
  }
  return lines;
}

std::map<std::string, std::string> values_of(std::string_view scenario) {
  std::map<std::string, std::string> values;
  std::string owner, array;  // owner: the element of an array of tables whose lines these are
  for (const ScenarioLine& line : lines_of(scenario)) {
    if (line.key.empty()) continue;
    const std::string table = plain(line.table);
    if (line.table.starts_with("[[")) {
      if (line.key == "name" && table.find('.') == std::string::npos)
        array = table, owner = table + "." + unquoted(line.value);
      const std::string within = table.starts_with(array + ".") ? owner + table.substr(array.size()) : owner;
      values[within + "." + line.key] = line.value;
    } else {
      values[table.empty() ? line.key : table + "." + line.key] = line.value;
    }
  }
  return values;
}

std::vector<Change> changes_between(std::string_view from, std::string_view to) {
  const auto before = values_of(from), after = values_of(to);
  std::vector<Change> changes;
  const auto value = [](const auto& values, const std::string& key) {
    const auto found = values.find(key);
    return found == values.end() ? std::string("absent") : found->second;
  };
  auto keys = before;
  keys.insert(after.begin(), after.end());
  for (const auto& [key, unused] : keys)
    if (!is_about_the_file(key) && value(before, key) != value(after, key))
      changes.push_back({key, value(before, key), value(after, key)});
  return changes;
}

std::vector<Assumption> assumptions_of(std::string_view scenario) {
  std::vector<Assumption> found;
  std::string pending;  // a comment on a line of its own is about the setting below it
  for (const ScenarioLine& line : lines_of(scenario)) {
    const bool marked = line.comment.find("[assumption") != std::string::npos;
    if (line.key.empty()) {
      if (marked) pending = line.comment;
      if (!marked && line.comment.empty()) pending.clear();
      continue;
    }
    if (!marked && pending.empty()) continue;
    const std::string table = plain(line.table);
    found.push_back({(table.empty() ? "" : table + ": ") + line.key + " = " + line.value,
                     without_mark(marked ? line.comment : pending)});
    if (marked) pending.clear();
  }
  return found;
}

}  // namespace passalong
