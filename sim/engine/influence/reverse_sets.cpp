// Blocks are shared out among workers; the first ones tell how large sets are, and so how they are traced and whether
// they will fit. Neither changes what is in them.
#include "sim/engine/influence/reverse_sets.hpp"

namespace passalong {
namespace {
constexpr std::uint64_t large_share = 64;   // sets of more than an account in so many are large
constexpr std::size_t blocks_between = 16;  // at most, between two looks at memory
}  // namespace

ReverseSets::ReverseSets(const CascadePlan& plan, Team& team)
    : plan_(plan), team_(team), reverse_(reverse_of(plan, team)) {
  for (unsigned w = 0; w < team.workers(); ++w) tracers_.push_back(make_tracer(reverse_, plan, false));
}

// A member in its set and in the index; each set's end and mark; counts by account.
std::uint64_t ReverseSets::bytes_of(std::uint64_t members) const {
  return reverse_.bytes() + 8 * members + 9 * count() + accounts() * std::uint64_t{16 + 4 * team_.workers()};
}
std::uint64_t ReverseSets::bytes() const { return bytes_of(members_); }

bool ReverseSets::grow(std::uint64_t wanted, std::uint64_t memory) {
  const std::size_t blocks = static_cast<std::size_t>((wanted + in_block - 1) / in_block);
  while (blocks_.size() < blocks) {
    const bool first = blocks_.empty();
    const std::size_t most = first ? 1 : std::max<std::size_t>(blocks_between, team_.workers() * std::size_t{4});
    draw_blocks(std::min(most, blocks - blocks_.size()));
    bytes_wanted_ = bytes_of(members_ / blocks_.size() * blocks);
    if (bytes_wanted_ > memory) return false;
    if (first && members_ / in_block > accounts() / large_share)
      for (auto& tracer : tracers_) tracer = make_tracer(reverse_, plan_, true);
  }
  bytes_wanted_ = 0;
  return true;
}

void ReverseSets::draw_blocks(std::size_t more) {
  const std::size_t before = blocks_.size();
  blocks_.resize(before + more);
  team_.each(more, [&](std::size_t i, unsigned worker) {
    const std::size_t b = before + i;
    tracers_[worker]->trace(static_cast<std::uint32_t>(b * in_block), in_block, blocks_[b]);
  });
  for (std::size_t b = before; b < blocks_.size(); ++b) members_ += blocks_[b].members.size();
}

}  // namespace passalong
