// From the records of many worlds to the tables of a result.
#pragma once
#include <string>
#include <vector>

#include "sim/observe/recorder.hpp"
#include "sim/observe/result.hpp"

namespace passalong {

inline constexpr const char* arm_of_brands = "all";  // the one strategy of brands: they share their worlds

// The worlds of an ensemble by arm and replicate, whichever ended first.
struct Ensemble {
  std::vector<std::string> strategies;   // names; empty where the model has none: then there is one arm
  std::vector<std::string> brands;       // names of the accounts that share a world; empty where one is alone in it
  std::vector<std::int64_t> replicates;  // numbers of the whole ones
  std::vector<Quantity> quantities;
  std::vector<std::vector<const WorldRecord*>> worlds;  // [arm][place in replicates]
};

std::string series_name(const Quantity& quantity);  // of a quantity's series in a result
std::vector<Variable> tabulate_series(const Ensemble& ensemble);
Group tabulate_trust(const Ensemble& ensemble, double tick);
Group tabulate_posts(const Ensemble& ensemble, std::int64_t viral_size);
// /cascades: a node a row, tree after tree in the order of /posts. Of a scenario's ticks, in hours, that begin with
// `first`.
Group tabulate_trees(const Ensemble& ensemble, double tick, Tick first);
Group tabulate_base_rates(const Ensemble& ensemble);

}  // namespace passalong
