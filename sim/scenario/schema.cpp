// What `passalong schema` and `passalong models` print: the listing as text for people, as JSON for programs.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sim/scenario/listing.hpp"

namespace passalong {
namespace {
using Json = nlohmann::ordered_json;
using Type = ListedKey::Type;
constexpr std::size_t width = 100;  // of a line of text

bool is_table(const ListedKey& key) { return key.type == Type::table || key.type == Type::array_of_tables; }

std::string heading(const ListedKey& key) {
  const std::string path = key.type == Type::table ? "[" + key.path() + "]" : "[[" + key.path() + "]]";
  std::string text = fmt::format("\n{}  {}{}", path, key.about.help, key.about.required ? "; required" : "");
  if (*key.about.instead)
    text += fmt::format("{} [[{}]]", key.about.required ? ", or" : "; in place of", key.about.instead);
  return text + "\n";
}

std::string options_of(const ListedKey& key) {
  std::string text;
  for (const char* option : key.options) text += fmt::format("{}\"{}\"", text.empty() ? "" : ", ", option);
  return text;
}

// "number (posts a day), at least 0; default 35"
std::string nature_of(const ListedKey& key) {
  std::string text = key.options.empty() ? name_of(key.type) : "one of " + options_of(key);
  if (key.type == Type::number_or_word) text = "number, or " + text;
  const bool has_own_unit = key.type == Type::duration || key.type == Type::rate || key.type == Type::rate_or_table ||
                            key.type == Type::effort;
  if (*key.about.unit && !has_own_unit) text += fmt::format(" ({})", key.about.unit);
  if (const std::string range = range_of(key); !range.empty()) text += ", " + range;
  if (key.about.required) return text + "; required";
  const bool is_text = has_own_unit || key.type == Type::text || key.type == Type::choice;
  return text + "; default " + (is_text ? "\"" + key.fallback + "\"" : key.fallback);
}

// Words in lines of `width`, each after the indent.
std::string folded(const std::string& text, std::size_t indent) {
  std::string out(indent, ' ');
  std::size_t column = indent;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (column + 1 + end - at > width && column > indent) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    }
    if (column > indent) out += ' ', ++column;
    out += text.substr(at, end - at);
    column += end - at;
    at = end + 1;
  }
  return out + "\n";
}

std::string described(const ListedKey& key) {
  std::string help = key.about.help;
  if (!key.only.empty()) help += "; " + key.only;
  if (*key.about.source) help += std::string(" [") + key.about.source + "]";
  return "  " + key.name + "\n" + folded(nature_of(key), 6) + folded(help, 6);
}

std::string text_of(const std::vector<ListedKey>& keys) {
  std::string text;
  for (const ListedKey& key : keys) text += is_table(key) ? heading(key) : described(key);
  return text;
}

Json limit(double value) { return std::abs(value) > 1e299 ? Json(nullptr) : Json(value); }

Json value_of(const ListedKey& key) {
  if (key.about.required || is_table(key)) return nullptr;
  const bool is_json = key.type == Type::number || key.type == Type::integer || key.type == Type::flag ||
                       key.type == Type::numbers || key.type == Type::matrix;
  return is_json ? Json::parse(key.fallback) : Json(key.fallback);
}

Json json_of(const ListedKey& key) {
  Json json{{"path", key.path()},
            {"table", key.table},
            {"key", key.name},
            {"type", name_of(key.type)},
            {"unit", key.about.unit},
            {"low", limit(key.about.low)},
            {"high", limit(key.about.high)},
            {"default", value_of(key)},
            {"required", key.about.required},
            {"help", key.about.help},
            {"source", key.about.source}};
  if (!key.options.empty()) json["options"] = key.options;
  if (*key.about.instead) json["instead"] = key.about.instead;
  if (!key.only.empty()) json["only"] = key.only;
  return json;
}

Json json_of(const std::vector<ListedKey>& keys) {
  Json json = Json::array();
  for (const ListedKey& key : keys) json.push_back(json_of(key));
  return json;
}

Json json_of(std::span<const ModelChoice> models) {
  Json json = Json::array();
  for (const ModelChoice& model : models)
    json.push_back({{"name", model.name},
                    {"summary", model.summary},
                    {"strategies", model.takes_strategies},
                    {"parameters", json_of(model_keys(model))}});
  return json;
}

constexpr const char* introduction =
    "The keys of a scenario (TOML). Durations, rates and efforts carry their unit: \"90 days\", \"2 per day\",\n"
    "\"10 h per week\" (s, min, h, days, weeks). A distribution is a number, or a table such as { distribution = "
    "\"log-normal\", mean = 25, sigma = 1 }:\n"
    "constant (value), uniform (low, high), beta (a, b), normal (mean, sd), log-normal (mean, sigma), exponential "
    "(mean),\n"
    "gamma (shape, mean). Sources stand in brackets; 'assumption' is one of ours.\n\n";
}  // namespace

std::string models_text(std::span<const ModelChoice> models) {
  std::string text;
  for (const ModelChoice& model : models)
    text +=
        fmt::format("{}{}: {}\n{}", text.empty() ? "" : "\n\n", model.name, model.summary, text_of(model_keys(model)));
  return text;
}

std::string schema_text(std::span<const ModelChoice> models) {
  std::string text = introduction + text_of(scenario_keys(models));
  for (const ModelChoice& model : models)
    text += fmt::format("\n[model] name = \"{}\"  {}\n{}", model.name, model.summary, text_of(model_keys(model)));
  return text;
}

std::string models_json(std::span<const ModelChoice> models) {
  return Json{{"schema", 1}, {"models", json_of(models)}}.dump(2) + "\n";
}

std::string schema_json(std::span<const ModelChoice> models) {
  return Json{{"schema", 1}, {"keys", json_of(scenario_keys(models))}, {"models", json_of(models)}}.dump(2) + "\n";
}

}  // namespace passalong
