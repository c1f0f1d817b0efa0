// Accounts that flood a network, beside those it has: ids from its number of accounts on. Each is followed by every
// account of the network with one chance, and follows some others of its kind; none follows an account of the network.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/base/types.hpp"

namespace passalong {

struct BotRule {
  AccountId accounts = 0, bots = 0;
  double infiltration = 0;    // chance that an account follows a bot
  std::uint32_t follows = 3;  // other bots drawn by a bot to follow, repeats counting once
};

class BotTies {
 public:
  // In place of those drawn before. Draws of Purpose::bot_follower and bot_follow.
  void draw(const BotRule& rule, const Stream& followers, const Stream& follows);

  std::span<const AccountId> followers_of(AccountId bot) const { return followers_.of(bot - accounts_); }
  std::span<const AccountId> followed_by(AccountId account) const {  // ascending
    return followed_.offsets.empty() ? std::span<const AccountId>{} : followed_.of(account);
  }

 private:
  struct Lists {
    std::vector<std::uint64_t> offsets;
    std::vector<AccountId> ids;
    std::span<const AccountId> of(AccountId a) const {
      return {ids.data() + offsets[a], ids.data() + offsets[a + 1ULL]};
    }
  };
  void add_accounts(const BotRule& rule, AccountId bot, const Stream& draws);
  void turn_round(const BotRule& rule);

  AccountId accounts_ = 0;
  Lists followers_, followed_;
};

}  // namespace passalong
