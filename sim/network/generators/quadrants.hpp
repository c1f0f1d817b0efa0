// Draws cells of a recursive matrix four levels a word, by tables of paths (Huebschle-Schneider & Sanders 2020) with
// Walker's aliases. Sides that halve to n are of two lengths at each level, so four tables for each four levels do.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/base/types.hpp"

namespace passalong {

struct Quadrants {
  double a = 0.25, b = 0.25, c = 0.25, d = 0.25;  // upper left, upper right, lower left, lower right
};

class QuadrantPaths {
 public:
  QuadrantPaths(AccountId side, const Quadrants& shares);

  struct Cell {
    AccountId row, column;
  };
  Cell draw(const Stream& stream, std::uint64_t edge, std::uint32_t attempt) const;
  double chance_of(Cell cell) const;
  // How many draws off the diagonal meet `cells` different cells in expectation, at most four times as many; estimated
  // from 2^15 cells, to 0.2 % or better.
  std::uint64_t draws_for(double cells, const Stream& stream, std::uint32_t attempt) const;

 private:
  struct Choice {
    std::uint32_t own_below;  // of 2^24
    std::uint8_t own, other;  // a path: four bits of the row, four of the column
  };
  struct Step {  // four levels down one side
    AccountId offset = 0;
    std::uint32_t longer = 0;  // whether the part that is reached has the longer of the two lengths
  };
  using Steps = std::array<std::array<Step, 16>, 2>;                      // by longer, path
  using Choices = std::array<std::array<std::array<Choice, 256>, 2>, 2>;  // by longer row, longer column
  AccountId side_;
  Quadrants shares_;
  std::vector<Steps> steps_;
  std::vector<Choices> choices_;
};

}  // namespace passalong
