// What `network generate` and `network import` have in common: writing the file and saying what is in it.
#pragma once
#include <string>

#include "sim/cli/json.hpp"
#include "sim/cli/request.hpp"
#include "sim/output/network_file.hpp"

namespace passalong {

struct Figure {  // what was asked for, where something was, and what came out
  const char* name;
  double hit = 0;
  std::optional<double> asked{};
  int decimals = 0;
};

// What can be told of a network in a moment, in the order of the page.
std::vector<Figure> figures_of(const Network& network);

struct MadeNetwork {
  std::string how;                // "power-law, seed 7"; "edges.txt"
  const char* verb = "generate";  // what took the seconds
  double seconds = 0;
  std::uint64_t bytes_read = 0;  // of the text it came from
};

void check_output(const Request& request);  // refuses what cannot be written before any work
// Writes request.output and prints what was made.
void write_and_tell(const Request& request, const Network& network, const NetworkNote& note, const MadeNetwork& made,
                    const std::vector<Figure>& figures, Team& team);

}  // namespace passalong
