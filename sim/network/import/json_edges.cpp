// The parser tells of one value after another; a stack says what each is part of.
#include "sim/network/import/json_edges.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "sim/network/import/form.hpp"
#include "sim/network/import/json_characters.hpp"
#include "sim/network/import/text_ids.hpp"

namespace passalong {
namespace {
using Json = nlohmann::json;
constexpr const char* edge_help = "an edge is [a, b], [a, b, weight] or {\"source\": a, \"target\": b, \"weight\": w}";

class EdgeEvents {
 public:
  EdgeEvents(JsonCharacters& characters, const TokenRules& rules) : characters_(characters), rules_(rules) {}
  JsonEdges finish() {
    if (!edges_met_)
      characters_.fail("the JSON has no list of `edges` or `links`", "such as {\"edges\": [[1, 2], [2, 3]]}");
    flush();
    return std::move(out_);
  }

  // What the parser calls.
  bool null() { return other("null"); }
  bool boolean(bool value) {
    if (inside() == In::top && key_ == Key::directed) out_.undirected = !value;
    return other(value ? "true" : "false");
  }
  bool number_integer(std::int64_t value) { return word(std::to_string(value)); }
  bool number_unsigned(std::uint64_t value) { return word(std::to_string(value)); }
  bool number_float(double, const std::string& text) { return word(text); }
  bool string(const std::string& value) { return word(value); }
  bool binary(Json::binary_t&) { return true; }
  bool start_object(std::size_t) { return open(true); }
  bool start_array(std::size_t) { return open(false); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }
  bool key(const std::string& name);
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error);

 private:
  enum class In { nothing, top, node_list, node_keys, node, edge_list, pair, edge, other };
  enum class Key { other, nodes, edges, directed, id, first, second, weight };

  In inside() const { return stack_.empty() ? In::nothing : stack_.back(); }
  In inner(bool object) const;
  bool open(bool object);
  bool close();
  bool word(const std::string& text);
  bool other(const char* text);
  void begin_edge();
  void end_edge();
  std::uint64_t id(const std::string& text);
  void part(Key which, const std::string& text);
  void add_node(std::uint64_t id);
  void flush();

