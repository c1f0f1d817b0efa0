// passalong check: are scenarios sound, and what would they take? Nothing is run.
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>

#include "sim/cli/console.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/readable.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/experiment/cascades.hpp"
#include "sim/experiment/ground.hpp"
#include "sim/experiment/run.hpp"
#include "sim/experiment/stopping.hpp"
#include "sim/network/network.hpp"

namespace passalong {
namespace {

struct Checked {
  std::string file;
  std::int64_t worlds = 0;
  bool estimated = false;  // the network: its file is too large to be read for this
  bool at_most = false;    // so many worlds: it ends `until` something
  Forecast forecast;
};

// A network file must at least be one that can be opened, however large.
void check_network_file(const Scenario& scenario) {
  if (scenario.network.file.empty()) return;
  const std::string path = resolve_path(scenario, scenario.network.file);
  errno = std::filesystem::is_directory(path) ? EISDIR : 0;
  if (errno == 0 && std::ifstream(path)) return;
  throw Failure(Exit::input, {Fault{.file = path,
                                    .message = std::string("cannot read the network file: ") + std::strerror(errno),
                                    .help = "`file` in [network] is relative to the scenario's folder"}});
}

// Of text; at some 90 MB a second that is about two seconds. Compressed it is a quarter of that.
constexpr std::uintmax_t most_to_read = 200'000'000;
constexpr std::uint64_t most_to_load = 2'000'000'000;  // of a network file

// A network file tells its size; one that is soon read and fits is read, which tells its faults too.
NetworkSize size_of_network_file(const Scenario& scenario, const NetworkHead& head, Team& team) {
  const std::string path = resolve_path(scenario, scenario.network.file);
  if (head.bytes <= std::min(most_to_load, available_memory())) check_on_network(scenario, read_network(path, team));
  return {head.accounts, head.follows};
}

// The true size of a text that is soon read and fits.
std::optional<NetworkSize> size_of_file(const Scenario& scenario, unsigned threads) {
  const std::string path = resolve_path(scenario, scenario.network.file);
  Team team(threads == 0 ? hardware_threads() : threads);
  if (const auto head = network_head(scenario)) return size_of_network_file(scenario, *head, team);
  std::error_code unknown;
  const std::uintmax_t size = std::filesystem::file_size(path, unknown);
  if (unknown || size > most_to_read / (path.ends_with(".gz") ? 4 : 1)) return {};
  if (forecast_network_bytes(scenario) > available_memory()) return {};
  NetworkSection section = scenario.network;
  section.file = path, section.attributes.clear();
  const Network network = read_text_network(section, team);
  check_on_network(scenario, network);
  return NetworkSize{network.accounts(), network.follows()};
}

// A generated one is made where that takes no time and the scenario may ask what it has not.
void check_small_network(const Scenario& scenario) {
  constexpr std::int64_t small = 10'000;
  if (!scenario.network.file.empty() || scenario.network.accounts > small || !depends_on_network(scenario)) return;
  Team team(1);
  check_on_network(scenario, make_ground(scenario, 0, team).network);
}

Checked check_one(const std::string& file, const Scenario& scenario, unsigned threads) {
  check_network_file(scenario);
  check_small_network(scenario);
  const auto arms = static_cast<std::int64_t>(scenario.arms());
  const bool from_file = !scenario.network.file.empty();
  const auto size = from_file ? size_of_file(scenario, threads) : std::nullopt;
  check_until(scenario, find_model(scenario.model));
  const std::int64_t worlds = is_exact(scenario) ? 0 : scenario.replicates * arms;
  return {file, worlds, from_file && !size, !scenario.until.empty(), forecast(scenario, threads, size)};
}

// The one catch outside main: the faults of all files are told together.
std::vector<Checked> check_all(const Request& request) {
  const std::vector<ModelChoice> models = model_choices();
  std::vector<Checked> sound;
  std::vector<Fault> faults;
  Exit code = Exit::ok;
  for (const std::string& file : request.files) {
    try {
      sound.push_back(check_one(file, load_scenario(file, models, overrides_of(request)), request.threads));
    } catch (const Failure& failure) {
      faults.insert(faults.end(), failure.faults().begin(), failure.faults().end());
      if (code == Exit::ok) code = failure.code();
    }
  }
  if (!faults.empty()) throw Failure(code, faults);
  return sound;
}

std::string text_of(const Checked& checked) {
  const Forecast& f = checked.forecast;
  const char* about = checked.estimated ? "about " : "";
  const char* most = checked.at_most ? "at most " : "";
  return fmt::format(
      "{}: sound\n  accounts    {}{}\n  follows     {}{}\n  worlds      {}{}\n  deliveries  {}{}\n  memory      {}\n"
      "  time        {}\n",
      checked.file, about, count_text(f.accounts), about, count_text(f.follows), most,
      count_text(static_cast<std::uint64_t>(checked.worlds)), most, count_text(f.deliveries),
      bytes_text(f.memory_bytes), (checked.at_most ? most : "about ") + seconds_text(f.seconds));
}

Json json_of(const Checked& checked) {
  const Forecast& f = checked.forecast;
  return {{"file", checked.file},
          {"accounts", f.accounts},
          {"follows", f.follows},
          {"memory_bytes", f.memory_bytes},
          {"seconds", f.seconds},
          {"deliveries", f.deliveries},
          {"network_estimated", checked.estimated},
          {"at_most", checked.at_most}};
}

std::vector<Fault> faults_of_size(const std::vector<Checked>& all, std::uint64_t available) {
  std::vector<Fault> faults;
  for (const Checked& checked : all) {
    if (checked.forecast.memory_bytes <= available) continue;
    faults.push_back({.file = checked.file,
                      .message = fmt::format("a run would need {} of memory; {} may be used here",
                                             bytes_text(checked.forecast.memory_bytes), bytes_text(available)),
                      .help = "fewer accounts, a smaller mean_followers or fewer --threads need less"});
  }
  return faults;
}

std::string json_text(const std::vector<Checked>& all, const std::vector<Fault>& too_large) {
  Json object{{"schema", 1}};
  if (all.size() == 1) object.update(json_of(all.front()));
  for (const Checked& checked : all) {
    if (all.size() > 1) object["scenarios"].push_back(json_of(checked));
  }
  if (!too_large.empty()) object["errors"] = errors_of(too_large);
  return to_text(object);
}

}  // namespace

Exit check_scenarios(const Request& request) {
  const std::vector<Checked> all = check_all(request);
  const std::vector<Fault> too_large = faults_of_size(all, available_memory());
  if (request.json) {
    print(json_text(all, too_large));
    return too_large.empty() ? Exit::ok : Exit::resources;
  }
  for (const Checked& checked : all) print(text_of(checked));
  if (!too_large.empty()) throw Failure(Exit::resources, too_large);
  return Exit::ok;
}

}  // namespace passalong
