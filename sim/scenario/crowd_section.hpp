// Parts of [population]: cohorts that differ in their traits and their clocks, and the hours at which people are about.
// All off by default.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/scenario/fields.hpp"

namespace passalong {

struct PopulationSection;

// When people post and look, by the hour of their own day; the first day is a Monday.
struct RhythmSection {
  std::string shape = "none";                   // or "day", "hours"
  double amplitude = 0.6;                       // of "day"
  std::int64_t peak = 20;                       // hour
  std::vector<double> activity{}, attention{};  // of "hours": by hour, relative; empty: the same at any hour
  double weekend = 1;                           // factor on both on Saturday and Sunday
  std::string level = "peak";                   // or "mean": the time that P(see) is meant of

  bool on() const { return shape != "none"; }
  // By hour, relative.
  std::vector<double> activity_by_hour() const { return by_hour(activity); }
  std::vector<double> attention_by_hour() const { return by_hour(attention); }
  void declare(Fields& f);

 private:
  std::vector<double> by_hour(const std::vector<double>& given) const;
};

// A share of the accounts that differs from the rest.
struct CohortSection {
  std::string name;
  double share = 0;
  double attention = 1, activity = 1, affinity = 1;  // factors on the traits
  double sellers = 0;                                // share of them who sell, where `sellers_as` is empty
  std::string sellers_as = "population";
  double shift = 0;  // hours by which their clocks are ahead
  double awake = 1;  // how much of the rhythm they have
  void declare(Fields& f);
};

// With the places, the rhythm and the cohorts that [population] has.
void declare_crowd(PopulationSection& population, Fields& f);

}  // namespace passalong
