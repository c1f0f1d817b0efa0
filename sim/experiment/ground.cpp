#include "sim/experiment/ground.hpp"

#include "sim/base/failure.hpp"

namespace passalong {
namespace {

std::string path_of(const Scenario& scenario) { return resolve_path(scenario, scenario.network.file); }

// The scenario's reader knows network files by their name alone.
void refuse_what_is_stated_twice(const Scenario& scenario) {
  const NetworkSection& given = scenario.network;
  const NetworkSection plain;
  if (given.direction == plain.direction && given.weights == plain.weights && given.attributes.empty()) return;
  throw Failure(
      Exit::scenario,
      {Fault{.file = scenario.path,
             .message = given.file + " is a network file: `direction`, `weights` and `attributes` do not apply",
             .help = "they are stated when it is imported; remove them from [network]"}});
}

}  // namespace

bool uses_network_file(const Scenario& scenario) {
  return !scenario.network.file.empty() && is_meant_as_network_file(path_of(scenario));
}

std::optional<NetworkHead> network_head(const Scenario& scenario) {
  if (!uses_network_file(scenario)) return {};
  return read_network_head(path_of(scenario));
}

Ground make_ground(const Scenario& scenario, std::uint32_t replicate, Team& team) {
  if (!uses_network_file(scenario)) return make_network(scenario, replicate, team);
  refuse_what_is_stated_twice(scenario);
  return ground_of(read_network(path_of(scenario), team), scenario, replicate, team);
}

}  // namespace passalong
