// Trivalency (Chen, Wang & Wang 2010): each follow has one of three chances, drawn for it once and for all replicates.
// Drawn ahead, a byte a follow: the inner loops then pay a load instead of a draw.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "sim/engine/cascades/cascades.hpp"

namespace passalong {

inline constexpr std::array<double, 3> chance_levels = {0.1, 0.01, 0.001};

inline constexpr double mean_of_levels = (chance_levels[0] + chance_levels[1] + chance_levels[2]) / 3;

// Which of the three, by follow.
std::vector<std::uint8_t> draw_levels(std::uint64_t follows, std::uint64_t seed);

}  // namespace passalong
