// Accounts that post new messages or pass on what is in their feeds, all at once in a tick or one after the other: the
// world of the model simsom. One replicate at a time; buffers live on.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/engine/processes/bot_ties.hpp"
#include "sim/engine/processes/feed_arrivals.hpp"
#include "sim/engine/processes/feed_rows.hpp"
#include "sim/engine/processes/message_book.hpp"
#include "sim/engine/processes/post_log.hpp"
#include "sim/engine/processes/process.hpp"
#include "sim/engine/processes/turns.hpp"
#include "sim/network/followees.hpp"

namespace passalong {

struct FeedRule {
  double fresh = 0.5;  // chance of a new message
  std::uint32_t slots = 15;
  bool popularity = true;                     // a message's weight counts its shares in the feed
  double recency = 0.4, recency_power = 0.4;  // its weight falls as e^(-recency age^power), age in ticks; 0: not
  bool together = true;                       // all act at once in a tick; else one after the other, drawn anew
  std::uint32_t flooding = 1;                 // shares that a bot's post counts for
  bool logged = true;                         // who posted what is noted
  MessageLaw messages;
  BotRule bots;
};

struct FeedState {                                  // of the network's accounts' feeds, at a tick's end
  std::uint64_t slots = 0, messages = 0, bots = 0;  // filled; different messages; filled with bots' messages
  double quality = 0;                               // mean over filled slots
  double diversity = 0;                             // entropy of filled slots by message, in nats
};

struct FeedCounts {  // so far
  std::uint64_t posts = 0, deliveries = 0, placed = 0, shares = 0;
};

class FeedMarket {
 public:
  FeedMarket(const FeedRule& rule, const ProcessSetting& setting, const Followees* followees);
  void begin(std::uint32_t replicate);
  void play_tick(std::uint32_t tick);
  FeedState look();

  const MessageBook& messages() const { return book_; }
  const PostLog& log() const { return log_; }
  const FeedCounts& counts() const { return counts_; }
  std::uint64_t accounts() const { return all_; }  // bots included

 private:
  static constexpr std::uint32_t nothing = 0xffff'ffffU;

  void act_together(std::uint32_t tick);
  void act_in_turn(std::uint32_t tick);
  void renew(AccountId reader, std::uint32_t tick);
  void hand_out(AccountId author, std::uint32_t message, std::uint32_t tick);
  std::uint32_t choose(AccountId account, std::uint32_t fresh, std::uint32_t which, std::uint32_t tick);
  std::uint32_t pick(const FeedRows::Row& row, std::uint32_t word, std::uint32_t now);
  double recency(std::uint32_t age);

  FeedRule rule_;
  ProcessSetting setting_;
  const Network& network_;
  const Followees* followees_;  // only where all act at once
  AccountId accounts_, all_;
  Stream actions_;
  std::vector<Turns> turns_;  // one
  BotTies bots_;
  MessageBook book_;
  FeedRows feeds_;
  FeedArrivals arrivals_;
  PostLog log_;
  FeedCounts counts_;
  struct Carried {
    std::uint32_t message, order;
  };
  std::vector<Carried> carried_;  // by account: what it posted in the tick
  std::vector<double> recency_, weights_;
  std::vector<std::uint32_t> held_, touched_;  // slots by message
};

}  // namespace passalong
