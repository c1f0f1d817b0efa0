// Networks kept as files: HDF5 that h5py reads, checksummed, written whole or not at all, loaded as fast as the disk
// gives it. Its arrays are those of Network, byte for byte; texts are packed.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "sim/network/network.hpp"

namespace passalong {

// How a network was made: further attributes of the file, in order. No folders, hosts or times: the same network made
// the same way gives the same bytes.
struct NetworkNote {
  std::vector<std::pair<std::string, std::string>> text;
  std::vector<std::pair<std::string, std::int64_t>> integers;
  std::string find(const std::string& name) const;  // a text; empty where there is none
};

// Nothing is left half-written. Failures as for write_result (output.hpp). Memory: labels twice, nothing else.
void write_network(const Network& network, const NetworkNote& note, const std::string& path, bool force, Team& team);

// Every byte is checked against its checksum, and the arrays against each other. Failure(Exit::input) names what is
// damaged and says what a file is that is no network file; Failure(Exit::resources) where it does not fit in memory.
Network read_network(const std::string& path, Team& team);

struct NetworkHead {  // what the attributes alone tell
  std::uint64_t accounts = 0, follows = 0, self_loops = 0, duplicates = 0, topics = 0;
  bool has_weights = false, weights_are_probabilities = false, has_labels = false, has_places = false;
  std::uint64_t bytes = 0;  // of the file
  NetworkNote note;
};
NetworkHead read_network_head(const std::string& path);

// A network file, whole or damaged; false for all else, also for what cannot be opened.
bool is_network_file(const std::string& path);
// Whether a scenario's file is to be read as one: by its name (.h5) or its first bytes, so that a damaged or wrong HDF5
// file is never taken for a text.
bool is_meant_as_network_file(const std::string& path);

// SHA-256 over the values, read from the file block by block.
std::string digest_of_network(const std::string& path);

struct NetworkInspection {
  std::string status;  // "complete" | "damaged"
  std::string reason;  // for damaged
  std::string text;    // for people
  NetworkHead head;
  std::string digest;
};
// Reads all of it, block by block. Failure(Exit::input) only where there is no file to read.
NetworkInspection inspect_network(const std::string& path);

}  // namespace passalong
