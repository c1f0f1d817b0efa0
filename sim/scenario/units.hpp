// Durations, rates and efforts as people write them: "90 days", "1 h", "2 per day", "10 h per week".
#pragma once
#include <string>
#include <string_view>

namespace passalong {

// A quantity, or what is wrong with it. Durations are in hours, rates per day, efforts in hours per day.
struct Quantity {
  double value = 0;
  std::string problem;  // empty: none. A phrase that follows the quoted text: "has no unit"
  std::string help;
};

Quantity read_duration(std::string_view text);
Quantity read_rate(std::string_view text);
Quantity read_effort(std::string_view text);  // "10 h per week"
// Takes a number off the front of a text (sign, digits with _ between, point, exponent) and the blanks around it.
bool take_number(std::string_view& text, double& value);
// The shortest text that reads back to exactly the same value.
std::string write_duration(double hours);
std::string write_rate(double per_day);
std::string write_effort(double hours_a_day);

}  // namespace passalong
