// One series is little to copy beside what is computed of it.
#include "sim/report/live_part.hpp"

#include <cmath>
#include <utility>

#include "sim/experiment/curves.hpp"

namespace passalong {
namespace {

bool is_there(const Curves& curves, std::size_t arms, std::size_t replicate, std::size_t row) {
  for (std::size_t arm = 0; arm < arms; ++arm)
    if (!std::isfinite(curves.at(arm, replicate, row))) return false;
  return true;
}

}  // namespace

Result those_there(const Result& result, const std::string& series, std::size_t row) {
  const Curves curves(result, series);
  const std::size_t arms = result.arms().size(), rows = result.time.size();
  std::vector<std::size_t> places;
  for (std::size_t r = 0; r < result.replicates.size(); ++r)
    if (is_there(curves, arms, r, row)) places.push_back(r);
  Result there = result;
  there.groups.clear(), there.replicates.clear();
  for (const std::size_t r : places) there.replicates.push_back(result.replicates[r]);
  std::vector<double> values;
  for (std::size_t arm = 0; arm < arms; ++arm)
    for (const std::size_t r : places)
      for (std::size_t t = 0; t < rows; ++t) values.push_back(curves.at(arm, r, t));
  there.series = {curves.variable()};
  there.series[0].values = std::move(values);
  return there;
}

}  // namespace passalong
