// The policy of an account under study as a scenario states it: what it posts and when, what that costs, whether it
// learns. Everything beyond cadence and mix is off unless asked for.
#pragma once
#include <cstdint>
#include <iterator>
#include <string>
#include <vector>

#include "sim/scenario/fields.hpp"

namespace passalong {

// The first four are all that ordinary accounts post.
enum class PostKind : std::uint8_t { value, pitch, routine, conversation, problem, invitation };
inline constexpr const char* post_kind_names[] = {"value", "pitch", "routine", "conversation", "problem", "invitation"};
// What an account under study posts, in the order of its mix.
inline constexpr PostKind mixed_kinds[] = {PostKind::value, PostKind::pitch, PostKind::routine, PostKind::problem,
                                           PostKind::invitation};
inline constexpr std::size_t kinds_in_mix = std::size(mixed_kinds), pitch_in_mix = 1;

// A post of a log: columns are saved byte by byte, so nothing is left to padding.
struct CalendarPost {
  double day = 0;           // since the output starts; negative in the warm-up
  float quality = -1;       // -1: drawn, like that of any post
  std::int16_t topic = -1;  // from 0; -1: drawn
  PostKind kind = PostKind::value;
  std::uint8_t spare = 0;
};

struct CalendarSection {  // posts = { file = "..." }
  std::string file, begin;
  std::vector<CalendarPost> posts;  // those that fall within the run, by time
  void declare(Fields& f);
};

struct PhaseSection {  // another mix for a time
  double until = 0;    // hours since the output starts; 0: to the end
  double posts = 0;    // a day; 0: the strategy's
  double mix[kinds_in_mix] = {};
};

struct RewardSection {  // what the account is after: weights of what it wins
  double followers = 1, adoptions = 0, shares = 0;
  void declare(Fields& f);
};

struct LearningSection {
  std::vector<double> arms{0, 0.1, 0.3, 0.5, 0.7, 0.9};  // pitch shares to choose from
  double every = 168;                                    // hours a choice lasts
  double epsilon = 0.1, exploration = 1;
  void declare(Fields& f);
};

struct EffortShares {  // of a budget; the rest is not spent
  double posts = 1, replies = 0, calls = 0, events = 0;
  void declare(Fields& f);
};

struct EffortSection {  // [effort]: hours of work that things cost
  double posts[kinds_in_mix] = {40 / 60.0, 10 / 60.0, 3 / 60.0, 1, 30 / 60.0};  // by kind, as in a mix
  double reply = 3 / 60.0, call = 0.5, event = 20;
  void declare(Fields& f);
};

struct StrategySection {  // of an account under study: one arm, or one of several brands in a world
  std::string name;
  double posts = 2;                // a day; not used with a budget or a calendar
  double mix[kinds_in_mix] = {1};  // shares of mixed_kinds; sum to 1
  std::int64_t followers = 3000;
  std::string account = {};        // of the network, whose place it takes, by label; empty: it joins
  std::string promote = "random";  // whom it invites to its events
  CalendarSection calendar = {};
  std::vector<PhaseSection> phases = {};
  std::vector<double> hours = {}, weekdays = {};  // relative rates; empty: even
  std::string order = "as drawn";                 // or "value first", "pitch first"
  std::string learn = "no";                       // or "epsilon-greedy", "ucb", "thompson"
  LearningSection learning = {};
  RewardSection reward = {};
  double budget = 0;   // hours of work a day; 0: as many as it takes
  double replies = 0;  // answers a day, where there is no budget
  double calls = 0;    // video calls a day, likewise
  EffortShares effort = {};
  double altruism = 0;  // how far what it invites to serves others
  double authenticity = 1;
  double prior_suspicion = 0;
  std::string prior_word = "model";  // "model": the model's prior; empty: prior_suspicion
  void declare(Fields& f, const char* noun);
  bool learns() const { return learn != "no"; }
};

struct Scenario;
// What a policy comes to, whether stated or worked out from its budget.
double hours_a_post(const EffortSection& costs, const double (&mix)[kinds_in_mix]);  // of this mix
// `stated` posts a day, or as many of this mix as the budget allows.
double posts_a_day(const Scenario& scenario, const StrategySection& policy, const double (&mix)[kinds_in_mix],
                   double stated);
double mean_posts_a_day(const Scenario& scenario,
                        const StrategySection& policy);  // over the run; at most, if it learns
double replies_a_day(const Scenario& scenario, const StrategySection& policy);
double calls_a_day(const Scenario& scenario, const StrategySection& policy);
double events_a_day(const Scenario& scenario, const StrategySection& policy);
// The mix with another share of pitches, the rest in proportion.
void set_pitch_share(double (&mix)[kinds_in_mix], double share);

}  // namespace passalong
