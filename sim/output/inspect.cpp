// What is in a result file, for people.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "sim/observe/network_used.hpp"
#include "sim/output/load.hpp"
#include "sim/output/output.hpp"

namespace passalong {
namespace {

std::string text_of(const Result& r, const std::string& name) {
  const auto it = std::ranges::find(r.text, name, &std::pair<std::string, std::string>::first);
  return it == r.text.end() ? "" : it->second;
}

std::optional<std::int64_t> integer_of(const Result& r, const std::string& name) {
  const auto it = std::ranges::find(r.integers, name, &std::pair<std::string, std::int64_t>::first);
  return it == r.integers.end() ? std::nullopt : std::optional(it->second);
}

std::string replicates_line(const Result& r) {
  const auto planned = integer_of(r, "replicates_planned");
  if (planned && r.complete && r.text_of("stopped") != "")
    return fmt::format("{} of at most {}", r.replicate_count(), *planned);
  return planned ? fmt::format("{} of {}", r.replicate_count(), *planned) : fmt::format("{}", r.replicate_count());
}

std::string names(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& name : all) text.append(text.empty() ? "" : ", ").append(name);
  return text;
}

std::string line(const std::string& label, const std::string& value) {
  return value.empty() ? "" : fmt::format("{:<12}{}\n", label, value);
}

std::string days_line(const Result& r) {
  if (r.time.empty()) return "";
  return fmt::format("{:g} to {:g}, {} output steps", r.time.front(), r.time.back(), r.time.size());
}

std::string version_line(const Result& r) {
  const std::string source = text_of(r, "source"), commit = text_of(r, "git_commit");
  return commit.empty() ? source : fmt::format("{} ({})", source, commit.substr(0, 12));
}

std::string summary(const Result& r) {
  const auto seed = integer_of(r, "seed");
  return line("title", text_of(r, "title")) + line("version", version_line(r)) +
         line("seed", seed ? fmt::format("{}", *seed) : "") + line("network", network_text(r)) +
         line(r.brands.empty() ? "strategies" : "brands", names(r.arms())) + line("replicates", replicates_line(r)) +
         line("days", days_line(r)) + line("digest", r.digest);
}

// What a file names: variables, and the texts behind them.
std::vector<Variable> described(const Group& g) {
  std::vector<Variable> all;
  for (const Variable& v : g.variables) all.push_back({v.name, v.units, v.long_name, {}, {}, v.dtype, {}});
  for (const TextVariable& t : g.texts) all.push_back({t.name, "", t.long_name, {}, {}, "str", {}});
  return all;
}

std::string variables(const std::vector<Variable>& all) {
  std::size_t name_width = 0, units_width = 0;
  for (const Variable& v : all) {
    name_width = std::max(name_width, v.name.size());
    units_width = std::max(units_width, v.units.size());
  }
  std::string text;
  for (const Variable& v : all) {
    std::string row = fmt::format("  {:<{}}  {:<{}}  {}", v.name, name_width, v.units, units_width, v.long_name);
    row.erase(row.find_last_not_of(' ') + 1);
    text += row + "\n";
  }
  return text;
}

std::string heading(const Group& g) {
  std::string sizes;
  for (const auto& [name, size] : g.dimensions) sizes += fmt::format("{}{} {}", sizes.empty() ? "" : ", ", name, size);
  return sizes.empty() ? g.name : fmt::format("{} ({})", g.name, sizes);
}

std::string contents(const Result& r) {
  std::string text = summary(r);
  if (!r.series.empty()) text.append("\nseries\n").append(variables(r.series));
  for (const Group& g : r.groups) text.append("\n").append(heading(g)).append("\n").append(variables(described(g)));
  return text;
}

}  // namespace

Inspection inspect(const std::string& path) {
  Inspection found;
  try {
    Loaded loaded = load(path);
    found.result = std::move(loaded.result);
    found.status = found.result.complete ? "complete" : "partial";
    if (!found.result.complete)
      found.reason = fmt::format("the run was cut short: replicates {}", replicates_line(found.result));
    found.text = contents(found.result);
    if (!loaded.sealed)
      found.text +=
          "\nAnother program has rewritten this file: the values are those of the digest, the attributes may differ.\n";
  } catch (const Damage& damage) {
    found.status = "damaged";
    found.reason = damage.reason;
  }
  found.text =
      fmt::format("{}: {}{}{}\n{}", path, found.status, found.reason.empty() ? "" : ": ", found.reason, found.text);
  return found;
}

}  // namespace passalong
