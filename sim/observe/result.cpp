// Looking up series and attributes by name.
#include "sim/observe/result.hpp"

#include <algorithm>

namespace passalong {

const Variable* Result::find(const std::string& series_name) const {
  const auto it = std::ranges::find(series, series_name, &Variable::name);
  return it == series.end() ? nullptr : &*it;
}

std::uint64_t Result::replicate_count() const {
  const auto counted = integer_of("replicates_counted");
  return counted ? static_cast<std::uint64_t>(*counted) : replicates.size();
}

std::string Result::text_of(std::string_view name) const {
  const auto it = std::ranges::find(text, name, &std::pair<std::string, std::string>::first);
  return it == text.end() ? std::string() : it->second;
}

std::optional<std::int64_t> Result::integer_of(std::string_view name) const {
  const auto it = std::ranges::find(integers, name, &std::pair<std::string, std::int64_t>::first);
  return it == integers.end() ? std::nullopt : std::optional(it->second);
}

}  // namespace passalong
