// A mask an account: who is active in which lanes (`active`), and in which it has already tried its followers
// (`tried`). An account is visited with the lanes still to try; draws are made for those lanes alone, sixteen bits a
// follow and lane. Which order of visits is taken decides only how often an account is visited.
#include "sim/engine/cascades/fused.hpp"

#include <algorithm>
#include <bit>
#include <functional>

#include "sim/base/column.hpp"
#include "sim/engine/cascades/chances.hpp"
#include "sim/engine/cascades/masks.hpp"

namespace passalong {
namespace {

template <class Source, unsigned W>  // W words of 64 lanes
class Fused {
 public:
  static constexpr unsigned lanes = 64 * W;

  Fused(const CascadePlan& plan, const Seeds& seeds, Supply& supply, CascadeOutcome& outcome)
      : plan_(plan),
        network_(*plan.network),
        seeds_(seeds),
        supply_(supply),
        outcome_(outcome),
        notes_(plan, seeds, outcome, counts_),
        source_(*plan.network, plan.chances),
        draws_(plan.seed, 0, Purpose::live_edge),
        active_(network_.accounts()),
        tried_(network_.accounts()),
        pending_(network_.accounts()) {}

  Counts run(bool lazily) {
    by_level_ = !lazily;
    while (begin()) {
      if (lazily) {
        spread_lazily();
      } else {
        spread_by_level();
      }
      end();
    }
    return std::move(counts_);
  }

 private:
  struct alignas(8 * W) Mask {
    std::uint64_t word[W];
  };

  bool begin() {
    if (plan_.go_on && !plan_.go_on()) return false;
    first_ = supply_.next.fetch_add(lanes, std::memory_order_relaxed);
    if (first_ >= supply_.end) return false;
    used_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(lanes, supply_.end - first_));
    if (!clean_) {
      std::ranges::fill(active_, Mask{});
      std::ranges::fill(tried_, Mask{});
    }
    clean_ = false;
    std::ranges::fill(sizes_, 0);
    std::ranges::fill(depths_, 0);
    place_seeds();
    return true;
  }

  void place_seeds() {
    for (std::uint32_t lane = 0; lane < used_; ++lane) {
      if (by_level_ && seeds_.timed()) {
        await_seeds(lane);
        continue;
      }
      seeds_.of(replicate_of(lane), start_);
      for (const AccountId account : start_) strike(account, lane);
      counts_.activations -= start_.size();
    }
    std::ranges::stable_sort(awaited_, std::greater{}, &Awaited::step);
    strike_awaited(0);
  }

  void await_seeds(std::uint32_t lane) {
    seeds_.of(replicate_of(lane), timed_);
    for (const Seed& seed : timed_) {
      if (step_of(seed) > plan_.most_steps) continue;
      awaited_.push_back({step_of(seed), seed.account, lane});
      --counts_.activations;
    }
  }

  void strike(AccountId account, std::uint32_t lane) {
    std::uint64_t& word = active_[account].word[lane / 64];
    const std::uint64_t bit = std::uint64_t{1} << lane % 64;
    if ((word & bit) != 0) return;
    word |= bit;
    arrive(account, 1);
  }

  void strike_awaited(std::uint32_t step) {
    for (; !awaited_.empty() && awaited_.back().step <= step; awaited_.pop_back())
      strike(awaited_.back().account, awaited_.back().lane);
  }

  std::uint32_t replicate_of(std::uint32_t lane) const {
    return plan_.first_replicate + static_cast<std::uint32_t>(first_ + lane);
  }

  void end() {
    for (std::uint32_t lane = 0; lane < used_; ++lane) {
      notes_.end({static_cast<std::uint32_t>(first_ + lane), sizes_[lane], depths_[lane]});
      counts_.activations += sizes_[lane];
    }
    if (plan_.done) plan_.done(used_);
  }

  // More lanes of an account are to be tried: it stands in the list of its number of them, to a power of two.
  void arrive(AccountId account, std::uint32_t fresh) {
    const std::uint32_t before = pending_[account], after = before + fresh;
    pending_[account] = static_cast<std::uint16_t>(after);
    if (by_level_) {
      if (before == 0) lists_[1].push_back(account);
    } else if (std::bit_width(after) > std::bit_width(before)) {
      lists_[static_cast<std::size_t>(std::bit_width(after))].push_back(account);
    }
  }

