// Lists of followees from lists of followers. Each worker fills the lists of its own range of accounts, reading all
// rows in order: lists come out ascending without sorting, whoever is first.
#include "sim/network/statistics/links.hpp"

#include "sim/network/account_sums.hpp"
#include "sim/network/rows.hpp"

namespace passalong {
namespace {

void fill(const Network& network, Links& links, AccountId begin, AccountId end) {
  std::vector<std::uint64_t> next(links.offsets.begin() + begin, links.offsets.begin() + end);
  for (AccountId a = 0; a < network.accounts(); ++a) {
    const auto row = network.followers_of(a);
    auto at = begin == 0 ? row.begin() : std::lower_bound(row.begin(), row.end(), begin);
    for (; at != row.end() && *at < end; ++at) links.followees[next[*at - begin]++] = a;
  }
}

void transpose(const Network& network, Links& links, Team& team) {
  links.offsets.resize(network.offsets.size());
  for (AccountId a = 0; a < network.accounts(); ++a) links.offsets[a + 1ULL] = links.offsets[a] + network.followees[a];
  links.followees.reserve(network.follows());
  prefer_huge_pages(links.followees.data(), network.follows() * sizeof(AccountId));
  links.followees.resize(network.follows());
  const std::uint64_t accounts = network.accounts(), parts = team.workers();
  team.each(parts, [&](std::size_t p, unsigned) {
    fill(network, links, static_cast<AccountId>(accounts * p / parts),
         static_cast<AccountId>(accounts * (p + 1) / parts));
  });
}

std::uint32_t common(std::span<const AccountId> one, std::span<const AccountId> other) {
  std::uint32_t both = 0;
  for (std::size_t i = 0, o = 0; i < one.size() && o < other.size();) {
    const AccountId x = one[i], y = other[o];
    both += x == y, i += x <= y, o += y <= x;
  }
  return both;
}
}  // namespace

Links link_both_ways(const Network& network, Team& team) {
  Links links{network, {}, {}, {}};
  transpose(network, links, team);
  links.ties.resize(network.accounts());
  team.blocks(network.accounts(), accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (auto a = static_cast<AccountId>(begin); a < end; ++a) {
      const auto in = links.followers_of(a), out = links.followees_of(a);
      links.ties[a] = static_cast<std::uint32_t>(in.size() + out.size()) - common(in, out);
    }
  });
  return links;
}

}  // namespace passalong
