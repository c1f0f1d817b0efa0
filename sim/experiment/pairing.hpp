// Whether replicate r of one result met the same draws as replicate r of another, so that differences may be taken
// replicate by replicate; and if not, why.
#pragma once
#include <string>

#include "sim/observe/result.hpp"

namespace passalong {

struct Pairing {
  bool paired = true;
  std::string reason;          // why not: "they differ in seed (7 and 8)"
  bool other_network = false;  // each result has one network for all its replicates, and they are not the same
};

// Paired where seed, redraw, everything under [network] and [population] and, where it was read from a file, the
// network itself are the same, and at least two replicates have their number in common.
Pairing pairing_of(const Result& a, const Result& b);

}  // namespace passalong
