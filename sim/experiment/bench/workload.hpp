// What a benchmark is made of. A course is whatever a workload runs on (a network, a text, a population), made ready
// once; a round over it is timed, again and again, with teams of different sizes. A family is a course with the
// workloads that are measured in one round, because they are phases of the same work.
#pragma once
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/base/parallel.hpp"

namespace passalong {

struct Network;

// What memory has to give at least: independent random cache lines, or bytes one after the other.
enum class Bound { random_lines, triad };

struct Workload {
  const char* name;
  int version;  // of what is done; results of different versions are not to be compared
  const char* unit;
  Bound bound;
  const char* meaning;  // a sentence for the reader of the table
  const char* touched;  // the lines or bytes counted for the roofline, in words
};

// What one round did for one workload of the family.
struct Lap {
  double items = 0, seconds = 0;
  double touched = 0;  // lines or bytes, by the workload's bound
  std::string digest;  // SHA-256 of what came out
  std::vector<std::pair<std::string, double>> figures{};
};

inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

class Course {
 public:
  virtual ~Course() = default;
  virtual std::vector<Lap> round(Team& team) = 0;  // one lap for each workload, in the family's order

  std::uint64_t accounts = 0, follows = 0;
  double bytes_per_edge = unknown, bytes_per_account = unknown;
};

// Sizes of the processor's caches, in bytes.
struct Caches {
  std::uint64_t second = 1 << 20, last = 32 << 20;
};
Caches read_caches();
double bytes_a_follow(const Network& network);  // of the rows: ids and where they begin
// Share of random reads within so many bytes that miss a cache of the other size.
double miss_rate(double bytes, std::uint64_t cache);

struct Family {
  std::vector<Workload> workloads;
  double usual_scale;       // what is done in seconds; at scale 1 the sizes are those that figures are quoted for
  bool one_thread = false;  // the work is serial
  std::uint64_t (*bytes)(double scale);                       // at the peak
  std::unique_ptr<Course> (*make)(double scale, Team& team);  // the largest of the teams to come
};

Family generate_family();
Family import_family();
Family tick_family();     // deliver, react, tick
Family twitter_family();  // twitter-2009
Family cascade_large_family();
Family cascade_fused_family();
Family cascade_small_family();
Family write_family();

// In the order in which they are run and printed.
std::span<const Family> all_families();

}  // namespace passalong
