// Who follows whom as a world has it. Where nothing changes this is a view of the shared network; else a row of it is
// copied when it first changes, so worlds share what they have in common. Changes come between ticks only.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/engine/followings.hpp"
#include "sim/engine/world.hpp"

namespace passalong {

struct FollowPair {
  AccountId followed = 0, follower = 0;
  auto operator<=>(const FollowPair&) const = default;
};

// What one day changes in the rows of some accounts: both lists ascending, without repeats; what is lost was there,
// what is gained was not.
struct RowChanges {
  std::vector<FollowPair> lost, gained;
};

class Follows {
 public:
  explicit Follows(const Setting& setting);

  bool can_change() const { return !own_.empty(); }
  const Network& network() const { return *network_; }
  // The followers of an ordinary account, ascending.
  std::span<const AccountId> list(AccountId followed) const {
    return own_.empty() ? network_->followers_of(followed) : changed_list(followed);
  }
  std::uint32_t count(AccountId followed) const {
    return own_.empty() ? network_->follower_count(followed) : counts_[followed];
  }
  bool has(AccountId follower, AccountId followed) const;
  // The same will be asked soon: ids are spread about evenly over a list, so the place of one can be guessed.
  [[gnu::always_inline]] void expect_pair(AccountId follower, AccountId followed) const {
    const auto row = list(followed);
    __builtin_prefetch(row.data() + row.size() * follower / accounts_);
  }
  // The list of an account will be asked for soon: memory may fetch where it lies.
  [[gnu::always_inline]] void expect(AccountId followed) const {
    own_.empty() ? __builtin_prefetch(&network_->offsets[followed]) : __builtin_prefetch(&own_[followed]);
  }
  std::uint64_t ties() const { return ties_; }
  // Posts a day from all ordinary followees.
  double load(AccountId reader) const {
    return static_cast<double>(own_.empty() ? population_->load[reader] : load_of(load_units_[reader]));
  }

  // Whom readers follow is known too from here on.
  void keep_followings(std::shared_ptr<const Followees> shared) {
    followings_ = Followings(std::move(shared), static_cast<AccountId>(accounts_), can_change());
  }
  const Followings& followings() const { return followings_; }

  // No two of `changes` name the same followed account.
  void apply(const std::vector<RowChanges>& changes, Team& team);

  std::uint64_t bytes() const;
  bool sound() const;  // what was loaded can be this world's
  template <class Archive>
  void visit(Archive& a) {
    a(own_), a(counts_), a(rows_), a(load_units_), a(ties_);
    if (followings_.kept()) a(followings_);
  }

 private:
  std::span<const AccountId> changed_list(AccountId followed) const {
    if (const std::uint32_t own = own_[followed]; own != 0) return rows_[own - 1];
    if (followed >= network_->accounts()) return {};  // a newcomer
    return network_->followers_of(followed);
  }
  void open_rows(const RowChanges& changes);
  void change_rows(const RowChanges& changes, std::size_t opened);
  void move_load(const RowChanges& changes);

  const Network* network_;
  const Population* population_;
  std::size_t accounts_;
  std::vector<std::uint32_t> own_;     // by account: number of its row in rows_, plus 1; 0: as in the network
  std::vector<std::uint32_t> counts_;  // of followers
  std::vector<std::vector<AccountId>> rows_;
  std::vector<std::uint64_t> load_units_;  // by reader
  std::uint64_t ties_ = 0;
  Followings followings_;  // only where feeds are read
};

}  // namespace passalong