  JsonCharacters& characters_;
  TokenRules rules_;
  JsonEdges out_;
  ParsedBlock block_;
  std::vector<In> stack_;
  Key key_ = Key::other;
  std::size_t parts_ = 0;
  std::optional<std::uint64_t> first_, second_;
  std::optional<float> weight_;
  bool is_text_ = false, node_has_id_ = false, edges_met_ = false;
};

EdgeEvents::In EdgeEvents::inner(bool object) const {
  switch (inside()) {
    case In::nothing:
      return object ? In::top : In::other;
    case In::top:
      if (key_ == Key::nodes) return object ? In::node_keys : In::node_list;
      return key_ == Key::edges && !object ? In::edge_list : In::other;
    case In::node_list:
      return object ? In::node : In::other;
    case In::edge_list:
      return object ? In::edge : In::pair;
    default:
      return In::other;
  }
}

bool EdgeEvents::open(bool object) {
  const In in = inner(object);
  const bool part_of_edge = inside() == In::pair || (inside() == In::edge && key_ != Key::other);
  if (part_of_edge || (inside() == In::top && key_ == Key::edges && object))
    characters_.fail(part_of_edge ? "an id or a weight is expected here" : "`edges` is not a list", edge_help);
  if (in == In::edge_list) edges_met_ = true;
  if (in == In::pair || in == In::edge) begin_edge();
  if (in == In::node) node_has_id_ = false;
  stack_.push_back(in);
  return true;
}

bool EdgeEvents::close() {
  const In in = inside();
  stack_.pop_back();
  key_ = Key::other;
  if (in == In::pair || in == In::edge) end_edge();
  if (in == In::node && !node_has_id_) characters_.fail("a node without an `id`", "such as {\"id\": \"alice\"}");
  return true;
}

bool EdgeEvents::key(const std::string& name) {
  key_ = Key::other;
  if (inside() == In::top) {
    if (name == "nodes" || name == "labels") key_ = Key::nodes;
    if (name == "edges" || name == "links") key_ = Key::edges;
    if (name == "directed") key_ = Key::directed;
  } else if (inside() == In::node_keys) {
    add_node(id(name));
  } else if (inside() == In::node && name == "id") {
    key_ = Key::id;
  } else if (inside() == In::edge) {
    const NamedEnd end = named_end(name);
    if (end != NamedEnd::none) key_ = end == NamedEnd::first ? Key::first : Key::second;
    if (is_weight_name(name, rules_.weights)) key_ = Key::weight;
    out_.named_direction = out_.named_direction || name == "follower";
  }
  return true;
}

bool EdgeEvents::word(const std::string& text) {
  constexpr Key order[] = {Key::first, Key::second, Key::weight};
  if (inside() == In::node_list) add_node(id(text));
  if (inside() == In::node && key_ == Key::id) add_node(id(text)), node_has_id_ = true;
  if (inside() == In::pair) part(parts_ < 3 ? order[parts_] : Key::other, text), ++parts_;
  if (inside() == In::edge) part(key_, text);
  return inside() == In::edge_list ? other(text.c_str()) : true;
}

bool EdgeEvents::other(const char* text) {
  const bool part_of_edge = inside() == In::pair || (inside() == In::edge && key_ != Key::other);
  if (part_of_edge || inside() == In::edge_list)
    characters_.fail(
        "'" + std::string(text).substr(0, 40) + (part_of_edge ? "' is not an id or a weight" : "' is no edge"),
        edge_help);
  return true;
}

void EdgeEvents::begin_edge() {
  first_.reset(), second_.reset(), weight_.reset();
  parts_ = 0;
  is_text_ = false;
}

void EdgeEvents::part(Key which, const std::string& text) {
  if (which == Key::first) first_ = id(text);
  if (which == Key::second) second_ = id(text);
  if (which != Key::weight || rules_.weights == Weights::none) return;
  try {
    weight_ = weight_of(BlockText(text), text, rules_);
  } catch (const LocalFault& fault) {
    characters_.fail(fault.message, fault.help);
  }
}

void EdgeEvents::end_edge() {
  if (!first_ || !second_) characters_.fail("this edge does not name two accounts", edge_help);
  block_.ids.push_back(*first_);
  block_.ids.push_back(*second_);
  out_.file.text_lines += is_text_;
  if (rules_.weights != Weights::none && !weight_)
    characters_.fail("a weight is missing", "every edge needs one, or set weights = \"ignore\"");
  if (weight_) block_.weights.push_back(*weight_);
  if (block_.ids.size() >= 1U << 16) flush();
}

std::uint64_t EdgeEvents::id(const std::string& text) {
  try {
    const std::uint64_t number = id_of(BlockText(text), text, rules_, is_text_);
    return rules_.text ? rules_.text->number(text) : number;
  } catch (const LocalFault& fault) {
    characters_.fail(fault.message, fault.help);
  }
}

void EdgeEvents::add_node(std::uint64_t id) {
  Edges& edges = out_.file.edges;
  edges.nodes.push_back(id);
  edges.least = std::min(edges.least, id);
  edges.most = std::max(edges.most, id);
}

void EdgeEvents::flush() {
  Edges& edges = out_.file.edges;
  for (const std::uint64_t id : block_.ids)
    edges.least = std::min(edges.least, id), edges.most = std::max(edges.most, id);
  edges.pairs += block_.ids.size() / 2;
  if (!block_.ids.empty()) edges.pieces.push_back(Edges::pack(block_.ids, block_.weights));
  block_.clear();
}

bool EdgeEvents::parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& error) {
  const std::string text = error.what();  // "[...] parse error at line 1, column 2: what"
  const std::size_t at = text.find(": ");
  characters_.fail("broken JSON: " + (at == std::string::npos ? text : text.substr(at + 2, 200)),
                   "is the file whole? a JSON checker shows more");
}
}  // namespace

JsonEdges read_json_edges(const std::string& path, const TokenRules& rules) {
  JsonCharacters characters(path);
  EdgeEvents events(characters, rules);
  Json::sax_parse(characters.begin(), JsonCharacters::end(), &events);
  return events.finish();
}

}  // namespace passalong
