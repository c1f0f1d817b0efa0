// An independent witness: the conversation model as models/ODD.md tells it, one account after the other, with maps and
// sets and no thought of speed. It takes the engine's inputs, draws and arithmetic, and nothing else of it.
#pragma once
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "models/conversation.hpp"
#include "sim/engine/world.hpp"

namespace passalong::reference {

struct Post {
  AccountId author;
  std::uint32_t ordinal;
  Tick born;
  bool pitch = false;
  std::size_t topic = 0;
  float v = 0, s = 0, d = 0;
  std::uint64_t deliveries = 0, impressions = 0;
  std::vector<std::tuple<Tick, AccountId, AccountId>> shares{};  // when, who, through whom; in order of appearance
  std::set<AccountId> sharers{};                                 // who has decided to share
  PostKind kind = PostKind::value;
};

struct Judged {  // a sight of a studied account's post, as the reader was before it
  Tick tick;
  AccountId reader, author;
  std::uint32_t ordinal;
  double V, U, tau, pi;
};

struct Outcome {
  std::vector<Judged> judged;
  std::vector<Happening> happenings;                  // sorted
  std::vector<std::set<AccountId>> followers, reach;  // by studied account
  std::vector<Post> posts;                            // everyone's, in order of appearance
  std::vector<std::map<std::string, double>>
      further;                                       // by studied account: what further mechanisms report, as integers
  std::vector<double> hours, pitch_shares, rewards;  // by studied account: work spent; in force at the end; won
  std::uint64_t ties = 0, present = 0;               // follows among ordinary accounts, and how many of these there are
};
Outcome simulate(const Setting& setting, const Mechanisms& mechanisms, Tick ticks);

}  // namespace passalong::reference
