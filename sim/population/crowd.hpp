// Which cohort an account belongs to, and where it lives.
#pragma once
#include <cstddef>

#include "sim/population/population.hpp"

namespace passalong {

// Draws the columns the scenario asks for.
void draw_crowd(Population& p, const Scenario& scenario, AccountId accounts, std::uint32_t replicate, Team& team);

// The number of cohorts stands for the rest, who belong to none.
inline std::size_t cohort_of(const Population& p, const PopulationSection& section, AccountId i) {
  return p.cohort.empty() ? section.cohorts.size() : p.cohort[i];
}
inline double cohort_factor(const Population& p, const PopulationSection& section, AccountId i,
                            double CohortSection::*factor) {
  const std::size_t cohort = cohort_of(p, section, i);
  return cohort < section.cohorts.size() ? section.cohorts[cohort].*factor : 1;
}

}  // namespace passalong
