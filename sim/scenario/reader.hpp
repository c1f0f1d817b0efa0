// Fields that reads a table of a scenario: types, units, ranges, spelling, meaning. It never stops at a fault; what it
// finds goes to Findings, and the field keeps its default.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "sim/scenario/fields.hpp"
#include "sim/scenario/findings.hpp"

namespace passalong {

class Reader final : public Fields {
 public:
  Reader(Node& table, TableName name, Findings& findings);

  void number(const char* name, double& value, const About& about) override;
  void integer(const char* name, std::int64_t& value, const About& about) override;
  void flag(const char* name, bool& value, const About& about) override;
  void text(const char* name, std::string& value, const About& about) override;
  void choice(const char* name, std::string& value, const std::vector<const char*>& options,
              const About& about) override;
  void number_or_word(const char* name, double& value, std::string& word, const std::vector<const char*>& words,
                      const About& about) override;
  void accounts(const char* name, std::vector<AccountChoice>& value, const About& about) override;
  void duration(const char* name, double& hours, const About& about) override;
  void rate(const char* name, double& per_day, const About& about) override;
  void rate_or_table(const char* name, double& per_day, bool& is_table, const About& about,
                     const std::function<void(Fields&)>& declare) override;
  void effort(const char* name, double& hours_a_day, const About& about) override;
  void distribution(const char* name, Distribution& value, const About& about) override;
  void numbers(const char* name, std::vector<double>& values, const About& about) override;
  void matrix(const char* name, std::vector<std::vector<double>>& rows, const About& about) override;
  void section(const char* name, const About& about, const std::function<void(Fields&)>& declare) override;
  void sections(const char* name, const About& about, std::size_t& count,
                const std::function<void(std::size_t index, Fields&)>& declare) override;
  void when(bool holds, const char* only, const std::function<void(Fields&)>& declare) override;
  void check(const char* name, bool ok, const std::string& message, const std::string& help) override;

  void excuse_missing() { missing_.clear(); }  // required keys declared so far need not be there
  // Reports the keys nobody asked for and the required ones that are not there. Call once, at the end.
  void finish();

 private:
  Node* take(const char* name, const About& about);
  void fault(const char* name, const Place& place, std::string message, std::string help);
  void wrong_type(const char* name, const Node& node, const char* wanted, std::string help);
  bool in_range(const char* name, const Node& node, double value, const std::string& shown, const About& about,
                std::string (*show)(double));
  bool read_number(const char* name, const Node& node, double& value, const About& about);
  bool read_numbers(const char* name, const Node& node, std::vector<double>& values, const About& about);
  bool read_text(const char* name, const Node& node, std::string& value, const std::string& help);
  bool read_choice(const char* name, const Node& node, std::string& value, const std::vector<const char*>& options);
  bool read_labels(const char* name, const Node& node, std::vector<std::string>& labels, const About& about);
  bool read_choice_of_accounts(const char* name, Node& node, AccountChoice& value, const About& about);
  bool read_accounts(const char* name, Node& node, std::vector<AccountChoice>& value, const About& about);
  struct QuantityForm;
  void read_quantity(const char* name, const Node& node, double& value, const About& about, const QuantityForm& form);
  void read_distribution(const char* name, Node& node, Distribution& value, const About& about);
  void read_section(const char* name, Node& node, bool one_of_many, const std::function<void(Fields&)>& declare);
  TableName below(const char* name, bool one_of_many) const;

  struct Missing {
    std::string name, help, instead;
    bool is_array;
  };
  Node& table_;
  TableName name_;
  Findings& findings_;
  const char* only_ = nullptr;  // inside a `when` that does not hold
  std::vector<std::string> known_;
  std::vector<Missing> missing_;
  std::set<std::string> faulty_;  // no second fault for these
};

}  // namespace passalong
