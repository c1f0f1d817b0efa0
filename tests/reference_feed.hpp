// The independent witness of feeds: models/ODD.md, "Feeds", with maps, every copy that was ever put up kept.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "sim/scenario/feed_form.hpp"
#include "tests/reference.hpp"

namespace passalong::reference {

class Feeds {
 public:
  struct Shown {
    std::size_t post;
    AccountId sharer;    // whose copy of it
    std::size_t copies;  // by how many of those the reader follows
  };
  using May = std::function<bool(const Post&)>;
  using Followed = std::vector<AccountId>;
  Feeds(const Setting& setting, const FeedForm& form, const std::vector<Post>& posts,
        const std::vector<std::set<AccountId>>& of_studied)
      : world_(setting), form_(form), posts_(posts), of_studied_(of_studied) {}

  void take_follows(const std::vector<std::set<AccountId>>& followers);  // of ordinary accounts, as they stand

  void put_up(std::size_t post, AccountId sharer, Tick now) { copies_[sharer].push_back({post, sharer, now}); }
  // What the reader sees at this tick; nothing where it does not check. factor: of the hour, on how often it does.
  std::vector<Shown> check(AccountId reader, Tick now, double factor, const May& may);
  // What i passes on in place of its planned post n; nothing where it posts.
  std::optional<Shown> copied(AccountId i, std::uint32_t n, Tick now, const May& may) const;
  bool copying() const { return form_.fresh < 1; }

 private:
  struct Copy {
    std::size_t post;
    AccountId sharer;
    Tick tick;
    std::size_t copies = 1;
  };
  double draw(Purpose purpose, AccountId a, AccountId b, std::uint32_t n, std::size_t word = 0) const {
    return uniform(world_.stream(purpose)(a, b, n)[word]);
  }
  Followed followed_by(AccountId reader) const;
  std::vector<Copy> feed(AccountId reader, const Followed& followed, Tick after, std::size_t most, Tick now,
                         const May& may) const;
  bool before(const Copy& a, const Copy& b) const;  // copies of one post
  double time(const Copy& copy) const;
  double novelty(const Post& post, Tick now) const;
  double rank(AccountId reader, const Copy& copy, Tick now) const;
  double appeal(const Post& post, Tick now) const;
  Tick window() const;

  const Setting& world_;
  const FeedForm& form_;
  const std::vector<Post>& posts_;
  const std::vector<std::set<AccountId>>& of_studied_;  // followers
  std::vector<Followed> followees_;                     // ordinary ones, by reader
  std::map<AccountId, std::vector<Copy>> copies_;
  std::map<AccountId, Tick> last_;
};

}  // namespace passalong::reference
