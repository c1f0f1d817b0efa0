// How far apart accounts are along ties.
#pragma once
#include <cstdint>

#include "sim/network/statistics/links.hpp"

namespace passalong {

// Over ordered pairs of different accounts that ties connect. The effective diameter is the distance within which 90 %
// of them are, interpolated linearly between whole distances (Leskovec, Kleinberg & Faloutsos 2005; as SNAP does).
// Standard errors are the jackknife's over groups of sources; 0 where every account is a source.
struct Distances {
  double effective_diameter = 0, effective_diameter_error = 0, mean_path = 0, mean_path_error = 0;
  std::uint64_t sources = 0;
  bool sampled = false;
};

// From every account where that takes no more than `most_looks`; else from accounts drawn with replacement, 64 at a
// time, as many as this allows and at least 64. 24 bytes an account.
Distances measure_distances(const Links& links, std::uint64_t most_looks, Team& team);

}  // namespace passalong
