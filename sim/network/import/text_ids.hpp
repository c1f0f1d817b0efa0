// Numbers for text ids, given out by several workers at once. The numbers depend on who comes first; the order of the
// labels, which is all that is used of them, does not.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/types.hpp"

namespace passalong {

class TextIds {
 public:
  TextIds();
  ~TextIds();
  TextIds(const TextIds&) = delete;
  TextIds& operator=(const TextIds&) = delete;

  std::uint64_t number(std::string_view id);  // below 2^32 as long as no shard has more than 2^24 ids
  void number_all(const std::vector<std::string_view>& words, std::vector<std::uint64_t>& numbers);
  std::uint64_t size() const;

  struct Order {
    std::vector<std::string> labels;             // bytewise ascending
    std::vector<std::vector<AccountId>> places;  // by shard and number in it
    std::uint64_t places_total = 0;
    AccountId& place_of(std::uint64_t number) { return places[number % shards][number / shards]; }
    AccountId place(std::uint64_t number) const { return places[number % shards][number / shards]; }
    void prefetch(std::uint64_t number) const { __builtin_prefetch(&places[number % shards][number / shards]); }
  };
  Order order(Team& team);  // to be called last: the labels move out

 private:
  static constexpr std::size_t shards = 256;
  struct Shard;
  std::unique_ptr<Shard[]> shards_;
};

}  // namespace passalong
