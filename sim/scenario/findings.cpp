// Suggestions come in this order: a near key of the same table, the same key of another, a near key of another, the
// list of what the table takes.
#include "sim/scenario/findings.hpp"

#include <algorithm>
#include <tuple>

#include "sim/base/suggest.hpp"

namespace passalong {
namespace {
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
  faults_.push_back({place, fault_at(document_, place, std::move(message), std::move(help))});
}

void Findings::add(const Failure& failure) {
  const Place place{document_.sources.size() - 1, failure.faults()[0].line, failure.faults()[0].column, 0};
  for (const Fault& fault : failure.faults()) faults_.push_back({place, fault});
}

void Findings::know(const TableName& table, const std::vector<std::string>& keys) { known_.push_back({table, keys}); }

std::optional<std::string> Findings::stray(const TableName& name, const Node& table, const Node::Entry& entry,
                                           const std::vector<std::string>& keys) {
  const Node& value = entry.value;
  const bool tables =
      value.kind == Node::Kind::array && !value.items.empty() && value.items[0].kind == Node::Kind::table;
  const bool is_table = value.kind == Node::Kind::table || tables;
  std::vector<std::string> wanting;
  for (const std::string& key : keys)
    if (!table.find(key)) wanting.push_back(key);
  auto near = suggest(entry.key, wanting);
  if (!near) near = suggest(entry.key, keys);
  strays_.push_back({name, entry.place, entry.key, is_table, keys, near});
  return near;
}

std::string Findings::way_out(const Stray& stray) const {
  if (stray.near) return "did you mean `" + *stray.near + "`?";
  for (const Known& other : known_)
    if (std::find(other.keys.begin(), other.keys.end(), stray.key) != other.keys.end())
      return other.table.path.empty() ? "`" + stray.key + "` belongs at the top of the file, before the first [table]"
                                      : "`" + stray.key + "` belongs in " + other.table.spoken();
  for (const Known& other : known_)
    if (const auto near = suggest(stray.key, other.keys))
      return "did you mean `" + *near + "` of " + other.table.spoken() + "?";
  return listed(stray.table, stray.keys);
}

std::vector<Fault> Findings::faults() const {
  std::vector<Located> all = faults_;
  for (const Stray& stray : strays_) {
    const std::string where = stray.table.path.empty() ? "" : " in " + stray.table.spoken();
    std::string message =
        (stray.is_table ? "unknown table `" : "unknown key `") + harmless(stray.key, 60) + "`" + where;
    all.push_back({stray.place, fault_at(document_, stray.place, std::move(message), way_out(stray))});
  }
  std::stable_sort(all.begin(), all.end(), [](const Located& a, const Located& b) {
    return std::tie(a.place.source, a.place.line, a.place.column) <
           std::tie(b.place.source, b.place.line, b.place.column);
  });
  std::vector<Fault> faults;
  for (Located& one : all) faults.push_back(std::move(one.fault));
  return faults;
}

}  // namespace passalong
