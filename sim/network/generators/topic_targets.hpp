// Who gets followed within a topic: a member of it in proportion to follower weight, in constant time by an alias table
// (Walker 1977; built as in Vose 1991). Twelve bytes an account, one cache line a draw.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/types.hpp"

namespace passalong {

class TopicTargets {
 public:
  struct Entry {
    AccountId own, other;
    std::uint32_t threshold;  // own where the word is at most this, else other
    AccountId choose(std::uint32_t word) const { return word <= threshold ? own : other; }
  };

  TopicTargets() = default;
  TopicTargets(std::size_t topics, std::span<const std::uint8_t> primary, std::span<const double> weight, Team& team);

  std::size_t topics() const { return first_.size() - 1; }
  bool empty(std::size_t topic) const { return first_[topic] == first_[topic + 1]; }
  const Entry& entry(std::size_t topic, std::uint32_t word) const {
    return entries_[first_[topic] + ((std::uint64_t{word} * (first_[topic + 1] - first_[topic])) >> 32)];
  }

 private:
  void build(std::size_t topic, std::span<const double> weight);
  std::vector<std::uint64_t> first_{0};
  std::vector<Entry> entries_;
};

}  // namespace passalong
