// The shape of one cascade: how many, how deep, how wide, and how far apart two of its accounts are on average.
#pragma once
#include <cstdint>
#include <span>

namespace passalong {

struct Cascade {
  std::uint32_t size = 1;          // accounts, the author included
  std::uint32_t depth = 0;         // generations below the author
  std::uint32_t breadth = 1;       // most accounts in one generation
  double structural_virality = 0;  // mean distance of two accounts (Goel et al. 2016); 0 for the author alone
  std::uint32_t first = 0;         // accounts that passed it on from the author itself
  std::uint32_t second = 0;        // ... from these
};

// A tree whose node 0 is the author; parents[0] is not read, and parents[k] < k for all others.
Cascade measure_cascade(std::span<const std::uint32_t> parents);

}  // namespace passalong
