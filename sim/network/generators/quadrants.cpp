// Tables of paths, and the number of draws that repeats make necessary.
#include "sim/network/generators/quadrants.hpp"

#include <algorithm>
#include <bit>

#include "sim/base/math.hpp"

namespace passalong {
namespace {
constexpr unsigned levels = 4;  // a word

unsigned depth_of(AccountId side) { return static_cast<unsigned>(std::bit_width(side - 1U)); }

// Halves a length as told by one bit; the first half is the longer one.
AccountId half(AccountId length, unsigned second) { return second ? length / 2 : length - length / 2; }

// The chance that a cell in a block of this size lies in the quadrant (row bit, column bit).
double chance(const Quadrants& q, AccountId rows, AccountId columns, unsigned row, unsigned column) {
  const double share[2][2] = {{q.a, q.b}, {q.c, q.d}};
  double all = 0, area = 0;
  for (unsigned r = 0; r < 2; ++r)
    for (unsigned c = 0; c < 2; ++c) {
      all += share[r][c] * half(rows, r) * half(columns, c);
      area += static_cast<double>(half(rows, r)) * half(columns, c);
    }
  const double own = static_cast<double>(half(rows, row)) * half(columns, column);
  return all > 0 ? share[row][column] * own / all : own / area;  // no share where there is area: by area alone
}

double path_chance(const Quadrants& q, AccountId rows, AccountId columns, unsigned path) {
  double product = 1;
  for (unsigned level = levels; level-- > 0 && product > 0;) {
    const unsigned row = path >> (4 + level) & 1U, column = path >> level & 1U;
    product *= chance(q, rows, columns, row, column);
    rows = half(rows, row), columns = half(columns, column);
  }
  return product;
}

// own_below, own and other of 256 cells for these chances (Walker 1977; Vose 1991).
template <class Table>
void fill_aliases(Table& table, std::array<double, 256> share) {
  std::vector<std::uint8_t> small, large;
  for (unsigned i = 0; i < 256; ++i) {
    share[i] *= 256;
    const auto path = static_cast<std::uint8_t>(i);
    table[i] = {1U << 24, path, path};
    (share[i] < 1 ? small : large).push_back(path);
  }
  while (!small.empty() && !large.empty()) {
    const std::uint8_t less = small.back(), more = large.back();
    small.pop_back();
    table[less].other = more;
    table[less].own_below = static_cast<std::uint32_t>(share[less] * 16777216.0 + 0.5);
    share[more] -= 1 - share[less];
    if (share[more] >= 1) continue;
    large.pop_back();
    small.push_back(more);
  }
}
}  // namespace

QuadrantPaths::QuadrantPaths(AccountId side, const Quadrants& shares) : side_(side), shares_(shares) {
  const unsigned groups = (depth_of(side) + levels - 1) / levels;
  steps_.resize(groups), choices_.resize(groups);
  for (unsigned g = 0; g < groups; ++g) {
    const AccountId shorter = static_cast<AccountId>(std::uint64_t{side} >> (g * levels));
    const AccountId shorter_next = static_cast<AccountId>(std::uint64_t{side} >> ((g + 1) * levels));
    for (unsigned r = 0; r < 2; ++r) {
      for (unsigned path = 0; path < 16; ++path) {
        AccountId length = shorter + r, offset = 0;
        for (unsigned level = levels; level-- > 0;) {
          const unsigned second = path >> level & 1U;
          if (second) offset += half(length, 0);
          length = half(length, second);
        }
        steps_[g][r][path] = {offset, length > shorter_next ? 1U : 0U};
      }
      for (unsigned c = 0; c < 2; ++c) {
        std::array<double, 256> share{};
        for (unsigned path = 0; path < 256; ++path) share[path] = path_chance(shares, shorter + r, shorter + c, path);
        fill_aliases(choices_[g][r][c], share);
      }
    }
  }
}

QuadrantPaths::Cell QuadrantPaths::draw(const Stream& stream, std::uint64_t edge, std::uint32_t attempt) const {
  AccountId row = 0, column = 0;
  std::uint32_t longer_row = 0, longer_column = 0;
  Words words{};
  for (std::uint32_t g = 0; g < steps_.size(); ++g) {
    if (g % 4 == 0)
      words = stream(static_cast<std::uint32_t>(edge), static_cast<std::uint32_t>(edge >> 32), attempt, g / 4);
    const Choice& choice = choices_[g][longer_row][longer_column][words[g % 4] >> 24];
    const unsigned is_own = (words[g % 4] & 0xff'ffffU) < choice.own_below, mask = 0U - is_own;  // no branch to guess
    const unsigned path = (choice.own & mask) | (choice.other & ~mask);
    const Step& down = steps_[g][longer_row][path >> 4];
    const Step& across = steps_[g][longer_column][path & 15U];
    row += down.offset, column += across.offset;
    longer_row = down.longer, longer_column = across.longer;
  }
  return {row, column};
}

double QuadrantPaths::chance_of(Cell cell) const {
  AccountId rows = side_, columns = side_;
  double product = 1;
  while (rows > 1 || columns > 1) {
    const unsigned row = cell.row >= half(rows, 0), column = cell.column >= half(columns, 0);
    product *= chance(shares_, rows, columns, row, column);
    if (row) cell.row -= half(rows, 0);
    if (column) cell.column -= half(columns, 0);
    rows = half(rows, row), columns = half(columns, column);
  }
  return product;
}

// The expected number of cells that N draws meet is the sum of 1 - exp(-N p) over cells of chance p, and so N times the
// mean of (1 - exp(-N p)) / (N p) over cells that are drawn. Cells on the diagonal are drawn anew: the others gain.
std::uint64_t QuadrantPaths::draws_for(double cells, const Stream& stream, std::uint32_t attempt) const {
  constexpr unsigned sample = 1U << 15;
  std::vector<double> chances;
  for (std::uint64_t i = 0; i < sample; ++i) {
    const Cell cell = draw(stream, i, attempt);
    if (cell.row != cell.column) chances.push_back(chance_of(cell));
  }
  const auto off_diagonal = static_cast<double>(chances.size());
  const auto expected = [&](double draws) {
    double sum = 0;
    for (const double chance : chances) {
      const double x = draws * chance * sample / off_diagonal;
      sum += x < 1e-5 ? 1 - 0.5 * x : (1 - passalong::exp(-x)) / x;
    }
    return draws * sum / off_diagonal;
  };
  double low = cells, high = 4 * cells;
  for (int i = 0; i < 30 && !chances.empty(); ++i) {
    const double middle = 0.5 * (low + high);
    (expected(middle) < cells ? low : high) = middle;
  }
  return static_cast<std::uint64_t>(high + 0.5);
}

}  // namespace passalong
