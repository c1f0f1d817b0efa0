// How the checks are told: for people as a table, for scripts as JSON.
#pragma once
#include <string>

#include "sim/cli/json.hpp"
#include "sim/validate/validate.hpp"

namespace passalong {

std::string targets_text(std::size_t width);
Json targets_json();
std::string validation_text(const Validation& v, std::size_t width, bool colour);
Json validation_json(const Validation& v);

}  // namespace passalong
