// What ended a run `until` something, and the intervals that hold though it did.
#pragma once
#include <string>

#include "sim/cli/json.hpp"
#include "sim/experiment/run.hpp"

namespace passalong {

Json until_json(const RunReport& report);         // null where it had no `until`
std::string until_text(const RunReport& report);  // a line for the summary; empty where no worlds had one
std::string until_paragraph(const RunReport& report);

}  // namespace passalong
