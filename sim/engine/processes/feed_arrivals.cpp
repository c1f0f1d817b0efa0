// An open table by message, never cleared: each feed has a stamp of its own.
#include "sim/engine/processes/feed_arrivals.hpp"

#include <algorithm>
#include <bit>

namespace passalong {

FeedArrivals::Place& FeedArrivals::place_of(std::uint32_t message) {
  std::uint32_t at = (message * 0x9e37'79b9U) >> 7;
  while (true) {
    Place& place = places_[at & mask_];
    if (place.stamp != stamp_ || items_[place.item].message == message) return place;
    ++at;
  }
}

void FeedArrivals::begin(const FeedRows::Row& row, std::size_t most) {
  const std::size_t size = std::bit_ceil(2 * (most + row.size + 1));
  if (size > places_.size()) places_.assign(size, {0, 0}), stamp_ = 0;
  if (++stamp_ == 0) places_.assign(places_.size(), {0, 0}), stamp_ = 1;
  mask_ = static_cast<std::uint32_t>(size - 1);
  items_.clear();
  since_.assign(row.since, row.since + row.size);
  for (std::uint32_t i = 0; i < row.size; ++i) {
    place_of(row.messages[i]) = {stamp_, i};
    items_.push_back({0, row.messages[i], row.shares[i]});
  }
  old_ = items_.size();
}

void FeedArrivals::add(std::uint32_t message, std::uint32_t copies, std::uint64_t order) {
  Place& place = place_of(message);
  if (place.stamp == stamp_) {
    Item& item = items_[place.item];
    item.shares += copies, item.order = std::min(item.order, order);
    return;
  }
  place = {stamp_, static_cast<std::uint32_t>(items_.size())};
  items_.push_back({order, message, copies});
}

std::uint32_t FeedArrivals::end(const FeedRows::Row& row, std::uint32_t slots, std::uint32_t tick) {
  const auto fresh = items_.begin() + static_cast<std::ptrdiff_t>(old_);
  const auto kept = static_cast<std::uint32_t>(std::min<std::size_t>(slots, items_.size() - old_));
  const auto earlier = [](const Item& a, const Item& b) { return a.order < b.order; };
  if (fresh + kept < items_.end()) std::nth_element(fresh, fresh + kept, items_.end(), earlier);
  std::sort(fresh, fresh + kept, earlier);
  row.size = static_cast<std::uint32_t>(std::min<std::size_t>(slots, kept + old_));
  for (std::uint32_t i = 0; i < row.size; ++i) {
    const std::size_t old = i - kept;
    const Item& item = i < kept ? items_[old_ + i] : items_[old];
    row.messages[i] = item.message, row.shares[i] = item.shares, row.since[i] = i < kept ? tick : since_[old];
  }
  return kept;
}

}  // namespace passalong
