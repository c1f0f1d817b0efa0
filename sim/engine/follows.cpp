// Rows change in place: what lies before the first change is not touched.
#include "sim/engine/follows.hpp"

#include <algorithm>

namespace passalong {
namespace {
using Pairs = std::span<const FollowPair>;

// The pairs at the front that share the followed account `of`.
Pairs take_row(Pairs& pairs, AccountId of) {
  std::size_t count = 0;
  while (count < pairs.size() && pairs[count].followed == of) ++count;
  const Pairs row = pairs.first(count);
  pairs = pairs.subspan(count);
  return row;
}

// Both move whole stretches between one change and the next.
void remove(std::vector<AccountId>& row, Pairs lost) {
  if (lost.empty()) return;
  auto from = std::lower_bound(row.begin(), row.end(), lost.front().follower), to = from;
  for (std::size_t k = 0; k < lost.size(); ++k) {
    ++from;  // the one lost
    const auto next = k + 1 < lost.size() ? std::lower_bound(from, row.end(), lost[k + 1].follower) : row.end();
    to = std::copy(from, next, to), from = next;
  }
  row.erase(to, row.end());
}

void insert(std::vector<AccountId>& row, Pairs gained) {
  const std::size_t before = row.size(), after = before + gained.size();
  if (after > row.capacity()) row.reserve(after + after / 8);
  row.resize(after);
  auto from = row.begin() + static_cast<std::ptrdiff_t>(before), to = row.end();
  for (; !gained.empty(); gained = gained.first(gained.size() - 1)) {
    const auto next = std::lower_bound(row.begin(), from, gained.back().follower);
    to = std::copy_backward(next, from, to), from = next;
    *--to = gained.back().follower;
  }
}

template <class Body>
void each_row(const RowChanges& changes, const Body& body) {
  for (Pairs lost = changes.lost, gained = changes.gained; !lost.empty() || !gained.empty();) {
    const AccountId of = lost.empty()     ? gained.front().followed
                         : gained.empty() ? lost.front().followed
                                          : std::min(lost.front().followed, gained.front().followed);
    const Pairs gone = take_row(lost, of), come = take_row(gained, of);
    body(of, gone, come);
  }
}
}  // namespace

Follows::Follows(const Setting& setting)
    : network_(&setting.network()),
      population_(setting.population),
      accounts_(setting.accounts()),
      ties_(setting.network().follows()) {
  if (!setting.scenario->follows_change()) return;
  own_.resize(accounts_), counts_.resize(accounts_);
  for (AccountId a = 0; a < network_->accounts(); ++a) counts_[a] = network_->follower_count(a);
  load_units_ = population_->load_units;
}

bool Follows::has(AccountId follower, AccountId followed) const {
  const auto row = list(followed);
  return std::binary_search(row.begin(), row.end(), follower);
}

// Numbers rows in a fixed order; they are filled where they are changed.
void Follows::open_rows(const RowChanges& changes) {
  each_row(changes, [&](AccountId of, Pairs, Pairs) {
    if (own_[of] != 0) return;
    rows_.emplace_back();
    own_[of] = static_cast<std::uint32_t>(rows_.size());
  });
}

void Follows::change_rows(const RowChanges& changes, std::size_t opened) {
  each_row(changes, [&](AccountId of, Pairs lost, Pairs gained) {
    std::vector<AccountId>& row = rows_[own_[of] - 1];
    if (own_[of] > opened && of < network_->accounts()) {
      const auto shared = network_->followers_of(of);
      row.assign(shared.begin(), shared.end());
    }
    remove(row, lost);
    insert(row, gained);
    counts_[of] = static_cast<std::uint32_t>(row.size());
  });
}

void Follows::move_load(const RowChanges& changes) {
  const auto rate = [&](const FollowPair& pair) { return activity_units(population_->activity[pair.followed]); };
  for (const FollowPair& pair : changes.lost) load_units_[pair.follower] -= rate(pair);
  for (const FollowPair& pair : changes.gained) load_units_[pair.follower] += rate(pair);
  ties_ += changes.gained.size() - changes.lost.size();
}

void Follows::apply(const std::vector<RowChanges>& changes, Team& team) {
  const std::size_t opened = rows_.size();
  for (const RowChanges& c : changes) open_rows(c);
  team.each(changes.size(), [&](std::size_t c, unsigned) { change_rows(changes[c], opened); });
  for (const RowChanges& c : changes) move_load(c);
  if (followings_.kept()) followings_.apply(changes);
}

std::uint64_t Follows::bytes() const {
  std::uint64_t sum =
      (own_.capacity() + counts_.capacity()) * 4 + load_units_.capacity() * 8 + rows_.capacity() * sizeof(rows_[0]);
  for (const auto& row : rows_) sum += row.capacity() * sizeof(AccountId);
  return sum + followings_.bytes();
}

bool Follows::sound() const {
  const auto known = [&](AccountId account) { return account < accounts_; };
  return (!followings_.kept() || followings_.sound(accounts_)) && own_.size() == accounts_ &&
         counts_.size() == accounts_ && load_units_.size() == accounts_ &&
         std::all_of(own_.begin(), own_.end(), [&](std::uint32_t own) { return own <= rows_.size(); }) &&
         std::all_of(rows_.begin(), rows_.end(), [&](const auto& r) { return r.empty() || known(r.back()); });
}

}  // namespace passalong
