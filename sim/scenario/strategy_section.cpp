// The keys of [[strategy]] and [[brand]], and of [effort].
#include "sim/scenario/strategy_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/scenario/calendar.hpp"

namespace passalong {
namespace {
constexpr const char* assumption = "assumption";
constexpr double day = 24, minute = 1.0 / 60, most_ids = static_cast<double>(max_accounts);

bool is_whole_days(double hours) { return std::abs(hours / day - std::round(hours / day)) <= 1e-9; }

void declare_mix(Fields& f, double (&mix)[kinds_in_mix]) {
  f.section("mix", {.help = "shares of the kinds of posts, such as { value = 0.9, pitch = 0.1 }", .required = true},
            [&](Fields& g) {
              const auto share = [&](const char* name, double& value, const char* help) {
                g.number(name, value, {.low = 0, .high = 1, .help = help});
              };
              share("value", mix[0], "share of posts that add value");
              share("pitch", mix[1], "share of posts that pitch the product");
              share("routine", mix[2], "share of posts about daily routine");
              share("problem", mix[3], "share of posts that put an open problem");
              share("invitation", mix[4], "share of posts that invite to something");
            });
  const double sum = std::accumulate(std::begin(mix), std::end(mix), 0.0);
  f.check("mix", std::abs(sum - 1) <= 1e-9, fmt::format("the shares of `mix` sum to {:.9g}, not 1", sum),
          "value + pitch + routine + problem + invitation must be 1; change the other shares too (with --set, one "
          "--set for each)");
}

void declare_phase(StrategySection& s, std::size_t index, std::size_t count, Fields& f) {
  PhaseSection& phase = s.phases[index];
  f.duration("until", phase.until,
             {.low = 0,
              .high = 100 * 366 * day,
              .help = "when it ends, in whole days since the output starts; the last one runs to the end"});
  const bool last = index + 1 >= count;
  const double begun = index > 0 ? s.phases[index - 1].until : 0;
  f.check("until", is_whole_days(phase.until), "`until` is not a whole number of days", "such as \"30 days\"");
  f.check("until", last || phase.until > begun, "`until` is missing, or not after the phase before",
          "each phase but the last says until when it runs, such as until = \"30 days\"");
  f.check("until", !last || phase.until == 0, "the last phase runs to the end of the run",
          "remove `until`, or add the phase that follows");
  f.when(s.budget == 0, "only for an account without a `budget`", [&](Fields& g) {
    g.rate("posts", phase.posts,
           {.low = 0, .high = 1000, .help = "how often the account posts; 0: as often as it says above"});
  });
  declare_mix(f, phase.mix);
}

void declare_rhythm(const char* name, std::size_t count, const char* each, std::vector<double>& rates, Fields& f) {
  f.numbers(name, rates, {.low = 0, .high = 1e6, .help = each, .source = assumption});
  f.check(name, rates.empty() || rates.size() == count,
          fmt::format("`{}` holds {} numbers, not {}", name, rates.size(), count), each);
  f.check(name, rates.empty() || std::accumulate(rates.begin(), rates.end(), 0.0) > 0,
          fmt::format("`{}` are all 0: no post could ever appear", name), each);
}

void declare_cadence(StrategySection& s, Fields& f) {
  bool from_file = !s.calendar.file.empty();
  f.when(s.budget == 0, "only for an account without a `budget`, which decides how often it posts", [&](Fields& g) {
    g.rate_or_table("posts", s.posts, from_file,
                    {.unit = "posts a day",
                     .low = 0,
                     .high = 1000,
                     .help = "how often the account posts, such as \"2 per day\", or a log of its posts, such as "
                             "{ file = \"calendar.csv\" }",
                     .required = true},
                    [&](Fields& h) { s.calendar.declare(h); });
  });
}

void declare_learning(StrategySection& s, Fields& f) {
  f.choice("learn", s.learn, {"no", "epsilon-greedy", "ucb", "thompson"},
           {.help = "whether it tries pitch shares and keeps to those that pay, and by which rule",
            .source = "Auer, Cesa-Bianchi & Fischer 2002; Thompson 1933"});
  f.when(s.learns(), "only for an account that learns", [&](Fields& g) {
    g.section("learning", {.help = "how it learns its share of pitches"}, [&](Fields& h) { s.learning.declare(h); });
  });
}

void declare_budget(StrategySection& s, Fields& f) {
  f.effort("budget", s.budget,
           {.low = 0,
            .high = 10'000,
            .help = "work put in, such as \"10 h per week\": posts and replies follow from it; 0: as much as they take",
            .source = assumption});
  f.when(s.budget > 0, "only for an account with a `budget`", [&](Fields& g) {
    g.section("effort", {.help = "shares of the budget; what they leave is not spent"},
              [&](Fields& h) { s.effort.declare(h); });
  });
  f.when(s.budget == 0, "only for an account without a `budget`, which decides how much it answers", [&](Fields& g) {
    g.rate("replies", s.replies,
           {.low = 0, .high = 1e5, .help = "answers it gives, with [model.dialogue]", .source = assumption});
    g.rate("calls", s.calls,
           {.low = 0,
            .high = 1e5,
            .help = "video calls it makes, such as \"5 per week\", with [model.ties]",
            .source = assumption});
  });
}

void declare_standing(StrategySection& s, Fields& f) {
  f.choice(
      "promote", s.promote, {"random", "closest", "customers", "fans", "near", "nobody"},
      {.help = "which followers are invited first to its events, where [model.gathering] is on: random; closest: "
               "customers, then those of a closer tie, then of more trust; customers: those who are not yet "
               "clients; fans: those who like the product; near: those who live where it is; nobody: it holds none",
       .source = assumption});
  f.number("authenticity", s.authenticity,
           {.low = 0,
            .high = 1,
            .help = "factor on the trust its posts and answers earn: below 1 for one who posts for somebody else",
            .source = assumption});
  f.number_or_word("prior_suspicion", s.prior_suspicion, s.prior_word, {"model"},
                   {.low = 1e-6,
                    .high = 1 - 1e-6,
                    .help = "readers' prior that it is out to sell; \"model\": that of [model.suspicion]",
                    .source = assumption});
}
}  // namespace

void CalendarSection::declare(Fields& f) {
  f.text("file", file,
         {.help = "a log of posts: CSV with the columns time, kind and, if you like, topic and quality",
          .required = true});
  f.check("file", !file.empty(), "`file` is empty", "name a CSV file, relative to the scenario's folder");
  f.text("begin", begin,
         {.help = "the date on which the output starts, such as \"2012-09-10\"; empty: that of the first post"});
  double ignored = 0;
  f.check("begin", begin.empty() || read_date(begin, ignored), "`begin` is not a date", "such as \"2012-09-10\"");
}

void RewardSection::declare(Fields& f) {
  const auto weight = [&](const char* name, double& value, const char* help) {
    f.number(name, value, {.low = -1e9, .high = 1e9, .help = help, .source = assumption});
  };
  weight("followers", followers, "weight of a follower won, and of one lost");
  weight("adoptions", adoptions, "weight of an adoption");
  weight("shares", shares, "weight of a share of a post");
}

void LearningSection::declare(Fields& f) {
  f.numbers("arms", arms, {.low = 0, .high = 1, .help = "pitch shares it chooses from", .source = assumption});
  f.check("arms", !arms.empty() && arms.size() <= 1000, "`arms` needs 1 to 1000 pitch shares", "such as [0.1, 0.5]");
  f.duration("every", every,
             {.low = day, .high = 366 * day, .help = "how long a choice lasts; whole days", .source = assumption});
  f.check("every", is_whole_days(every), "`every` is not a whole number of days", "such as \"7 days\"");
  f.number("epsilon", epsilon,
           {.low = 0, .high = 1, .help = "epsilon-greedy: how often it picks at random", .source = assumption});
  f.number("exploration", exploration,
           {.low = 0,
            .high = 100,
            .help = "ucb: weight of the bonus for what was tried little; 1 is that of UCB1",
            .source = "Auer, Cesa-Bianchi & Fischer 2002"});
}

void EffortShares::declare(Fields& f) {
  const auto share = [&](const char* name, double& value, const char* help) {
    f.number(name, value, {.low = 0, .high = 1, .help = help, .source = assumption});
  };
  share("posts", posts, "share of the budget that goes into posts");
  share("replies", replies, "share that goes into answers");
  share("calls", calls, "share that goes into video calls");
  share("events", events, "share that is set aside for events");
  const double sum = posts + replies + calls + events;
  f.check("posts", sum <= 1 + 1e-9, fmt::format("the shares of the budget sum to {:.9g}, more than 1", sum),
          "posts + replies + calls + events must be at most 1");
}

void EffortSection::declare(Fields& f) {
  const auto cost = [&](const char* name, double& hours, const char* help) {
    f.duration(name, hours, {.low = 1.0 / 3600, .high = 1000 * day, .help = help, .source = assumption});
  };
  cost("value", posts[0], "work on a post that adds value");
  cost("pitch", posts[1], "work on a pitch");
  cost("routine", posts[2], "work on a routine post");
  cost("problem", posts[3], "work on an open problem, its answers read");
  cost("invitation", posts[4], "work on an invitation");
  cost("reply", reply, "work on an answer to a reader");
  cost("call", call, "work on a video call");
  cost("event", event, "work on an event");
}

void StrategySection::declare(Fields& f, const char* noun) {
  f.text("name", name, {.help = "what it is called in results", .required = true});
  f.check("name", !name.empty(), "`name` is empty", fmt::format("give the {} a name", noun));
  declare_budget(*this, f);
  declare_cadence(*this, f);
  f.when(calendar.file.empty(), "only for posts that are not read from a file", [&](Fields& g) {
    std::size_t count = phases.size();
    g.sections("phases", {.help = "another mix for a time; the first also holds for the warm-up"}, count,
               [&](std::size_t index, Fields& h) {
                 if (index >= phases.size()) phases.resize(index + 1);
                 declare_phase(*this, index, count, h);
               });
    g.when(phases.empty(), "only for an account without `phases`", [&](Fields& h) {
      declare_mix(h, mix);
      declare_learning(*this, h);
    });
    declare_rhythm("hours", 24, "relative rates of its posts by hour of the day, from 0 h on", hours, g);
    declare_rhythm("weekdays", 7, "relative rates of its posts by day of the week; a run begins on the first", weekdays,
                   g);
  });
  f.when(!learns(), "only for an account whose mix is known beforehand (without `learn`)", [&](Fields& g) {
    g.choice(
        "order", order, {"as drawn", "value first", "pitch first"},
        {.help = "the same posts in another order: value posts before all others and pitches last, or the reverse"});
  });
  f.section("reward", {.help = "what it is after: weights of what it wins"}, [&](Fields& g) { reward.declare(g); });
  declare_standing(*this, f);
  f.number(
      "altruism", altruism,
      {.low = 0, .high = 1, .help = "how far what it invites to serves others: [model.mob]", .source = assumption});
  f.text("account", account,
         {.help = "an account of the network, by its label, whose place it takes, followers and all; empty: it joins"});
  f.when(account.empty(), "only for an account that joins (without `account`)", [&](Fields& g) {
    g.integer(
        "followers", followers,
        {.unit = "accounts", .low = 1, .high = most_ids, .help = "size of the first audience", .source = assumption});
  });
}

double hours_a_post(const EffortSection& costs, const double (&mix)[kinds_in_mix]) {
  double hours = 0;
  for (std::size_t k = 0; k < kinds_in_mix; ++k) hours += mix[k] * costs.posts[k];
  return hours;
}

double posts_a_day(const Scenario& scenario, const StrategySection& policy, const double (&mix)[kinds_in_mix],
                   double stated) {
  return policy.budget > 0 ? policy.budget * policy.effort.posts / hours_a_post(scenario.effort, mix) : stated;
}

void set_pitch_share(double (&mix)[kinds_in_mix], double share) {
  const double others = 1 - mix[pitch_in_mix];
  for (double& part : mix) part = others > 0 ? part * ((1 - share) / others) : 0;
  if (!(others > 0)) mix[0] = 1 - share;
  mix[pitch_in_mix] = share;
}

double mean_posts_a_day(const Scenario& scenario, const StrategySection& policy) {
  if (!policy.calendar.file.empty()) return static_cast<double>(policy.calendar.posts.size()) / scenario.days();
  double most = 0, sum = 0, begun = 0;
  StrategySection arm = policy;
  for (std::size_t k = 0; policy.learns() && k < policy.learning.arms.size(); ++k) {
    set_pitch_share(arm.mix, policy.learning.arms[k]);
    most = std::max(most, posts_a_day(scenario, policy, arm.mix, policy.posts));
  }
  for (const PhaseSection& phase : policy.phases) {
    const bool last = &phase == &policy.phases.back();
    const double end = last ? scenario.days() : std::min(scenario.days(), (scenario.warm_up + phase.until) / day);
    sum += (end - begun) * posts_a_day(scenario, policy, phase.mix, phase.posts > 0 ? phase.posts : policy.posts);
    begun = end;
  }
  if (policy.learns()) return most;
  return policy.phases.empty() ? posts_a_day(scenario, policy, policy.mix, policy.posts) : sum / scenario.days();
}

double replies_a_day(const Scenario& scenario, const StrategySection& policy) {
  return policy.budget > 0 ? policy.budget * policy.effort.replies / scenario.effort.reply : policy.replies;
}

double calls_a_day(const Scenario& scenario, const StrategySection& policy) {
  return policy.budget > 0 ? policy.budget * policy.effort.calls / scenario.effort.call : policy.calls;
}

double events_a_day(const Scenario& scenario, const StrategySection& policy) {
  return policy.budget * policy.effort.events / scenario.effort.event;
}

}  // namespace passalong
