// An index from accounts to their sets; counts of sets not yet covered are kept exact, so the heap's top is right as
// soon as it is up to date (lazy: counts only fall).
#include "sim/engine/influence/cover.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>
#include <utility>

namespace passalong {
namespace {
constexpr std::uint32_t most_rounds = 8;  // of exchanges
constexpr unsigned most_parts = 8;        // of the index's building: each takes 4 bytes an account

struct Index {
  std::vector<std::uint64_t> offsets;
  HugeColumn<std::uint32_t> sets;
  std::span<const std::uint32_t> of(AccountId account) const {
    return {sets.data() + offsets[account], sets.data() + offsets[account + 1ULL]};
  }
};

struct Part {
  std::size_t begin, end;                // blocks
  std::vector<std::uint32_t> cursors{};  // by account: sets in this part; then the place of the next in its row
};

std::vector<Part> part(std::size_t blocks, unsigned workers) {
  const std::size_t parts = std::min<std::size_t>({workers, most_parts, std::max<std::size_t>(1, blocks)});
  std::vector<Part> all;
  for (std::size_t p = 0; p < parts; ++p) all.push_back({blocks * p / parts, blocks * (p + 1) / parts});
  return all;
}

void count_members(const ReverseSets& sets, Part& part) {
  part.cursors.assign(sets.accounts(), 0);
  for (std::size_t b = part.begin; b < part.end; ++b)
    for (const AccountId member : sets.blocks()[b].members) ++part.cursors[member];
}

void place_members(const ReverseSets& sets, Part& part, Index& index) {
  for (std::size_t b = part.begin; b < part.end; ++b) {
    const SetBlock& block = sets.blocks()[b];
    for (std::uint32_t s = 0; s < ReverseSets::in_block; ++s)
      for (const AccountId member : block.of(s))
        index.sets[index.offsets[member] + part.cursors[member]++] =
            static_cast<std::uint32_t>(b * ReverseSets::in_block + s);
  }
}

Index index_of(const ReverseSets& sets, Team& team) {
  std::vector<Part> parts = part(sets.blocks().size(), team.workers());
  team.each(parts.size(), [&](std::size_t p, unsigned) { count_members(sets, parts[p]); });
  Index index;
  index.offsets.resize(sets.accounts() + 1ULL);
  for (AccountId a = 0; a < sets.accounts(); ++a) {
    std::uint32_t row = 0;
    for (Part& part : parts) row += std::exchange(part.cursors[a], row);
    index.offsets[a + 1ULL] = index.offsets[a] + row;
  }
  index.sets.resize(sets.members());
  team.each(parts.size(), [&](std::size_t p, unsigned) { place_members(sets, parts[p], index); });
  return index;
}

class Chooser {
 public:
  Chooser(const ReverseSets& sets, const Index& index)
      : sets_(sets), index_(index), covered_(sets.count()), most_(sets.count()) {
    for (AccountId a = 0; a < sets.accounts(); ++a) {
      counts_.push_back(static_cast<std::uint32_t>(index.of(a).size()));
      if (counts_[a] > 0) heap_.push_back(entry(a));
    }
    std::ranges::make_heap(heap_);
  }

  Cover choose(std::uint32_t count, bool exchange) {
    pick(count);
    if (exchange && count > 1 && exchange_all()) rank();
    tighten(count);
    cover_.most = most_;
    fill(count);
    return std::move(cover_);
  }

 private:
  void pick(std::uint32_t count) {
    while (cover_.accounts.size() < count && !heap_.empty()) {
      std::ranges::pop_heap(heap_);
      const std::uint64_t top = heap_.back();
      const auto account = static_cast<AccountId>(~top);
      heap_.pop_back();
      if (top == entry(account)) {
        if (std::has_single_bit(cover_.accounts.size() + 1)) tighten(count);
        take(account);
      } else if (counts_[account] > 0) {
        push(account);
      }
    }
  }

