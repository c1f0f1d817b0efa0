// The result of a run in memory: named tables, and nothing about how they are stored. observe and experiment fill
// it, output writes and reads it.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace passalong {

using Column = std::variant<std::vector<std::int64_t>, std::vector<double>>;

// One variable. Values in row-major order of its dimensions.
struct Variable {
  std::string name, units, long_name;
  std::vector<std::string> dimensions;  // root: "strategy", "brand", "replicate", "time"; a group may have its own
  Column values;
  std::string dtype;                  // "i1" | "i4" | "i8" | "f4" | "f8": how it is stored
  std::vector<std::string> meanings;  // for i1 and i4 codes: CF flag_meanings of 0, 1, 2, ...
};

// One of names, such as accounts' labels.
struct TextVariable {
  std::string name, long_name;
  std::vector<std::string> dimensions;
  std::vector<std::string> values;
};

// Variables that share dimensions. A group's own dimension is its index 0..n-1 unless given coordinates.
struct Group {
  std::string name;
  std::map<std::string, std::size_t> dimensions;  // its own, by name
  std::vector<Variable> variables;
  std::vector<TextVariable> texts{};  // behind these
};

struct Result {
  std::vector<std::string> strategies;
  std::vector<std::string> brands;       // that share a world; empty where one account is alone under study
  std::vector<std::int64_t> replicates;  // the whole ones; all of them unless the run was cut short; none where counted
  std::vector<double> time;              // days since start
  std::vector<Variable> series;          // (strategy, brand, replicate, time) or less
  std::vector<Group> groups;             // "posts", "network", ...
  // Root attributes: text (title, source, git_commit, scenario, scenario_resolved, input_sha256, history, redraw, ...)
  // and integers (seed, schema_version, steps_done, replicates_planned, replicates_counted).
  std::vector<std::pair<std::string, std::string>> text;
  std::vector<std::pair<std::string, std::int64_t>> integers;
  bool complete = true;
  std::string digest;  // set on writing and on reading

  // What is compared: the brands, where there are any, else the strategies; and the dimension they lie along.
  const std::vector<std::string>& arms() const { return brands.empty() ? strategies : brands; }
  const char* arm() const { return brands.empty() ? "strategy" : "brand"; }

  std::uint64_t replicate_count() const;  // whole ones: listed, or too many to list and counted
  const Variable* find(const std::string& series_name) const;
  std::string text_of(std::string_view name) const;                     // empty where there is none
  std::optional<std::int64_t> integer_of(std::string_view name) const;  // a root attribute
};

}  // namespace passalong
