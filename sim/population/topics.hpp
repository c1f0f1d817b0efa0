// What everyone cares for, a byte a topic: the only form of the interests that outlives the making of the network, laid
// out so that what a reader is and what its followers are lie in one cache line.
#pragma once
#include <cstdint>

#include "sim/base/pages.hpp"
#include "sim/network/network.hpp"

namespace passalong {

// A row an account: its interests at unit length, x 255 (a cosine is an integer dot product), then the mean of its
// followers' rows. The same for every replicate that shares the network.
class TopicTraits {
 public:
  TopicTraits() = default;
  TopicTraits(AccountId accounts, std::size_t topics, Team& team) : topics_(topics) {
    resize_at_once(bytes_, std::size_t{accounts} * 2 * topics, team);
  }

  std::size_t topics() const { return topics_; }
  std::uint8_t interest(AccountId a, std::size_t topic) const { return row(a)[topic]; }
  std::uint8_t audience(AccountId a, std::size_t topic) const { return row(a)[topics_ + topic]; }
  const std::uint8_t* row(AccountId a) const { return bytes_.data() + std::size_t{a} * 2 * topics_; }
  std::uint8_t* row(AccountId a) { return bytes_.data() + std::size_t{a} * 2 * topics_; }
  // Of all its interests: interest / total is the share of one of them.
  std::uint32_t total(AccountId a) const {
    std::uint32_t sum = 0;
    for (std::size_t t = 0; t < topics_; ++t) sum += row(a)[t];
    return sum;
  }
  std::uint64_t bytes() const { return bytes_.size(); }

 private:
  std::size_t topics_ = 0;
  HugeColumn<std::uint8_t> bytes_;
};

// Of the accounts of the network and those who will join.
TopicTraits summarise_topics(const Ground& ground, Team& team);

}  // namespace passalong
