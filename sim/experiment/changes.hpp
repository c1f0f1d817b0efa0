// Which keys of a scenario may change in the middle of a run, and why others may not.
#pragma once
#include <string>
#include <vector>

#include "sim/base/failure.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

// Why a key may not change; null where it may. Keys as differing_keys gives them.
const char* why_fixed(const Scenario& past, const std::string& key);

// The policy a key belongs to, by its place among them; their number where it belongs to none.
std::size_t policy_of_key(const Scenario& past, const std::string& key);

// Whether it stands in a section, or is a key, that scenarios have.
bool is_known_key(const std::string& key);

// The scenario under changes, which faults say stand in `place`. Adds to `faults` what is wrong with them, and then
// gives no scenario that could be used.
Scenario change_scenario(const Scenario& past, const std::string& resolved, const std::vector<std::string>& changes,
                         const std::string& place, std::vector<Fault>& faults);

}  // namespace passalong
