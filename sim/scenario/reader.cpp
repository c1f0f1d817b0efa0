// Each kind of field is taken from the table, checked for its type, then for its range; a fault leaves the default.
#include "sim/scenario/reader.hpp"

#include <fmt/format.h>

#include <cmath>

#include "sim/base/suggest.hpp"
#include "sim/scenario/forms.hpp"
#include "sim/scenario/units.hpp"

namespace passalong {
namespace {
constexpr double unlimited = 1e299;  // About's own limits lie beyond

std::string plain(double value) { return fmt::format("{}", value); }

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

bool is_number(const Node& node) { return node.kind == Node::Kind::integer || node.kind == Node::Kind::real; }
double number_of(const Node& node) {
  return node.kind == Node::Kind::integer ? static_cast<double>(node.integer) : node.real;
}

std::string shown(const Node& node) {
  if (node.kind == Node::Kind::integer) return fmt::format("{}", node.integer);
  return node.kind == Node::Kind::real ? plain(node.real) : "\"" + harmless(node.text, 60) + "\"";
}

// Where a key was last touched: a --set of something inside it counts, and comes after the file.
Place latest_place(const Node& node, Place latest) {
  for (const Node::Entry& entry : node.entries) {
    if (entry.place.source > latest.source) latest = entry.place;
    latest = latest_place(entry.value, latest);
  }
  return latest;
}

bool has_control_character(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7f) return true;
    if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) return true;
  }
  return false;
}

std::string backticked(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "\"" : ", \"") + word + "\"";
  return text;
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
    if (about.required && !only_) missing_.push_back({name, about.help, false}), faulty_.insert(name);
    return nullptr;
  }
  entry->read = true;
  if (!only_) return &entry->value;
  fault(name, entry->place, fmt::format("`{}` does not apply: it is {}", name, only_),
        fmt::format("remove `{}`", name));
  return nullptr;
}

void Reader::wrong_type(const char* name, const Node& node, const char* wanted, std::string help) {
  fault(name, node.place, fmt::format("`{}` must be {}, not {}", name, wanted, spoken(node.kind)), std::move(help));
}

bool Reader::in_range(const char* name, const Node& node, double value, const std::string& text, const About& about,
                      std::string (*show)(double)) {
  if (value >= about.low && value <= about.high) return true;
  std::string message;
  if (about.low > -unlimited && about.high < unlimited)
    message = fmt::format("`{}` = {} is outside [{}, {}]", name, text, show(about.low), show(about.high));
  else
    message = value < about.low ? fmt::format("`{}` = {} is below {}", name, text, show(about.low))
                                : fmt::format("`{}` = {} is above {}", name, text, show(about.high));
  fault(name, node.place, message, fmt::format("`{}`: {}", name, about.help));
  return false;
}

bool Reader::read_number(const char* name, const Node& node, double& value, const About& about) {
  if (!is_number(node)) {
    std::string help = about.help;
    std::string_view rest = node.text;
    double number = 0;
    if (node.kind == Node::Kind::text && take_number(rest, number)) {
      help = fmt::format("a bare number{}: {} = {}", *about.unit ? fmt::format(" ({})", about.unit) : "", name, number);
    }
    wrong_type(name, node, "a bare number", help);
    return false;
  }
  if (!std::isfinite(number_of(node))) {
    fault(name, node.place, fmt::format("`{}` must be a finite number", name), about.help);
    return false;
  }
  if (!in_range(name, node, number_of(node), shown(node), about, plain)) return false;
  value = number_of(node);
  return true;
}

void Reader::number(const char* name, double& value, const About& about) {
  if (const Node* node = take(name, about)) read_number(name, *node, value, about);
}

void Reader::integer(const char* name, std::int64_t& value, const About& about) {
  const Node* node = take(name, about);
  double number = 0;
  if (!node || !read_number(name, *node, number, about)) return;
  if (node->kind == Node::Kind::integer) {
    value = node->integer;
  } else if (number == std::floor(number) &&
             std::abs(number) <= 9007199254740992.0) {  // 1e6 is a way to write an integer
    value = static_cast<std::int64_t>(number);
  } else {
    fault(name, node->place, fmt::format("`{}` = {} is not a whole number", name, shown(*node)), about.help);
  }
}

void Reader::flag(const char* name, bool& value, const About& about) {
  const Node* node = take(name, about);
  if (!node) return;
  if (node->kind != Node::Kind::flag) return wrong_type(name, *node, "true or false (without quotes)", about.help);
  value = node->flag;
}

bool Reader::read_text(const char* name, const Node& node, std::string& value, const std::string& help) {
  const bool typed = node.kind != Node::Kind::text && !node.raw.empty() && !node.raw.starts_with('{') &&
                     !node.raw.starts_with('[');  // --set title=2026 means the text
  if (node.kind != Node::Kind::text && !typed) {
    wrong_type(name, node, "text in quotes", help);
    return false;
  }
  const std::string& given = typed ? node.raw : node.text;
  if (has_control_character(given)) {
    fault(name, node.place, fmt::format("`{}` holds a control character", name), "use one line of printable text");
    return false;
  }
  value = given;
  return true;
}

void Reader::text(const char* name, std::string& value, const About& about) {
  if (const Node* node = take(name, about)) read_text(name, *node, value, about.help);
}

