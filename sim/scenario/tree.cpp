// From toml++'s nodes to ours, each with its place.
#include "sim/scenario/tree.hpp"

#include <algorithm>

#include "sim/scenario/toml.hpp"

namespace passalong {
namespace {
Place place_of(const toml::source_region& region) {
  Place place{0, region.begin.line, region.begin.column, 0};
  if (region.end.line == region.begin.line) place.end_column = region.end.column;
  return place;
}

Node convert(const toml::node& from);

void convert_table(const toml::table& from, Node& to) {
  to.kind = Node::Kind::table;
  for (auto&& [key, value] : from)
    to.entries.push_back({std::string(key.str()), place_of(key.source()), convert(value)});
  // toml++ keeps a table sorted by key; people expect the order of the text.
  std::stable_sort(to.entries.begin(), to.entries.end(), [](const Node::Entry& a, const Node::Entry& b) {
    return a.place.line != b.place.line ? a.place.line < b.place.line : a.place.column < b.place.column;
  });
}

Node convert(const toml::node& from) {
  Node to;
  to.place = place_of(from.source());
  to.kind = Node::Kind::date;
  if (const auto* table = from.as_table()) convert_table(*table, to);
  if (const auto* array = from.as_array()) {
    to.kind = Node::Kind::array;
    for (const toml::node& item : *array) to.items.push_back(convert(item));
  }
  if (const auto* text = from.as_string()) to.kind = Node::Kind::text, to.text = text->get();
  if (const auto* integer = from.as_integer()) to.kind = Node::Kind::integer, to.integer = integer->get();
  if (const auto* real = from.as_floating_point()) to.kind = Node::Kind::real, to.real = real->get();
  if (const auto* flag = from.as_boolean()) to.kind = Node::Kind::flag, to.flag = flag->get();
  return to;
}

std::string_view line_of(std::string_view text, unsigned line) {
  for (; line > 1; --line) {
    const auto end = text.find('\n');
    if (end == text.npos) return {};
    text.remove_prefix(end + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// toml++ does not say where its own assertion failed; the one known cause is a header of three brackets.
Place triple_bracket(std::string_view text) {
  unsigned line = 1;
  for (std::size_t at = 0; at < text.size(); ++line) {
    const auto first = text.find_first_not_of(" \t", at);
    if (first != text.npos && text.substr(first, 3) == "[[[")
      return {0, line, static_cast<unsigned>(first - at) + 1, static_cast<unsigned>(first - at) + 4};
    const auto end = text.find('\n', at);
    if (end == text.npos) break;
    at = end + 1;
  }
  return {};
}

// toml++ says what it met, not what to do about it. The first phrase that occurs in its words decides.
const char* way_out(std::string_view description) {
  constexpr const char* advice[][2] = {
      {"redefine", "a key stands once in its table, a table once in the file"},
      {"inline table", "a table in braces stays on one line"},
      {"nested value depth", "nothing in a scenario is nested that deeply"},
      {"representable", "the largest integer is 9223372036854775807"},
      {"utf-8", "save the file as UTF-8"},
      {"table header", "a header is [table] or, for one of several, [[table]]"},
      {"string", "is a closing quote missing?"},
      {"pars", "text goes in quotes, and so do quantities with a unit: duration = \"90 days\""}};
  for (const auto& [phrase, help] : advice)
    if (description.find(phrase) != description.npos) return help;
  return "";
}

[[noreturn]] void refuse(const Document& document, const Place& place, std::string message, std::string help = {}) {
  throw Failure(Exit::scenario, {fault_at(document, place, std::move(message), std::move(help))});
}
}  // namespace

Node::Entry* Node::find(std::string_view key) {
  const auto at = std::find_if(entries.begin(), entries.end(), [&](const Entry& e) { return e.key == key; });
  return at == entries.end() ? nullptr : &*at;
}
const Node::Entry* Node::find(std::string_view key) const { return const_cast<Node*>(this)->find(key); }

Fault fault_at(const Document& document, const Place& place, std::string message, std::string help) {
  Fault fault{.message = std::move(message), .help = std::move(help)};
  if (place.source >= document.sources.size()) return fault;
  const Source& source = document.sources[place.source];
  fault.file = source.name;
  if (place.line == 0) return fault;
  fault.line = place.line;
  fault.column = place.column;
  fault.end_column = place.end_column;
  fault.source_line = line_of(source.text, place.line - source.first_line + 1);
  return fault;
}

Document parse_document(const std::string& text, const std::string& name) {
  Document document{{{name, text}}, {}};
  if (const auto refusal = refuse_toml(text)) refuse(document, {0, refusal->line, 0, 0}, refusal->why);
  try {
    document.root = convert(toml::parse(std::string_view(text), std::string_view(name)));
    document.root.place = {};  // the file as a whole
  } catch (const toml::parse_error& error) {
    refuse(document, place_of(error.source()), "not valid TOML: " + std::string(error.description()),
           way_out(error.description()));
  } catch (const TomlAssertion&) {
    refuse(document, triple_bracket(text), "not valid TOML: a malformed table header",
           "write [table] or, for one of several, [[table]]");
  }
  return document;
}

}  // namespace passalong
