// passalong check: are scenarios sound, and what would they take? Nothing is run.
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "sim/cli/console.hpp"
#include "sim/cli/json.hpp"
#include "sim/cli/readable.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/experiment/run.hpp"

namespace passalong {
namespace {

struct Checked {
  std::string file;
  std::int64_t worlds = 0;
  Forecast forecast;
};

// The forecast sizes a network file by its bytes; here it must at least be one that can be opened.
void check_network_file(const Scenario& scenario) {
  if (scenario.network.file.empty()) return;
  const std::string path = resolve_path(scenario, scenario.network.file);
  errno = std::filesystem::is_directory(path) ? EISDIR : 0;
  if (errno == 0 && std::ifstream(path)) return;
  throw Failure(Exit::input, {Fault{.file = path,
                                    .message = std::string("cannot read the network file: ") + std::strerror(errno),
                                    .help = "`file` in [network] is relative to the scenario's folder"}});
}

// The one catch outside main: the faults of all files are told together.
std::vector<Checked> check_all(const Request& request) {
  const std::vector<ModelChoice> models = model_choices();
  std::vector<Checked> sound;
  std::vector<Fault> faults;
  Exit code = Exit::ok;
  for (const std::string& file : request.files) {
    try {
      const Scenario scenario = load_scenario(file, models, overrides_of(request));
      check_network_file(scenario);
      const auto arms = static_cast<std::int64_t>(std::max<std::size_t>(1, scenario.strategies.size()));
      sound.push_back({file, scenario.replicates * arms, forecast(scenario, request.threads)});
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
  return fmt::format(
      "{}: sound\n  accounts    {}\n  follows     {}\n  worlds      {}\n  deliveries  {}\n  memory      {}\n  time     "
      "   {}\n",
      checked.file, count_text(f.accounts), count_text(f.follows),
      count_text(static_cast<std::uint64_t>(checked.worlds)), count_text(f.deliveries), bytes_text(f.memory_bytes),
      "about " + seconds_text(f.seconds));
}

Json json_of(const Checked& checked) {
  const Forecast& f = checked.forecast;
  return {{"file", checked.file},           {"accounts", f.accounts}, {"follows", f.follows},
          {"memory_bytes", f.memory_bytes}, {"seconds", f.seconds},   {"deliveries", f.deliveries}};
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
