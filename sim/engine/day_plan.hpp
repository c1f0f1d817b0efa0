// When ordinary accounts post today: drawn once a day, kept by blocks of accounts, so that a tick finds its posts in
// the order of accounts without any sorting or moving. A pure function of the day, so it is never saved.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/engine/ordinary.hpp"
#include "sim/engine/rhythm.hpp"
#include "sim/engine/world.hpp"

namespace passalong {

class DayPlan {
 public:
  static constexpr std::size_t block_size = 8192;  // accounts

  DayPlan() = default;
  DayPlan(const Setting& setting, const Rhythm& rhythm, std::uint32_t ticks)
      : setting_(&setting), rhythm_(rhythm.on() ? &rhythm : nullptr), ticks_(ticks) {}

  void draw(std::uint32_t day, AccountId present, Team& team);

  std::size_t blocks() const { return used_; }
  // The posts of a block at a tick of the day, by account.
  std::span<const std::uint32_t> posts(std::size_t block, std::uint32_t tick) const {
    const Block& b = blocks_[block];
    return {b.posts.data() + b.first[tick], b.posts.data() + b.first[tick + 1]};
  }
  PostId name(std::size_t in_block, std::uint32_t post) const {
    return {static_cast<AccountId>(in_block * block_size + (post >> posts_a_day_bits)),
            ordinal_of(day_, post & (most_posts_a_day - 1))};
  }
  std::uint64_t bytes() const;

 private:
  struct Block {
    std::vector<std::uint32_t> posts;  // account in the block and the post's number, by tick, then account
    std::vector<std::uint32_t> first;  // by tick
  };
  struct Desk;  // a worker's scratch
  void draw_block(std::size_t which, AccountId end, Desk& desk);
  double posts_of(AccountId account) const;  // expected today
  void count_posts(AccountId begin, AccountId end, const Stream& stream, Desk& desk) const;
  void draw_times(AccountId begin, AccountId end, const Stream& stream, Desk& desk) const;

  template <class TickOf>
  void place_posts(std::size_t accounts, Desk& desk, const TickOf& tick_of) const;

  const Setting* setting_ = nullptr;
  const Rhythm* rhythm_ = nullptr;  // null: a day's ticks are alike
  std::uint32_t ticks_ = 0, day_ = 0;
  std::size_t used_ = 0;
  std::vector<Block> blocks_;
};

}  // namespace passalong
