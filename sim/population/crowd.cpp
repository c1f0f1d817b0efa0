// Both by inversion of a keyed uniform: the first whose cumulative share is above it.
#include "sim/population/crowd.hpp"

#include <algorithm>

#include "sim/base/math.hpp"
#include "sim/base/pages.hpp"
#include "sim/base/random.hpp"

namespace passalong {
namespace {

std::vector<double> cumulative_cohorts(const PopulationSection& section) {
  std::vector<double> borders;
  double sum = 0;
  for (const CohortSection& cohort : section.cohorts) borders.push_back(sum += cohort.share);
  return borders;
}

// The last place has no border: what rounding leaves is its.
std::vector<double> cumulative_places(const PopulationSection& section) {
  std::vector<double> borders;
  double sum = 0, all = 0;
  for (std::int64_t k = 1; k <= section.places; ++k) all += power(static_cast<double>(k), -section.place_decay);
  for (std::int64_t k = 1; k < section.places; ++k)
    borders.push_back((sum += power(static_cast<double>(k), -section.place_decay)) / all);
  return borders;
}

void draw(HugeColumn<std::uint8_t>& column, const std::vector<double>& borders, const Stream& stream,
          AccountId accounts, Team& team) {
  constexpr std::size_t block = 4096;
  resize_at_once(column, accounts, team);
  team.blocks(accounts, block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t i = begin; i < end; ++i) {
      const double u = uniform(stream(static_cast<AccountId>(i))[0]);
      column[i] = static_cast<std::uint8_t>(std::upper_bound(borders.begin(), borders.end(), u) - borders.begin());
    }
  });
}
}  // namespace

void draw_crowd(Population& p, const Scenario& s, AccountId accounts, std::uint32_t replicate, Team& team) {
  const auto seed = static_cast<std::uint64_t>(s.seed);
  if (!s.population.cohorts.empty())
    draw(p.cohort, cumulative_cohorts(s.population), Stream(seed, replicate, Purpose::cohort), accounts, team);
  if (s.population.places > 0)
    draw(p.place, cumulative_places(s.population), Stream(seed, replicate, Purpose::place), accounts, team);
}

}  // namespace passalong
