// Suggestions come in this order: a near key of the same table, the same key of another, a near key of another, the
// list of what the table takes.
#include "sim/scenario/findings.hpp"

#include <algorithm>
#include <optional>
#include <tuple>

#include "sim/base/suggest.hpp"

namespace passalong {
namespace {
constexpr std::size_t most_faults = 500, longest_word = 100;

std::optional<std::string> near_word(const std::string& word, const std::vector<std::string>& known) {
  return word.size() <= longest_word ? suggest(word, known) : std::nullopt;
}

bool holds_keys(const Node& value) {
  if (value.kind != Node::Kind::array) return value.kind == Node::Kind::table;
  return !value.items.empty() && value.items[0].kind == Node::Kind::table;
}

std::string listed(const TableName& table, std::vector<std::string> keys) {
  if (keys.empty()) return "it takes no keys";
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  std::string text = table.spoken() + " takes:";
  for (const std::string& key : keys) text += (&key == &keys.front() ? " " : ", ") + key;
  return text;
}
}  // namespace

std::string TableName::spoken() const {
  if (path.empty()) return "the top of the file";
  return one_of_many ? "[[" + path + "]]" : "[" + path + "]";
}

void Findings::add(const Place& place, std::string message, std::string help) {
  found_.push_back({place, std::move(message), std::move(help), 0, {}});
}

void Findings::add(const Failure& failure) {
  for (const Fault& fault : failure.faults())
    add({document_.sources.size() - 1, fault.line, fault.column, fault.end_column}, fault.message, fault.help);
}

std::size_t Findings::index_of(const TableName& name, const std::vector<std::string>& keys) {
  const auto [at, is_new] = index_.emplace(name.path, tables_.size());
  if (is_new) tables_.push_back({name, keys});
  return at->second;
}

std::set<std::string> Findings::add_strays(const TableName& name, const Node& table,
                                           const std::vector<std::string>& keys) {
  const std::size_t index = index_of(name, keys);
  std::vector<std::string> wanting;
  for (const std::string& key : keys)
    if (!table.find(key)) wanting.push_back(key);
  std::set<std::string> meant;
  for (const Node::Entry& entry : table.entries) {
    if (entry.read) continue;
    auto near = near_word(entry.key, wanting);
    if (!near) near = near_word(entry.key, keys);
    if (near) meant.insert(*near);
    const std::string where = name.path.empty() ? "" : " in " + name.spoken();
    found_.push_back(
        {entry.place,
         (holds_keys(entry.value) ? "unknown table `" : "unknown key `") + harmless(entry.key, 60) + "`" + where,
         near ? "did you mean `" + *near + "`?" : "", near ? 0 : index + 1, entry.key});
  }
  return meant;
}

std::string Findings::way_out(const Found& stray) const {
  for (const Table& other : tables_)
    if (std::find(other.keys.begin(), other.keys.end(), stray.key) != other.keys.end())
      return other.name.path.empty() ? "`" + stray.key + "` belongs at the top of the file, before the first [table]"
                                     : "`" + stray.key + "` belongs in " + other.name.spoken();
  for (const Table& other : tables_)
    if (const auto near = near_word(stray.key, other.keys))
      return "did you mean `" + *near + "` of " + other.name.spoken() + "?";
  return listed(tables_[stray.table - 1].name, tables_[stray.table - 1].keys);
}

std::vector<Fault> Findings::faults() const {
  std::vector<const Found*> order;
  for (const Found& one : found_) order.push_back(&one);
  std::stable_sort(order.begin(), order.end(), [](const Found* a, const Found* b) {
    return std::tie(a->place.source, a->place.line, a->place.column) <
           std::tie(b->place.source, b->place.line, b->place.column);
  });
  std::vector<Fault> faults;
  for (const Found* one : order) {
    if (faults.size() == most_faults) break;
    faults.push_back(fault_at(document_, one->place, one->message, one->table ? way_out(*one) : one->help));
  }
  if (order.size() > most_faults)
    faults.push_back(fault_at(document_, {}, "and " + std::to_string(order.size() - most_faults) + " more faults",
                              "is this a scenario?"));
  return faults;
}

}  // namespace passalong
