// Where the numbers come from, what they rest on, and how to come by them again.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "sim/report/page_parts.hpp"
#include "sim/report/scenario_text.hpp"

namespace passalong {
namespace {
void write_fact(JsonWriter& json, const char* name, const std::string& value) {
  if (!value.empty()) json.open_array().value(name).value(value).close_array();
}

std::string digits(const Result& result, const char* name) {
  const auto number = result.integer_of(name);
  return number ? fmt::format("{}", *number) : std::string();
}
}  // namespace

void write_origin(JsonWriter& json, const Result& result) {
  const std::string history = result.text_of("history"), scenario = result.text_of("scenario");
  json.key("origin").open_object();
  if (!history.empty()) json.field("command", history.starts_with("passalong") ? history : "passalong " + history);
  json.key("facts").open_array();
  write_fact(json, "program", result.text_of("source"));
  write_fact(json, "commit", result.text_of("git_commit"));
  write_fact(json, "seed", digits(result, "seed"));
  write_fact(json, "each replicate draws anew", result.text_of("redraw"));
  write_fact(json, "intervals cover", result.text_of("intervals_cover"));
  write_fact(json, "algorithm", result.text_of("algorithm"));
  write_fact(json, "runs until", result.text_of("until"));
  write_fact(json, "stopped by", result.text_of("stopped"));
  write_fact(json, "left out", result.text_of("left_out"));
  write_fact(json, "continues from", result.text_of("branch_at"));
  write_fact(json, "the result with digest", result.text_of("branch_of"));
  write_fact(json, "digest", result.digest);
  json.close_array().field("scenario", scenario).key("assumptions").open_array();
  for (const Assumption& a : assumptions_of(scenario)) json.open_array().value(a.setting).value(a.reason).close_array();
  json.close_array().close_object();
}

// A common past with several futures: the day they part, and what each changes (as JSON, the way the result holds it).
void write_branch(JsonWriter& json, const Result& result) {
  const std::string at = result.text_of("branch_at");
  const std::size_t digits = at.find_first_of("0123456789");
  if (digits == std::string::npos) return;
  json.key("branch").open_object().field("day", std::strtod(at.c_str() + digits, nullptr));
  json.field("futures", result.text_of("futures")).close_object();
}

std::vector<std::pair<std::size_t, std::size_t>> futures_of(const Result& result) {
  std::vector<std::pair<std::size_t, std::size_t>> found;
  const auto told = nlohmann::json::parse(result.text_of("futures"), nullptr, false);
  if (!told.is_array()) return found;
  const auto& arms = result.arms();
  const auto place = [&](const nlohmann::json& future, const char* key) {
    const auto name = future.is_object() ? future.find(key) : future.end();
    const bool text = future.is_object() && name != future.end() && name->is_string();
    return static_cast<std::size_t>(std::ranges::find(arms, text ? name->get<std::string>() : "") - arms.begin());
  };
  for (const auto& future : told) {
    const std::size_t own = place(future, "name"), past = place(future, "of");
    if (own < arms.size() && past < arms.size() && own != past) found.emplace_back(own, past);
  }
  return found;
}

}  // namespace passalong