void Reader::choice(const char* name, std::string& value, const std::vector<const char*>& options, const About& about) {
  const std::vector<std::string> words(options.begin(), options.end());
  const Node* node = take(name, about);
  std::string given;
  if (!node || !read_text(name, *node, given, "one of " + backticked(words))) return;
  for (const std::string& word : words)
    if (given == word) return void(value = given);
  const auto near = suggest(given, words);
  fault(name, node->place, fmt::format("`{}` has no choice \"{}\"", name, harmless(given, 60)),
        near ? "did you mean \"" + *near + "\"?" : "choose one of " + backticked(words));
}

void Reader::read_quantity(const char* name, double& value, const About& about, bool is_rate) {
  const Node* node = take(name, about);
  if (!node) return;
  const auto read = is_rate ? read_rate : read_duration;
  const auto write = is_rate ? write_rate : write_duration;
  if (is_number(*node)) {
    const std::string example = shown(*node) + (is_rate ? " per day" : " days");
    return fault(name, node->place, fmt::format("`{}` = {} has no unit", name, shown(*node)),
                 fmt::format("write {} = \"{}\"; units: {}", name, example,
                             is_rate ? "per min, per h, per day, per week" : "s, min, h, days, weeks"));
  }
  if (node->kind != Node::Kind::text)
    return wrong_type(name, *node, is_rate ? "a rate such as \"2 per day\"" : "a duration such as \"90 days\"",
                      about.help);
  const Quantity quantity = read(node->text);
  if (!quantity.problem.empty())
    return fault(name, node->place, fmt::format("`{}` = {} {}", name, shown(*node), quantity.problem), quantity.help);
  if (in_range(name, *node, quantity.value, shown(*node), about, write)) value = quantity.value;
}

void Reader::duration(const char* name, double& hours, const About& about) { read_quantity(name, hours, about, false); }
void Reader::rate(const char* name, double& per_day, const About& about) { read_quantity(name, per_day, about, true); }

void Reader::distribution(const char* name, Distribution& value, const About& about) {
  Node* node = take(name, about);
  if (!node) return;
  if (is_number(*node)) {
    double constant = 0;
    if (read_number(name, *node, constant, about)) value = Distribution::constant(constant);
  } else if (node->kind == Node::Kind::table) {
    read_distribution(name, *node, value, about);
  } else {
    wrong_type(name, *node, "a number or a distribution",
               fmt::format("write {} = {{ distribution = \"log-normal\", mean = 25, sigma = 1 }}", name));
  }
}

void Reader::read_distribution(const char* name, Node& node, Distribution& value, const About& about) {
  const std::size_t before = findings_.count();
  std::vector<const char*> names;
  for (const DistributionForm& form : distribution_forms()) names.push_back(form.name);
  Reader reader(node, below(name, false), findings_);
  std::string kind;
  double parameters[2] = {0, 0};
  reader.choice("distribution", kind, names, {.help = "which distribution", .required = true});
  const DistributionForm* form = find_form(kind);
  for (int i = 0; form && i < 2; ++i) {
    const auto& parameter = form->parameters[i];
    if (!parameter.name) continue;
    reader.number(parameter.name, parameters[i],
                  {.low = parameter.low, .high = parameter.high, .help = parameter.help, .required = true});
  }
  const std::vector<std::string> only_key{"distribution"};
  if (!form)  // which parameters it takes is not known: only a misspelt `distribution` can be told
    for (Node::Entry& entry : node.entries) entry.read = !suggest(entry.key, only_key) || entry.read;
  reader.finish();
  if (findings_.count() > before || !form) return void(faulty_.insert(name));
  if (form->kind == Distribution::Kind::uniform && parameters[0] > parameters[1])
    return fault(name, node.place, fmt::format("`{}`: low = {} exceeds high = {}", name, parameters[0], parameters[1]),
                 "swap them");
  // A table of quantiles costs more than a look at what is there already.
  const bool same = value.kind() == form->kind && value.first() == parameters[0] && value.second() == parameters[1];
  const Distribution made = same ? value : form->make(parameters[0], parameters[1]);
  const bool open = about.high >= unlimited;
  if (least_of(made) < about.low || (!open && most_of(made) > about.high)) {
    return fault(name, node.place,
                 open ? fmt::format("`{}` can fall below {}", name, about.low)
                      : fmt::format("`{}` can fall outside [{}, {}]", name, about.low, about.high),
                 open ? "use log-normal, gamma, exponential or uniform" : "use beta or uniform");
  }
  value = made;
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
  if (node->items.empty() && about.required)
    return fault(name, node->place, fmt::format("`{}` is empty: at least one is needed", name),
                 fmt::format("a [[{}]] is {}", name, about.help));
  std::vector<Node*> tables;
  for (Node& item : node->items) {
    if (item.kind == Node::Kind::table)
      tables.push_back(&item);
    else
      wrong_type(name, item, "an array of tables", fmt::format("write [[{}]] before each", name));
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
  findings_.know(name_, known_);
  std::set<std::string> meant;  // by a misspelt key: it need not be called missing too
  for (const Node::Entry& entry : table_.entries) {
    if (entry.read) continue;
    if (const auto near = findings_.stray(name_, entry, known_)) meant.insert(*near);
  }
  for (const Missing& missing : missing_) {
    if (meant.contains(missing.name)) continue;
    const std::string where = name_.path.empty() ? "" : " in " + name_.spoken();
    if (missing.is_array)
      findings_.add(table_.place, fmt::format("no [[{}]]{}: at least one is needed", missing.name, where),
                    fmt::format("a [[{}]] is {}", missing.name, missing.help));
    else
      findings_.add(table_.place, fmt::format("missing key `{}`{}", missing.name, where),
                    fmt::format("`{}`: {}", missing.name, missing.help));
  }
}

}  // namespace passalong
