// passalong network import: a network from text, kept as a file.
#include <fmt/format.h>

#include <filesystem>

#include "sim/base/stopwatch.hpp"
#include "sim/cli/naming.hpp"
#include "sim/cli/network_made.hpp"
#include "sim/cli/progress.hpp"
#include "sim/cli/signals.hpp"
#include "sim/cli/verbs.hpp"
#include "sim/experiment/ground.hpp"
#include "sim/output/publish.hpp"
#include "sim/output/sha256.hpp"

namespace passalong {
namespace {

NetworkSection section_of(const Request& request) {
  NetworkSection section;
  section.file = request.file();
  if (!request.direction.empty()) section.direction = request.direction;
  if (!request.weights.empty()) section.weights = request.weights;
  section.attributes = request.attributes;
  return section;
}

NetworkNote note_of(const NetworkSection& section) {
  NetworkNote note{{{"made", "imported"},
                    {"file", file_name(section.file)},
                    {"file_sha256", sha256_of_file(section.file)},
                    {"direction", section.direction},
                    {"weights", section.weights}},
                   {}};
  if (section.attributes.empty()) return note;
  note.text.emplace_back("attributes", file_name(section.attributes));
  note.text.emplace_back("attributes_sha256", sha256_of_file(section.attributes));
  return note;
}

void refuse(const std::string& file) {
  const bool scenario = file.ends_with(".toml");
  if (!scenario && !is_meant_as_network_file(file)) return;
  throw Failure(Exit::input,
                {Fault{.file = file,
                       .message = file + (scenario ? " is a scenario" : " is a network file, or an HDF5 file") +
                                  ", not a network as text",
                       .help = scenario ? "passalong network generate makes its network"
                                        : "a scenario takes it as it is: file = \"" + file_name(file) + "\""}});
}

}  // namespace

Exit import_network_file(const Request& request) {
  check_output(request);
  refuse(request.file());
  const NetworkSection section = section_of(request);
  watch_signals(partial_of(request.output));
  ProgressLine line(request.quiet);
  Team team(request.threads);
  const Stopwatch watch;
  line.show({.phase = "reading the network"});
  const Network network = read_text_network(section, team);
  MadeNetwork made{.how = file_name(request.file()), .verb = "read", .seconds = watch.seconds()};
  std::error_code unknown;
  made.bytes_read = std::filesystem::file_size(request.file(), unknown);
  line.show({.phase = "writing the network", .seconds = made.seconds});
  write_and_tell(request, network, note_of(section), made, figures_of(network), team);
  return Exit::ok;
}

}  // namespace passalong
