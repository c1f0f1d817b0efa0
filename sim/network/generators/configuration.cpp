// Rows are written in order, each by one worker: the followers of a block of rows are looked up together, so that
// memory answers while the next stubs are computed. Roofline: two permuted numbers and two cache lines a follow.
#include "sim/network/generators/configuration.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>

#include "sim/base/pages.hpp"
#include "sim/base/uniform_below.hpp"
#include "sim/network/account_sums.hpp"
#include "sim/network/generators/block_sort.hpp"
#include "sim/network/generators/follower_law.hpp"
#include "sim/network/generators/keyed_permutation.hpp"
#include "sim/network/generators/stubs.hpp"
#include "sim/network/row_space.hpp"

namespace passalong {
namespace {
constexpr double follows_a_block = 8192;  // about
constexpr std::uint32_t most_redraws = 32;

// The owners of `count` stubs from `first` on, led elsewhere by `lead(stubs, how many)`. Three chunks are in hand: one
// whose words are on the way from memory, one whose owners are, one that is written.
template <class Lead>
void look_up(const Stubs& stubs, std::uint64_t first, std::uint64_t count, std::vector<AccountId>& owners,
             const Lead& lead) {
  constexpr std::uint64_t chunk = KeyedPermutation::most_at_once;
  std::uint64_t ends[2][chunk], places[2][chunk];
  owners.resize(count);
  const std::uint64_t chunks = (count + chunk - 1) / chunk;
  const auto size = [&](std::uint64_t c) { return std::min(chunk, count - c * chunk); };
  for (std::uint64_t c = 0; c < chunks + 2; ++c) {
    if (c < chunks) {
      std::uint64_t* to = ends[c % 2];
      for (std::uint64_t k = 0; k < size(c); ++k) to[k] = first + c * chunk + k;
      lead(to, size(c));
      for (std::uint64_t k = 0; k < size(c); ++k) stubs.prefetch(to[k]);
    }
    if (c > 0 && c <= chunks)
      for (std::uint64_t k = 0; k < size(c - 1); ++k) places[(c - 1) % 2][k] = stubs.place(ends[(c - 1) % 2][k]);
    if (c > 1)
      for (std::uint64_t k = 0; k < size(c - 2); ++k) owners[(c - 2) * chunk + k] = stubs.owner_at(places[c % 2][k]);
  }
}

// Of a sorted row, drops repeats and the account itself; what is dropped goes to `lost`.
void make_simple(AccountId self, std::vector<AccountId>& row, std::vector<AccountId>& lost) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const bool bad = row[i] == self || (kept > 0 && row[i] == row[kept - 1]);
    if (bad)
      lost.push_back(row[i]);
    else
      row[kept++] = row[i];
  }
  row.resize(kept);
}

// What a worker keeps from row to row.
struct Desk {
  explicit Desk(std::size_t accounts) : sort(accounts) {}
  BlockSort sort;
  std::vector<AccountId*> ends;
  std::vector<AccountId> block_mutual, block_one_way;
  std::vector<AccountId> mutual, followers, lost, added;
};

class Joiner {
 public:
  Joiner(DegreePlan& plan, std::uint64_t seed, std::uint32_t replicate, Network& network, Team& team)
      : plan_(plan),
        network_(network),
        redraw_(seed, replicate, Purpose::followee),
        ties_(plan.mutual, team),
        out_(one_way_followees(plan, team), team),
        one_way_(out_.size(), Stream(seed, replicate, Purpose::permutation), 0),
        pairs_(ties_.size(), Stream(seed, replicate, Purpose::permutation), 1) {
    const double mean = static_cast<double>(plan.rows.back()) / static_cast<double>(plan.mutual.size());
    rows_a_block_ = static_cast<std::size_t>(std::clamp(follows_a_block / std::max(mean, 1e-3), 64.0, 8192.0));
    std::uint64_t before = 0;
    for (std::size_t a = 0; a < plan.mutual.size(); ++a) {
      if (a % rows_a_block_ == 0) ties_before_.push_back(before);
      before += plan.mutual[a];
    }
    ties_before_.push_back(before);
  }

