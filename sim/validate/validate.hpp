// The built-in checks against mathematics and published figures: targets, each with rows {expected, got, error}. The
// formulas' evaluators (sim/theory) share no code with the simulator. The chance that a table has any red row where
// nothing is wrong is below one in a thousand: each row may be red with 1e-3 / rows.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "sim/validate/sheet.hpp"

namespace passalong {

struct Target {
  const char* id;
  const char* source;
  const char* what;
  void (*prove)(Sheet& sheet);
  bool full_only = false;  // too long for --quick
  bool needs_networks = false;
};

// The registry: one line a file of rows.
const std::vector<Target>& all_targets();
std::vector<Target> cascade_targets();    // rows_cascades.cpp
std::vector<Target> outbreak_targets();   // rows_outbreaks.cpp
std::vector<Target> structure_targets();  // rows_structure.cpp
std::vector<Target> mechanism_targets();  // rows_mechanisms.cpp
std::vector<Target> world_targets();      // rows_worlds.cpp
std::vector<Target> crowd_targets();      // rows_crowds.cpp
std::vector<Target> threshold_targets();  // rows_thresholds.cpp
std::vector<Target> epidemic_targets();   // rows_epidemics.cpp
std::vector<Target> tree_targets();       // rows_trees.cpp
std::vector<Target> meme_targets();       // rows_memes.cpp
std::vector<Target> file_targets();       // rows_files.cpp

struct TargetReport {
  const Target* target = nullptr;
  std::vector<Row> rows;
  std::vector<Judged> judged;
  double seconds = 0;
};

struct Validation {
  std::vector<TargetReport> targets;
  bool quick = false;
  std::uint64_t seed = 1;
  unsigned threads = 1;
  std::size_t rows = 0, rows_by_chance = 0, red = 0;
  double alpha = 0;         // of each row that can be red by chance
  double false_alarms = 0;  // bound on the chance of any red row where nothing is wrong
  double seconds = 0;
  bool ok() const { return red == 0; }
};

inline constexpr double false_alarm_rate = 1e-3;  // of a whole table
inline constexpr std::uint64_t validation_seed = 20'260'601;

// The targets named, or all. Failure(Exit::usage) for an unknown one. `begun` is told each target before its turn.
Validation validate(const std::vector<std::string>& ids, const Effort& effort,
                    const std::function<void(const Target&)>& begun = {});

}  // namespace passalong
