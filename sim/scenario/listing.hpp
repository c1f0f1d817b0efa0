// Every key there is, as data: what `schema` and `models` print, and what tests go through.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace passalong {

struct ListedKey {
  enum class Type {
    number,
    integer,
    flag,
    text,
    choice,
    number_or_word,
    accounts,
    duration,
    rate,
    rate_or_table,
    effort,
    distribution,
    numbers,
    matrix,
    table,
    array_of_tables
  };
  std::string table;  // path of the table it stands in: "", "network", "model.trust"
  std::string name;
  Type type = Type::text;
  About about;
  std::string fallback;              // the default, as TOML; empty for tables and required keys
  std::vector<const char*> options;  // of a choice
  std::string only;                  // the condition under which it applies, if any
  std::string path() const { return table.empty() ? name : table + "." + name; }
};

const char* name_of(ListedKey::Type type);
// "0 to 1", "at least 2", ... in the unit of the key; empty: no limits.
std::string range_of(const ListedKey& key);

// The keys of a scenario but for the parameters of its model, in order.
std::vector<ListedKey> scenario_keys(std::span<const ModelChoice> models);
// The parameters of one model: keys of [model] and its tables.
std::vector<ListedKey> model_keys(const ModelChoice& model);

}  // namespace passalong
