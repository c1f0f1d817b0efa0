// Builds compressed rows in two passes over the same follows, without ever holding them as a list of pairs: first every
// follow is counted, then every follow is added. Both may be called from any worker: sums of integers and sorted rows
// do not depend on the order. While adding, offsets[a + 1] is the cursor of row a, so no further array is needed.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "sim/network/network.hpp"

namespace passalong {

class RowBuilder {
 public:
  explicit RowBuilder(AccountId accounts);

  void count(AccountId row, std::uint64_t followers = 1) { cursor(row).fetch_add(followers, relaxed); }
  void open();  // counts become cursors
  // A count or a claim of this row is near: memory may fetch its cursor.
  void expect(AccountId row) const { __builtin_prefetch(&network_.offsets[row + 1ULL], 1); }
  // The place of `followers` new entries of a row; what is put there is the caller's.
  AccountId* claim(AccountId row, std::uint64_t followers = 1) {
    return network_.followers.data() + cursor(row).fetch_add(followers, relaxed);
  }
  void add(AccountId row, AccountId follower) { *claim(row) = follower; }
  // Sorts each row, drops and counts repeats, counts followees.
  Network close(Team& team);

 private:
  static constexpr auto relaxed = std::memory_order_relaxed;
  std::atomic_ref<std::uint64_t> cursor(AccountId row) {
    return std::atomic_ref<std::uint64_t>(network_.offsets[row + 1ULL]);
  }
  Network network_;
};

// Asks the system to back a large array with huge pages: random access is two to four times as fast.
void prefer_huge_pages(void* data, std::size_t bytes);

}  // namespace passalong
