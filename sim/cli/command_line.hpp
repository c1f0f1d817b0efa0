// From argv to a Request.
#pragma once
#include <string>

#include "sim/cli/request.hpp"

namespace passalong {

// Failure(Exit::usage), with the nearest word where one was misspelt.
Request read_request(int argc, char** argv);

inline constexpr std::int64_t most_threads = 1024;

// Values of options, read strictly: the whole text, within the range, or Failure(Exit::usage) that names the option.
std::int64_t whole_number(const std::string& option, const std::string& text, std::int64_t low, std::int64_t high);
double decimal_number(const std::string& option, const std::string& text, double low);
void check_colour(const std::string& option, const std::string& text);
double duration_seconds(const std::string& option, const std::string& text);  // "90s", "30 min", "2h", "1h30m", "1d"

}  // namespace passalong
