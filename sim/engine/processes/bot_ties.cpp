// Followers of each bot by skips along the accounts, then the same from the other side.
#include "sim/engine/processes/bot_ties.hpp"

#include <algorithm>

#include "sim/base/math.hpp"
#include "sim/base/uniform_below.hpp"

namespace passalong {

void BotTies::add_accounts(const BotRule& rule, AccountId bot, const Stream& draws) {
  const double per_log = rule.infiltration < 1 ? 1 / passalong::log(1 - rule.infiltration) : 0;
  std::uint64_t next = 0;
  for (std::uint32_t draw = 0; rule.infiltration > 0; ++draw) {
    const double gap = passalong::log(uniform(draws(bot, draw)[0])) * per_log;
    next += gap < rule.accounts ? static_cast<std::uint64_t>(gap) : rule.accounts;
    if (next >= rule.accounts) return;
    followers_.ids.push_back(static_cast<AccountId>(next++));
  }
}

void BotTies::draw(const BotRule& rule, const Stream& followers, const Stream& follows) {
  accounts_ = rule.accounts;
  followers_ = {}, followed_ = {};
  if (rule.bots == 0) return;
  std::vector<std::pair<AccountId, AccountId>> ties;  // (followed, follower)
  for (AccountId bot = 0; bot < rule.bots && rule.bots > 1; ++bot)
    for (std::uint32_t slot = 0; slot < rule.follows; ++slot) {
      const Words words = follows(bot, slot);
      const auto other = static_cast<AccountId>(uniform_below(rule.bots - 1ULL, words[0], words[1]));
      ties.emplace_back(other + (other >= bot), bot);
    }
  std::sort(ties.begin(), ties.end());
  ties.erase(std::unique(ties.begin(), ties.end()), ties.end());
  auto tie = ties.begin();
  for (AccountId bot = 0; bot < rule.bots; ++bot) {
    followers_.offsets.push_back(followers_.ids.size());
    add_accounts(rule, bot, followers);
    for (; tie != ties.end() && tie->first == bot; ++tie) followers_.ids.push_back(accounts_ + tie->second);
  }
  followers_.offsets.push_back(followers_.ids.size());
  turn_round(rule);
}

void BotTies::turn_round(const BotRule& rule) {
  followed_.offsets.assign(rule.accounts + rule.bots + 1ULL, 0);
  for (const AccountId follower : followers_.ids) ++followed_.offsets[follower + 1ULL];
  for (std::size_t a = 1; a < followed_.offsets.size(); ++a) followed_.offsets[a] += followed_.offsets[a - 1];
  followed_.ids.resize(followers_.ids.size());
  std::vector<std::uint64_t> next(followed_.offsets.begin(), followed_.offsets.end() - 1);
  for (AccountId bot = 0; bot < rule.bots; ++bot)
    for (const AccountId follower : followers_.of(bot)) followed_.ids[next[follower]++] = rule.accounts + bot;
}

}  // namespace passalong
