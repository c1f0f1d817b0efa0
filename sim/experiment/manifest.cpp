#include "sim/experiment/manifest.hpp"

#include <filesystem>
#include <fstream>
#include <vector>

#include "sim/base/version.hpp"
#include "sim/experiment/worlds.hpp"
#include "sim/output/layout.hpp"
#include "sim/output/sha256.hpp"

namespace passalong {
namespace {
void add_file(Sha256& sum, const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> block(1 << 20);  // a network may be larger than memory is
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())), file.gcount() > 0)
    sum.add({block.data(), static_cast<std::size_t>(file.gcount())});
}
}  // namespace

std::string hash_inputs(const Scenario& scenario) {
  Sha256 sum;
  sum.add(scenario.text);
  for (const std::string& file : {scenario.network.file, scenario.network.attributes})
    if (!file.empty()) add_file(sum, resolve_path(scenario, file));
  for (const StrategySection& policy : scenario.policies())
    if (!policy.calendar.file.empty()) add_file(sum, resolve_path(scenario, policy.calendar.file));
  return sum.hex();
}

std::string covered_by_intervals(const std::string& redraw, bool is_cascade) {
  if (is_cascade && redraw == "network") return "other networks of this kind, and the chance in what spreads on them";
  if (is_cascade) return "the chance in what spreads, on this network";
  if (redraw == "behaviour") return "the chance in what these people do, on this network";
  if (redraw == "network") return "other networks of this kind, other people on them and the chance in what they do";
  return "other people on this network and the chance in what they do; not other networks";
}

void attach_manifest(Result& result, const Scenario& scenario, const std::string& input_hash,
                     const std::string& history) {
  result.text = {{"title", scenario.title},
                 {"source", std::string("passalong ") + version()},
                 {"git_commit", git_commit()},
                 {"scenario", scenario.text},
                 {"scenario_resolved", resolved_toml(scenario)},
                 {"input_sha256", input_hash},
                 {"history", history},
                 {"redraw", scenario.redraw},
                 {"intervals_cover", covered_by_intervals(scenario.redraw, scenario.is_cascade)}};
  if (!scenario.until.empty()) result.text.emplace_back("until", scenario.until);
  if (!scenario.network.file.empty()) {  // its name alone: the folder would tell where it was run
    result.text.emplace_back("network_file", std::filesystem::path(scenario.network.file).filename().string());
  }
  const auto worlds = static_cast<std::int64_t>(result.replicate_count() * scenario.arms());
  const auto counted = result.integer_of("replicates_counted");
  const std::int64_t steps = scenario.is_cascade ? 1 : scenario.last_tick();
  result.integers = {{"schema_version", layout::schema_version},
                     {"seed", scenario.seed},
                     {"replicates_planned", scenario.replicates},
                     {"steps_done", worlds * steps}};
  if (counted) result.integers.emplace_back("replicates_counted", *counted);
}

}  // namespace passalong
