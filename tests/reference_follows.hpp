// The independent witness of a changing network: models/ODD.md section 7.3 with sets and maps, one pair after another.
#pragma once
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "sim/engine/world.hpp"

namespace passalong::reference {

class OrdinaryFollows {
 public:
  explicit OrdinaryFollows(const Setting& setting);

  std::vector<std::set<AccountId>> followers;  // by ordinary account
  AccountId present;                           // accounts that are there: 0 .. present - 1
  std::vector<double> load;                    // posts a day from ordinary followees, by reader

  void meet(AccountId followed, AccountId follower) { met_.insert({followed, follower}); }
  void read_of_a_stranger(AccountId reader, AccountId author, std::uint32_t ordinal);
  void end_day(Tick now, std::uint32_t day, std::vector<Happening>& happenings);

 private:
  using Pair = std::pair<AccountId, AccountId>;  // followed, follower
  Words draw(Purpose purpose, AccountId a, AccountId b, std::uint32_t n) const {
    return world_.stream(purpose)(a, b, n);
  }
  bool exists(const Pair& p) const { return followers[p.first].contains(p.second); }
  void begin(const Pair& pair, std::uint32_t way);
  void lose(AccountId b, std::uint32_t day);
  void gain(AccountId b, std::uint32_t day, double follows);
  void join(AccountId i);
  void add_up_load();

  const Setting& world_;
  const DynamicsSection& d_;
  std::set<Pair> by_reshare_, met_;
  std::map<Pair, std::uint32_t> ending_, beginning_;  // and why
};

}  // namespace passalong::reference
