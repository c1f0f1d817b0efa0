// Which network a result stood on, read back from its group /network.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "sim/observe/result.hpp"

namespace passalong {

struct NetworkUsed {
  std::uint64_t accounts = 0;
  std::uint64_t follows = 0;                           // the mean, where each replicate has a network of its own
  std::uint64_t fewest_follows = 0, most_follows = 0;  // over those
  std::uint64_t self_loops = 0, duplicates = 0;        // met in the file and dropped
  std::string file;                                    // its name; empty for a generated network
};

std::optional<NetworkUsed> network_used(const Result& result);  // nothing where the result does not tell
// "7,115 accounts, 103,689 follows, from wiki.txt.gz (0 self-loops, 2 duplicates dropped)"; empty where it is not told.
std::string network_text(const Result& result);

}  // namespace passalong
