// Where nested communities lie: accounts are numbered community by community, and the communities of a group likewise.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/base/types.hpp"

namespace passalong {

// Communities of `community` accounts or somewhat more, as equal as they can be, the larger ones first. A group of
// level 0 is one community, of level l nesting^l of them that follow one another (the last group may have fewer), of
// the last level all there are.
class CommunityMap {
 public:
  CommunityMap(std::uint64_t accounts, std::uint64_t community, std::uint64_t nesting, std::uint64_t levels)
      : communities_(std::max<std::uint64_t>(1, accounts / community)),
        size_(accounts / communities_),
        larger_(accounts % communities_) {
    std::uint64_t width = 1;
    for (std::uint64_t l = 0; l < levels; ++l, width = std::min(communities_, width * nesting))
      widths_.push_back(width);
    widths_.push_back(communities_);
  }

  std::size_t levels() const { return widths_.size(); }
  std::uint64_t communities() const { return communities_; }
  std::uint64_t community_of(AccountId a) const {
    const std::uint64_t border = larger_ * (size_ + 1);
    return a < border ? a / (size_ + 1) : larger_ + (a - border) / size_;
  }

  struct Group {
    std::uint64_t first, communities, accounts;
  };
  Group group_of(std::uint64_t community, std::size_t level) const {
    const std::uint64_t first = community / widths_[level] * widths_[level];
    const std::uint64_t end = std::min(communities_, first + widths_[level]);
    return {first, end - first, start(end) - start(first)};
  }
  // By rank in a group: the first account of each of its communities, then the second of each, and so on.
  AccountId at(const Group& group, std::uint64_t rank) const {
    return static_cast<AccountId>(start(group.first + rank % group.communities) + rank / group.communities);
  }

 private:
  std::uint64_t start(std::uint64_t community) const { return community * size_ + std::min(community, larger_); }
  std::uint64_t communities_, size_, larger_;  // so many have one account more
  std::vector<std::uint64_t> widths_;          // by level, in communities
};

}  // namespace passalong
