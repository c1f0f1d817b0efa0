// What the reference simulator knows of a pair, and how a further mechanism bears witness in it: one file a mechanism,
// written from models/ODD.md.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/reference.hpp"

namespace passalong::reference {

struct Pair {  // 2. (reader, studied account)
  bool follower = false, reciprocal = false, old = false, customer = false, client = false, blocked = false;
  Tick since = 0, last_bad = -1'000'000'000;
  std::uint32_t spell = 0, exposures = 0, pitches = 0;
  int tier = 0;
  Tick contact = 0;                                                          // day of the last one to one
  float good = 0, bad = 0, L = 0, S = 0, I = 0, W = 0, D = 0, patience = 0;  // good = A - 1, bad = B - 1
  std::set<std::uint32_t> seen{};                                            // ordinals
};
struct View {  // how a reader stands to a post's author
  double tau, pi, a, friends_a, fame;
  bool follows;
};
using Tied = std::pair<AccountId, AccountId>;                                       // studied account, reader
inline double share_of_customers(const std::map<Tied, Pair>& pairs, AccountId j) {  // mechanisms/ladder: F
  double customers = 0, market = 0;
  for (const auto& [who, r] : pairs)
    if (who.first == j) customers += r.customer, market += r.customer || r.follower;
  return market > 0 ? customers / market : 0;
}

// What a mechanism may look at and change.
struct Stage {
  const Setting& world;
  const Mechanisms& m;
  std::map<Tied, Pair>& pairs;
  std::vector<std::set<AccountId>>& followers;  // by studied account
  std::set<Tied>&joining, &leaving;
  const Tick& now;
  const std::uint32_t& today;
  std::function<Pair&(const Tied&)> pair;
  std::function<double(const Pair&)> tau;
  std::function<void(What, AccountId who, AccountId author, std::uint32_t ordinal)> note;
  std::function<void(AccountId followed, AccountId follower)> befriend;
  std::vector<std::map<std::string, double>>& further;                  // by studied account: what is reported
  std::function<bool(AccountId followed, AccountId follower)> follows;  // ordinary accounts both
  std::vector<double>& hours;                                           // by studied account: work spent
  bool day_ends() const { return (now + 1) % static_cast<Tick>(24 / world.scenario->tick + 0.5) == 0; }
  double draw(const char* mechanism, AccountId a, AccountId b, std::uint32_t n, std::uint32_t block = 0,
              std::size_t word = 0) const {
    return uniform(world.stream(mechanism)(a, b, n, block)[word]);
  }
};

// One post before one reader.
struct Meeting {
  AccountId i;
  const Post& post;
  const View& view;
  double sim;               // of the reader and the post's topic
  double V, eps, U;         // 0 in worth and feeling
  std::size_t copies = 1;   // in this tick
  bool fresh = true;        // not seen before
  bool from_author = true;  // one of them is the author's own
  bool share = false;       // set by react
  Tick delay = 1;
  std::size_t looked = 0;  // 1: looked closer, 2: and bought
  int tier_before = 0;
  int tier(const Pair&) const { return tier_before; }  // before anything came of it
};

class Witness {
 public:
  virtual ~Witness() = default;
  virtual double worth(const Meeting&, const Pair&) const { return 0; }
  virtual double feeling(const Meeting&, const Pair&) const { return 0; }
  virtual double readiness(const Meeting&, const Pair&) const { return 1; }
  virtual double door(const Meeting&, const Pair&) const { return 1; }
  virtual bool governs(const Post&) const { return false; }
  virtual void react(Meeting&, Pair&, const Stage&) {}
  virtual void day(AccountId, AccountId, Pair&, const Stage&) {}  // author, reader
  virtual double shield(int) const { return 0; }                  // of the tier before the day changes it
  virtual void follow_up(const Stage&) {}
  // What it counts of a studied account, by the names of its series; at the run's end.
  virtual void report(AccountId, std::map<std::string, double>&, const Stage&) const {}
  // At the end: what it has to report that only the end shows.
  virtual void count(const Stage&, [[maybe_unused]] const std::vector<Happening>& happenings) {}
};

std::unique_ptr<Witness> witness_context(const Mechanisms& m);  // null where it is off: so of all
std::unique_ptr<Witness> witness_dialogue(const Mechanisms& m);
std::unique_ptr<Witness> witness_block(const Mechanisms& m);
std::unique_ptr<Witness> witness_ties(const Mechanisms& m);
std::unique_ptr<Witness> witness_problem(const Mechanisms& m);
std::unique_ptr<Witness> witness_gathering(const Mechanisms& m);
std::unique_ptr<Witness> witness_mob(const Mechanisms& m);
inline std::vector<std::unique_ptr<Witness>> all_witnesses(const Mechanisms& m) {
  std::vector<std::unique_ptr<Witness>> all;
  for (auto* make : {&witness_context, &witness_dialogue, &witness_block, &witness_ties, &witness_problem,
                     &witness_gathering, &witness_mob})
    if (auto one = make(m)) all.push_back(std::move(one));
  return all;
}

}  // namespace passalong::reference
