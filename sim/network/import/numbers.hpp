// Which account an id becomes: its place among all ids of the file, ascending. Four ways to tell, by what the ids are;
// each has accounts(), place(id), prefetch(id) and labels(team).
#pragma once
#include <bit>
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/types.hpp"
#include "sim/network/import/edges.hpp"
#include "sim/network/import/text_ids.hpp"

namespace passalong {

// Every number from `least` on.
class ShiftedIds {
 public:
  ShiftedIds(std::uint64_t least, std::uint64_t accounts) : least_(least), accounts_(accounts) {}
  std::uint64_t accounts() const { return accounts_; }
  AccountId place(std::uint64_t id) const { return static_cast<AccountId>(id - least_); }
  void prefetch(std::uint64_t) const {}
  std::vector<std::string> labels(Team& team) const;  // none from 0 on

 private:
  std::uint64_t least_, accounts_;
};

// Numbers that lie close: a bit each, and how many lie before each 64. A quarter byte for every number in their range.
class RankedIds {
 public:
  RankedIds(const Edges& edges, Team& team);
  // Whether the bits take at most 64 MiB, or 16 bytes a pair.
  static bool suit(const Edges& edges);
  std::uint64_t accounts() const { return accounts_; }
  AccountId place(std::uint64_t id) const {
    const Word& word = words_[(id - first_) >> 6];
    const std::uint64_t below = word.bits & ((1ULL << ((id - first_) & 63)) - 1);
    return static_cast<AccountId>(word.before + static_cast<unsigned>(std::popcount(below)));
  }
  void prefetch(std::uint64_t id) const { __builtin_prefetch(&words_[(id - first_) >> 6]); }
  std::vector<std::string> labels(Team& team) const;

 private:
  struct Word {
    std::uint64_t bits = 0, before = 0;
  };
  void mark(std::uint64_t id);
  std::uint64_t first_ = 0, accounts_ = 0;  // first_: the least id, rounded down to a multiple of 64
  std::vector<Word> words_;
};

// Any 64-bit numbers: a hash table that is at most half full, filled by all workers; 24 to 56 bytes an account.
class HashedIds {
 public:
  HashedIds(const Edges& edges, Team& team);
  std::uint64_t accounts() const { return sorted_.size(); }
  AccountId place(std::uint64_t id) const {
    return id == empty ? static_cast<AccountId>(sorted_.size() - 1) : places_[slot_of(id)];
  }
  void prefetch(std::uint64_t id) const { __builtin_prefetch(&keys_[home(id)]); }
  std::vector<std::string> labels(Team& team) const;

 private:
  static constexpr std::uint64_t empty = ~0ULL;  // the largest id, kept apart
  std::size_t home(std::uint64_t id) const {     // splitmix64's finaliser (Steele, Lea & Flood 2014)
    id = (id ^ (id >> 30)) * 0xbf58476d1ce4e5b9ULL;
    id = (id ^ (id >> 27)) * 0x94d049bb133111ebULL;
    return (id ^ (id >> 31)) & (keys_.size() - 1);
  }
  std::size_t slot_of(std::uint64_t id) const {
    std::size_t at = home(id);
    while (keys_[at] != id) at = (at + 1) & (keys_.size() - 1);
    return at;
  }
  bool insert(std::uint64_t id);  // whether it is new
  std::uint64_t insert_all(const EdgePiece& piece);
  void reserve(std::uint64_t more, Team& team);
  void sort_keys(Team& team);

  std::vector<std::uint64_t> keys_, sorted_;
  std::vector<AccountId> places_;
  std::uint64_t size_ = 0;
};

// Text.
class OrderedTexts {
 public:
  OrderedTexts(TextIds& ids, Team& team) : order_(ids.order(team)) {}
  std::uint64_t accounts() const { return order_.places_total; }
  AccountId place(std::uint64_t number) const { return order_.place(number); }
  void prefetch(std::uint64_t number) const { order_.prefetch(number); }
  std::vector<std::string> labels(Team&) { return std::move(order_.labels); }

 private:
  TextIds::Order order_;
};

using Numbers = std::variant<ShiftedIds, RankedIds, HashedIds, OrderedTexts>;
Numbers number_ids(const Edges& edges, Team& team);

}  // namespace passalong
