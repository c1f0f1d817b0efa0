// When accounts look and post, as the section "Cohorts, places, rhythm" of models/ODD.md tells it.
#pragma once
#include <vector>

#include "tests/reference.hpp"

namespace passalong::reference {

struct Rhythm {
  explicit Rhythm(const Setting& setting);
  std::vector<double> now(const std::vector<double>& see, Tick at) const;  // P(see) of each account, in 2^-31
  double looks(AccountId i, Tick at) const;  // factor on how often a feed is checked; 1 without a rhythm
  std::vector<double> highest(const std::vector<double>& see) const;     // likewise, at any tick
  double posts(AccountId i, std::uint32_t day) const;                    // expected of a day
  Tick falls(AccountId i, std::uint32_t day, std::uint32_t word) const;  // tick of the day

 private:
  using Week = std::vector<double>;  // by tick
  Week week(const CohortSection& cohort, const std::vector<double>& by_hour) const;
  double factor(AccountId i, std::size_t tick) const;
  const Week& of(const std::vector<Week>& all, AccountId i) const {
    return all[people_.cohort.empty() ? 0 : people_.cohort[i]];
  }

  const Scenario& s_;
  const Population& people_;
  std::size_t ticks_;                    // a day
  std::vector<Week> posting_, looking_;  // by cohort, the rest last; empty: no rhythm
};

}  // namespace passalong::reference
