// From a file to a Scenario: parse, override, choose the model, read every section, report every fault.
#include "sim/scenario/scenario.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "sim/scenario/calendar.hpp"
#include "sim/scenario/changed.hpp"
#include "sim/scenario/reader.hpp"

namespace passalong {
namespace {
constexpr std::size_t most_bytes = std::size_t{1} << 20;

std::string read_file(const std::string& path) {
  const auto refuse = [&](const std::string& why) {
    throw Failure(Exit::input, {Fault{.file = path,
                                      .message = "cannot read the scenario: " + why,
                                      .help = "`passalong init` writes a scenario to start from"}});
  };
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) refuse("it is a folder");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) refuse(errno ? std::strerror(errno) : "it does not open");
  std::string text(most_bytes + 1, '\0');  // one more than allowed is enough to refuse, even from an endless device
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (file.bad()) refuse(errno ? std::strerror(errno) : "reading failed");
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

const Scenario& defaults() {
  static const Scenario scenario;  // its tables of quantiles take a while to make
  return scenario;
}

// The parameters of the model the text names have to be there before they can be read.
void choose_model(Node& root, std::span<const ModelChoice> models, Scenario& scenario) {
  std::string name = scenario.model;
  Node::Entry* section = root.find("model");
  if (Node::Entry* entry = section ? section->value.find("name") : nullptr) name = entry->value.text;
  scenario.model_names.clear();
  for (const ModelChoice& choice : models) {
    scenario.model_names.push_back(choice.name);
    if (name != choice.name) continue;
    scenario.parameters = choice.parameters();
    scenario.takes_strategies = choice.takes_strategies;
    scenario.is_cascade = choice.is_cascade;
    scenario.takes_crowds = choice.takes_crowds || !choice.is_cascade;
  }
  if (scenario.parameters || !section) return;
  for (Node::Entry& entry : section->value.entries) entry.read = true;  // of an unknown model nothing can be said
}

enum class Reading { whole, network_alone, changed };

Scenario parse(const std::string& text, const std::string& path, std::span<const ModelChoice> models,
               const std::vector<std::string>& overrides, Reading reading) {
  Document document = parse_document(text, path);
  Findings findings(document);
  if (reading == Reading::changed) findings.leave_out_what_does_not_apply();
  for (const std::string& assignment : overrides) {
    try {
      apply_override(document, assignment);
    } catch (const Failure& failure) {
      findings.add(failure);
    }
  }
  balance_mixes(document);
  Scenario scenario = defaults();
  scenario.path = path;
  scenario.text = text;
  scenario.overrides = overrides;
  scenario.network_alone = reading == Reading::network_alone;
  choose_model(document.root, models, scenario);
  Reader reader(document.root, {}, findings);
  scenario.declare(reader);
  // What an unknown model needs, nobody can say.
  if (!models.empty() && !scenario.parameters) reader.excuse_missing();
  reader.finish();
  if (findings.count()) throw Failure(Exit::scenario, findings.faults());
  if (!scenario.network_alone) read_calendars(scenario);
  return scenario;
}
}  // namespace

Scenario parse_scenario(const std::string& text, const std::string& path, std::span<const ModelChoice> models,
                        const std::vector<std::string>& overrides) {
  return parse(text, path, models, overrides, Reading::whole);
}

Scenario parse_changed(const std::string& resolved, const std::string& path, std::span<const ModelChoice> models,
                       const std::vector<std::string>& changes) {
  return parse(resolved, path, models, changes, Reading::changed);
}

Scenario load_network_scenario(const std::string& path, std::span<const ModelChoice> models,
                               const std::vector<std::string>& overrides) {
  return parse(path.empty() ? "" : read_file(path), path, models, overrides, Reading::network_alone);
}

Scenario load_scenario(const std::string& path, std::span<const ModelChoice> models,
                       const std::vector<std::string>& overrides) {
  return parse_scenario(read_file(path), path, models, overrides);
}

std::string resolve_path(const Scenario& scenario, const std::string& file) {
  const std::filesystem::path beside = std::filesystem::path(scenario.path).parent_path() / file;
  std::error_code ignored;
  if (!std::filesystem::exists(beside, ignored) && std::filesystem::exists(file, ignored)) return file;
  return beside.string();
}

}  // namespace passalong
