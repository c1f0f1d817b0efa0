// What a comparison says, in one paragraph for people who do not read tables.
#pragma once
#include <string>

#include "sim/experiment/statistics.hpp"

namespace passalong {

// What is told besides the numbers.
struct Circumstances {
  std::string baseline;      // as asked for; empty: all pairs
  std::string redraw;        // what each replicate draws anew
  std::size_t left_out = 0;  // replicates without a value in some arm
};
std::string write_verdict(const Comparison& c, const Circumstances& circumstances);

}  // namespace passalong
