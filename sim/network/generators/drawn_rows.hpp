// Rows of follows that are drawn twice from the same counters: once to be counted, once to be put in place. Follows are
// handled in batches, so that memory answers while the next ones are drawn.
#pragma once
#include <array>
#include <cstdint>
#include <type_traits>

#include "sim/network/rows.hpp"

namespace passalong {

template <bool filling>
class FollowSink {
 public:
  FollowSink(RowBuilder& rows, bool mutual) : rows_(rows), mutual_(mutual) {}
  void operator()(AccountId follower, AccountId followed) {
    put(follower, followed);
    if (mutual_) put(followed, follower);
    if (size_ + 2 > batch) flush();
  }
  void flush() {
    if constexpr (filling)
      fill();
    else
      for (std::size_t i = 0; i < size_; ++i) rows_.count(followed_[i]);
    size_ = 0;
  }

 private:
  static constexpr std::size_t batch = 512;
  void put(AccountId follower, AccountId followed) {
    rows_.expect(followed);
    followed_[size_] = followed;
    follower_[size_++] = follower;
  }
  void fill() {
    std::array<AccountId*, batch> places;
    for (std::size_t i = 0; i < size_; ++i) {
      places[i] = rows_.claim(followed_[i]);
      __builtin_prefetch(places[i], 1);
    }
    for (std::size_t i = 0; i < size_; ++i) *places[i] = follower_[i];
  }

  RowBuilder& rows_;
  bool mutual_;
  std::size_t size_ = 0;
  std::array<AccountId, batch> followed_, follower_;
};

// draw(begin, end, worker, follow) calls follow(follower, followed) for every follow that the actors in [begin, end)
// bring about; actors are accounts, edges or steps. It is called twice for each block, on any worker, and must do the
// same both times. mutual: every follow is returned. Repeats are dropped and counted as Network::duplicates.
template <class Draw>
Network draw_rows(AccountId accounts, std::uint64_t actors, bool mutual, Team& team, const Draw& draw) {
  constexpr std::size_t block = 1024;
  RowBuilder rows(accounts);
  const auto pass = [&](auto filling) {
    team.blocks(actors, block, [&](std::size_t begin, std::size_t end, unsigned worker) {
      FollowSink<decltype(filling)::value> sink(rows, mutual);
      draw(begin, end, worker, sink);
      sink.flush();
    });
  };
  pass(std::false_type{});
  rows.open();
  pass(std::true_type{});
  return rows.close(team);
}

}  // namespace passalong
