// Messages that compete for places in feeds: what each is like, and what became of it.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/math.hpp"
#include "sim/base/random.hpp"
#include "sim/base/types.hpp"

namespace passalong {

// Laws of quality and appeal on [0, 1]: densities in proportion to e^(slope q) and to (1 - a)^exponent. Bots' quality
// is 0, and their appeal 1 with the chance of deception.
struct MessageLaw {
  double slope = 10, exponent = 4, deception = 0;
  bool appealing = true;  // false: all have the appeal 1

  double quality(std::uint32_t word) const {
    const double u = uniform(word);
    return slope == 0 ? u : passalong::log(1 + u * (passalong::exp(slope) - 1)) / slope;
  }
  double appeal(std::uint32_t word) const {
    return appealing ? 1 - passalong::power(1 - uniform(word), 1 / (1 + exponent)) : 1;
  }
};

struct Message {
  AccountId author;
  std::uint32_t born, last;                // ticks: of the first and the latest post
  std::uint32_t posts = 0, bot_posts = 0;  // by the network's accounts, by bots; the first included
};

class MessageBook {
 public:
  // accounts: of the network; bots' ids come after.
  void reset(const MessageLaw& law, const Stream& traits, AccountId accounts, AccountId all) {
    law_ = law, traits_ = traits, accounts_ = accounts;
    messages_.clear(), quality_.clear(), appeal_.clear(), written_.assign(all, 0);
  }

  std::uint32_t write(AccountId author, std::uint32_t tick) {
    const Words words = traits_(author, 0, written_[author]++);
    const bool bot = author >= accounts_;
    quality_.push_back(bot ? 0 : law_.quality(words[0]));
    appeal_.push_back(bot && uniform(words[2]) < law_.deception ? 1 : law_.appeal(words[1]));
    messages_.push_back({author, tick, tick});
    return static_cast<std::uint32_t>(messages_.size() - 1);
  }
  void note_post(std::uint32_t message, AccountId by, std::uint32_t tick) {
    Message& m = messages_[message];
    ++(by < accounts_ ? m.posts : m.bot_posts);
    m.last = tick;
  }

  double quality(std::uint32_t message) const { return quality_[message]; }
  double appeal(std::uint32_t message) const { return appeal_[message]; }
  bool is_bots(std::uint32_t message) const { return messages_[message].author >= accounts_; }
  const std::vector<Message>& all() const { return messages_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(messages_.size()); }

 private:
  MessageLaw law_;
  Stream traits_;
  AccountId accounts_ = 0;
  std::vector<Message> messages_;
  std::vector<double> quality_, appeal_;
  std::vector<std::uint32_t> written_;  // by account
};

}  // namespace passalong
