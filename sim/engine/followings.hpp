// Whom each reader follows among ordinary accounts, as a world has it: the reverse of its follower lists, kept in step
// with them, for those who read feeds. Where nothing changes this is a view of what all worlds share.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "sim/network/followees.hpp"

namespace passalong {

struct RowChanges;

class Followings {
 public:
  Followings() = default;
  // change: follows come and go. accounts: with those who join.
  Followings(std::shared_ptr<const Followees> shared, AccountId accounts, bool change)
      : shared_(std::move(shared)), own_(change ? accounts : 0) {}

  bool kept() const { return shared_ != nullptr; }
  const std::shared_ptr<const Followees>& shared() const { return shared_; }
  std::span<const AccountId> of(AccountId reader) const {
    if (!own_.empty() && own_[reader] != 0) return rows_[own_[reader] - 1];
    if (reader >= shared_->accounts()) return {};  // a newcomer
    return shared_->of(reader);
  }
  // No two of `changes` name the same followed account.
  void apply(const std::vector<RowChanges>& changes);

  std::uint64_t bytes() const;
  bool sound(std::size_t accounts) const;  // what was loaded can be this world's
  template <class Archive>
  void visit(Archive& a) {
    a(own_), a(rows_);
  }

 private:
  struct Change;
  std::vector<AccountId>& own_row(AccountId reader);

  std::shared_ptr<const Followees> shared_;
  std::vector<std::uint32_t> own_;  // by reader: number of its row in rows_, plus 1; 0: as shared
  std::vector<std::vector<AccountId>> rows_;
};

}  // namespace passalong
