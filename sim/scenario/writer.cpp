// The scenario as TOML with every default written out and explained, so that the text alone reproduces the run.
#include <fmt/format.h>

#include <algorithm>

#include "sim/scenario/forms.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/units.hpp"

namespace passalong {
namespace {
constexpr std::size_t widest_assignment = 44;  // comments begin no further right than that

std::string comment_of(const About& about) {
  return *about.unit ? fmt::format("{} ({})", about.help, about.unit) : std::string(about.help);
}

class Writer final : public Fields {
 public:
  Writer(std::string path, bool in_line) : path_(std::move(path)), in_line_(in_line) {}

  void number(const char* name, double& value, const About& about) override {
    add(name, fmt::format("{}", value), about);
  }
  void integer(const char* name, std::int64_t& value, const About& about) override {
    add(name, fmt::format("{}", value), about);
  }
  void flag(const char* name, bool& value, const About& about) override { add(name, value ? "true" : "false", about); }
  void text(const char* name, std::string& value, const About& about) override {
    add(name, write_quoted(value), about);
  }
  void choice(const char* name, std::string& value, const std::vector<const char*>&, const About& about) override {
    add(name, write_quoted(value), about);
  }
  void number_or_word(const char* name, double& value, std::string& word, const std::vector<const char*>&,
                      const About& about) override {
    add(name, word.empty() ? fmt::format("{}", value) : write_quoted(word), about);
  }
  void accounts(const char* name, std::vector<AccountChoice>& value, const About& about) override {
    add(name, write_accounts(value), about);
  }
  void duration(const char* name, double& hours, const About& about) override {
    add(name, write_quoted(write_duration(hours)), {.help = about.help});
  }
  void rate(const char* name, double& per_day, const About& about) override {
    add(name, write_quoted(write_rate(per_day)), {.help = about.help});
  }
  void rate_or_table(const char* name, double& per_day, bool& is_table, const About& about,
                     const std::function<void(Fields&)>& declare) override {
    if (!is_table) return rate(name, per_day, about);
    Writer inner(below(name), true);
    declare(inner);
    add(name, inner.as_value(), {.help = about.help});
  }
  void effort(const char* name, double& hours_a_day, const About& about) override {
    add(name, write_quoted(write_effort(hours_a_day)), {.help = about.help});
  }
  void distribution(const char* name, Distribution& value, const About& about) override {
    add(name, write_distribution(value), about);
  }
  void numbers(const char* name, std::vector<double>& values, const About& about) override {
    add(name, write_numbers(values), about);
  }
  void matrix(const char* name, std::vector<std::vector<double>>& rows, const About& about) override {
    add(name, write_matrix(rows), about);
  }
  void section(const char* name, const About& about, const std::function<void(Fields&)>& declare) override;
  void sections(const char* name, const About& about, std::size_t& count,
                const std::function<void(std::size_t index, Fields&)>& declare) override;
  void check(const char*, bool, const std::string&, const std::string&) override {}

  // Keys first, tables after them, as TOML requires.
  std::string whole() const;
  std::string as_value() const;

 private:
  struct Line {
    std::string assignment, comment;
  };
  void add(const char* name, const std::string& value, const About& about) {
    lines_.push_back({fmt::format("{} = {}", name, value), comment_of(about)});
  }
  std::string below(const char* name) const { return path_.empty() ? name : path_ + "." + name; }

  std::string path_;
  bool in_line_;  // the tables of this one are written as values: it is one of several
  std::vector<Line> lines_;
  std::string tables_;
};

void Writer::section(const char* name, const About& about, const std::function<void(Fields&)>& declare) {
  Writer inner(below(name), in_line_);
  declare(inner);
  if (in_line_) return add(name, inner.as_value(), about);
  tables_ += fmt::format("\n[{}]  # {}\n{}", below(name), about.help, inner.whole());
}

void Writer::sections(const char* name, const About&, std::size_t& count,
                      const std::function<void(std::size_t, Fields&)>& declare) {
  for (std::size_t i = 0; i < count; ++i) {
    Writer inner(below(name), true);
    declare(i, inner);
    tables_ += fmt::format("\n[[{}]]\n{}", below(name), inner.whole());
  }
}

std::string Writer::whole() const {
  std::size_t width = 0;
  for (const Line& line : lines_)
    if (line.assignment.size() <= widest_assignment) width = std::max(width, line.assignment.size());
  std::string text;
  for (const Line& line : lines_) text += fmt::format("{:<{}}  # {}\n", line.assignment, width, line.comment);
  return text + tables_;
}

std::string Writer::as_value() const {
  std::string text;
  for (const Line& line : lines_) text += (text.empty() ? " " : ", ") + line.assignment;
  return "{" + text + " }";
}
}  // namespace

std::string resolved_toml(const Scenario& scenario) {
  Scenario copy = scenario;  // declaring takes references; nothing is changed
  Writer writer("", false);
  copy.declare(writer);
  return "# Every value of this scenario, defaults included; read again, it gives the same result.\n" + writer.whole();
}

std::string resolved_toml(const StrategySection& policy) {
  StrategySection copy = policy;
  copy.name.clear();
  Writer writer("", true);
  copy.declare(writer, "strategy");
  return writer.whole();
}

}  // namespace passalong
