// JSON as --json prints it: one object, two spaces in, keys in the order they are given, then a newline.
#pragma once
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/base/failure.hpp"

namespace passalong {

using Json = nlohmann::ordered_json;

std::string to_text(const Json& object);  // bytes that are not UTF-8 are replaced
Json errors_of(const std::vector<Fault>& faults);
std::string errors_json(const std::vector<Fault>& faults);

}  // namespace passalong
