// Builds compressed rows in two passes over the same follows, without ever holding them as a list of pairs: first every
// follow is counted, then every follow is added. Both may be called from any worker: sums of integers and sorted rows
// do not depend on the order. While adding, offsets[a + 1] is the cursor of row a, so no further array is needed.
#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "sim/base/column.hpp"
#include "sim/network/network.hpp"

namespace passalong {

// What a follow's weight is, and so how the weights of repeats become one: strengths add up; probabilities of influence
// are taken as independent chances, 1 - (1 - p)(1 - q). Repeats are combined from the smallest weight on.
enum class Weights { none, strengths, probabilities };

class RowBuilder {
 public:
  explicit RowBuilder(AccountId accounts, Weights weights = Weights::none);

  void count(AccountId row, std::uint64_t followers = 1) { cursor(row).fetch_add(followers, relaxed); }
  void open();  // counts become cursors
  // A count or a claim of this row is near: memory may fetch its cursor.
  [[gnu::always_inline]] void expect(AccountId row) const { __builtin_prefetch(&network_.offsets[row + 1ULL], 1); }
  // The place of `followers` new entries of a row; what is put there is the caller's. Not with weights.
  AccountId* claim(AccountId row, std::uint64_t followers = 1) {
    return network_.followers.data() + claim_index(row, followers);
  }
  void add(AccountId row, AccountId follower) { *claim(row) = follower; }
  void add(AccountId row, AccountId follower, float weight) {
    const std::uint64_t at = claim_index(row);
    network_.followers[at] = follower;
    network_.weights[at] = weight;
  }
  // Sorts each row, merges and counts repeats, counts followees.
  Network close(Team& team);

 private:
  static constexpr auto relaxed = std::memory_order_relaxed;
  std::atomic_ref<std::uint64_t> cursor(AccountId row) {
    return std::atomic_ref<std::uint64_t>(network_.offsets[row + 1ULL]);
  }
  std::uint64_t claim_index(AccountId row, std::uint64_t followers = 1) {
    return cursor(row).fetch_add(followers, relaxed);
  }
  Network network_;
  Weights weights_;
};

}  // namespace passalong
