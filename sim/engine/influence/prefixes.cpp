// The reach of the first 1, 2, ... of some accounts in one walk a replicate: each goes on where those before it ended.
#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "sim/base/column.hpp"
#include "sim/engine/influence/influence.hpp"
#include "sim/engine/influence/live.hpp"

namespace passalong {
namespace {
constexpr std::size_t block = 16;  // replicates a sum

// By prefix: sums over replicates of sizes and of what the last account added, and of their squares.
struct Sums {
  std::vector<double> size, squared_size, gain, squared_gain;
  explicit Sums(std::size_t prefixes)
      : size(prefixes), squared_size(prefixes), gain(prefixes), squared_gain(prefixes) {}
  Sums& operator+=(const Sums& other) {
    for (std::size_t i = 0; i < size.size(); ++i) {
      size[i] += other.size[i], squared_size[i] += other.squared_size[i];
      gain[i] += other.gain[i], squared_gain[i] += other.squared_gain[i];
    }
    return *this;
  }
  void add(std::size_t i, double reached, double before) {
    const double more = reached - before;
    size[i] += reached, squared_size[i] += reached * reached;
    gain[i] += more, squared_gain[i] += more * more;
  }
};

template <class Source>
class PrefixWalk {
 public:
  explicit PrefixWalk(const CascadePlan& plan)
      : network_(*plan.network), batch_(plan), reached_(plan.network->accounts() / 64 + 1ULL) {}

  void walk(const std::vector<AccountId>& accounts, std::uint32_t replicate, Sums& sums) {
    for (std::size_t i = 0; i < accounts.size(); ++i) {
      const auto before = static_cast<double>(queue_.size());
      reach(accounts[i]);
      while (head_ < queue_.size()) serve(replicate);
      sums.add(i, static_cast<double>(queue_.size()), before);
    }
    for (const AccountId account : queue_) reached_[account / 64] = 0;
    queue_.clear(), head_ = 0;
  }

 private:
  static constexpr std::size_t ahead = 16;

  void reach(AccountId account) {
    std::uint64_t& word = reached_[account / 64];
    const std::uint64_t bit = std::uint64_t{1} << account % 64;
    if ((word & bit) != 0) return;
    word |= bit;
    queue_.push_back(account);
  }

  void serve(std::uint32_t replicate) {
    while (head_ < queue_.size() && !batch_.is_full()) {
      const AccountId account = queue_[head_];
      if (head_ + ahead < queue_.size()) __builtin_prefetch(&network_.offsets[queue_[head_ + ahead]]);
      at_ = batch_.add(std::max(at_, network_.offsets[account]), network_.offsets[account + 1ULL], replicate, account);
      if (at_ < network_.offsets[account + 1ULL]) break;
      ++head_, at_ = 0;
    }
    batch_.end([&](AccountId, AccountId follower) { reach(follower); });
  }

  const Network& network_;
  LiveBatch<Source> batch_;
  HugeColumn<std::uint64_t> reached_;
  std::vector<AccountId> queue_;
  std::size_t head_ = 0;
  std::uint64_t at_ = 0;  // of the head's follows: those before are done
};

Estimate estimate(double sum, double squares, double n) {
  const double mean = sum / n, spread = std::max(0.0, squares - n * mean * mean);
  return {mean, n > 1 ? std::sqrt(spread / (n - 1) / n) : 0};
}

Reach tell(const Sums& sums, double replicates) {
  Reach reach;
  for (std::size_t i = 0; i < sums.size.size(); ++i) {
    reach.spread.push_back(estimate(sums.size[i], sums.squared_size[i], replicates));
    reach.gain.push_back(estimate(sums.gain[i], sums.squared_gain[i], replicates));
  }
  return reach;
}

template <class Source>
Sums walk_all(const CascadePlan& plan, const std::vector<AccountId>& accounts, Team& team) {
  std::vector<std::unique_ptr<PrefixWalk<Source>>> walks(team.workers());
  std::vector<Sums> parts((plan.replicates + block - 1) / block, Sums(accounts.size()));
  team.blocks(plan.replicates, block, [&](std::size_t begin, std::size_t end, unsigned worker) {
    auto& walk = walks[worker];
    if (!walk) walk = std::make_unique<PrefixWalk<Source>>(plan);
    for (std::size_t r = begin; r < end; ++r)
      walk->walk(accounts, plan.first_replicate + static_cast<std::uint32_t>(r), parts[begin / block]);
  });
  return std::accumulate(parts.begin(), parts.end(), Sums(accounts.size()),
                         [](Sums sum, const Sums& part) { return std::move(sum += part); });
}

// Steps are counted from all seeds at once: each prefix is a plan of its own.
Sums spread_each(CascadePlan plan, const std::vector<AccountId>& accounts, Team& team) {
  Sums sums(accounts.size());
  std::vector<std::uint32_t> before(plan.replicates);
  plan.seeds = {}, plan.times = plan.steps = false;
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    plan.seeds.accounts.push_back(accounts[i]);
    const CascadeOutcome outcome = spread(plan, team);
    for (std::uint32_t r = 0; r < plan.replicates; ++r) sums.add(i, outcome.sizes[r], before[r]);
    before = outcome.sizes;
  }
  return sums;
}
}  // namespace

Reach reach_of_prefixes(const CascadePlan& asked, const std::vector<AccountId>& accounts, Team& team) {
  const CascadePlan plan = with_levels(asked);
  const double n = plan.replicates;
  if (plan.most_steps != no_limit) return tell(spread_each(plan, accounts, team), n);
  return tell(with_chances(plan, [&]<class Source>() { return walk_all<Source>(plan, accounts, team); }), n);
}

}  // namespace passalong
