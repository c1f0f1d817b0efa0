// Each kind of value is checked for its type, then for its range; a fault leaves the default.
#include <fmt/format.h>

#include <cmath>

#include "sim/base/suggest.hpp"
#include "sim/scenario/forms.hpp"
#include "sim/scenario/reader.hpp"
#include "sim/scenario/units.hpp"

namespace passalong {
namespace {
constexpr double unlimited = 1e299;  // About's own limits lie beyond

std::string plain(double value) { return fmt::format("{}", value); }

bool is_number(const Node& node) { return node.kind == Node::Kind::integer || node.kind == Node::Kind::real; }
double number_of(const Node& node) {
  return node.kind == Node::Kind::integer ? static_cast<double>(node.integer) : node.real;
}

std::string shown(const Node& node) {
  if (node.kind == Node::Kind::integer) return fmt::format("{}", node.integer);
  return node.kind == Node::Kind::real ? plain(node.real) : "\"" + harmless(node.text, 60) + "\"";
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

bool Reader::read_choice(const char* name, const Node& node, std::string& value,
                         const std::vector<const char*>& options) {
  const std::vector<std::string> words(options.begin(), options.end());
  std::string given;
  if (!read_text(name, node, given, "one of " + backticked(words))) return false;
  for (const std::string& word : words)
    if (given == word) return value = given, true;
  const auto near = suggest(given, words);
  fault(name, node.place, fmt::format("`{}` has no choice \"{}\"", name, harmless(given, 60)),
        near ? "did you mean \"" + *near + "\"?" : "choose one of " + backticked(words));
  return false;
}

void Reader::choice(const char* name, std::string& value, const std::vector<const char*>& options, const About& about) {
  if (const Node* node = take(name, about)) read_choice(name, *node, value, options);
}

void Reader::number_or_word(const char* name, double& value, std::string& word, const std::vector<const char*>& words,
                            const About& about) {
  const Node* node = take(name, about);
  if (!node) return;
  if (node->kind == Node::Kind::text) {
    read_choice(name, *node, word, words);
  } else if (read_number(name, *node, value, about)) {
    word.clear();
  }
}

// What durations, rates and efforts differ in.
struct Reader::QuantityForm {
  Quantity (*read)(std::string_view text);
  std::string (*write)(double value);
  std::vector<const char*> endings;  // of a bare number, tried in turn
  const char* units;
  const char* wanted;
};

void Reader::read_quantity(const char* name, const Node& node, double& value, const About& about,
                           const QuantityForm& form) {
  if (is_number(node)) {
    std::string example;
    for (const char* ending : form.endings) {
      const std::string text = shown(node) + ending;
      const double meant = form.read(text).value;
      if (example.empty() || (meant >= about.low && meant <= about.high)) example = text;
    }
    return fault(name, node.place, fmt::format("`{}` = {} has no unit", name, shown(node)),
                 fmt::format("write {} = \"{}\"; units: {}", name, example, form.units));
  }
  if (node.kind != Node::Kind::text) return wrong_type(name, node, form.wanted, about.help);
  const Quantity quantity = form.read(node.text);
  if (!quantity.problem.empty())
    return fault(name, node.place, fmt::format("`{}` = {} {}", name, shown(node), quantity.problem), quantity.help);
  if (in_range(name, node, quantity.value, shown(node), about, form.write)) value = quantity.value;
}

void Reader::duration(const char* name, double& hours, const About& about) {
  static const QuantityForm form{read_duration,
                                 write_duration,
                                 {" min", " h", " days"},
                                 "s, min, h, days, weeks",
                                 "a duration such as \"90 days\""};
  if (const Node* node = take(name, about)) read_quantity(name, *node, hours, about, form);
}

void Reader::rate(const char* name, double& per_day, const About& about) {
  bool is_table = false;
  rate_or_table(name, per_day, is_table, about, {});
}

void Reader::rate_or_table(const char* name, double& per_day, bool& is_table, const About& about,
                           const std::function<void(Fields&)>& declare) {
  static const QuantityForm form{read_rate,
                                 write_rate,
                                 {" per min", " per h", " per day"},
                                 "per min, per h, per day, per week",
                                 "a rate such as \"2 per day\""};
  Node* node = take(name, about);
  if (!node) return;
  is_table = declare && node->kind == Node::Kind::table;
  if (is_table) return read_section(name, *node, false, declare);
  read_quantity(name, *node, per_day, about, form);
}

void Reader::effort(const char* name, double& hours_a_day, const About& about) {
  static const QuantityForm form{read_effort,
                                 write_effort,
                                 {" h per day", " h per week"},
                                 "min, h; per day, per week",
                                 "an effort such as \"10 h per week\""};
  if (const Node* node = take(name, about)) read_quantity(name, *node, hours_a_day, about, form);
}

bool Reader::read_numbers(const char* name, const Node& node, std::vector<double>& values, const About& about) {
  if (node.kind != Node::Kind::array) {
    wrong_type(name, node, "a list of numbers", about.help);
    return false;
  }
  std::vector<double> found(node.items.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    if (!read_number(name, node.items[i], found[i], about)) return false;
  values = std::move(found);
  return true;
}

void Reader::numbers(const char* name, std::vector<double>& values, const About& about) {
  if (const Node* node = take(name, about)) read_numbers(name, *node, values, about);
}

void Reader::matrix(const char* name, std::vector<std::vector<double>>& rows, const About& about) {
  const Node* node = take(name, about);
  if (!node) return;
  if (node->kind != Node::Kind::array) return wrong_type(name, *node, "a list of lists of numbers", about.help);
  std::vector<std::vector<double>> found(node->items.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    if (!read_numbers(name, node->items[i], found[i], about)) return;
  rows = std::move(found);
}

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
  if ((about.low > -unlimited && least_of(made) < about.low) || (!open && most_of(made) > about.high)) {
    return fault(name, node.place,
                 open ? fmt::format("`{}` can fall below {}", name, about.low)
                      : fmt::format("`{}` can fall outside [{}, {}]", name, about.low, about.high),
                 open ? "use log-normal, gamma, exponential or uniform" : "use beta or uniform");
  }
  value = made;
}

}  // namespace passalong
