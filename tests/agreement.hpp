// What it means that the engine and the reference agree: every event, every count, every cascade.
#pragma once
#include <string>
#include <vector>

#include "tests/reference.hpp"
#include "tests/small_world.hpp"

namespace passalong {

struct EngineRun {
  std::vector<Happening> happenings;
  std::vector<Quantity> quantities;
  std::vector<double> row;
  std::vector<PostRecord> posts;
};
EngineRun run_engine(SmallWorld& w, Team& team);

// Empty where the lists are equal, else the first event that one of them lacks.
std::string first_difference(const std::vector<Happening>& engine, const std::vector<Happening>& reference);

// Runs both; a mismatch fails the test and names the first event that differs.
void expect_agreement(SmallWorld& w, Team& team, EngineRun& engine);

}  // namespace passalong
