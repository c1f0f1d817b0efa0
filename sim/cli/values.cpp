// Strict readers of option values. CLI11 2.1 would turn -1 and 99999999999999999999 into 18446744073709551615.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/cli/command_line.hpp"

namespace passalong {
namespace {

template <class T>
std::optional<T> read_all(std::string_view text) {
  T value{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Seconds in a unit; 0 for what is no unit.
double seconds_in(std::string_view unit) {
  if (unit == "s" || unit == "sec" || unit == "second" || unit == "seconds") return 1;
  if (unit == "m" || unit == "min" || unit == "minute" || unit == "minutes") return 60;
  if (unit == "h" || unit == "hour" || unit == "hours") return 3600;
  if (unit == "d" || unit == "day" || unit == "days") return 86400;
  return 0;
}

std::string_view take(std::string_view& text, const char* letters) {
  const std::string_view taken = text.substr(0, text.find_first_not_of(letters));
  text.remove_prefix(taken.size());
  return taken;
}

// The sum of its parts; negative where a part is not a number with a unit.
double sum_of_parts(std::string_view text) {
  double seconds = 0;
  while (!text.empty()) {
    take(text, " ");
    const std::optional<double> number = read_all<double>(take(text, "0123456789."));
    take(text, " ");
    const double unit = seconds_in(take(text, "abcdefghijklmnopqrstuvwxyz"));
    if (!number || unit == 0) return -1;
    seconds += *number * unit;
    take(text, " ");
  }
  return seconds;
}

}  // namespace

std::int64_t whole_number(const std::string& option, const std::string& text, std::int64_t low, std::int64_t high) {
  const std::optional<std::int64_t> value = read_all<std::int64_t>(text);
  if (value && *value >= low && *value <= high) return *value;
  throw Failure(Exit::usage, fmt::format("{}: `{}` is not a whole number from {} to {}", option, text, low, high));
}

double decimal_number(const std::string& option, const std::string& text, double low) {
  const std::optional<double> value = read_all<double>(text);
  if (value && std::isfinite(*value) && *value >= low) return *value;
  throw Failure(Exit::usage, fmt::format("{}: `{}` is not a number from {} up", option, text, low));
}

void check_colour(const std::string& option, const std::string& text) {
  if (text == "auto" || text == "always" || text == "never") return;
  throw Failure(Exit::usage, fmt::format("{}: `{}` is not one of auto, always, never", option, text));
}

double duration_seconds(const std::string& option, const std::string& text) {
  const double seconds = sum_of_parts(text);
  if (seconds > 0 && std::isfinite(seconds)) return seconds;
  throw Failure(Exit::usage, fmt::format("{}: `{}` is not a duration", option, text),
                "a number and a unit, such as 90s, 30min, 2h or 1d");
}

}  // namespace passalong
