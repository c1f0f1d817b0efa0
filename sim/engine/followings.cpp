// A day's changes, sorted by reader, are merged into the readers' lists.
#include "sim/engine/followings.hpp"

#include <algorithm>

#include "sim/engine/follows.hpp"

namespace passalong {

struct Followings::Change {
  AccountId reader, followed;
  bool gained;
  bool operator<(const Change& o) const { return reader != o.reader ? reader < o.reader : followed < o.followed; }
};

std::vector<AccountId>& Followings::own_row(AccountId reader) {
  if (own_[reader] == 0) {
    const auto shared = of(reader);
    rows_.emplace_back(shared.begin(), shared.end());
    own_[reader] = static_cast<std::uint32_t>(rows_.size());
  }
  return rows_[own_[reader] - 1];
}

// What is lost was there, what is gained was not, and nothing is both.
void Followings::apply(const std::vector<RowChanges>& changes) {
  std::vector<Change> all;
  for (const RowChanges& c : changes) {
    for (const FollowPair& p : c.lost) all.push_back({p.follower, p.followed, false});
    for (const FollowPair& p : c.gained) all.push_back({p.follower, p.followed, true});
  }
  std::sort(all.begin(), all.end());
  for (const Change& c : all) {
    std::vector<AccountId>& row = own_row(c.reader);
    const auto at = std::lower_bound(row.begin(), row.end(), c.followed);
    if (c.gained)
      row.insert(at, c.followed);
    else
      row.erase(at);
  }
}

std::uint64_t Followings::bytes() const {
  std::uint64_t sum = own_.capacity() * 4 + rows_.capacity() * sizeof(rows_[0]);
  for (const auto& row : rows_) sum += row.capacity() * sizeof(AccountId);
  return sum;
}

bool Followings::sound(std::size_t accounts) const {
  return own_.size() == accounts &&
         std::all_of(own_.begin(), own_.end(), [&](std::uint32_t own) { return own <= rows_.size(); }) &&
         std::all_of(rows_.begin(), rows_.end(), [&](const auto& r) { return r.empty() || r.back() < own_.size(); });
}

}  // namespace passalong
