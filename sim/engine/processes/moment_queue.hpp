// What is due, in order: least moment first, of equals the least account, then target. Nothing is ever put in before
// what was taken last, so a radix heap (Ahuja, Mehlhorn, Orlin & Tarjan 1990) holds what is far off, by the highest bit
// in which its moment differs, and a few in a sorted front; who comes next is known ahead and can be fetched.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <compare>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "sim/base/types.hpp"

namespace passalong {

struct Due {
  std::uint64_t moment;
  AccountId account, target;
  auto operator<=>(const Due&) const = default;
};

class MomentQueue {
 public:
  void clear() {
    for (std::vector<Due>& bucket : buckets_) bucket.clear();
    front_.clear(), filled_ = 0, at_bottom_ = false, base_ = end_of_front_ = 0;
  }
  bool empty() const { return front_.empty() && filled_ == 0 && !at_bottom_; }

  void push(const Due& due) {
    if (due.moment <= end_of_front_ && !front_.empty()) {
      front_.insert(std::ranges::upper_bound(front_, due, std::greater<>()), due);
      if (front_.size() > most) shorten();
    } else {
      place(due);
    }
  }

  // fetch(due): for one that is taken soon.
  template <class Fetch>
  Due pop(const Fetch& fetch) {
    if (front_.empty()) refill(fetch);
    const Due due = front_.back();
    front_.pop_back();
    if (front_.size() > ahead) fetch(front_[front_.size() - 1 - ahead]);
    return due;
  }

 private:
  static constexpr std::size_t ahead = 8, few = 48, most = 128;

  // Bucket b > 0: moments above base_ whose highest bit unlike it is bit b - 1. Bucket 0: base_ itself.
  void place(const Due& due) {
    const auto bucket = static_cast<std::size_t>(64 - std::countl_zero(due.moment ^ base_));
    buckets_[bucket].push_back(due);
    if (bucket == 0)
      at_bottom_ = true;
    else
      filled_ |= std::uint64_t{1} << (bucket - 1);
  }

  std::size_t lowest() const { return static_cast<std::size_t>(std::countr_zero(filled_)) + 1; }

  template <class Fetch>
  void refill(const Fetch& fetch) {
    while (!at_bottom_ && buckets_[lowest()].size() > few) spread(lowest());
    if (at_bottom_) {
      front_.swap(buckets_[0]);
      at_bottom_ = false, end_of_front_ = base_;
    } else {
      front_.swap(buckets_[lowest()]);
      end_of_front_ = base_ | std::numeric_limits<std::uint64_t>::max() >> (64 - lowest());
      filled_ &= filled_ - 1;
    }
    std::ranges::sort(front_, std::greater<>());
    const std::size_t soon = std::min(front_.size(), ahead + 1);
    for (std::size_t i = 1; i <= soon; ++i) fetch(front_[front_.size() - i]);
  }

  // All but the soonest go back into buckets; those of one moment stay together.
  void shorten() {
    const std::uint64_t first = front_[front_.size() - 1 - few].moment;
    if (front_.back().moment >= first) return;
    const auto kept = std::ranges::partition_point(front_, [=](const Due& due) { return due.moment >= first; });
    std::for_each(front_.begin(), kept, [this](const Due& due) { place(due); });
    front_.erase(front_.begin(), kept);
    end_of_front_ = first - 1;
  }

  // Those of a bucket into lower ones.
  void spread(std::size_t bucket) {
    spreading_.swap(buckets_[bucket]);
    filled_ &= filled_ - 1;
    base_ = std::ranges::min(spreading_, {}, &Due::moment).moment;
    for (const Due& due : spreading_) place(due);
    spreading_.clear();
  }

  std::vector<Due> front_, spreading_;  // the front from last to first
  std::array<std::vector<Due>, 65> buckets_;
  std::uint64_t filled_ = 0;  // bit b - 1: bucket b
  bool at_bottom_ = false;    // bucket 0
  std::uint64_t base_ = 0, end_of_front_ = 0;
};

}  // namespace passalong
