// What is kept of cascades that have ended: a place each in the columns of the outcome, or, where the small ones are
// counted alone, sums by size and a row for each of the others. Sums are of integers: the same in any order.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/engine/cascades/cascades.hpp"
#include "sim/engine/seeds.hpp"
#include "sim/engine/tree.hpp"

namespace passalong {

// Counted by a worker.
struct Counts {
  std::uint64_t trials = 0, successes = 0, activations = 0;
  std::vector<SizeCount> small{};
  std::vector<LargeCascade> large{};
  Counts& operator+=(Counts&& other);
};

struct Ended {
  std::uint32_t place = 0, size = 0, depth = 0;
  double distances = 0;
};

class Notes {
 public:
  Notes(const CascadePlan& plan, const Seeds& seeds, CascadeOutcome& outcome, Counts& counts)
      : plan_(plan), seeds_(seeds), outcome_(outcome), counts_(counts) {}

  void end(const Ended& cascade) {
    if (plan_.large == 0) {
      fill(cascade);
    } else if (cascade.size < plan_.large) {
      count(cascade);
    } else {
      keep(cascade);
    }
  }

 private:
  void fill(const Ended& cascade) {
    outcome_.sizes[cascade.place] = cascade.size;
    if (plan_.times) outcome_.depths[cascade.place] = cascade.depth;
    if (plan_.trees) outcome_.viralities[cascade.place] = structural_virality(cascade.distances, cascade.size);
  }
  void count(const Ended& cascade) {
    if (cascade.size >= counts_.small.size()) counts_.small.resize(cascade.size + 1ULL);
    SizeCount& sums = counts_.small[cascade.size];
    ++sums.count, sums.depths += cascade.depth;
    sums.distances += static_cast<std::uint64_t>(cascade.distances);
  }
  void keep(const Ended& cascade);

  const CascadePlan& plan_;
  const Seeds& seeds_;
  CascadeOutcome& outcome_;
  Counts& counts_;
  std::vector<AccountId> start_;
};

}  // namespace passalong
