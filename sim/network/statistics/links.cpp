// Lists of followees from lists of followers, then without those who follow back. A worker fills the lists of a range
// of accounts from all rows in order: lists come out ascending without sorting, whoever is first. Ranges are so small
// that the ends of their lists stay in a core's cache.
#include "sim/network/statistics/links.hpp"

#include "sim/network/account_sums.hpp"
#include "sim/network/statistics/zeros.hpp"

namespace passalong {
namespace {
constexpr std::uint64_t range = 1U << 18;  // accounts

void fill(const Network& network, Links& links, std::uint64_t begin, std::uint64_t end) {
  std::vector<std::uint64_t> next(links.offsets.begin() + static_cast<std::ptrdiff_t>(begin),
                                  links.offsets.begin() + static_cast<std::ptrdiff_t>(end));
  for (AccountId a = 0; a < network.accounts(); ++a) {
    const auto row = network.followers_of(a);
    auto at = begin == 0 ? row.begin() : std::lower_bound(row.begin(), row.end(), begin);
    for (; at != row.end() && *at < end; ++at) links.others[next[*at - begin]++] = a;
  }
}

void transpose(const Network& network, Links& links, Team& team) {
  links.offsets.resize(network.offsets.size());
  for (AccountId a = 0; a < network.accounts(); ++a) links.offsets[a + 1ULL] = links.offsets[a] + network.followees[a];
  links.others = zeros<AccountId>(network.follows());
  team.blocks(network.accounts(), range,
              [&](std::size_t begin, std::size_t end, unsigned) { fill(network, links, begin, end); });
}

// Leaves in `list` who is not in `row`, and says how many. No branch depends on what they hold.
std::uint32_t drop_common(std::span<AccountId> list, std::span<const AccountId> row) {
  std::size_t kept = 0, l = 0, r = 0;
  while (l < list.size() && r < row.size()) {
    const AccountId x = list[l], y = row[r];
    list[kept] = x;
    kept += x < y, l += x <= y, r += y <= x;
  }
  for (; l < list.size(); ++l) list[kept++] = list[l];
  return static_cast<std::uint32_t>(kept);
}
}  // namespace

Links link_both_ways(const Network& network, Team& team) {
  Links links{network, {}, {}, {}};
  transpose(network, links, team);
  links.ties.resize(network.accounts());
  team.blocks(network.accounts(), accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (auto a = static_cast<AccountId>(begin); a < end; ++a) {
      const std::span<AccountId> list(links.others.data() + links.offsets[a], network.followees[a]);
      links.ties[a] = network.follower_count(a) + drop_common(list, network.followers_of(a));
    }
  });
  return links;
}

}  // namespace passalong
