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

// The cells of some edges, as accounts: rows and columns in turn. Returns how many are off the diagonal.
class CellDraw {
 public:
  static constexpr std::size_t at_once = KeyedPermutation::most_at_once / 2;
  CellDraw(const QuadrantPaths& paths, const Stream& cells, const KeyedPermutation& number)
      : paths_(paths), cells_(cells), number_(number) {}
  std::size_t operator()(std::uint64_t first, std::size_t edges, std::uint64_t* accounts) const {
    std::size_t size = 0;
    for (std::uint64_t edge = first; edge < first + edges; ++edge) {
      auto cell = paths_.draw(cells_, edge, 0);
      for (std::uint32_t attempt = 1; cell.row == cell.column && attempt < tries; ++attempt)
        cell = paths_.draw(cells_, edge, attempt);
      accounts[2 * size] = cell.row, accounts[2 * size + 1] = cell.column;
      size += cell.row != cell.column;
    }
    number_.apply(accounts, 2 * size);
    return size;
  }

 private:
  const QuadrantPaths& paths_;
  const Stream& cells_;
  const KeyedPermutation& number_;
};
}  // namespace

Network generate_rmat(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team) {
  const AccountId accounts = accounts_of(section);
  const double a = section.quadrant_a, b = section.quadrant_b, c = section.quadrant_c;
  const QuadrantPaths paths(accounts, {a, b, c, std::max(0.0, 1 - a - b - c)});
  const Stream cells(seed, replicate, Purpose::quadrant), order(seed, replicate, Purpose::permutation);
  const KeyedPermutation number(accounts, order, 0);
  const std::uint64_t draws = paths.draws_for(section.mean_followers * accounts, cells, tries);
  const CellDraw draw_cells(paths, cells, number);
  const auto draw = [&](std::size_t begin, std::size_t end, unsigned, auto& follow) {
    std::uint64_t ends[2 * CellDraw::at_once];
    for (std::size_t first = begin; first < end; first += CellDraw::at_once) {
      const std::size_t size = draw_cells(first, std::min(CellDraw::at_once, end - first), ends);
      for (std::size_t i = 0; i < size; ++i)
        follow(static_cast<AccountId>(ends[2 * i]), static_cast<AccountId>(ends[2 * i + 1]));
    }
  };
  Network network = draw_rows(accounts, draws, section.is_mutual(), team, draw);
  network.self_loops = draws - network.duplicates - network.follows();
  return network;
}

double mean_rmat(const NetworkSection& section) { return section.mean_followers; }

}  // namespace passalong
