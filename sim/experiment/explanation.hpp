// Why an account or a post of a result fared as it did: the one world it lived in is simulated again, checked against
// the result's rows, and asked about it, decision by decision.
#pragma once
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/engine/inquiry.hpp"
#include "sim/experiment/resimulation.hpp"

namespace passalong {

struct Question {
  std::string file{};                       // of the result
  std::string account{};                    // a label or number, or one of the words of `somebodies`
  std::string post{};                       // a row of /posts, or "strategy:replicate:number"
  std::string strategy{};                   // or brand; empty: the first strategy, all brands
  std::optional<std::int64_t> replicate{};  // the first
  std::optional<double> from{}, to{};       // days, both included
  std::string inputs{};                     // a folder
  unsigned threads = 1;
};

// Accounts a world may have, by what they did: the first who did it is meant.
inline constexpr std::array somebodies = {"leaver", "sharer", "buyer", "follower", "client"};

// The world as it was played again.
struct Played {
  std::string strategy;              // of the arm
  std::vector<std::string> authors;  // names of the accounts under study
  std::int64_t replicate = 0;
  AccountId accounts = 0;  // ids of the accounts under study begin here
  double tick_hours = 1;
  Tick warm_up = 0, ticks = 0;                       // of these so many were played
  Tick lifetime = 0;                                 // of posts
  std::size_t rows_checked = 0, series_checked = 0;  // equal to the result's
  std::string source, commit;                        // of the result
  bool told_terms = true;                            // the model can tell them
  std::shared_ptr<const Ground> ground;              // for labels

  double day_of(Tick tick) const { return (tick - warm_up) * tick_hours / 24; }
  std::string name_of(AccountId account) const;
  std::string post_name(const PostId& post) const;  // "pitch:0:25"; of an ordinary account "1234/5"
};

// What happened to an account: a decision with its terms, or an event that came of none.
struct Occurrence {
  Tick tick = 0;
  std::optional<Moment> moment{};
  std::optional<Happening> happening{};
};

// An account and one under study, over the days that were asked for.
struct Bond {
  std::uint64_t posts = 0, seen = 0, shared = 0, checks = 0, adoptions = 0, clients = 0;
  std::uint64_t followed = 0, left = 0;  // times
  bool at_start = false, at_end = false;
  double last_left = 0;  // day
  std::uint32_t cause = 0;
};

struct AccountStory {
  Played played;
  AccountId account = 0;
  std::string label;
  std::vector<Term> traits;
  std::vector<Occurrence> occurrences;  // in order
  std::vector<Bond> bonds;              // by account under study
  std::optional<std::size_t> brand{};   // the one asked about, where not all are
  std::uint64_t ordinary_seen = 0, ordinary_shared = 0;
  bool asked_about(std::size_t author) const { return !brand || *brand == author; }
};

// What readers of a post had in common: means of a value among those who passed it on and among those who did not.
struct Mean {
  std::string name;  // "merit", or "merit.value" for a term of it
  double sharers = 0, others = 0;
};
struct Reason {
  std::string text;
  std::uint64_t readers = 0;
};
struct PostDay {
  std::int64_t day = 0;
  std::uint64_t deliveries = 0, impressions = 0, shares = 0;
};
struct PostStory {
  Played played;
  PostId post;
  std::string name, author;
  std::optional<std::size_t> row{};  // of /posts
  Content content{};
  Tick born = 0;
  std::uint64_t deliveries = 0, impressions = 0, shares = 0, depth = 0;
  std::vector<Copy> copies;     // its publication first
  std::vector<Moment> sharers;  // those decided to pass it on, in order
  std::uint64_t sharing_readers = 0, other_readers = 0;
  std::vector<Mean> means;
  std::vector<Reason> reasons;  // of those who saw it and did not pass it on
  std::vector<PostDay> days;
  bool whole = true;  // it had closed by the last tick played
};

// Failure(Exit::usage) for what the result does not have, with what it has; Failure(Exit::input) as scenario_of;
// Failure(Exit::run) where the world does not come out as the result has it.
AccountStory explain_account(const Result& result, const Question& question);
PostStory explain_post(const Result& result, const Question& question);

// The causes of unfollowing, as series and texts name them.
const char* cause_name(std::uint32_t cause);

}  // namespace passalong
