// Building the tables, each by all workers; sets and sorted orders do not depend on who comes first.
#include "sim/network/import/numbers.hpp"

#include <atomic>

#include "sim/network/import/sort_all.hpp"
#include "sim/network/rows.hpp"

namespace passalong {
namespace {
constexpr std::size_t block = 1 << 16;

template <class Body>
void each_id(const EdgePiece& piece, const Body& body) {
  for (const std::uint32_t id : piece.narrow) body(id);
  for (const std::uint64_t id : piece.wide) body(id);
}
}  // namespace

std::vector<std::string> ShiftedIds::labels(Team& team) const {
  std::vector<std::string> out(least_ == 0 ? 0 : accounts_);
  team.blocks(out.size(), block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t a = begin; a < end; ++a) out[a] = std::to_string(least_ + a);
  });
  return out;
}

bool RankedIds::suit(const Edges& edges) {
  return edges.most - edges.least < std::max<std::uint64_t>(1U << 28, 64 * edges.pairs);
}

RankedIds::RankedIds(const Edges& edges, Team& team) : first_(edges.least & ~63ULL) {
  const std::uint64_t words = ((edges.most - first_) >> 6) + 1;
  words_.reserve(words);
  prefer_huge_pages(words_.data(), words * sizeof(Word));
  words_.resize(words);
  team.each(edges.pieces.size(),
            [&](std::size_t p, unsigned) { each_id(edges.pieces[p], [&](std::uint64_t id) { mark(id); }); });
  for (const std::uint64_t id : edges.nodes) mark(id);
  for (Word& word : words_) {
    word.before = accounts_;
    accounts_ += static_cast<unsigned>(std::popcount(word.bits));
  }
}

void RankedIds::mark(std::uint64_t id) {
  const std::atomic_ref<std::uint64_t> bits(words_[(id - first_) >> 6].bits);
  const std::uint64_t bit = 1ULL << ((id - first_) & 63);
  if ((bits.load(std::memory_order_relaxed) & bit) == 0) bits.fetch_or(bit, std::memory_order_relaxed);
}

std::vector<std::string> RankedIds::labels(Team& team) const {
  std::vector<std::string> out(accounts_);
  team.blocks(words_.size(), block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t w = begin; w < end; ++w) {
      std::uint64_t a = words_[w].before;
      for (std::uint64_t bits = words_[w].bits; bits != 0; bits &= bits - 1)
        out[a++] = std::to_string(first_ + w * 64 + static_cast<unsigned>(std::countr_zero(bits)));
    }
  });
  return out;
}

HashedIds::HashedIds(const Edges& edges, Team& team) : keys_(1 << 16, empty) {
  std::size_t begin = 0;
  bool has_largest = edges.most == empty;
  while (begin < edges.pieces.size()) {
    std::uint64_t ids = 0;
    std::size_t end = begin;
    while (end < edges.pieces.size() && end < begin + 8ULL * team.workers()) ids += edges.pieces[end++].ids();
    reserve(ids, team);
    std::atomic<std::uint64_t> added{0};
    team.each(end - begin, [&](std::size_t p, unsigned) { added += insert_all(edges.pieces[begin + p]); });
    size_ += added;
    begin = end;
  }
  reserve(edges.nodes.size(), team);
  for (const std::uint64_t id : edges.nodes) size_ += id != empty && insert(id);
  sort_keys(team);
  if (has_largest) sorted_.push_back(empty);
}

bool HashedIds::insert(std::uint64_t id) {
  for (std::size_t at = home(id);; at = (at + 1) & (keys_.size() - 1)) {
    const std::atomic_ref<std::uint64_t> key(keys_[at]);
    std::uint64_t there = key.load(std::memory_order_relaxed);
    if (there == empty && key.compare_exchange_strong(there, id, std::memory_order_relaxed)) return true;
    if (there == id) return false;
  }
}

std::uint64_t HashedIds::insert_all(const EdgePiece& piece) {
  constexpr std::size_t ahead = 16;
  std::uint64_t added = 0;
  const std::size_t size = piece.ids();
  for (std::size_t i = 0; i < size; ++i) {
    if (i + ahead < size) prefetch(piece.id(i + ahead));
    const std::uint64_t id = piece.id(i);
    added += id != empty && insert(id);
  }
  return added;
}

// Doubles the table until `more` further ids leave it half empty.
void HashedIds::reserve(std::uint64_t more, Team& team) {
  std::size_t slots = keys_.size();
  while (slots < 2 * (size_ + more)) slots *= 2;
  if (slots == keys_.size()) return;
  std::vector<std::uint64_t> old;
  old.swap(keys_);
  keys_.reserve(slots);
  prefer_huge_pages(keys_.data(), slots * sizeof(keys_[0]));
  keys_.resize(slots, empty);
  team.blocks(old.size(), block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t i = begin; i < end; ++i)
      if (old[i] != empty) insert(old[i]);
  });
}

void HashedIds::sort_keys(Team& team) {
  sorted_.reserve(size_ + 1);
  std::copy_if(keys_.begin(), keys_.end(), std::back_inserter(sorted_), [](std::uint64_t key) { return key != empty; });
  sort_all(sorted_, team);
  places_.resize(keys_.size());
  team.blocks(sorted_.size(), block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t p = begin; p < end; ++p) places_[slot_of(sorted_[p])] = static_cast<AccountId>(p);
  });
}

std::vector<std::string> HashedIds::labels(Team& team) const {
  std::vector<std::string> out(sorted_.size());
  team.blocks(out.size(), block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t p = begin; p < end; ++p) out[p] = std::to_string(sorted_[p]);
  });
  return out;
}

Numbers number_ids(const Edges& edges, Team& team) {
  if (!RankedIds::suit(edges)) return HashedIds(edges, team);
  RankedIds ranked(edges, team);
  if (ranked.accounts() == edges.most - edges.least + 1) return ShiftedIds(edges.least, ranked.accounts());
  return ranked;
}

}  // namespace passalong
