// What can be compared: a result's series, flows added up, ratios of two of them, means over posts. One metric as
// numbers by arm, replicate and day.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/observe/result.hpp"

namespace passalong {

enum class Basis {
  level,       // as it stands on the day
  total,       // a flow, added up to the day
  step,        // a flow, of the output step alone
  ratio,       // of two of these, flows as totals
  step_ratio,  // ... flows of the output step
  posts,       // mean over the posts that appeared up to the day
  whole,       // one value a replicate
};

struct Measure {
  std::string metric, units, meaning;
  Basis basis = Basis::level;
  std::vector<std::string> arms;                         // one without a name where the result has none
  std::vector<double> days;                              // empty: one value a replicate
  std::vector<std::vector<std::vector<double>>> values;  // [arm][replicate][day, or the one]
};

// NAME of a root series (`posts` means posts_made), posts.COLUMN of /posts, or A/B of two of these; empty: the usual
// one. Failure(Exit::usage), with a suggestion and the list, where there is no such metric. `where` is how the result
// is called in texts.
Measure measure(const Result& result, const std::string& metric, bool per_step = false,
                const std::string& where = "this result");

struct Metric {
  std::string name, units, meaning;
  Basis basis;
};
// All but ratios, and the ratios that strategists ask for most.
std::vector<Metric> metrics_of(const Result& result);
std::string usual_metric(const Result& result);  // followers, else size, else the first; empty where there is none

// Series that count what happened within an output step; of everyone's (world_shares) too.
bool is_flow(const std::string& series);
const char* word_of(Basis basis);  // "level", "total", ...

}  // namespace passalong
