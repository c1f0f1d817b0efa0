// Accounts are renumbered by falling number of ties, and each keeps its ties to lower numbers only: no list is then
// longer than the square root of twice the ties, and what is looked up again and again lies close together.
#include "sim/network/statistics/triangles.hpp"

#include <atomic>

#include "sim/network/account_sums.hpp"
#include "sim/network/statistics/zeros.hpp"

namespace passalong {
namespace {

double pairs_of(std::uint32_t ties) { return 0.5 * ties * (ties - 1.0); }

// Account of each rank; equals in order of their ids.
std::vector<AccountId> by_ties(const std::vector<std::uint32_t>& ties) {
  const std::uint32_t most = ties.empty() ? 0 : *std::max_element(ties.begin(), ties.end());
  std::vector<AccountId> next(most + 2ULL), order(ties.size());
  for (const std::uint32_t t : ties) ++next[most - t + 1ULL];
  for (std::size_t t = 1; t < next.size(); ++t) next[t] += next[t - 1];
  for (std::size_t a = 0; a < ties.size(); ++a) order[next[most - ties[a]]++] = static_cast<AccountId>(a);
  return order;
}

struct Ranked {
  std::vector<AccountId> account, rank;
  std::vector<std::uint64_t> offsets;
  std::vector<AccountId> above;  // by rank: ties to lower ranks, in no order

  std::span<const AccountId> of(std::size_t r) const {
    return {above.data() + offsets[r], above.data() + offsets[r + 1]};
  }
};

// Ranks and the lengths of the lists.
Ranked rank_accounts(const Links& links, Team& team) {
  Ranked ranked{by_ties(links.ties), std::vector<AccountId>(links.accounts()), {}, {}};
  ranked.offsets.resize(links.accounts() + 1ULL);
  for (std::size_t r = 0; r < ranked.account.size(); ++r) ranked.rank[ranked.account[r]] = static_cast<AccountId>(r);
  team.blocks(links.accounts(), accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (auto r = static_cast<AccountId>(begin); r < end; ++r)
      links.each_tie(ranked.account[r], [&](AccountId b) { ranked.offsets[r + 1ULL] += ranked.rank[b] < r; });
  });
  for (std::size_t r = 0; r < links.accounts(); ++r) ranked.offsets[r + 1] += ranked.offsets[r];
  return ranked;
}

// Each list is read once for every account tied to its owner from below.
std::uint64_t looks(const Links& links, const Ranked& ranked) {
  std::uint64_t sum = 0;
  for (std::size_t r = 0; r < links.accounts(); ++r) {
    const std::uint64_t above = ranked.offsets[r + 1] - ranked.offsets[r];
    sum += above * (links.ties[ranked.account[r]] - above);
  }
  return sum;
}

void fill(const Links& links, Ranked& ranked, Team& team) {
  ranked.above = zeros<AccountId>(ranked.offsets.back());
  team.blocks(links.accounts(), accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (auto r = static_cast<AccountId>(begin); r < end; ++r) {
      AccountId* at = ranked.above.data() + ranked.offsets[r];
      links.each_tie(ranked.account[r], [&](AccountId b) {
        if (ranked.rank[b] < r) *at++ = ranked.rank[b];
      });
    }
  });
}

// One worker's place: where in the present account's list a rank stands, and how many triangles go through it.
class Counter {
 public:
  Counter(const Ranked& ranked, std::vector<std::uint64_t>& triangles)
      : ranked_(ranked), triangles_(triangles), place_(triangles.size()) {}

  void count(std::size_t lowest) {
    const auto row = ranked_.of(lowest);
    through_.assign(row.size() + 1, 0);
    for (std::uint32_t i = 0; i < row.size(); ++i) place_[row[i]] = i + 1;
    std::uint64_t found = 0;
    for (std::uint32_t i = 0; i < row.size(); ++i) {
      const std::uint64_t closed = close(row[i]);
      through_[i + 1] += closed, found += closed;
    }
    add(lowest, found);
    for (std::uint32_t i = 0; i < row.size(); ++i) add(row[i], through_[i + 1]), place_[row[i]] = 0;
  }

 private:
  std::uint64_t close(AccountId middle) {
    std::uint64_t closed = 0;
    for (const AccountId b : ranked_.of(middle))
      if (const std::uint32_t at = place_[b]; at != 0) ++through_[at], ++closed;
    return closed;
  }
  void add(std::size_t rank, std::uint64_t n) {
    if (n > 0) std::atomic_ref<std::uint64_t>(triangles_[rank]).fetch_add(n, std::memory_order_relaxed);
  }

  const Ranked& ranked_;
  std::vector<std::uint64_t>& triangles_;
  std::vector<std::uint32_t> place_;
  std::vector<std::uint64_t> through_;
};

std::vector<std::uint64_t> count_by_rank(const Ranked& ranked, Team& team) {
  const std::size_t accounts = ranked.account.size();
  std::vector<std::uint64_t> triangles(accounts);
  std::vector<std::optional<Counter>> counters(team.workers());
  team.blocks(accounts, 256, [&](std::size_t begin, std::size_t end, unsigned worker) {
    if (!counters[worker]) counters[worker].emplace(ranked, triangles);
    for (std::size_t r = begin; r < end; ++r) counters[worker]->count(r);
  });
  return triangles;
}
}  // namespace

double count_wedges(const Links& links, Team& team) {
  return total(links.accounts(), team, [&](std::size_t a) { return pairs_of(links.ties[a]); });
}

std::optional<Triangles> count_triangles(const Links& links, std::uint64_t most_looks, Team& team) {
  Ranked ranked = rank_accounts(links, team);
  if (looks(links, ranked) > most_looks) return {};
  fill(links, ranked, team);
  const std::vector<std::uint64_t> by_rank = count_by_rank(ranked, team);
  const double local = total(links.accounts(), team, [&](std::size_t r) {
    const double pairs = pairs_of(links.ties[ranked.account[r]]);
    return pairs > 0 ? static_cast<double>(by_rank[r]) / pairs : 0;
  });
  Triangles found;
  std::uint64_t ends = 0;
  for (const std::uint64_t n : by_rank) ends += n;
  found.triangles = static_cast<double>(ends / 3);
  if (links.accounts() > 0) found.clustering = local / static_cast<double>(links.accounts());
  const double wedges = count_wedges(links, team);
  if (wedges > 0) found.transitivity = static_cast<double>(ends) / wedges;
  return found;
}

}  // namespace passalong
