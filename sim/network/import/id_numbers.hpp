// Numbers for ids as they first appear, and, once all are known, their places in ascending order. Small ids, the usual
// case, are looked up in an array, the others in a hash table.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/types.hpp"

namespace passalong {

class IdNumbers {
 public:
  IdNumbers() : table_(1 << 16) {}
  void prefetch(std::uint64_t id) const {
    if (id < small_.size())
      __builtin_prefetch(&small_[id]);
    else
      __builtin_prefetch(&table_[home(id)]);
  }
  AccountId number(std::uint64_t id) {
    if (id < small_.size() && small_[id] != 0) return small_[id] - 1;
    return id < most_small ? insert_small(id) : number_large(id);
  }
  std::uint64_t size() const { return ids_.size(); }

  struct Order {
    std::vector<AccountId> place;     // by number
    std::vector<std::string> labels;  // by place; empty where ids are 0..size-1
  };
  Order order();  // to be called last: the table is given back

 private:
  struct Place {
    std::uint64_t id;
    AccountId number;  // + 1; 0 is empty
  };
  std::size_t home(std::uint64_t id) const {  // splitmix64's finaliser (Steele, Lea & Flood 2014)
    id = (id ^ (id >> 30)) * 0xbf58476d1ce4e5b9ULL;
    id = (id ^ (id >> 27)) * 0x94d049bb133111ebULL;
    return (id ^ (id >> 31)) & (table_.size() - 1);
  }
  static constexpr std::uint64_t most_small = 1 << 24;
  AccountId insert_small(std::uint64_t id);
  AccountId number_large(std::uint64_t id);
  AccountId insert(std::uint64_t id, std::size_t at);
  std::vector<AccountId> small_;  // number + 1 by id
  std::vector<Place> table_;      // at most half full
  std::size_t in_table_ = 0;
  std::vector<std::uint64_t> ids_;
};

}  // namespace passalong
