// The chain binomial (Reed & Frost; Abbey 1952) where everyone follows everyone and every follow has the same chance.
#pragma once
#include <cstdint>
#include <vector>

namespace passalong {

// Chance of each final size from 0 to `accounts`, with so many active at the start.
std::vector<double> chain_sizes(std::uint32_t accounts, std::uint32_t seeds, double probability);

}  // namespace passalong
