// Which of the three a file is, its name and first bytes tell.
#include "sim/cli/network_source.hpp"

#include <fmt/format.h>

#include "sim/base/failure.hpp"
#include "sim/experiment/ground.hpp"
#include "sim/experiment/run.hpp"

namespace passalong {

Network network_in(const std::string& file, const std::string& direction, Team& team) {
  const bool scenario = file.ends_with(".toml"), kept = !scenario && is_meant_as_network_file(file);
  if ((scenario || kept) && !direction.empty())
    throw Failure(Exit::usage,
                  fmt::format("--direction does not apply to {}", scenario ? "scenarios" : "network files"),
                  "it says what the two columns of a text are");
  if (scenario) return make_ground(load_network_scenario(file, model_choices()), 0, team).network;
  if (kept) return read_network(file, team);
  NetworkSection section;
  section.file = file;
  if (!direction.empty()) section.direction = direction;
  return read_text_network(section, team);
}

}  // namespace passalong