  void spread_lazily() {
    for (;;) {
      std::size_t most = lists_.size();
      while (most > 0 && lists_[most - 1].empty()) --most;
      if (most == 0) return;
      list_.swap(lists_[most - 1]);
      lists_[most - 1].clear();
      for (std::size_t i = 0; i < list_.size(); ++i) {
        look_ahead(i);
        if (pending_[list_[i]] != 0) visit(list_[i], take_lanes(list_[i]), true);
      }
    }
  }

  Mask take_lanes(AccountId account) {
    Mask lanes_due;
    for (unsigned w = 0; w < W; ++w) lanes_due.word[w] = active_[account].word[w] & ~tried_[account].word[w];
    tried_[account] = active_[account];
    pending_[account] = 0;
    return lanes_due;
  }

  // Whoever becomes active during a step waits for the next.
  void spread_by_level() {
    list_.swap(lists_[1]);
    for (depth_ = 0; !list_.empty() || !awaited_.empty(); ++depth_) {
      due_.clear();
      for (std::size_t i = 0; i < list_.size(); ++i) {
        if (i + 16 < list_.size()) expect_account(list_[i + 16]);
        due_.push_back(take_lanes(list_[i]));
      }
      const bool on = depth_ < plan_.most_steps;
      for (std::size_t i = 0; i < list_.size(); ++i) {
        look_ahead(i);
        visit(list_[i], due_[i], on);
      }
      note_level();
      list_.clear();
      if (lists_[1].empty() && !awaited_.empty()) depth_ = std::max(depth_, awaited_.back().step - 1);
      strike_awaited(depth_ + 1);
      list_.swap(lists_[1]);
    }
  }

  void note_level() {
    for (std::uint32_t lane = 0; lane < used_; ++lane) {
      if (fresh_[lane] == 0) continue;
      depths_[lane] = depth_;
      if (!plan_.steps || depth_ >= plan_.most_kept_steps) continue;
      std::vector<std::uint32_t>& steps = outcome_.steps[first_ + lane];
      steps.resize(depth_);  // where nothing happened between two seeds
      steps.push_back(fresh_[lane]);
    }
    std::ranges::fill(fresh_, 0);
  }

  [[gnu::always_inline]] void expect_account(AccountId account) const {
    __builtin_prefetch(&active_[account]);
    __builtin_prefetch(&tried_[account], 1);
    __builtin_prefetch(&pending_[account], 1);
  }

  [[gnu::always_inline]] void look_ahead(std::size_t i) const {
    if (i + 12 < list_.size()) {
      __builtin_prefetch(&network_.offsets[list_[i + 12]]);
      if (!by_level_) expect_account(list_[i + 12]);
    }
    if (i + 6 < list_.size()) {
      const std::uint64_t* const offset = &network_.offsets[list_[i + 6]];
      __builtin_prefetch(network_.followers.data() + offset[0]);
      __builtin_prefetch(network_.followers.data() + offset[1]);
    }
    if (i + 1 < list_.size()) {
      const auto followers = network_.followers_of(list_[i + 1]);
      for (std::size_t f = 0; f < std::min(followers.size(), ahead); ++f) expect_follower(followers[f]);
    }
  }
  [[gnu::always_inline]] void expect_follower(AccountId account) const {
    __builtin_prefetch(&active_[account], 1);
    __builtin_prefetch(&pending_[account], 1);
  }

  void visit(AccountId account, const Mask& due, bool on) {
    std::uint32_t n = 0;
    for (unsigned w = 0; w < W; ++w)
      for (std::uint64_t rest = due.word[w]; rest != 0; rest &= rest - 1) {
        const auto lane = static_cast<std::uint32_t>(64 * w) + static_cast<std::uint32_t>(std::countr_zero(rest));
        lane_[n] = static_cast<std::uint16_t>(lane);
        replicate_[n++] = replicate_of(lane);
        ++sizes_[lane], ++fresh_[lane];
      }
    if (on) try_followers(account, n);
  }

  void try_followers(AccountId account, std::uint32_t n) {
    const std::uint64_t end = network_.offsets[account + 1ULL];
    std::uint64_t edge = network_.offsets[account];
    counts_.trials += n * (end - edge);
    while (edge != end) {
      draws_.halves_by_place(edge / 8, replicate_, n, lanes, halves_);
      const std::uint64_t next = std::min(end, (edge | 7) + 1);
      for (; edge != next; ++edge) {
        if (edge + ahead < end) expect_follower(network_.followers[edge + ahead]);
        try_follow(edge, n);
      }
    }
  }

