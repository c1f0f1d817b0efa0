// What the command line asks for, checked and typed. One struct for all verbs; each reads what its options fill.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "sim/output/export/selection.hpp"

namespace passalong {

struct Verb;

struct Request {
  const Verb* verb = nullptr;
  std::string answer;              // help or the version: print it, do nothing
  std::vector<std::string> files;  // scenarios, a result file, or a name

  // Changes to the scenario.
  std::vector<std::string> set;  // key=value
  std::optional<std::int64_t> seed, replicates;
  std::string until;  // empty: as the scenario says

  // Networks to make, read and describe. Empty: as the scenario or the defaults say.
  std::string kind, preset, direction, weights, attributes;
  std::optional<std::int64_t> accounts;

  std::string output;
  unsigned threads = 0;  // 0: every core
  double max_seconds = std::numeric_limits<double>::infinity();
  std::string watch;  // [HOST:]PORT where a page shows the run; "true": the usual one; empty: nowhere

  // What to compare.
  std::string metric;  // empty: the usual one
  std::string baseline;
  double at = -1;  // day; below 0: the last
  bool per_step = false, csv = false;

  // What to export, in which form.
  std::string form, table;
  std::vector<std::string> columns;
  Selection selection;

  // How to continue it: from when on, and what changes. `set` is one future.
  std::string moment, name;
  std::vector<std::string> futures;
  std::string inputs;  // folder of the files a result was made with

  // Whom to explain, in which world, over which days.
  std::string account, post, strategy;
  std::optional<std::int64_t> replicate;
  std::optional<double> from, to;

  std::optional<double> scale;  // of a benchmark

  bool list = false;  // what can be compared, or validated

  // What to validate.
  bool quick = false;
  std::string networks;  // a folder

  // Choosing seeds.
  std::string method = "imm";
  std::uint32_t count = 10, samples = 1000;
  double epsilon = 0.1, confidence = 0;  // 0: 1 - 1 / accounts

  bool force = false;
  bool json = false;
  bool quiet = false;
  std::string colour;  // of results; empty: as the environment says

  const std::string& file() const { return files.front(); }
};

// The changes as the scenario's reader takes them, --set first.
std::vector<std::string> overrides_of(const Request& request);

}  // namespace passalong
