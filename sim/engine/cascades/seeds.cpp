// A set of k of n without replacement is drawn with k draws (Floyd's algorithm: Bentley & Floyd 1987).
#include "sim/engine/cascades/seeds.hpp"

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

Seeds::Seeds(const CascadePlan& plan)
    : random_(std::min<std::uint64_t>(plan.seeds.random, plan.network->accounts())),
      accounts_(plan.network->accounts()),
      same_(plan.seeds.same),
      draws_(plan.seed, 0, Purpose::cascade_seed) {
  Taken taken(fixed_, plan.seeds.accounts.size());
  for (const AccountId account : plan.seeds.accounts) taken.take(account);
}

void Seeds::of(std::uint32_t replicate, std::vector<AccountId>& seeds) const {
  if (!fixed_.empty()) {
    seeds = fixed_;
    return;
  }
  Taken taken(seeds, random_);
  for (std::uint64_t i = 0; i < random_; ++i) {
    const std::uint64_t last = accounts_ - random_ + i;
    const Words words = draws_(same_ ? 0 : replicate, static_cast<std::uint32_t>(i));
    const auto drawn = static_cast<AccountId>(uniform_below(last + 1, words[0], words[1]));
    if (!taken.take(drawn)) taken.take(static_cast<AccountId>(last));
  }
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
