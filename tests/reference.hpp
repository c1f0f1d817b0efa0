// An independent witness: the conversation model as models/ODD.md tells it, one account after the other, with maps and
// sets and no thought of speed. It takes the engine's inputs, draws and arithmetic, and nothing else of it.
#pragma once
#include <map>
#include <set>
#include <tuple>
#include <vector>

#include "models/conversation.hpp"
#include "sim/engine/world.hpp"

namespace passalong::reference {

struct Tally {
  std::uint64_t posts = 0, deliveries = 0, impressions = 0, shares = 0;
  std::uint64_t reach = 0, follows = 0, unfollows = 0, checks = 0, adoptions = 0, clients = 0;
};

struct Studied {
  std::set<AccountId> followers;
  std::uint64_t first_audience = 0;
  Tally tally;
};

// What (reader, studied account) have between them.
struct Pair {
  bool follower = false, reciprocal = false, old = false, reached = false, customer = false, client = false;
  Tick since = 0;
  std::uint32_t spell = 0, exposures = 0, pitches = 0;
  float good = 0, bad = 0;  // A - 1, B - 1
  float L = 0, S = 0, I = 0, W = 0, D = 0, patience = 0;
  Tick last_bad = 0;
  bool had_bad = false;
  std::set<std::uint32_t> seen;  // ordinals
};

struct Post {
  AccountId author;
  std::uint32_t ordinal;
  Tick born;
  bool pitch;
  std::size_t topic;
  float v, s, d;
  std::uint64_t deliveries = 0, impressions = 0;
  std::vector<std::tuple<Tick, AccountId, AccountId>> shares;  // when, who, through whom; in order of appearance
  std::set<AccountId> sharers;                                 // have decided to share
};

class Simulator {
 public:
  Simulator(const Setting& setting, const Mechanisms& mechanisms);
  void step();

  std::vector<Happening> happenings;  // in no particular order
  std::vector<Studied> studied;
  Tally everyone;
  std::vector<Post> posts;  // in order of appearance
  std::map<std::pair<AccountId, AccountId>, Pair> pairs;

 private:
  struct Event {
    std::size_t post;
    AccountId sharer;
  };
  // How a reader stands to a post's author: trust, suspicion, affinity, fame, and its audience's mean affinity.
  struct View {
    double tau, pi, affinity, audience_affinity, fame;
    bool follows;
  };

  bool is_studied(AccountId a) const { return a >= accounts_; }
  Studied& studied_of(const Post& p) { return studied[p.author - accounts_]; }
  double draw(Purpose purpose, AccountId a, AccountId b, std::uint32_t n, std::size_t word) const;
  double tau(const Pair& pair) const;
  double pi(const Pair& pair) const;
  void note(What what, AccountId account, AccountId author, std::uint32_t ordinal);
  std::vector<AccountId> followers_of(AccountId account) const;
  std::uint32_t see_threshold(AccountId reader) const;
  void renew_attention();

  void publish_shares(std::vector<Event>& events);
  void publish_studied(std::vector<Event>& events);
  void publish_background(std::vector<Event>& events);
  void plan_background_day();
  Post studied_post(AccountId author, std::uint32_t ordinal) const;
  Post background_post(AccountId author, std::uint32_t ordinal) const;
  void publish(Post post, std::vector<Event>& events);

  double merit(const Post& p, double similarity, double affinity, double suspicion, double fame) const;
  double similarity(const TopicMatrix& rows, AccountId account, const Post& p) const;
  void pass_on(AccountId reader, std::size_t post, AccountId from, const View& view, double utility);
  double delay_hours(double u, double trust) const;
  void read_studied(AccountId reader, std::size_t post, AccountId from);
  void read_background(AccountId reader, std::size_t post, AccountId from);
  void climb(Pair& pair, AccountId reader, const Post& p, const View& view);
  void learn(Pair& pair, AccountId reader, const Post& p, double V, double eps, double similarity, double affinity);
  void meet(Pair& pair, AccountId reader, const Post& p, double utility);
  void review(AccountId author, AccountId reader);
  void let_in_strangers(AccountId author);
  void change_lists();
  void begin_to_follow(AccountId author, AccountId reader, Tick since);
  Pair& pair_of(AccountId reader, AccountId author);

  const Setting& setting_;
  const Scenario& s_;
  const Mechanisms& m_;
  const Population& people_;
  const AccountId accounts_;
  const Tick day_, lifetime_;  // ticks
  Tick now_ = 0;
  std::vector<std::uint32_t> see_;
  std::vector<double> fame_;                                                    // of the studied, at the tick's start
  std::map<Tick, std::map<std::pair<std::size_t, AccountId>, AccountId>> due_;  // shares: (post, sharer) -> through
  std::map<Tick, std::vector<AccountId>> planned_;                              // the background's posts
  std::map<AccountId, std::uint32_t> made_;                                     // ... and how many each has made
  std::set<std::pair<AccountId, AccountId>> joining_, leaving_;                 // (author, reader)
};

}  // namespace passalong::reference
