// The network's own day: which follows among ordinary accounts end, which begin, who joins. All is decided from the
// state as at the day's end, before any change, and from the followed's side, so follower lists are all it needs; then
// everything changes at once. A partition decides about the accounts in it.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "sim/engine/columns.hpp"
#include "sim/engine/follows.hpp"
#include "sim/engine/partitions.hpp"

namespace passalong {

// How a follow came about: the ordinal of its happening. Where several ways lead to one follow, the first counts.
enum class Way : std::uint32_t { anyone, fame, closure, reshare, newcomer, met, returned };
// Why one ended, likewise.
enum class Parting : std::uint32_t { churn, chatty };

class Rewiring {
 public:
  Rewiring(const Setting& setting, const Partitions& cut);

  bool wins_by_reshares() const { return plan_.on_reshare > 0; }
  // A reader of a stranger's post that was passed on: whether this makes a follower.
  bool won(AccountId reader, PostId post) const {
    return plan_.on_reshare > 0 && uniform(reshare_(reader, post.author, post.ordinal)[0]) < plan_.on_reshare;
  }
  // Of the day so far; taken up at its end.
  void note_won(std::span<const FollowPair> pairs) { won_.insert(won_.end(), pairs.begin(), pairs.end()); }

  // Two who met, by what a mechanism says: likewise.
  void note_met(const FollowPair& pair) { met_.push_back(pair); }

  // Changes `follows`, counts, says whose attention is to be recomputed, lets in who joins. Happenings may be null.
  // Whether anything has changed.
  bool end_day(Columns& c, Follows& follows, std::uint32_t day, Team& team, std::vector<Happening>* happenings);

  std::uint64_t bytes() const;
  template <class Archive>
  void visit(Archive& a) {
    a(won_), a(met_);
  }

 private:
  struct Gain {
    FollowPair pair;
    Way way = Way::anyone;
    auto operator<=>(const Gain&) const = default;
  };
  struct Part {  // what one partition decides
    std::vector<FollowPair> lost;
    std::vector<Parting> why;  // beside lost
    std::vector<Gain> gained;
    std::vector<Gain> returned;  // theirs to the other partitions
  };
  struct Arrivals {                            // expected new followers a day
    double anyone = 0, fame = 0, closure = 0;  // an account, and for each of its followers
  };
  class TieIndex;

  void decide(Part& part, AccountId begin, AccountId end, const Follows& follows, std::uint32_t day) const;
  void leave(Part& part, AccountId followed, const Follows& follows, std::uint32_t day, double hazard) const;
  void arrive(Part& part, AccountId followed, const Follows& follows, std::uint32_t day, double mean) const;
  void take_won();
  void welcome(AccountId begin, AccountId end, const Follows& follows, Team& team);
  void follow_first(AccountId newcomer, const Follows& follows, const TieIndex& ties);
  void answer(const Follows& follows, std::uint32_t day, Team& team);
  void apply(Columns& c, Follows& follows, Team& team, std::vector<Happening>* happenings);
  void add(AccountId followed, AccountId follower, Way way) {
    parts_[cut_->of(followed)].gained.push_back({{followed, follower}, way});
  }
  double hazard(AccountId followed) const;
  AccountId present_after(std::uint32_t day) const;

  DynamicsSection plan_;
  const Partitions* cut_;
  const Population* population_;
  AccountId founders_, accounts_;
  Stream unfollow_, follow_, back_, reshare_, newcomer_;
  std::vector<FollowPair> won_, met_;

  // Of one day's end alone:
  AccountId present_ = 0;
  Arrivals expected_;
  std::vector<Part> parts_;
};

}  // namespace passalong
