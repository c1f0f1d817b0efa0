#include "sim/scenario/until.hpp"

#include <algorithm>

namespace passalong {
namespace {
std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

bool is_name(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}
}  // namespace

Until read_until(std::string_view text) {
  constexpr std::string_view decided = "decided";
  text = trimmed(text);
  Until until;
  std::string_view rest = text;
  if (text.ends_with(decided)) {
    until.decided = true;
    rest = text.substr(0, text.size() - decided.size());
    if (!rest.empty() && !rest.ends_with(' ')) until.problem = "is neither a series and \"decided\" nor a precision";
  } else {
    const std::size_t sign = std::min({text.find("±"), text.find("+-"), text.find("+/-"), text.size()});
    rest = text.substr(0, sign);
    if (sign == text.size()) {
      until.problem = text.empty() ? "" : "has no ±";
      return until;
    }
    until.precision = read_precision(text.substr(sign));
    until.problem = until.precision.problem;
  }
  until.metric = trimmed(rest);
  if (until.metric == decided) until.problem = "is both \"decided\" and a precision";
  if (until.problem.empty() && !is_name(until.metric)) until.problem = "does not begin with the name of a series";
  return until;
}

}  // namespace passalong
