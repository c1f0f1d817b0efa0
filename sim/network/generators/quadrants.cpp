// Tables of paths, and the number of draws that repeats make necessary.
#include "sim/network/generators/quadrants.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

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

QuadrantPaths::QuadrantPaths(AccountId side, const Quadrants& shares) {
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
    const unsigned path = (words[g % 4] & 0xff'ffffU) < choice.own_below ? choice.own : choice.other;
    const Step& down = steps_[g][longer_row][path >> 4];
    const Step& across = steps_[g][longer_column][path & 15U];
    row += down.offset, column += across.offset;
    longer_row = down.longer, longer_column = across.longer;
  }
  return {row, column};
}

namespace {
// Kinds of cells: so many of them, each drawn with this chance.
struct CellKind {
  double cells, chance;
};

double power_of(double x, unsigned n) {
  double product = 1;
  for (; n > 0; --n) product *= x;
  return product;
}

double choose(unsigned n, unsigned k) {
  double product = 1;
  for (unsigned i = 1; i <= k; ++i) product = product * (n - k + i) / i;
  return product;
}

// Cells off the diagonal by how often each quadrant was taken on the way to them. A matrix whose side is no power of
// two is taken for one of the next power that has fewer cells of each kind, and as much more chance a cell.
std::vector<CellKind> kinds_of_cells(AccountId side, const Quadrants& q) {
  const unsigned depth = depth_of(side);
  const double fill = side / std::ldexp(1.0, static_cast<int>(depth));
  const double off_diagonal = 1 - power_of(q.a + q.d, depth);
  std::vector<CellKind> kinds;
  for (unsigned i = 0; i <= depth; ++i)
    for (unsigned j = 0; i + j <= depth; ++j)
      for (unsigned k = 0; i + j + k <= depth; ++k) {
        const unsigned l = depth - i - j - k;
        const double cells = choose(depth, i) * choose(depth - i, j) * choose(depth - i - j, k) * fill * fill;
        const double chance = power_of(q.a, i) * power_of(q.b, j) * power_of(q.c, k) * power_of(q.d, l);
        if (j + k > 0 && chance > 0) kinds.push_back({cells, chance / (fill * fill * off_diagonal)});
      }
  return kinds;
}

double expected_cells(const std::vector<CellKind>& kinds, double draws) {
  double sum = 0;
  for (const auto& [cells, chance] : kinds) {
    const double x = draws * chance;
    sum += cells * (x < 1e-5 ? x - 0.5 * x * x : 1 - passalong::exp(-x));
  }
  return sum;
}
}  // namespace

std::uint64_t draws_for(double follows, AccountId side, const Quadrants& shares) {
  const std::vector<CellKind> kinds = kinds_of_cells(side, shares);
  double low = follows, high = 4 * follows;
  for (int i = 0; i < 50; ++i) {
    const double middle = 0.5 * (low + high);
    (expected_cells(kinds, middle) < follows ? low : high) = middle;
  }
  return static_cast<std::uint64_t>(high + 0.5);
}

}  // namespace passalong
