// The frame of reading: taking keys, going into tables, reporting what nobody asked for.
#include "sim/scenario/reader.hpp"

#include <fmt/format.h>

namespace passalong {
namespace {
const char* spoken(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::table:
      return "a table";
    case Node::Kind::array:
      return "an array";
    case Node::Kind::text:
      return "text";
    case Node::Kind::integer:
      return "an integer";
    case Node::Kind::real:
      return "a number";
    case Node::Kind::flag:
      return "true or false";
    case Node::Kind::date:
      break;
  }
  return "a date or time";
}

// Where a key was last touched: a --set of something inside it counts, and comes after the file.
Place latest_place(const Node& node, Place latest) {
  for (const Node::Entry& entry : node.entries) {
    if (entry.place.source > latest.source) latest = entry.place;
    latest = latest_place(entry.value, latest);
  }
  return latest;
}
}  // namespace

Reader::Reader(Node& table, TableName name, Findings& findings)
    : table_(table), name_(std::move(name)), findings_(findings) {}

TableName Reader::below(const char* name, bool one_of_many) const {
  return {name_.path.empty() ? name : name_.path + "." + name, one_of_many};
}

void Reader::fault(const char* name, const Place& place, std::string message, std::string help) {
  faulty_.insert(name);
  findings_.add(place, std::move(message), std::move(help));
}

// The value of a key, if it is there and may be.
Node* Reader::take(const char* name, const About& about) {
  known_.emplace_back(name);
  Node::Entry* entry = table_.find(name);
  if (!entry) {
    if (about.required && !only_ && !(*about.instead && table_.find(about.instead)))
      missing_.push_back({name, about.help, about.instead, false}), faulty_.insert(name);
    return nullptr;
  }
  entry->read = true;
  if (!only_) return &entry->value;
  if (findings_.leaves_out(latest_place(entry->value, entry->place))) return nullptr;
  fault(name, entry->place, fmt::format("`{}` does not apply: it is {}", name, only_),
        fmt::format("remove `{}`", name));
  return nullptr;
}

void Reader::wrong_type(const char* name, const Node& node, const char* wanted, std::string help) {
  fault(name, node.place, fmt::format("`{}` must be {}, not {}", name, wanted, spoken(node.kind)), std::move(help));
}

void Reader::read_section(const char* name, Node& node, bool one_of_many, const std::function<void(Fields&)>& declare) {
  const std::size_t before = findings_.count();
  Reader reader(node, below(name, one_of_many), findings_);
  declare(reader);
  reader.finish();
  if (findings_.count() > before) faulty_.insert(name);
}

void Reader::section(const char* name, const About& about, const std::function<void(Fields&)>& declare) {
  Node* node = take(name, about);
  Node absent;
  if (node && node->kind != Node::Kind::table) {
    const bool tables = node->kind == Node::Kind::array && !node->items.empty();
    wrong_type(name, *node, "a table",
               tables ? fmt::format("write [{}] once, in single brackets", name)
                      : fmt::format("`{}` holds keys of its own: {}", name, about.help));
    node = nullptr;
  } else if (only_ || (!node && about.required)) {
    return;
  }
  read_section(name, node ? *node : absent, false, declare);
}

void Reader::sections(const char* name, const About& about, std::size_t& count,
                      const std::function<void(std::size_t, Fields&)>& declare) {
  count = 0;
  Node* node = take(name, about);
  if (!node && !missing_.empty() && missing_.back().name == name) missing_.back().is_array = true;
  if (!node) return;
  if (node->kind != Node::Kind::array)
    return wrong_type(name, *node, "an array of tables",
                      fmt::format("write [[{}]] before each, in double brackets", name));
  if (node->items.empty() && (about.required || *about.instead))
    return fault(name, node->place, fmt::format("`{}` is empty: at least one is needed", name),
                 fmt::format("a [[{}]] is {}", name, about.help));
  std::vector<Node*> tables;
  for (Node& item : node->items) {
    if (item.kind == Node::Kind::table)
      tables.push_back(&item);
    else
      fault(name, item.place, fmt::format("`{}` must hold tables, not {}", name, spoken(item.kind)),
            fmt::format("write [[{}]] before each", name));
  }
  count = tables.size();
  for (std::size_t i = 0; i < tables.size(); ++i)
    read_section(name, *tables[i], true, [&](Fields& fields) { declare(i, fields); });
}

void Reader::when(bool holds, const char* only, const std::function<void(Fields&)>& declare) {
  const char* outer = only_;
  if (!holds && !only_) only_ = only;
  declare(*this);
  only_ = outer;
}

void Reader::check(const char* name, bool ok, const std::string& message, const std::string& help) {
  if (ok || only_ || faulty_.contains(name)) return;
  const Node::Entry* entry = table_.find(name);
  fault(name, entry ? latest_place(entry->value, entry->place) : table_.place, message, help);
}

void Reader::finish() {
  // What a misspelt key was meant to be need not be called missing too.
  const std::set<std::string> meant = findings_.add_strays(name_, table_, known_);
  for (const Missing& missing : missing_) {
    if (meant.contains(missing.name) || meant.contains(missing.instead)) continue;
    const std::string where = name_.path.empty() ? "" : " in " + name_.spoken();
    if (missing.is_array)
      findings_.add(table_.place,
                    fmt::format("no [[{}]]{}{}: at least one is needed", missing.name,
                                missing.instead.empty() ? "" : " or [[" + missing.instead + "]]", where),
                    fmt::format("a [[{}]] is {}", missing.name, missing.help));
    else
      findings_.add(table_.place, fmt::format("missing key `{}`{}", missing.name, where),
                    fmt::format("`{}`: {}", missing.name, missing.help));
  }
}

}  // namespace passalong