  std::uint64_t entry(AccountId account) const {
    return std::uint64_t{counts_[account]} << 32 | static_cast<std::uint32_t>(~account);
  }
  void push(AccountId account) {
    heap_.push_back(entry(account));
    std::ranges::push_heap(heap_);
  }

  void take(AccountId account) {
    cover_.accounts.push_back(account);
    cover_.gains.push_back(counts_[account]);
    cover_.covered += counts_[account];
    constexpr std::size_t ahead = 8;
    const auto row = index_.of(account);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i + ahead < row.size()) __builtin_prefetch(sets_.of(row[i + ahead]).data());
      if (covered_[row[i]] != 0) continue;
      covered_[row[i]] = 1;
      for (const AccountId member : sets_.of(row[i])) --counts_[member];
    }
  }

  // What is covered, and what any others could add to it at most: a bound after 0, 1, 3, 7, ... accounts and at the
  // end.
  void tighten(std::uint32_t count) {
    std::vector<std::uint32_t> left = counts_;
    const auto end = left.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(count, left.size()));
    std::ranges::nth_element(left, end, std::greater());
    most_ = std::min(most_, std::accumulate(left.begin(), end, cover_.covered));
  }

  // Each in turn is left out, and whoever then adds most is taken; whether anything changed.
  bool exchange_all() {
    times_.assign(sets_.count(), 0);
    for (const AccountId a : cover_.accounts)
      for (const std::uint32_t set : index_.of(a)) ++times_[set];
    bool any = false, more = true;
    for (std::uint32_t round = 0; more && round < most_rounds; ++round, any |= more) {
      more = false;
      for (AccountId& account : cover_.accounts) {
        leave(account);
        const auto best = static_cast<AccountId>(std::ranges::max_element(counts_) - counts_.begin());
        if (counts_[best] > counts_[account]) account = best, more = true;
        enter(account);
      }
    }
    return any;
  }

  void leave(AccountId account) {
    for (const std::uint32_t set : index_.of(account))
      if (--times_[set] == 0)
        for (const AccountId member : sets_.of(set)) ++counts_[member];
  }
  void enter(AccountId account) {
    for (const std::uint32_t set : index_.of(account))
      if (times_[set]++ == 0)
        for (const AccountId member : sets_.of(set)) --counts_[member];
  }

  // The same accounts in greedy order.
  void rank() {
    const std::vector<AccountId> accounts = std::move(cover_.accounts);
    cover_ = {};
    std::ranges::fill(covered_, 0);
    heap_.clear();
    for (AccountId a = 0; a < sets_.accounts(); ++a) counts_[a] = static_cast<std::uint32_t>(index_.of(a).size());
    for (const AccountId a : accounts) heap_.push_back(entry(a));
    std::ranges::make_heap(heap_);
    pick(static_cast<std::uint32_t>(accounts.size()));
  }

  void fill(std::uint32_t count) {
    std::vector<AccountId> taken = cover_.accounts;
    std::ranges::sort(taken);
    for (AccountId a = 0; a < sets_.accounts() && cover_.accounts.size() < count; ++a) {
      if (std::ranges::binary_search(taken, a)) continue;
      cover_.accounts.push_back(a);
      cover_.gains.push_back(0);
    }
  }

  const ReverseSets& sets_;
  const Index& index_;
  std::vector<std::uint32_t> counts_;  // of uncovered sets, by account
  std::vector<std::uint8_t> covered_;
  std::vector<std::uint32_t> times_;  // how often each set is covered
  std::vector<std::uint64_t> heap_;   // count, then ~account
  Cover cover_;
  std::uint64_t most_;
};
}  // namespace

Cover cover_greedily(const ReverseSets& sets, std::uint32_t count, bool exchange, Team& team) {
  const Index index = index_of(sets, team);
  return Chooser(sets, index).choose(count, exchange);
}

}  // namespace passalong
