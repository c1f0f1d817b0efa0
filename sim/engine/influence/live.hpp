// Live follows of one replicate, drawn for many rows at once: the same as a cascade's, because they have the same
// names.
#pragma once
#include <algorithm>
#include <bit>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/engine/cascades/chances.hpp"
#include "sim/engine/cascades/levels.hpp"
#include "sim/engine/cascades/masks.hpp"

namespace passalong {

template <class Source>
class LiveBatch {
 public:
  explicit LiveBatch(const CascadePlan& plan)
      : network_(*plan.network), source_(*plan.network, plan.chances), draws_(plan.seed, 0, Purpose::live_edge) {}

  bool is_full() const { return count_ == most; }
  bool is_empty() const { return count_ == 0; }

  // As many of the follows from begin to end as there is room for; where it left off.
  std::uint64_t add(std::uint64_t begin, std::uint64_t end, std::uint32_t replicate, AccountId from) {
    for (; begin < end && count_ < most; ++count_) {
      const std::uint64_t group = begin / 8, next = std::min(end, 8 * group + 8);
      groups_[count_] = group, replicates_[count_] = replicate, from_[count_] = from;
      within_[count_] = (0xffU << begin % 8) & (0xffU >> (8 * group + 8 - next));
      __builtin_prefetch(network_.followers.data() + begin);
      begin = next;
    }
    return begin;
  }

  // take(from, follower) for each that is live, in order; empty then.
  template <class Take>
  void end(const Take& take) {
    draws_.halves_by_draw(groups_, replicates_, count_, halves_);
    for (std::uint32_t i = 0; i < count_; ++i)
      for (std::uint32_t live = live_in(i); live != 0; live &= live - 1)
        take(from_[i], network_.followers[8 * groups_[i] + static_cast<std::uint64_t>(std::countr_zero(live))]);
    count_ = 0;
  }

 private:
  static constexpr std::uint32_t most = 128;

  std::uint32_t live_in(std::uint32_t i) const {
    const std::uint64_t first = 8 * groups_[i], known = network_.follows() - first;
    alignas(16) std::uint16_t limits[8];
    for (std::uint64_t b = 0; b < 8; ++b)
      limits[b] = b < known ? source_.first(first + b, network_.followers[first + b]) : std::uint16_t{0};
    const Compared compared = compare_eight(halves_ + 8ULL * i, limits);
    std::uint32_t live = compared.at_most & within_[i];
    for (std::uint32_t ties = compared.equal & within_[i]; ties != 0; ties &= ties - 1) {
      const std::uint64_t follow = first + static_cast<std::uint64_t>(std::countr_zero(ties));
      if (!is_live(draws_, follow, replicates_[i], source_.bound(follow, network_.followers[follow])))
        live &= ~(ties & -ties);
    }
    return live;
  }

  const Network& network_;
  Source source_;
  Stream draws_;
  std::uint32_t count_ = 0;
  std::uint64_t groups_[most] = {};
  std::uint32_t replicates_[most] = {}, within_[most] = {};
  AccountId from_[most] = {};
  alignas(64) std::uint16_t halves_[8 * most] = {};
};

// The plan with what its chances are made of: levels that are drawn once.
inline CascadePlan with_levels(CascadePlan plan) {
  Chances& chances = plan.chances;
  if (chances.kind == Chances::Kind::levels && chances.levels == nullptr)
    chances.levels = std::make_shared<const std::vector<std::uint8_t>>(draw_levels(plan.network->follows(), plan.seed));
  return plan;
}

// work.template operator()<Source>() with the plan's kind of chances.
template <class Work>
auto with_chances(const CascadePlan& plan, const Work& work) {
  switch (plan.chances.kind) {
    case Chances::Kind::weights:
      return work.template operator()<WeightChances>();
    case Chances::Kind::followees:
      return work.template operator()<FolloweeChances>();
    case Chances::Kind::levels:
      return work.template operator()<LevelChances>();
    default:
      return work.template operator()<UniformChances>();
  }
}

}  // namespace passalong
