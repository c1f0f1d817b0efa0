// Where a result comes from: everything needed to make it again, and nothing about where or how fast it was made.
#pragma once
#include <string>

#include "sim/observe/result.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

void attach_manifest(Result& result, const Scenario& scenario, const std::string& input_hash,
                     const std::string& history);
// SHA-256 of the scenario's text followed by the bytes of the files it names: the network, its accounts' attributes,
// then the policies' calendars in their order; `cat` them to check. A file that cannot be read is left to the network
// to refuse.
std::string hash_inputs(const Scenario& scenario);
// What intervals over replicates cover, in words.
std::string covered_by_intervals(const std::string& redraw, bool is_cascade = false);

}  // namespace passalong
