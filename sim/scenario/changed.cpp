// Both texts were written by the program, so each says everything there is.
#include "sim/scenario/changed.hpp"

#include <algorithm>

#include "sim/scenario/tree.hpp"

namespace passalong {
namespace {

bool same(const Node& a, const Node& b);

bool same_entries(const Node& a, const Node& b) {
  const auto found = [&](const Node::Entry& entry) {
    const Node::Entry* other = b.find(entry.key);
    return other != nullptr && same(entry.value, other->value);
  };
  return a.entries.size() == b.entries.size() && std::ranges::all_of(a.entries, found);
}

bool same(const Node& a, const Node& b) {
  return a.kind == b.kind && a.text == b.text && a.integer == b.integer && a.real == b.real && a.flag == b.flag &&
         same_entries(a, b) && std::ranges::equal(a.items, b.items, same);
}

std::string name_of(const Node& item) {
  const Node::Entry* name = item.find("name");
  return name == nullptr ? std::string() : name->value.text;
}

class Comparison {
 public:
  void tables(const Node& a, const Node& b, const std::string& path) {
    for (const Node::Entry& entry : a.entries) {
      const Node::Entry* other = b.find(entry.key);
      values(entry.value, other == nullptr ? nothing : other->value, below(path, entry.key));
    }
    for (const Node::Entry& entry : b.entries)
      if (a.find(entry.key) == nullptr) values(nothing, entry.value, below(path, entry.key));
  }
  std::vector<std::string> keys;

 private:
  static std::string below(const std::string& path, const std::string& key) {
    return path.empty() ? key : path + "." + key;
  }
  void values(const Node& a, const Node& b, const std::string& path) {
    if (same(a, b)) return;
    const bool tables_both = a.kind == Node::Kind::table && b.kind == Node::Kind::table;
    if (tables_both && (!a.entries.empty() || !b.entries.empty())) return tables(a, b, path);
    const bool named = std::ranges::equal(a.items, b.items, {}, name_of, name_of) &&
                       std::ranges::none_of(a.items, [](const Node& item) { return name_of(item).empty(); });
    if (a.items.empty() || !named) return keys.push_back(path);
    for (std::size_t k = 0; k < a.items.size(); ++k) values(a.items[k], b.items[k], below(path, name_of(a.items[k])));
  }
  const Node nothing;
};

}  // namespace

std::vector<std::string> differing_keys(const std::string& resolved, const std::string& other) {
  Comparison comparison;
  comparison.tables(parse_document(resolved, {}).root, parse_document(other, {}).root, {});
  return comparison.keys;
}

std::string key_of_change(const std::string& assignment) {
  const std::string_view key = std::string_view(assignment).substr(0, find_equals(assignment));
  std::string plain;
  for (std::size_t at = 0; at < key.size(); ++at) {
    const bool border = at == 0 || at + 1 == key.size() || key[at - 1] == '.' || key[at + 1] == '.';
    const bool quote = (key[at] == '"' || key[at] == '\'') && border;
    if (!quote && !(key[at] == ' ' && border)) plain += key[at];
  }
  return plain;
}

}  // namespace passalong
