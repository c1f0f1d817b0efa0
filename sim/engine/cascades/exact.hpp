// What a plan's cascades come to, exactly: no draws, no error but rounding (below 1e-12). Where follows that may or may
// not carry are few, by going through what they can do (exact_graph); where everyone follows everyone, by the chain
// binomial (exact_chain).
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "sim/engine/cascades/cascades.hpp"

namespace passalong {

enum class ExactMethod : std::uint8_t { live_edges, chain_binomial };

inline constexpr std::uint32_t most_uncertain = 25;      // follows that are gone through, a mutual pair being one
inline constexpr std::uint32_t most_chained = 5000;      // accounts of a chain binomial
inline constexpr std::uint64_t most_seed_sets = 10'000;  // of random seeds, over which the mean is taken
inline constexpr std::uint64_t most_live = 1ULL << 30;   // outcomes of follows, over all sets of seeds, at the most

struct ExactSpread {
  ExactMethod method = ExactMethod::live_edges;
  bool whole = true;             // not cut short by the plan's go_on
  double mean = 0;               // expected size
  std::vector<double> sizes;     // chance of each size, from 0
  std::vector<double> accounts;  // each one's chance to be active in the end
};

// Why it cannot be had, and what to do instead; nothing where it can.
struct Obstacle {
  std::string message, help;
};
std::optional<Obstacle> obstacle_to_exactness(const CascadePlan& plan);

// Where there is no obstacle.
ExactSpread spread_exactly(const CascadePlan& plan);

}  // namespace passalong
