// --set key.path=value: the same tree, the same checks, faults shown in the text of the option.
#include <algorithm>
#include <cmath>

#include "sim/base/suggest.hpp"
#include "sim/scenario/tree.hpp"

namespace passalong {
namespace {
constexpr const char* form = "the form is --set key=value, such as --set network.accounts=1000";

unsigned code_points(std::string_view text) {
  return static_cast<unsigned>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  return first == text.npos ? "" : std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

void move_to(Node& node, const Place& start, const std::string& raw);

void move_place(Place& place, const Place& start) {
  constexpr unsigned prefix = 4;  // "v = ", put before the value to make it a document
  place.source = start.source;
  place.line = start.line;
  place.column = place.column + start.column - 1 - prefix;
  if (place.end_column) place.end_column = place.end_column + start.column - 1 - prefix;
}

void move_to(Node& node, const Place& start, const std::string& raw) {
  move_place(node.place, start);
  node.raw = raw;
  for (Node::Entry& entry : node.entries) {
    move_place(entry.place, start);
    move_to(entry.value, start, {});
  }
  for (Node& item : node.items) move_to(item, start, {});
}

}  // namespace

std::size_t find_equals(std::string_view assignment) {
  char open = 0;
  for (std::size_t at = 0; at < assignment.size(); ++at) {
    const char c = assignment[at];
    const bool begins = at == 0 || assignment[at - 1] == '.';
    const bool ends = at + 1 == assignment.size() || assignment[at + 1] == '.' || assignment[at + 1] == '=';
    if (c == '=' && open == 0) return at;
    if (open == 0 && begins && (c == '"' || c == '\''))
      open = c;
    else if (c == open && ends)
      open = 0;
  }
  return assignment.find('=');
}

namespace {
// TOML where the text is TOML, else the text itself: --set duration="30 days" reaches us without its quotes.
Node read_value(const std::string& raw, const Place& place) {
  if (raw.find('\n') == raw.npos) {
    try {
      Document value = parse_document("v = " + raw, {});
      move_to(value.root.entries.at(0).value, place, raw);
      return std::move(value.root.entries[0].value);
    } catch (const Failure&) {
    }
  }
  Node node;
  node.kind = Node::Kind::text;
  node.place = place;
  node.text = node.raw = raw;
  return node;
}

// Walks down the path of one assignment, making tables where there are none.
struct Walk {
  Document& document;
  std::string_view path;  // of the whole key
  std::size_t at = 0;     // where the rest begins
  Place whole;

