// Least significant digit first; digits of at most 11 bits, so that the cursors stay in the innermost cache.
#include "sim/network/generators/block_sort.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace passalong {
namespace {
constexpr unsigned widest = 11;
}

BlockSort::BlockSort(std::uint64_t accounts) {
  const auto bits = static_cast<unsigned>(std::bit_width(accounts));
  digits_ = (bits + widest - 1) / widest;
  bits_ = (bits + digits_ - 1) / digits_;
  cursors_.resize(std::size_t{1} << bits_);
}

void BlockSort::pass(unsigned shift) {
  const std::uint64_t mask = cursors_.size() - 1;
  std::fill(cursors_.begin(), cursors_.end(), 0);
  for (const std::uint64_t entry : entries_) ++cursors_[entry >> shift & mask];
  std::uint32_t first = 0;
  for (std::uint32_t& cursor : cursors_) first += std::exchange(cursor, first);
  sorted_.resize(entries_.size());
  for (const std::uint64_t entry : entries_) sorted_[cursors_[entry >> shift & mask]++] = entry;
  entries_.swap(sorted_);
}

void BlockSort::write(std::vector<AccountId*>& ends) {
  for (unsigned digit = 0; digit < digits_; ++digit) pass(digit * bits_);
  for (const std::uint64_t entry : entries_) *ends[entry >> 32]++ = static_cast<AccountId>(entry);
}

}  // namespace passalong
