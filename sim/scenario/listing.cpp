// Fields that only listens.
#include "sim/scenario/listing.hpp"

#include <fmt/format.h>

#include "sim/scenario/forms.hpp"
#include "sim/scenario/units.hpp"

namespace passalong {
namespace {
using Type = ListedKey::Type;
constexpr double unlimited = 1e299;

class Lister final : public Fields {
 public:
  explicit Lister(std::string table, std::string only = {}) : table_(std::move(table)), only_(std::move(only)) {}

  // Keys first, tables after them, as in a TOML text.
  std::vector<ListedKey> keys() const {
    std::vector<ListedKey> all = keys_;
    all.insert(all.end(), tables_.begin(), tables_.end());
    return all;
  }

  void number(const char* name, double& value, const About& about) override {
    add(name, Type::number, fmt::format("{}", value), about);
  }
  void integer(const char* name, std::int64_t& value, const About& about) override {
    add(name, Type::integer, fmt::format("{}", value), about);
  }
  void flag(const char* name, bool& value, const About& about) override {
    add(name, Type::flag, value ? "true" : "false", about);
  }
  void text(const char* name, std::string& value, const About& about) override { add(name, Type::text, value, about); }
  void choice(const char* name, std::string& value, const std::vector<const char*>& options,
              const About& about) override {
    add(name, Type::choice, value, about);
    keys_.back().options = options;
  }
  void number_or_word(const char* name, double& value, std::string& word, const std::vector<const char*>& words,
                      const About& about) override {
    add(name, Type::number_or_word, word.empty() ? fmt::format("{}", value) : word, about);
    keys_.back().options = words;
  }
  void accounts(const char* name, std::vector<AccountChoice>& value, const About& about) override {
    add(name, Type::accounts, write_accounts(value), about);
  }
  void duration(const char* name, double& hours, const About& about) override {
    add(name, Type::duration, write_duration(hours), about);
  }
  void rate(const char* name, double& per_day, const About& about) override {
    add(name, Type::rate, write_rate(per_day), about);
  }
  // The keys of the table stand below, by their dotted names.
  void rate_or_table(const char* name, double& per_day, bool&, const About& about,
                     const std::function<void(Fields&)>& declare) override {
    add(name, Type::rate_or_table, write_rate(per_day), about);
    Lister inner("", only_ + (only_.empty() ? "" : "; ") + "in a table in place of the rate");
    declare(inner);
    for (ListedKey key : inner.keys()) {
      key.table = table_, key.name = fmt::format("{}.{}", name, key.name);
      keys_.push_back(std::move(key));
    }
  }
  void effort(const char* name, double& hours_a_day, const About& about) override {
    add(name, Type::effort, write_effort(hours_a_day), about);
  }
  void distribution(const char* name, Distribution& value, const About& about) override {
    add(name, Type::distribution, write_distribution(value), about);
  }
  void numbers(const char* name, std::vector<double>& values, const About& about) override {
    add(name, Type::numbers, write_numbers(values), about);
  }
  void matrix(const char* name, std::vector<std::vector<double>>& rows, const About& about) override {
    add(name, Type::matrix, write_matrix(rows), about);
  }
  void section(const char* name, const About& about, const std::function<void(Fields&)>& declare) override {
    add_table(name, Type::table, about, declare);
  }
  void sections(const char* name, const About& about, std::size_t&,
                const std::function<void(std::size_t, Fields&)>& declare) override {
    add_table(name, Type::array_of_tables, about, [&](Fields& fields) { declare(0, fields); });
  }
  void when(bool, const char* only, const std::function<void(Fields&)>& declare) override {
    const std::string outer = only_;
    only_ += (outer.empty() ? "" : "; ") + std::string(only);
    declare(*this);
    only_ = outer;
  }
  void check(const char*, bool, const std::string&, const std::string&) override {}

 private:
  void add(const char* name, Type type, std::string fallback, const About& about) {
    keys_.push_back({table_, name, type, about, about.required ? "" : std::move(fallback), {}, only_});
  }
  void add_table(const char* name, Type type, const About& about, const std::function<void(Fields&)>& declare) {
    tables_.push_back({table_, name, type, about, {}, {}, only_});
    Lister inner(tables_.back().path(), only_);
    declare(inner);
    const std::vector<ListedKey> found = inner.keys();
    tables_.insert(tables_.end(), found.begin(), found.end());
  }

  std::string table_;
  std::string only_;  // the conditions it is under
  std::vector<ListedKey> keys_, tables_;
};
}  // namespace

const char* name_of(Type type) {
  switch (type) {
    case Type::number:
      return "number";
    case Type::integer:
      return "integer";
    case Type::flag:
      return "true or false";
    case Type::text:
      return "text";
    case Type::choice:
      return "choice";
    case Type::number_or_word:
      return "number or choice";
    case Type::accounts:
      return "accounts";
    case Type::duration:
      return "duration";
    case Type::rate:
      return "rate";
    case Type::rate_or_table:
      return "rate or table";
    case Type::effort:
      return "effort";
    case Type::distribution:
      return "number or distribution";
    case Type::numbers:
      return "list of numbers";
    case Type::matrix:
      return "list of lists of numbers";
    case Type::table:
      return "table";
    case Type::array_of_tables:
      break;
  }
  return "array of tables";
}

std::string range_of(const ListedKey& key) {
  const auto show = [&](double value) {
    if (key.type == Type::duration) return write_duration(value);
    if (key.type == Type::effort) return write_effort(value);
    return key.type == Type::rate || key.type == Type::rate_or_table ? write_rate(value) : fmt::format("{}", value);
  };
  const bool low = key.about.low > -unlimited, high = key.about.high < unlimited;
  if (low && high) return show(key.about.low) + " to " + show(key.about.high);
  return low ? "at least " + show(key.about.low) : high ? "at most " + show(key.about.high) : "";
}

std::vector<ListedKey> scenario_keys(std::span<const ModelChoice> models) {
  static const Scenario defaults;  // its tables of quantiles take a while to make
  Scenario scenario = defaults;
  scenario.model_names.clear();
  for (const ModelChoice& model : models) scenario.model_names.push_back(model.name);
  Lister lister("");
  scenario.declare(lister);
  return lister.keys();
}

std::vector<ListedKey> model_keys(const ModelChoice& model) {
  Lister lister("model");
  model.parameters()->declare(lister);
  return lister.keys();
}

}  // namespace passalong