  [[noreturn]] void fail(std::string message, std::string help) const {
    throw Failure(Exit::scenario, {fault_at(document, whole, std::move(message), std::move(help))});
  }
  Place place_of(std::size_t from, std::size_t to) const {
    const unsigned column = code_points(path.substr(0, from)) + 1;
    return {whole.source, whole.line, column, column + code_points(path.substr(from, to - from))};
  }
  bool done() const { return at >= path.size(); }
  Node::Entry& step_into_table(Node& table);
  Node& step_into_array(Node& array);
};

Node::Entry& Walk::step_into_table(Node& table) {
  const bool quoted = path[at] == '"' || path[at] == '\'';
  const std::size_t from = at + (quoted ? 1 : 0);
  const std::size_t to = std::min(path.find(quoted ? path[at] : '.', from), path.size());
  const std::string key = quoted ? std::string(path.substr(from, to - from)) : trimmed(path.substr(from, to - from));
  if (quoted && to == path.size()) fail("a quote without its end in --set", form);
  if (key.empty()) fail("an empty key in --set", form);
  const Place place = place_of(from, to);
  at = to + (quoted ? 2 : 1);
  if (Node::Entry* entry = table.find(key)) return *entry;
  table.entries.push_back({key, place, {}});
  table.entries.back().value.place = place;
  return table.entries.back();
}

// The element whose name the rest begins with; names may hold dots and spaces, so the longest that fits is meant.
Node& Walk::step_into_array(Node& array) {
  const std::string_view rest = path.substr(at);
  Node* found = nullptr;
  std::size_t longest = 0;
  std::vector<std::string> names;
  for (Node& item : array.items) {
    const Node::Entry* name = item.find("name");
    if (!name || name->value.kind != Node::Kind::text) continue;
    names.push_back(name->value.text);
    for (const std::string& spelt : {names.back(), '"' + names.back() + '"', '\'' + names.back() + '\''}) {
      if (!rest.starts_with(spelt + '.') || spelt.size() < longest) continue;
      found = &item;
      longest = spelt.size();
    }
  }
  if (found) {
    at += longest + 1;
    return *found;
  }
  if (std::find(names.begin(), names.end(), rest) != names.end())
    fail("--set names `" + harmless(rest, 60) + "` but none of its keys",
         "add a key: " + std::string(path) + ".KEY=VALUE");
  const std::string given(rest.substr(0, rest.find('.')));
  std::string help = "names here:";
  for (const std::string& name : names) help += " `" + name + "`";
  if (const auto near = suggest(given, names)) help = "did you mean `" + *near + "`?";
  fail("--set finds nothing named `" + harmless(given, 60) + "`", help);
}
}  // namespace

void apply_override(Document& document, const std::string& assignment) {
  const auto index = document.sources.size();
  document.sources.push_back({"--set", assignment, static_cast<unsigned>(index)});
  const std::size_t equals = find_equals(assignment);
  const Place whole{index, static_cast<unsigned>(index), 1, code_points(assignment) + 1};
  Walk walk{document, std::string_view(assignment).substr(0, equals), 0, whole};
  if (equals == assignment.npos) walk.fail("--set needs a key and a value", form);
  if (trimmed(walk.path).empty()) walk.fail("an empty key in --set", form);

  Node* node = &document.root;
  while (!walk.done()) {
    if (node->kind == Node::Kind::array && !node->items.empty()) node = &walk.step_into_array(*node);
    if (node->kind != Node::Kind::table) walk.fail("the path of --set leads into a value that is not a table", form);
    if (walk.done()) break;
    Node::Entry& entry = walk.step_into_table(*node);
    if (walk.done()) entry.place = walk.place_of(0, equals);
    node = &entry.value;
  }
  if (walk.path.ends_with('.')) walk.fail("a key ends in a dot", form);
  const std::string raw = trimmed(std::string_view(assignment).substr(equals + 1));
  const std::size_t start = raw.empty() ? equals + 1 : assignment.find(raw, equals + 1);
  const unsigned column = code_points(std::string_view(assignment).substr(0, start)) + 1;
  *node = read_value(raw, {index, whole.line, column, column + std::max(1u, code_points(raw))});
}

namespace {
bool is_number(const Node& node) { return node.kind == Node::Kind::integer || node.kind == Node::Kind::real; }
double number_of(const Node& node) {
  return node.kind == Node::Kind::integer ? static_cast<double>(node.integer) : node.real;
}

void balance(Node& mix) {
  double given = 0, rest = 0;
  for (const Node::Entry& entry : mix.entries) {
    if (!is_number(entry.value)) return;
    (entry.value.place.source > 0 ? given : rest) += number_of(entry.value);
  }
  const bool some = std::ranges::any_of(mix.entries, [](const auto& e) { return e.value.place.source > 0; });
  if (!some || !(rest > 0) || given < 0 || given > 1 || std::abs(given + rest - 1) <= 1e-9) return;
  for (Node::Entry& entry : mix.entries)
    if (entry.value.place.source == 0)
      entry.value.real = number_of(entry.value) * ((1 - given) / rest), entry.value.kind = Node::Kind::real;
}
}  // namespace

void balance_mixes(Document& document) {
  for (const char* kind : {"strategy", "brand"})
    if (Node::Entry* policies = document.root.find(kind))
      for (Node& policy : policies->value.items)
        if (Node::Entry* mix = policy.find("mix")) balance(mix->value);
}

}  // namespace passalong
