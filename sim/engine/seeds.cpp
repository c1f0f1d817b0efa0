// A set of k of n without replacement is drawn with k draws (Floyd's algorithm: Bentley & Floyd 1987).
#include "sim/engine/seeds.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_set>

#include "sim/base/uniform_below.hpp"

namespace passalong {
namespace {
constexpr std::uint64_t few = 32;  // so many are sooner searched than hashed

// A set that remembers order.
class Taken {
 public:
  explicit Taken(std::vector<AccountId>& order, std::uint64_t expected) : order_(order), hashed_(expected > few) {
    order_.clear();
  }
  bool take(AccountId account) {
    const bool fresh = hashed_ ? set_.insert(account).second : std::ranges::find(order_, account) == order_.end();
    if (fresh) order_.push_back(account);
    return fresh;
  }

 private:
  std::vector<AccountId>& order_;
  bool hashed_;
  std::unordered_set<AccountId> set_;
};
}  // namespace

std::uint64_t SeedRule::most() const {
  std::uint64_t sum = accounts.empty() ? random : accounts.size();
  for (const SeedGroup& group : further) sum += group.accounts.empty() ? group.random : group.accounts.size();
  return sum;
}

bool SeedRule::timed() const {
  return std::ranges::any_of(further, [](const SeedGroup& group) { return group.at > 0; });
}

Seeds::Seeds(const SeedRule& rule, const Network& network, std::uint64_t seed)
    : groups_{{rule.accounts, rule.random, 0}},
      accounts_(network.accounts()),
      same_(rule.same),
      timed_(rule.timed()),
      draws_(seed, 0, Purpose::cascade_seed) {
  groups_.insert(groups_.end(), rule.further.begin(), rule.further.end());
  for (SeedGroup& group : groups_) {
    std::vector<AccountId> distinct;
    Taken taken(distinct, group.accounts.size());
    for (const AccountId account : group.accounts) taken.take(account);
    group.accounts = std::move(distinct);
    group.random = std::min<std::uint64_t>(group.random, accounts_);
  }
}

void Seeds::draw(std::uint32_t replicate, std::uint32_t group, std::vector<AccountId>& accounts) const {
  const std::uint64_t wanted = groups_[group].random;
  Taken taken(accounts, wanted);
  for (std::uint64_t i = 0; i < wanted; ++i) {
    const std::uint64_t last = accounts_ - wanted + i;
    const Words words = draws_(same_ ? 0 : replicate, static_cast<std::uint32_t>(i), group);
    const auto drawn = static_cast<AccountId>(uniform_below(last + 1, words[0], words[1]));
    if (!taken.take(drawn)) taken.take(static_cast<AccountId>(last));
  }
}

void Seeds::of(std::uint32_t replicate, std::vector<Seed>& seeds) const {
  std::vector<AccountId> accounts;
  seeds.clear();
  for (std::uint32_t g = 0; g < groups_.size(); ++g) {
    const SeedGroup& group = groups_[g];
    if (group.accounts.empty()) draw(replicate, g, accounts);
    for (const AccountId account : group.accounts.empty() ? accounts : group.accounts)
      seeds.push_back({account, group.at});
  }
  if (groups_.size() == 1) return;
  std::ranges::stable_sort(seeds, {}, &Seed::at);
  std::unordered_set<AccountId> met;
  std::erase_if(seeds, [&](const Seed& seed) { return !met.insert(seed.account).second; });
}

void Seeds::of(std::uint32_t replicate, std::vector<AccountId>& seeds) const {
  if (groups_.size() == 1) {
    if (groups_[0].accounts.empty()) return draw(replicate, 0, seeds);
    seeds = groups_[0].accounts;
    return;
  }
  std::vector<Seed> timed;
  of(replicate, timed);
  seeds.clear();
  for (const Seed& seed : timed) seeds.push_back(seed.account);
}

std::vector<AccountId> most_followed(const Network& network, std::uint64_t count) {
  std::vector<AccountId> accounts(network.accounts());
  std::iota(accounts.begin(), accounts.end(), AccountId{0});
  const auto end = accounts.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(count, accounts.size()));
  std::ranges::partial_sort(accounts, end, {},
                            [&](AccountId a) { return std::pair(~std::uint64_t{network.follower_count(a)}, a); });
  accounts.erase(end, accounts.end());
  return accounts;
}

}  // namespace passalong
