// A scenario that has been written out in full, read again with changes; and what differs between two of them.
#pragma once
#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"

namespace passalong {

// As parse_scenario; keys of the text that do not apply beside the changes, such as `posts` beside a `budget`, are left
// out: they are defaults that nobody has asked for.
Scenario parse_changed(const std::string& resolved, const std::string& path, std::span<const ModelChoice> models,
                       const std::vector<std::string>& changes);

// The keys whose values differ, such as "model.trust.gain" or "strategy.pitch.mix.value"; elements of arrays of tables
// go by their names, or the whole array does where these differ.
std::vector<std::string> differing_keys(const std::string& resolved, const std::string& other);

// The key of a change, as these are written.
std::string key_of_change(const std::string& assignment);

}  // namespace passalong
