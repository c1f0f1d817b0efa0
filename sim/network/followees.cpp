// Every list of followers is dealt out to the lists of those who are in it; sorting then removes any trace of who
// dealt.
#include "sim/network/followees.hpp"

#include <algorithm>
#include <atomic>

namespace passalong {
namespace {
constexpr std::size_t block = 4096;   // lists a worker deals out at once
constexpr std::size_t together = 64;  // places that are fetched at once
constexpr auto relaxed = std::memory_order_relaxed;

void deal(const Network& network, AccountId followed, std::vector<std::uint64_t>& cursors, Followees& to) {
  const auto readers = network.followers_of(followed);
  for (std::size_t first = 0; first < readers.size(); first += together) {
    const auto some = readers.subspan(first, std::min(together, readers.size() - first));
    for (const AccountId reader : some) __builtin_prefetch(&cursors[reader], 1);
    for (const AccountId reader : some)
      to.followed[std::atomic_ref<std::uint64_t>(cursors[reader]).fetch_add(1, relaxed)] = followed;
  }
}
}  // namespace

Followees followees_of(const Network& network, Team& team) {
  Followees f;
  f.offsets.resize(network.accounts() + 1ULL);
  for (AccountId i = 0; i < network.accounts(); ++i) f.offsets[i + 1ULL] = f.offsets[i] + network.followees[i];
  f.followed.resize(network.follows());
  std::vector<std::uint64_t> cursors(f.offsets.begin(), f.offsets.end() - 1);
  team.blocks(network.accounts(), block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t a = begin; a < end; ++a) deal(network, static_cast<AccountId>(a), cursors, f);
  });
  team.blocks(network.accounts(), block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t i = begin; i < end; ++i)
      std::sort(f.followed.begin() + static_cast<std::ptrdiff_t>(f.offsets[i]),
                f.followed.begin() + static_cast<std::ptrdiff_t>(f.offsets[i + 1]));
  });
  return f;
}

}  // namespace passalong
