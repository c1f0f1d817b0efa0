// passalong network generate: a network drawn as a scenario says, kept as a file.
#include <fmt/format.h>

#include "sim/base/stopwatch.hpp"
#include "sim/cli/network_made.hpp"
#include "sim/cli/progress.hpp"
#include "sim/cli/readable.hpp"
#include "sim/cli/signals.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/experiment/run.hpp"
#include "sim/network/generators/kinds.hpp"
#include "sim/output/publish.hpp"

namespace passalong {
namespace {

bool made_along_interests(const NetworkSection& section) { return find_kind(section.kind) == nullptr; }

// The lines of one table of the resolved scenario.
std::string table_in(const std::string& toml, const std::string& name) {
  const std::size_t begin = toml.find("\n[" + name + "]") + 1;
  if (begin == 0) return "";
  return toml.substr(begin, std::min(toml.find("\n\n[", begin), toml.size()) - begin) + "\n";
}

NetworkNote note_of(const Scenario& scenario) {
  const std::string toml = resolved_toml(scenario);
  std::string tables = table_in(toml, "network");
  if (made_along_interests(scenario.network)) tables += "\n" + table_in(toml, "population");
  return {{{"made", "generated"}, {"network_toml", tables}}, {{"seed", scenario.seed}, {"replicate", 0}}};
}

void refuse(const Scenario& scenario) {
  if (!scenario.network.file.empty())
    throw Failure(Exit::scenario,
                  {Fault{.file = scenario.path,
                         .message = "the scenario's network comes from a file: " + scenario.network.file,
                         .help = "passalong network import makes a network file of a text"}});
  const std::uint64_t need = forecast_network_bytes(scenario), have = available_memory();
  if (need <= have) return;
  throw Failure(Exit::resources,
                {Fault{.file = scenario.path,
                       .message = fmt::format("the network would need {} of memory; {} may be used here",
                                              bytes_text(need), bytes_text(have)),
                       .help = "fewer accounts or a smaller mean_followers need less"}});
}

// The interests that follows were made along go with them: a run on the file is then the run on the network itself.
Network generate(const Scenario& scenario, Team& team) {
  Ground ground = make_network(scenario, 0, team);
  Network network = std::move(ground.network);
  if (!made_along_interests(scenario.network)) return network;
  network.attributes.topics = ground.interests.topics;
  network.attributes.interests = std::move(ground.interests.weights);
  return network;
}

void add_what_was_asked(std::vector<Figure>& figures, const NetworkSection& section) {
  const KindOfNetwork* kind = find_kind(section.kind);
  const bool has_returns =
      kind == nullptr || section.kind == std::string("configuration") || section.kind == std::string("communities");
  const bool has_tail = kind == nullptr || section.kind == "configuration" || section.kind == "chung-lu";
  for (Figure& figure : figures) {
    const std::string name = figure.name;
    if (name == "accounts" && section.kind != "tree") figure.asked = static_cast<double>(section.accounts);
    if (name == "mean_followers") figure.asked = kind ? kind->mean_followers(section) : section.mean_followers;
    if (name == "reciprocity" && has_returns) figure.asked = section.reciprocity;
    if (name == "reciprocity" && section.is_mutual()) figure.asked = 1;
    if (name == "tail_exponent" && has_tail) figure.asked = section.exponent;
  }
}

}  // namespace

Exit generate_network_file(const Request& request) {
  check_output(request);
  const Scenario scenario =
      load_network_scenario(request.files.empty() ? "" : request.file(), model_choices(), overrides_of(request));
  refuse(scenario);
  watch_signals(partial_of(request.output));
  ProgressLine line(request.quiet);
  Team team(request.threads);
  const Stopwatch watch;
  line.show({.phase = "generating the network"});
  const Network network = generate(scenario, team);
  const MadeNetwork made{.how = fmt::format("{}, seed {}", scenario.network.kind, scenario.seed),
                         .seconds = watch.seconds()};
  line.show({.phase = "writing the network", .seconds = made.seconds});
  std::vector<Figure> figures = figures_of(network);
  add_what_was_asked(figures, scenario.network);
  write_and_tell(request, network, note_of(scenario), made, figures, team);
  return Exit::ok;
}

}  // namespace passalong
