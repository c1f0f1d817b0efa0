// Fills the tables of the round functions.
#include "sim/network/generators/keyed_permutation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "sim/base/uniform_below.hpp"

namespace passalong {

KeyedPermutation::KeyedPermutation(std::uint64_t size, const Stream& draw, std::uint32_t which) : size_(size) {
  if (size <= most_stored) {
    shuffle(draw, which);
    return;
  }
  side_ = static_cast<std::uint32_t>(std::sqrt(static_cast<double>(size)));
  while (std::uint64_t{side_} * side_ < size) ++side_;
  one_over_side_ = 1.0 / side_;
  if (side_ <= most_halves)
    fill(half_table_, draw, which);
  else
    fill(table_, draw, which);
}

template <class Half>
void KeyedPermutation::fill(std::vector<Half>& table, const Stream& draw, std::uint32_t which) const {
  table.resize(std::size_t{rounds} * side_);
  for (std::uint32_t r = 0; r < rounds; ++r)
    for (std::uint32_t half = 0; half < side_; ++half) {
      const Words words = draw(half, r, which);
      table[r * side_ + half] = static_cast<Half>(uniform_below(side_, words[0], words[1]));
    }
}

// Fisher & Yates 1938, as in Durstenfeld 1964.
void KeyedPermutation::shuffle(const Stream& draw, std::uint32_t which) {
  stored_.resize(size_), undoing_.resize(size_);
  std::iota(stored_.begin(), stored_.end(), 0U);
  for (std::uint32_t left = static_cast<std::uint32_t>(size_); left > 1; --left) {
    const Words words = draw(left, rounds, which);
    std::swap(stored_[left - 1], stored_[uniform_below(left, words[0], words[1])]);
  }
  for (std::uint32_t x = 0; x < size_; ++x) undoing_[stored_[x]] = x;
}

template <class Half>
std::uint64_t KeyedPermutation::once(const std::vector<Half>& table, std::uint64_t x) const {
  std::uint32_t left = high_half(x), right = static_cast<std::uint32_t>(x - std::uint64_t{left} * side_);
  for (std::uint32_t r = 0; r < rounds; r += 2) {
    left = wrap(left + table[r * side_ + right]);
    right = wrap(right + table[(r + 1) * side_ + left]);
  }
  return std::uint64_t{left} * side_ + right;
}

template <class Half>
std::uint64_t KeyedPermutation::back(const std::vector<Half>& table, std::uint64_t x) const {
  std::uint32_t left = high_half(x), right = static_cast<std::uint32_t>(x - std::uint64_t{left} * side_);
  for (std::uint32_t r = rounds; r > 0; r -= 2) {
    right = wrap(right + side_ - table[(r - 1) * side_ + left]);
    left = wrap(left + side_ - table[(r - 2) * side_ + right]);
  }
  return std::uint64_t{left} * side_ + right;
}

template <bool forth>
void KeyedPermutation::all(std::uint64_t* x, std::size_t count) const {
  if (!stored_.empty()) {
    for (std::size_t k = 0; k < count; ++k) x[k] = forth ? stored_[x[k]] : undoing_[x[k]];
    return;
  }
  if (!half_table_.empty())
    by_rounds<forth>(half_table_, x, count);
  else
    by_rounds<forth>(table_, x, count);
}

template <bool forth, class Half>
void KeyedPermutation::by_rounds(const std::vector<Half>& table, std::uint64_t* x, std::size_t count) const {
  std::uint32_t left[most_at_once], right[most_at_once];
  for (std::size_t k = 0; k < count; ++k) {
    left[k] = high_half(x[k]);
    right[k] = static_cast<std::uint32_t>(x[k] - std::uint64_t{left[k]} * side_);
  }
  for (std::uint32_t r = 0; r < rounds; r += 2) {
    const Half* first = &table[(forth ? r : rounds - 1 - r) * side_];
    const Half* second = &table[(forth ? r + 1 : rounds - 2 - r) * side_];
    for (std::size_t k = 0; k < count; ++k) {
      if constexpr (forth) {
        left[k] = wrap(left[k] + first[right[k]]);
        right[k] = wrap(right[k] + second[left[k]]);
      } else {
        right[k] = wrap(right[k] + side_ - first[left[k]]);
        left[k] = wrap(left[k] + side_ - second[right[k]]);
      }
    }
  }
  for (std::size_t k = 0; k < count; ++k) {
    x[k] = std::uint64_t{left[k]} * side_ + right[k];
    while (x[k] >= size_) x[k] = forth ? once(table, x[k]) : back(table, x[k]);
  }
}
template void KeyedPermutation::all<true>(std::uint64_t*, std::size_t) const;
template void KeyedPermutation::all<false>(std::uint64_t*, std::size_t) const;

}  // namespace passalong
