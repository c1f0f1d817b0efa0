// Cuts accounts into partitions of about 16,384, so that a partition's hot state fits a core's L2 cache.
#include "sim/engine/partitions.hpp"

#include <algorithm>

namespace passalong {
namespace {
constexpr AccountId most_accounts = 1U << 20;  // of a partition: others name its accounts in 21 bits
}

Partitions::Partitions(const Network& network, AccountId newcomers) {
  const std::uint64_t n = std::uint64_t{network.accounts()} + newcomers;
  shift_ = n < 65'536 ? 4 : n < 4'000'000 ? 8 : 10;
  const std::uint64_t blocks = (n + (1ULL << shift_) - 1) >> shift_;
  const std::uint64_t wanted = std::clamp<std::uint64_t>(n / 16'384, std::min<std::uint64_t>(8, blocks), 4096);
  of_block_.resize(blocks);
  const std::uint64_t total = network.follows() + n;
  std::uint64_t before = 0;
  for (std::uint64_t b = 0; b < blocks; ++b) {
    const auto first = static_cast<AccountId>(b << shift_);
    const auto last = static_cast<AccountId>(std::min(n, (b + 1) << shift_));
    // The partition in which the block's first follow falls; at most one new border a block.
    const bool full = first - borders_.back() >= most_accounts;
    if (b > 0 && (full || before * wanted / total > borders_.size() - 1)) borders_.push_back(first);
    of_block_[b] = static_cast<std::uint16_t>(borders_.size() - 1);
    for (AccountId i = first; i < last; ++i) before += 1 + (i < network.accounts() ? network.followees[i] : 0);
  }
  borders_.push_back(static_cast<AccountId>(n));
}

}  // namespace passalong
