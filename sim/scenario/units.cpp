// One table of units serves durations and rates. A unit is a fraction of integers, so that "30 min" is exactly 0.5 h.
#include "sim/scenario/units.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/base/suggest.hpp"

namespace passalong {
namespace {
struct Unit {
  const char* name;
  double hours, parts;  // hours / parts
};
constexpr Unit units[] = {{"days", 24, 1},   {"day", 24, 1},    {"d", 24, 1},         {"h", 1, 1},
                          {"hours", 1, 1},   {"hour", 1, 1},    {"min", 1, 60},       {"minutes", 1, 60},
                          {"minute", 1, 60}, {"weeks", 168, 1}, {"week", 168, 1},     {"w", 168, 1},
                          {"s", 1, 3600},    {"sec", 1, 3600},  {"seconds", 1, 3600}, {"second", 1, 3600}};
constexpr const char* duration_help =
    "a duration is a number and a unit, such as \"90 days\"; units: s, min, h, days, weeks";
constexpr const char* rate_help = "a rate is a number per unit, such as \"2 per day\"; units: min, h, day, week";

constexpr const char* effort_help =
    "an effort is a duration per unit, such as \"10 h per week\"; units: min, h; per day, per week";

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

const Unit* find_unit(std::string_view name) {
  for (const Unit& unit : units)
    if (name == unit.name) return &unit;
  return nullptr;
}

Quantity unknown_unit(std::string_view name, const char* help) {
  Quantity wrong{0, "has an unknown unit, `" + harmless(name, 40) + "`", help};
  std::vector<std::string> names;
  for (const Unit& unit : units) names.emplace_back(unit.name);
  if (const auto near = suggest(name, names)) wrong.help = "did you mean `" + *near + "`?";
  if (name.starts_with("month") || name == "mo") wrong.help = "months differ in length: say \"30 days\" or \"4 weeks\"";
  if (name.starts_with("year") || name == "y") wrong.help = "years differ in length: say \"365 days\"";
  return wrong;
}
}  // namespace

bool take_number(std::string_view& text, double& value) {
  text = trim(text);
  const auto end = std::min(text.find_first_not_of("+-0123456789._eE"), text.size());
  std::string digits;
  for (const char c : text.substr(0, end))
    if (c != '_') digits += c;
  const char* first = digits.data() + (digits.starts_with('+') ? 1 : 0);
  const auto [stop, error] = std::from_chars(first, digits.data() + digits.size(), value);
  if (error != std::errc() || stop != digits.data() + digits.size() || !std::isfinite(value)) return false;
  text = trim(text.substr(end));
  return true;
}

Quantity read_duration(std::string_view text) {
  double number = 0;
  if (!take_number(text, number)) return {0, "is not a duration", duration_help};
  if (text.empty()) return {0, "has no unit", duration_help};
  const Unit* unit = find_unit(text);
  if (!unit) return unknown_unit(text, duration_help);
  return {number * unit->hours / unit->parts, {}, {}};
}

Quantity read_rate(std::string_view text) {
  double number = 0;
  if (!take_number(text, number)) return {0, "is not a rate", rate_help};
  if (text.empty()) return {0, "has no unit", rate_help};
  const std::size_t skip = text.starts_with("per ") ? 4 : text.starts_with("/") ? 1 : 0;
  if (skip == 0) return {0, "is not a rate", rate_help};
  text = trim(text.substr(skip));
  const Unit* unit = find_unit(text);
  if (!unit) return unknown_unit(text, rate_help);
  const double per_day = 24 * unit->parts;  // one whole operation, so that "x per day" is x to the last bit
  return {per_day >= unit->hours ? number * (per_day / unit->hours) : number / (unit->hours / per_day), {}, {}};
}

Quantity read_effort(std::string_view text) {
  const std::size_t slash = text.find('/'), per = std::min(text.find(" per "), slash);
  if (per == text.npos) {
    const Quantity hours = read_duration(text);
    return {0, hours.problem.empty() ? "is a duration, but not per what" : hours.problem, effort_help};
  }
  const Quantity hours = read_duration(text.substr(0, per));
  if (!hours.problem.empty()) return {0, hours.problem, effort_help};
  // Its hours as often as the rest says.
  const Quantity effort =
      read_rate(fmt::format("{}{}{}", hours.value, per == slash ? "" : " ", trim(text.substr(per))));
  return {effort.value, effort.problem, effort.help};
}

std::string write_duration(double hours) {
  for (const char* name : {"days", "h", "min", "s"}) {
    const Unit& unit = *find_unit(name);
    const double count = std::round(hours * unit.parts / unit.hours);
    if (std::abs(count) > 1e15 || count * unit.hours / unit.parts != hours) continue;
    return fmt::format("{:.0f} {}", count, count == 1 && unit.hours == 24 ? "day" : name);
  }
  return fmt::format("{} h", hours);
}

std::string write_rate(double per_day) { return fmt::format("{} per day", per_day); }

std::string write_effort(double hours_a_day) { return fmt::format("{} h per day", hours_a_day); }

}  // namespace passalong
