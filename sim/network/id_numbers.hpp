// Numbers for ids as they first appear, and, once all are known, their places in ascending order.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/types.hpp"

namespace passalong {

class IdNumbers {
 public:
  IdNumbers() : table_(1 << 16) {}
  void prefetch(std::uint64_t id) const { __builtin_prefetch(&table_[home(id)]); }
  AccountId number(std::uint64_t id) {
    std::size_t at = home(id);
    for (; table_[at].number != 0; at = (at + 1) & (table_.size() - 1))
      if (table_[at].id == id) return table_[at].number - 1;
    return insert(id, at);
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
  AccountId insert(std::uint64_t id, std::size_t at);
  std::vector<Place> table_;  // at most half full
  std::vector<std::uint64_t> ids_;
};

}  // namespace passalong
