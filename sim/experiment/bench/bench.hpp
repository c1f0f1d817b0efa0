// Runs workloads: measures the machine, makes each course ready, times it with 1, 2, 4 ... threads in turns within one
// run, and compares what came out with what is known to come out.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/failure.hpp"
#include "sim/experiment/bench/roofline.hpp"
#include "sim/experiment/bench/workload.hpp"

namespace passalong {

struct BenchOptions {
  std::vector<std::string> names{};  // empty: all
  unsigned threads = 0;              // at most; 0: every core
  std::optional<double> scale{};     // of all; else each has its own, soon done
  std::function<void(const std::string& phase, double seconds)> progress{};
};

struct Speed {
  unsigned threads = 1;
  double per_second = 0;
  std::string digest{};
};

struct Measured {  // a workload; figures are those with `threads`, medians of the rounds
  const Workload* workload = nullptr;
  double scale = 1, items = 0, seconds = 0, per_second = 0;
  unsigned threads = 1;
  std::size_t rounds = 0;
  std::uint64_t accounts = 0, follows = 0;  // 0 where there is no network
  double bytes_per_edge = unknown, bytes_per_account = unknown;
  double roofline_fraction = unknown, touched = 0;
  double seconds_to_make = 0;     // the course
  std::uint64_t peak_memory = 0;  // of the program so far, in bytes
  std::string digest{};
  std::string expected{};        // empty: none is pinned for this scale
  std::vector<Speed> scaling{};  // by threads
  std::vector<std::pair<std::string, double>> figures{};
};

struct BenchReport {
  Machine machine;
  unsigned threads = 1;
  std::vector<Measured> workloads;
};

std::vector<std::string> workload_names();

// Failure(Exit::usage) for a name that is none; Failure(Exit::resources), before anything is built, where it would not
// fit the memory there is.
BenchReport bench(const BenchOptions& options);

// What came out wrong: digests that differ from the pinned ones, or between thread counts. Empty: all is well.
std::vector<Fault> wrong_digests(const BenchReport& report);

// The digest known for a workload's version at a scale, empty where none is.
std::string pinned_digest(const std::string& name, int version, double scale);

}  // namespace passalong