  std::size_t blocks() const { return ties_before_.size() - 1; }
  // Writes the rows of a block, sorted; plan.mutual[a] becomes the length of row a.
  void join(std::size_t block, Desk& desk);

 private:
  static std::vector<std::uint32_t> one_way_followees(const DegreePlan& plan, Team& team);
  void write_sorted(std::size_t begin, std::size_t end, Desk& desk);
  bool is_simple(AccountId account) const;  // no repeats, not itself
  std::uint32_t mend(AccountId account, std::span<const AccountId> mutual, std::size_t one_way, Desk& desk) const;
  void replace(AccountId account, std::size_t missing, Desk& desk) const;
  void correct(AccountId follower, std::uint32_t by) const {
    std::atomic_ref<std::uint32_t>(network_.followees[follower]).fetch_add(by, std::memory_order_relaxed);
  }

  DegreePlan& plan_;
  Network& network_;
  Stream redraw_;
  Stubs ties_, out_;
  KeyedPermutation one_way_, pairs_;
  std::size_t rows_a_block_;
  std::vector<std::uint64_t> ties_before_;  // each block
};

std::vector<std::uint32_t> Joiner::one_way_followees(const DegreePlan& plan, Team& team) {
  std::vector<std::uint32_t> counts;
  resize_at_once(counts, plan.followees.size(), team);
  team.blocks(counts.size(), accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t a = begin; a < end; ++a) counts[a] = plan.followees[a] - plan.mutual[a];
  });
  return counts;
}

void Joiner::join(std::size_t block, Desk& desk) {
  const std::size_t begin = block * rows_a_block_, end = std::min(begin + rows_a_block_, plan_.mutual.size());
  const std::uint64_t tied = ties_before_[block], ties = ties_before_[block + 1] - tied;
  const std::uint64_t in = plan_.rows[begin] - tied, ins = plan_.rows[end] - plan_.rows[begin] - ties;
  look_up(ties_, tied, ties, desk.block_mutual, [&](std::uint64_t* ends, std::size_t count) {
    pairs_.apply(ends, count);
    for (std::size_t k = 0; k < count; ++k) ends[k] ^= 1;
    pairs_.undo(ends, count);
  });
  look_up(out_, in, ins, desk.block_one_way,
          [&](std::uint64_t* ends, std::size_t count) { one_way_.apply(ends, count); });
  write_sorted(begin, end, desk);
  const AccountId* mutual = desk.block_mutual.data();
  for (std::size_t a = begin; a < end; ++a) {
    const std::size_t back = plan_.mutual[a], all = plan_.rows[a + 1] - plan_.rows[a];
    plan_.mutual[a] = static_cast<std::uint32_t>(all);
    if (!is_simple(static_cast<AccountId>(a)))
      plan_.mutual[a] = mend(static_cast<AccountId>(a), {mutual, back}, all - back, desk);
    mutual += back;
  }
}

void Joiner::write_sorted(std::size_t begin, std::size_t end, Desk& desk) {
  const AccountId* mutual = desk.block_mutual.data();
  const AccountId* one_way = desk.block_one_way.data();
  desk.sort.clear(), desk.ends.clear();
  for (std::size_t a = begin; a < end; ++a) {
    const std::size_t back = plan_.mutual[a], rest = plan_.rows[a + 1] - plan_.rows[a] - back;
    const auto row = static_cast<std::uint32_t>(a - begin);
    desk.sort.add(row, {mutual, back}), desk.sort.add(row, {one_way, rest});
    desk.ends.push_back(network_.followers.data() + plan_.rows[a]);
    mutual += back, one_way += rest;
  }
  desk.sort.write(desk.ends);
}

