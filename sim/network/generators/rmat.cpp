// Draws cells, and gives rows and columns their accounts.
#include "sim/network/generators/rmat.hpp"

#include <algorithm>

#include "sim/network/generators/drawn_rows.hpp"
#include "sim/network/generators/keyed_permutation.hpp"
#include "sim/network/generators/picks.hpp"
#include "sim/network/generators/quadrants.hpp"

namespace passalong {
namespace {
constexpr std::uint32_t tries = 64;  // to get off the diagonal; one more counter is for the sample
}

Network generate_rmat(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team) {
  const AccountId accounts = accounts_of(section);
  const double a = section.quadrant_a, b = section.quadrant_b, c = section.quadrant_c;
  const Quadrants shares{a, b, c, std::max(0.0, 1 - a - b - c)};
  const QuadrantPaths paths(accounts, shares);
  const Stream cells(seed, replicate, Purpose::quadrant), order(seed, replicate, Purpose::permutation);
  const KeyedPermutation number(accounts, order, 0);
  const std::uint64_t draws = paths.draws_for(section.mean_followers * accounts, cells, tries);
  const auto draw = [&](std::size_t begin, std::size_t end, unsigned, auto& follow) {
    for (std::size_t edge = begin; edge < end; ++edge) {
      auto cell = paths.draw(cells, edge, 0);
      for (std::uint32_t attempt = 1; cell.row == cell.column && attempt < tries; ++attempt)
        cell = paths.draw(cells, edge, attempt);
      if (cell.row != cell.column)
        follow(static_cast<AccountId>(number(cell.row)), static_cast<AccountId>(number(cell.column)));
    }
  };
  Network network = draw_rows(accounts, draws, section.is_mutual(), team, draw);
  network.self_loops = draws - network.duplicates - network.follows();
  return network;
}

double mean_rmat(const NetworkSection& section) { return section.mean_followers; }

}  // namespace passalong
