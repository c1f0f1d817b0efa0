// What a reader and a studied account have to do with each other: one row a pair that has met, kept by the reader's
// partition. Found by a small open-addressing table, so memory follows those who have seen something, not everyone.
#pragma once
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "sim/base/types.hpp"

namespace passalong {

// The part of a pair's state the engine keeps; the model's own part stands beside it.
struct Tie {
  AccountId reader = 0;
  Tick since = 0;           // when this spell of following began
  std::uint16_t spell = 0;  // how many spells there have been
  std::uint8_t follower = 0;
  std::uint8_t reciprocal = 0;  // the studied account follows the reader
  std::uint8_t old = 0;         // followed from the start: not a new tie
  std::uint8_t joining = 0;     // will be a follower from the next tick on
  std::uint8_t leaving = 0;     // ... or will not
  std::uint8_t reached = 0;     // has seen at least one post
};

template <class State>
struct Relation {
  Tie tie;
  State state;
};

template <class State>
class RelationTable {
 public:
  using Row = Relation<State>;
  // How many of the author's posts can be alive at once: that many are remembered as seen, by ordinal.
  void remember(std::uint32_t live_posts) { words_ = (live_posts + 63) / 64; }
  // At least that many from now on; what was seen stays so.
  void widen(std::uint32_t live_posts) {
    const std::size_t before = words_, now = std::max<std::size_t>(before, (live_posts + 63) / 64);
    if (now == before) return;
    std::vector<std::uint64_t> seen(rows_.size() * now);
    for (std::size_t row = 0; row < rows_.size(); ++row)
      for (std::uint32_t back = 0; back < before * 64 && back <= newest_[row]; ++back) {
        const std::uint32_t ordinal = newest_[row] - back;
        const std::uint64_t word = seen_[row * before + ordinal / 64 % before];
        seen[row * now + ordinal / 64 % now] |= word & 1ULL << ordinal % 64;
      }
    seen_ = std::move(seen), words_ = now;
  }

  Row* find(AccountId reader) {
    if (slots_.empty()) return nullptr;
    for (std::size_t at = home(reader);; at = (at + 1) & (slots_.size() - 1)) {
      if (slots_[at] == 0) return nullptr;
      if (rows_[slots_[at] - 1].tie.reader == reader) return &rows_[slots_[at] - 1];
    }
  }
  const Row* find(AccountId reader) const { return const_cast<RelationTable*>(this)->find(reader); }

  template <class Make>
  Row& find_or_add(AccountId reader, const Make& make) {
    if (Row* row = find(reader)) return *row;
    if (2 * (rows_.size() + 1) > slots_.size()) grow();
    rows_.push_back(Row{Tie{.reader = reader}, make()});
    seen_.resize(seen_.size() + words_);
    newest_.push_back(0);
    place(static_cast<std::uint32_t>(rows_.size()));
    return rows_.back();
  }

  // Marks a post as seen; false where it was already. A window of the author's last live posts is kept, and slides.
  bool see(const Row& row, std::uint32_t ordinal) {
    const auto index = static_cast<std::size_t>(&row - rows_.data());
    std::uint64_t* bits = seen_.data() + index * words_;
    const std::uint32_t window = static_cast<std::uint32_t>(words_ * 64);
    std::uint32_t& newest = newest_[index];
    if (ordinal + window <= newest) return false;
    for (; newest < ordinal; ++newest) bits[(newest + 1) / 64 % words_] &= ~(1ULL << (newest + 1) % 64);
    std::uint64_t& word = bits[ordinal / 64 % words_];
    const std::uint64_t bit = 1ULL << ordinal % 64;
    const bool fresh = (word & bit) == 0;
    word |= bit;
    return fresh;
  }

  const std::vector<Row>& rows() const { return rows_; }
  std::vector<Row>& rows() { return rows_; }
  std::uint64_t bytes() const {
    return rows_.capacity() * sizeof(Row) + slots_.capacity() * 4 + seen_.capacity() * 8 + newest_.capacity() * 4;
  }
  template <class Archive>
  void visit(Archive& a) {
    a(rows_), a(slots_), a(seen_), a(newest_), a(words_);
  }

 private:
  std::size_t home(AccountId reader) const { return (reader * 0x9e37'79b1U >> 7) & (slots_.size() - 1); }
  void place(std::uint32_t number) {
    std::size_t at = home(rows_[number - 1].tie.reader);
    while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = number;
  }
  void grow() {
    slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, 0);
    for (std::uint32_t number = 1; number <= rows_.size(); ++number) place(number);
  }

  std::vector<Row> rows_;
  std::vector<std::uint32_t> slots_;  // row number + 1; 0 is empty
  std::vector<std::uint64_t> seen_;   // words_ a row
  std::vector<std::uint32_t> newest_;
  std::size_t words_ = 1;
};

}  // namespace passalong
