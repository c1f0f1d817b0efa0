// Accounts of a network, as a scenario names them: labels, so many at random, those with the most followers; at once or
// at a moment; one choice or a list.
#include <fmt/format.h>

#include "sim/scenario/forms.hpp"
#include "sim/scenario/reader.hpp"

namespace passalong {
namespace {
std::string ways_of(const char* name) {
  return fmt::format("write {0} = [\"12\"], {0} = {{ random = 10 }} or {0} = {{ top = 10, at = \"2 h\" }}", name);
}
}  // namespace

// Labels are text; a whole number is one too.
bool Reader::read_labels(const char* name, const Node& node, std::vector<std::string>& labels, const About& about) {
  std::string label = node.kind == Node::Kind::integer ? fmt::format("{}", node.integer) : "";
  if (label.empty() && !read_text(name, node, label, about.help)) return false;
  labels.push_back(std::move(label));
  return true;
}

bool Reader::read_choice_of_accounts(const char* name, Node& node, AccountChoice& value, const About& about) {
  const std::size_t before = findings_.count();
  Reader inner(node, below(name, false), findings_);
  const About count{.unit = "accounts", .low = 1, .high = 4294967040.0, .help = about.help};
  inner.integer("random", value.random, count);
  inner.integer("top", value.top, count);
  inner.duration("at", value.at, {.low = 0, .high = 1e6, .help = "when, after the start"});
  if (const Node* labels = inner.take("labels", about)) {
    if (labels->kind != Node::Kind::array) inner.wrong_type("labels", *labels, "a list of labels", about.help);
    for (const Node& item : labels->items)
      if (!inner.read_labels("labels", item, value.labels, about)) break;
  }
  inner.finish();
  if (findings_.count() > before) return faulty_.insert(name), false;
  if ((value.random > 0) + (value.top > 0) + !value.labels.empty() == 1) return true;
  fault(name, node.place, fmt::format("`{}` needs one of `random`, `top` and `labels`", name), ways_of(name));
  return false;
}

bool Reader::read_accounts(const char* name, Node& node, std::vector<AccountChoice>& value, const About& about) {
  if (node.kind == Node::Kind::table) return read_choice_of_accounts(name, node, value.emplace_back(), about);
  AccountChoice named;  // at the start
  for (Node& item : node.items) {
    const bool ok = item.kind == Node::Kind::table ? read_choice_of_accounts(name, item, value.emplace_back(), about)
                                                   : read_labels(name, item, named.labels, about);
    if (!ok) return false;
  }
  if (!named.labels.empty()) value.insert(value.begin(), std::move(named));
  if (!value.empty() || about.low == 0) return true;
  fault(name, node.place, fmt::format("`{}` is empty", name), about.help);
  return false;
}

void Reader::accounts(const char* name, std::vector<AccountChoice>& value, const About& about) {
  Node* node = take(name, about);
  if (!node) return;
  if (node->kind != Node::Kind::array && node->kind != Node::Kind::table)
    return wrong_type(name, *node, "a list of labels, or a table", ways_of(name));
  std::vector<AccountChoice> found;
  if (read_accounts(name, *node, found, about)) value = std::move(found);
}

}  // namespace passalong
