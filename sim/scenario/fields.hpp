// One declaration, many uses. A parameter struct declares its fields once, to an abstract Fields; a reader fills them
// from TOML with located errors, a lister prints `passalong schema` and `models`, a writer prints the resolved
// scenario. A field's default is the value its struct initialises it with.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/base/distribution.hpp"

namespace passalong {

struct FeedForm;
struct Scenario;

// What is said about a field. Range is inclusive. source: a citation, or the word 'assumption'.
struct About {
  const char* unit = "";
  double low = -1e300;
  double high = 1e300;
  const char* help = "";
  const char* source = "";
  bool required = false;
  const char* instead = "";  // an array of tables that may stand in its place
};

// Some accounts of the network: by label, or so many at random, or those with the most followers. One of the three.
struct AccountChoice {
  std::vector<std::string> labels{};
  std::int64_t random = 0, top = 0;
  double at = 0;  // hours after the start, where they are chosen for a moment
};

class Fields {
 public:
  virtual ~Fields() = default;

  virtual void number(const char* name, double& value, const About& about) = 0;
  virtual void integer(const char* name, std::int64_t& value, const About& about) = 0;
  virtual void flag(const char* name, bool& value, const About& about) = 0;
  virtual void text(const char* name, std::string& value, const About& about) = 0;
  virtual void choice(const char* name, std::string& value, const std::vector<const char*>& options,
                      const About& about) = 0;
  // A number, or one of some words; `word` is empty where it is a number.
  virtual void number_or_word(const char* name, double& value, std::string& word, const std::vector<const char*>& words,
                              const About& about) = 0;
  // ["12"], { random = 10 }, { top = 3, at = "2 h" }, or several of these in a list; with a range from 0, [] as well.
  virtual void accounts(const char* name, std::vector<AccountChoice>& value, const About& about) = 0;
  virtual void duration(const char* name, double& hours, const About& about) = 0;  // "90 days", "1 h"; range in hours
  virtual void rate(const char* name, double& per_day, const About& about) = 0;    // "2 per day", "14 per week"
  // A rate, or a table whose keys `declare` tells; `is_table` says which.
  virtual void rate_or_table(const char* name, double& per_day, bool& is_table, const About& about,
                             const std::function<void(Fields&)>& declare) = 0;
  virtual void effort(const char* name, double& hours_a_day, const About& about) = 0;  // "10 h per week"
  virtual void distribution(const char* name, Distribution& value, const About& about) = 0;
  virtual void numbers(const char* name, std::vector<double>& values, const About& about) = 0;  // [0.2, 0.8]
  virtual void matrix(const char* name, std::vector<std::vector<double>>& rows, const About& about) = 0;
  // A sub-table [name].
  virtual void section(const char* name, const About& about, const std::function<void(Fields&)>& declare) = 0;
  // An array of tables [[name]]. count is how many there are (a reader sets it before declaring each in turn; others
  // declare what `count` says, or one example where it is 0).
  virtual void sections(const char* name, const About& about, std::size_t& count,
                        const std::function<void(std::size_t index, Fields&)>& declare) = 0;
  // Keys that mean something only under a condition, such as those of a generator where the network is generated.
  // Where it does not hold a reader refuses them, giving `only` ("only for a generated network"), and a writer leaves
  // them out; a lister shows them always.
  virtual void when(bool holds, [[maybe_unused]] const char* only, const std::function<void(Fields&)>& declare) {
    if (holds) declare(*this);
  }
  // A fault of meaning rather than of form: where ok is false, readers report message and help at the key `name` of
  // the current table (at the table itself where the key is absent).
  virtual void check(const char* name, bool ok, const std::string& message, const std::string& help) = 0;
};

// The parameters of a model, whichever it is.
struct ModelParameters {
  virtual ~ModelParameters() = default;
  virtual void declare(Fields& fields) = 0;
  // What must fit between them and the rest of the scenario; called after declare, with the same Fields.
  virtual void check([[maybe_unused]] const Scenario& scenario, [[maybe_unused]] Fields& fields) {}
  // Whether follows among ordinary accounts can begin by what readers do.
  virtual bool changes_follows() const { return false; }
  // Null unless readers check feeds.
  virtual const FeedForm* feed() const { return nullptr; }
};

}  // namespace passalong
