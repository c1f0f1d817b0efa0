// What the memory of this machine gives, measured in the same run as the workloads: a triad streams three arrays, and
// random lines are read one by one, independent of each other, prefetched some way ahead, in huge pages.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace passalong {

struct Limits {
  unsigned threads = 1;
  double triad = 0;         // bytes a second
  double random_lines = 0;  // cache lines a second
};

struct Machine {
  std::string processor;
  unsigned cores = 0;
  std::uint64_t memory = 0, page = 4096;
  std::uint64_t second_cache = 0, last_cache = 0;
  std::string huge_pages;   // as the system is set: "always", "madvise", "never", "unknown"
  double huge_share = 0;    // of the array measured on, that did lie in huge pages
  std::uint64_t array = 0;  // bytes
  std::vector<Limits> limits;

  const Limits& of(unsigned threads) const;  // those measured; else the nearest below
};

// At scale 1 and above the array has 1 GiB, or a quarter of the memory there is to use; less at smaller scales.
std::uint64_t roofline_bytes(double scale);
Machine measure_machine(const std::vector<unsigned>& threads, double scale);

}  // namespace passalong
