// Whom an account of a nested community picks, as a pure function of the account, so that picks can be counted, placed
// and retraced without being stored.
#pragma once
#include <cstdint>
#include <vector>

#include "sim/base/random.hpp"
#include "sim/network/generators/community_map.hpp"
#include "sim/network/generators/picks.hpp"

namespace passalong {

struct CommunityPlan {
  CommunityMap map;
  std::vector<std::uint32_t> picks;         // by account
  std::vector<std::uint32_t> levels_below;  // a word below entry l chooses level l or one inside it
  double closure = 0;
  double returned = 0;  // chance that a pick in one's own community is returned; what is above 1: that others are
  // Of so many picks, those that are made at random in a group; the rest close triads.
  std::uint32_t free_picks(std::uint32_t picks) const;
};

class CommunityPicker {
 public:
  CommunityPicker(const CommunityPlan& plan, const Stream& draw)
      : plan_(plan), draw_(draw), picked_(static_cast<AccountId>(plan.picks.size())) {}

  // follow(follower, followed) for each account that `account` picks, each once, never itself, and for each that
  // returns it.
  template <class Follow>
  void pick(AccountId account, Follow& follow) {
    start(account);
    for (std::uint32_t slot = 0; slot < plan_.picks[account]; ++slot) {
      const Pick pick = slot < free_ ? find_free(slot) : find_closing(slot);
      follow(account, pick.account);
      if (is_returned(pick)) follow(pick.account, account);
    }
  }

 private:
  struct Pick {
    AccountId account;
    std::uint32_t word;  // whether it is returned
  };
  void start(AccountId account);
  AccountId target(std::uint64_t community, const Words& words, std::size_t levels_up) const;
  AccountId first_target(AccountId account, std::uint32_t slot) const;
  Pick find_free(std::uint32_t slot, std::uint32_t attempt = 0);
  Pick find_closing(std::uint32_t slot);
  bool is_returned(const Pick& pick) const;

  const CommunityPlan& plan_;
  const Stream& draw_;
  TieSet picked_;
  AccountId account_ = 0;
  std::uint64_t community_ = 0;
  std::uint32_t free_ = 0;
  std::vector<AccountId> first_targets_;  // of the free picks
};

}  // namespace passalong
