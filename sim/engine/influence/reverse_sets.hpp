// Reverse reachable sets (Borgs et al. 2014): each is one account drawn at random and everyone who, were they active,
// would have activated it. Drawn in blocks, 4 bytes a member; a set is a function of its number alone.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/engine/influence/reverse.hpp"

namespace passalong {

// The names of draws. Root: (set, 0, 0, 0): the account that it is traced back from. Follow: (account, set, draw, 0):
// how many of those it follows are passed over before the next that would activate it; whether that does.
inline constexpr const char *reverse_root = "reverse-root", *reverse_follow = "reverse-follow";
static_assert(number_of_name("reverse-root") != number_of_name("reverse-follow"));

struct SetBlock {
  std::vector<AccountId> members;   // set after set, in no defined order, each beginning with its root
  std::vector<std::uint64_t> ends;  // where each set ends
  std::span<const AccountId> of(std::size_t set) const {
    const std::uint64_t begin = set == 0 ? 0 : ends[set - 1];
    return {members.data() + begin, members.data() + ends[set]};
  }
};

class SetTracer {  // one worker's
 public:
  virtual ~SetTracer() = default;
  virtual void trace(std::uint32_t first, std::uint32_t count, SetBlock& block) = 0;
};
// For sets that are small beside the network, many at a time; or for large ones.
std::unique_ptr<SetTracer> make_tracer(const Reverse& reverse, const CascadePlan& plan, bool large);

class ReverseSets {
 public:
  static constexpr std::uint32_t in_block = 1024;

  ReverseSets(const CascadePlan& plan, Team& team);
  // Draws until there are at least so many. False where they, and what choosing among them takes, would not fit.
  bool grow(std::uint64_t count, std::uint64_t memory);

  AccountId accounts() const { return reverse_.rows.accounts(); }
  std::uint64_t count() const { return blocks_.size() * std::uint64_t{in_block}; }
  std::uint64_t members() const { return members_; }
  const std::vector<SetBlock>& blocks() const { return blocks_; }
  std::span<const AccountId> of(std::uint32_t set) const { return blocks_[set / in_block].of(set % in_block); }
  std::uint64_t bytes_wanted() const { return bytes_wanted_; }
  std::uint64_t bytes() const;  // with the index that choosing among them takes

 private:
  void draw_blocks(std::size_t more);
  std::uint64_t bytes_of(std::uint64_t members) const;
  const CascadePlan& plan_;
  Team& team_;
  Reverse reverse_;
  std::vector<std::unique_ptr<SetTracer>> tracers_;  // by worker
  std::vector<SetBlock> blocks_;
  std::uint64_t members_ = 0, bytes_wanted_ = 0;
};

}  // namespace passalong