  void try_follow(std::uint64_t edge, std::uint32_t n) {
    const AccountId follower = network_.followers[edge];
    const std::uint16_t limit = source_.first(edge, follower);
    const std::uint16_t* const halves = halves_ + lanes * (edge % 8);
    std::uint64_t* const active = active_[follower].word;
    std::uint32_t fresh = 0;
    for (std::uint32_t at = 0; at < n; at += 16) {
      const Compared compared = compare_sixteen(halves + at, limit);
      const std::uint32_t within = n - at < 16 ? (1U << (n - at)) - 1 : 0xffffU;
      std::uint32_t live = compared.at_most & within;
      if ((compared.equal & within) != 0) [[unlikely]]
        live = decide_ties(edge, follower, at, live, compared.equal & within);
      for (; live != 0; live &= live - 1) {
        const std::uint32_t lane = lane_[at + static_cast<std::uint32_t>(std::countr_zero(live))];
        const std::uint64_t bit = std::uint64_t{1} << lane % 64, old = active[lane / 64];
        active[lane / 64] = old | bit;
        fresh += static_cast<std::uint32_t>(~old >> lane % 64 & 1);
        ++counts_.successes;
      }
    }
    if (fresh != 0) arrive(follower, fresh);
  }

  std::uint32_t decide_ties(std::uint64_t edge, AccountId follower, std::uint32_t at, std::uint32_t live,
                            std::uint32_t ties) const {
    for (; ties != 0; ties &= ties - 1) {
      const std::uint32_t i = at + static_cast<std::uint32_t>(std::countr_zero(ties));
      if (!is_live(draws_, edge, replicate_[i], source_.bound(edge, follower))) live &= ~(ties & -ties);
    }
    return live;
  }

  static constexpr std::size_t ahead = 24;  // followers whose masks are fetched before they are tried

  const CascadePlan& plan_;
  const Network& network_;
  const Seeds& seeds_;
  Supply& supply_;
  CascadeOutcome& outcome_;
  Notes notes_;
  Source source_;
  Stream draws_;
  HugeColumn<Mask> active_, tried_, due_;
  HugeColumn<std::uint16_t> pending_;  // lanes to try
  std::array<std::vector<AccountId>, 11> lists_;
  std::vector<AccountId> list_, start_;
  struct Awaited {
    std::uint32_t step;
    AccountId account;
    std::uint32_t lane;
  };
  std::vector<Seed> timed_;
  std::vector<Awaited> awaited_;  // seeds to come, the next one last
  bool by_level_ = false, clean_ = true;
  std::uint64_t first_ = 0;
  std::uint32_t used_ = 0, depth_ = 0;
  std::array<std::uint32_t, lanes> sizes_{}, depths_{}, fresh_{};
  // Of the account being visited: the lanes to try, and their draws.
  std::uint16_t lane_[lanes] = {};
  std::uint32_t replicate_[lanes] = {};
  alignas(64) std::uint16_t halves_[8 * lanes] = {};
  Counts counts_;
};

template <unsigned W>
Counts fuse(const CascadePlan& plan, const Seeds& seeds, bool lazily, Supply& supply, CascadeOutcome& outcome) {
  switch (plan.chances.kind) {
    case Chances::Kind::weights:
      return Fused<WeightChances, W>(plan, seeds, supply, outcome).run(lazily);
    case Chances::Kind::followees:
      return Fused<FolloweeChances, W>(plan, seeds, supply, outcome).run(lazily);
    case Chances::Kind::levels:
      return Fused<LevelChances, W>(plan, seeds, supply, outcome).run(lazily);
    case Chances::Kind::uniform:
      break;
  }
  return Fused<UniformChances, W>(plan, seeds, supply, outcome).run(lazily);
}

Counts fuse(const CascadePlan& plan, const Seeds& seeds, unsigned lanes, bool lazily, Supply& supply,
            CascadeOutcome& outcome) {
  if (lanes <= 64) return fuse<1>(plan, seeds, lazily, supply, outcome);
  if (lanes <= 128) return fuse<2>(plan, seeds, lazily, supply, outcome);
  if (lanes <= 256) return fuse<4>(plan, seeds, lazily, supply, outcome);
  return fuse<8>(plan, seeds, lazily, supply, outcome);
}
}  // namespace

Counts fuse_levels(const CascadePlan& plan, const Seeds& seeds, unsigned lanes, Supply& supply,
                   CascadeOutcome& outcome) {
  return fuse(plan, seeds, lanes, false, supply, outcome);
}

Counts fuse_lazily(const CascadePlan& plan, const Seeds& seeds, unsigned lanes, Supply& supply,
                   CascadeOutcome& outcome) {
  return fuse(plan, seeds, lanes, true, supply, outcome);
}

}  // namespace passalong
