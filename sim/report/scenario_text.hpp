// What can be read off a scenario's text without running it: its values key by key, and what its author marked as
// assumed.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace passalong {

// A line of a scenario: the table it stands in, key, value and comment as written.
struct ScenarioLine {
  std::string table, key, value, comment;
};
std::vector<ScenarioLine> lines_of(std::string_view scenario);

// Values by dotted key; tables of which there are several go by their names: strategy.pitch.posts.
std::map<std::string, std::string> values_of(std::string_view scenario);

struct Change {
  std::string key, from, to;
};
std::vector<Change> changes_between(std::string_view from, std::string_view to);

// Lines whose comment holds the word: what they set, and what the comment says besides.
struct Assumption {
  std::string setting, reason;
};
std::vector<Assumption> assumptions_of(std::string_view scenario);

}  // namespace passalong
