// Free picks draw a level and a rank in its group. A closing pick retraces a free pick of its maker, to someone, and a
// free pick of that one.
#include "sim/network/generators/community_picks.hpp"

#include <algorithm>
#include <cmath>

namespace passalong {
namespace {
constexpr std::uint32_t closing_tries = 8;  // to close a triad; then a free pick
constexpr std::uint32_t free_tries = 40;  // to find someone new, with ever wider groups; then whoever is next by number

// Ranks near 0 are the much followed: in a community the density of ranks x is x^-1/3, in wider groups x^-2/3, which
// gives what is picked from afar a tail of exponent 2.5.
std::uint64_t skewed_rank(const Words& words, std::size_t level, std::uint64_t accounts) {
  const double u = (static_cast<double>((std::uint64_t{words[1]} << 32 | words[2]) >> 12) + 0.5) * 0x1p-52;
  const double x = level == 0 ? u * std::sqrt(u) : u * u * u;
  return std::min(accounts - 1, static_cast<std::uint64_t>(x * static_cast<double>(accounts)));
}
}  // namespace

std::uint32_t CommunityPlan::free_picks(std::uint32_t n) const {
  return std::max(std::min(n, 1U), static_cast<std::uint32_t>((1 - closure) * n + 0.5));
}

void CommunityPicker::start(AccountId account) {
  account_ = account;
  community_ = plan_.map.community_of(account);
  free_ = plan_.free_picks(plan_.picks[account]);
  first_targets_.clear();
  picked_.clear();
  picked_.insert(account);
}

AccountId CommunityPicker::target(std::uint64_t community, const Words& words, std::size_t levels_up) const {
  std::size_t level = levels_up;
  const std::size_t last = plan_.map.levels() - 1;
  for (std::size_t l = 0; l < last && words[0] >= plan_.levels_below[l]; ++l) ++level;
  level = std::min(level, last);
  const CommunityMap::Group group = plan_.map.group_of(community, level);
  return plan_.map.at(group, skewed_rank(words, level, group.accounts));
}

AccountId CommunityPicker::first_target(AccountId account, std::uint32_t slot) const {
  return target(plan_.map.community_of(account), draw_(account, slot), 0);
}

// Terminates: no account has as many slots as there are others.
CommunityPicker::Pick CommunityPicker::find_free(std::uint32_t slot, std::uint32_t attempt) {
  Pick pick{};
  for (; attempt < free_tries; ++attempt) {
    const Words words = draw_(account_, slot, attempt);
    pick = {target(community_, words, attempt / 4), words[3]};
    if (attempt == 0) first_targets_.push_back(pick.account);
    if (picked_.insert(pick.account)) return pick;
  }
  const auto accounts = static_cast<AccountId>(plan_.picks.size());
  do pick.account = pick.account + 1 == accounts ? 0 : pick.account + 1;
  while (!picked_.insert(pick.account));
  return pick;
}

CommunityPicker::Pick CommunityPicker::find_closing(std::uint32_t slot) {
  for (std::uint32_t attempt = 0; attempt < closing_tries; ++attempt) {
    const Words words = draw_(account_, slot, attempt);
    const AccountId through = first_targets_[pick_below(free_, words[0])];
    const std::uint32_t theirs = plan_.free_picks(plan_.picks[through]);
    if (through == account_ || theirs == 0) continue;
    const AccountId closing = first_target(through, pick_below(theirs, words[1]));
    if (picked_.insert(closing)) return {closing, words[3]};
  }
  return find_free(slot, closing_tries);
}

bool CommunityPicker::is_returned(const Pick& pick) const {
  const double u = uniform(pick.word);
  if (u < plan_.returned - 1) return true;
  return u < plan_.returned && plan_.map.community_of(pick.account) == community_;
}

}  // namespace passalong
