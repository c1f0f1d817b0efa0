// What arrives in one feed at once, from all who are followed: copies of one message are put together, and the feed
// then holds the first to arrive on top of what it held, as far as there is room.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/engine/processes/feed_rows.hpp"

namespace passalong {

class FeedArrivals {
 public:
  // Begins with what the row holds; at most so many may be added.
  void begin(const FeedRows::Row& row, std::size_t most);
  // order: of arrival, different for each carrier.
  void add(std::uint32_t message, std::uint32_t copies, std::uint64_t order);
  // Puts what arrived into the row, since this tick; how many messages are new there.
  std::uint32_t end(const FeedRows::Row& row, std::uint32_t slots, std::uint32_t tick);

 private:
  struct Item {
    std::uint64_t order;
    std::uint32_t message, shares;
  };
  struct Place {
    std::uint32_t stamp, item;
  };
  Place& place_of(std::uint32_t message);

  std::vector<Item> items_;    // those of the row, then the new
  std::vector<Place> places_;  // by message; valid where the stamp is this feed's
  std::vector<std::uint32_t> since_;
  std::uint32_t stamp_ = 0, mask_ = 0;
  std::size_t old_ = 0;
};

}  // namespace passalong