bool Joiner::is_simple(AccountId account) const {
  const AccountId* at = network_.followers.data() + plan_.rows[account];
  const AccountId* last = network_.followers.data() + plan_.rows[account + 1ULL];
  bool simple = true;
  for (; at < last; ++at) simple &= *at != account && (at + 1 == last || at[0] != at[1]);
  return simple;
}

std::uint32_t Joiner::mend(AccountId account, std::span<const AccountId> mutual, std::size_t one_way,
                           Desk& desk) const {
  // The whole row is sorted; without those who are tied it is the others, sorted.
  desk.mutual.assign(mutual.begin(), mutual.end());
  std::sort(desk.mutual.begin(), desk.mutual.end());
  const AccountId* all = network_.followers.data() + plan_.rows[account];
  desk.followers.clear();
  std::set_difference(all, all + mutual.size() + one_way, desk.mutual.begin(), desk.mutual.end(),
                      std::back_inserter(desk.followers));
  desk.lost.clear();
  make_simple(account, desk.mutual, desk.lost);
  make_simple(account, desk.followers, desk.lost);
  std::erase_if(desk.followers, [&](AccountId f) {
    const bool tied = std::binary_search(desk.mutual.begin(), desk.mutual.end(), f);
    if (tied) desk.lost.push_back(f);
    return tied;
  });
  for (const AccountId f : desk.lost) correct(f, ~0U);
  replace(account, one_way - desk.followers.size(), desk);
  AccountId* row = network_.followers.data() + plan_.rows[account];
  AccountId* last =
      std::merge(desk.mutual.begin(), desk.mutual.end(), desk.followers.begin(), desk.followers.end(), row);
  return static_cast<std::uint32_t>(last - row);
}

// Draws followers anew, in proportion to one-way followees, round by round until all are new.
void Joiner::replace(AccountId account, std::size_t missing, Desk& desk) const {
  for (std::uint32_t round = 0; round < most_redraws && missing > 0; ++round) {
    desk.added.clear();
    for (std::uint32_t slot = 0; slot < missing; ++slot) {
      const Words words = redraw_(account, slot, round);
      desk.added.push_back(out_.owner(uniform_below(out_.size(), words[0], words[1])));
    }
    desk.lost.clear();
    std::sort(desk.added.begin(), desk.added.end());
    make_simple(account, desk.added, desk.lost);
    std::erase_if(desk.added, [&](AccountId f) {
      return std::binary_search(desk.mutual.begin(), desk.mutual.end(), f) ||
             std::binary_search(desk.followers.begin(), desk.followers.end(), f);
    });
    for (const AccountId f : desk.added) correct(f, 1);
    const auto middle = static_cast<std::ptrdiff_t>(desk.followers.size());
    desk.followers.insert(desk.followers.end(), desk.added.begin(), desk.added.end());
    std::inplace_merge(desk.followers.begin(), desk.followers.begin() + middle, desk.followers.end());
    missing -= desk.added.size();
  }
}
}  // namespace

Network join_stubs(DegreePlan plan, std::uint64_t seed, std::uint32_t replicate, Team& team) {
  const std::size_t accounts = plan.mutual.size();
  Network network;
  {
    Joiner joiner(plan, seed, replicate, network, team);
    network.followees = std::move(plan.followees);
    resize_at_once(network.followers, plan.rows.back(), team);
    std::vector<Desk> desks(team.workers(), Desk(accounts));
    team.each(joiner.blocks(), [&](std::size_t block, unsigned worker) { joiner.join(block, desks[worker]); });
  }
  network.offsets = std::move(plan.rows);
  close_gaps(network, plan.mutual);
  return network;
}

Network generate_configuration(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team) {
  return join_stubs(plan_degrees(section, seed, replicate, team), seed, replicate, team);
}

double mean_configuration(const NetworkSection& section) { return FollowerLaw(section).mean(); }

}  // namespace passalong
