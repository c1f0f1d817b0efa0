// The futures that one past may have: what is asked for, checked and read. What may change on the way is what an
// account does and how readers react; what the past stands on may not.
#pragma once
#include <string>
#include <vector>

#include "sim/observe/result.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

// As a user states it.
struct FutureWish {
  std::string name = {};             // empty: after its day
  std::vector<std::string> changes;  // key=value, as --set takes them
  std::string place = "--set";       // where faults of it are said to be
};
// "NAME: key=value, key=value", or without a name; commas within brackets and quotes belong to values.
// Failure(Exit::usage) where it holds no change, or a name with quotes or an equals sign.
FutureWish read_future(const std::string& text);

// When they begin: "day 60", 60, "60 days", "1440 h", counted from the start of the output.
struct BranchMoment {
  Tick tick = 0;     // of the world
  double day = 0;    // of the output
  std::string text;  // "day 60"
};
// Failure(Exit::usage) where it is no whole tick within the run.
BranchMoment read_moment(const std::string& text, const Scenario& scenario);

// An arm of a future, which goes on from that of the past.
struct FutureArm {
  std::string name;
  std::size_t parent = 0;  // arm of the past
  std::size_t future = 0;
  std::vector<std::string> brands = {};  // what those that share its world are called in it
};
struct Futures {
  std::vector<FutureWish> wishes;
  std::vector<Scenario> scenarios;  // of each
  std::vector<FutureArm> arms;      // by future, then parent
};
// What is changed of strategies makes futures of these alone; what is changed for everyone, of all. The past's scenario
// comes from scenario_of. Failure(Exit::scenario) with the faults of all.
Futures read_futures(const Scenario& past, const Result& result, const BranchMoment& moment,
                     std::vector<FutureWish> wishes);

}  // namespace passalong
