// The scenario as a whole: its own keys, its sections in order, and what must fit between them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/until.hpp"

namespace passalong {
namespace {
constexpr const char* assumption = "assumption";
constexpr double day = 24, minute = 1.0 / 60;

bool is_whole(double ratio) { return std::abs(ratio - std::round(ratio)) <= 1e-9 * std::max(1.0, std::abs(ratio)); }
bool divides_a_day(double tick) { return tick > 0 && is_whole(day / tick); }

// Replicates, where none are given: of cascades and the like, and of worlds.
constexpr std::int64_t most_until_precise = 1'000'000, most_until_decided = 256;

// What a precision or decision can be about, by model.
void check_goal(const Scenario& s, const Until& until, Fields& f) {
  const std::string said = fmt::format("`until` = \"{}\" ", s.until);
  f.check("until", until.problem.empty(), said + until.problem,
          s.is_cascade ? "write \"±1%\" (or \"+-1%\") of the mean size, or \"±20\" accounts"
                       : "write \"decided\", \"followers ±1%\" (or \"+-1%\"), or \"followers ±20\"");
  if (!s.is_cascade || !until.problem.empty()) return;
  f.check("until", !until.decided, said + "is for strategies and brands: here is nothing to decide between",
          "write \"±1%\" of the mean size, or \"±20\" accounts");
  f.check("until", until.metric.empty() || until.metric == "size",
          fmt::format("{}is about '{}': replicates of this model have a size", said, until.metric),
          "write \"±1%\" of the mean size, or \"±20\" accounts");
}

// Before `replicates`, whose default it raises.
void declare_until(Scenario& s, Fields& f) {
  f.text("until", s.until,
         {.help = "end before the last replicate: \"decided\", once one strategy or brand is ahead of all others on "
                  "followers, "
                  "or \"reach decided\"; or once all differences are known to \"followers ±1%\" of the larger mean, or "
                  "\"followers ±20\". In classic models \"±1%\" of the mean size or \"±20\" accounts, half the 95 % "
                  "interval. `replicates` is the most, by default 256 then, in classic models 1,000,000"});
  check_goal(s, read_until(s.until), f);
  if (!s.until.empty() && !s.is_capped_by_default)
    s.replicates = s.is_cascade ? most_until_precise : most_until_decided, s.is_capped_by_default = true;
}

void declare_run(Scenario& s, Fields& f) {
  f.text("title", s.title, {.help = "what the report is called"});
  f.integer("seed", s.seed, {.low = 0, .help = "the same seed gives the same result, bit for bit"});
  f.duration("duration", s.duration,
             {.low = s.is_cascade ? 0 : minute,
              .high = 100 * 366 * day,
              .help = "how long is simulated and written out, such as \"180 days\"",
              .required = !s.network_alone && !s.is_cascade});
  f.duration(
      "tick", s.tick,
      {.low = minute, .high = day, .help = "length of a step; a day is a whole number of them", .source = assumption});
  f.duration("warm_up", s.warm_up,
             {.low = 0,
              .high = 10 * 366 * day,
              .help = "simulated before the output starts; whole days",
              .source = assumption});
  declare_until(s, f);
  f.integer("replicates", s.replicates,
            {.low = 1,
             .high = s.is_cascade ? 4e9 : 1e6,
             .help = "how often every arm is run, each time anew; with `until` at most so often",
             .source = assumption});
  f.choice("redraw", s.redraw, {"population", "behaviour", "network"},
           {.help = "what a replicate draws anew: people and behaviour, behaviour alone, or network and all"});
}

void check_times(const Scenario& s, Fields& f) {
  const bool tick_fits = divides_a_day(s.tick);
  f.check("tick", tick_fits, "`tick` does not divide a day", "choose 1 h, 30 min, 2 h, 6 h, 1 day, ...");
  f.check("duration", !tick_fits || is_whole(s.duration / s.tick), "`duration` is not a whole number of ticks",
          "make it a multiple of `tick`");
  f.check("warm_up", is_whole(s.warm_up / day), "`warm_up` is not a whole number of days", "such as \"7 days\"");
}

void declare_output(Scenario& s, Fields& f) {
  s.output.declare(f);
  f.check("every", !divides_a_day(s.tick) || is_whole(s.output.every / s.tick),
          "`every` is not a whole number of ticks", "make it a multiple of `tick`");
  // Classic models have a row a tick.
  f.check("every", s.is_cascade || is_whole(s.duration / s.output.every),
          "`duration` is not a whole number of output steps", "choose `every` so that it divides `duration`");
  const bool trees = s.output.cascades != "none";
  f.check("cascades", !s.is_cascade || !trees,
          "nobody under study posts in a classic model, so there are no such trees", "leave `cascades` out");
  f.check("cascades", s.is_cascade || !trees || s.output.posts,
          "`cascades` are those of the table of posts, which is left out", "write it as well: posts = true");
  f.check("trust", !s.is_cascade || !s.output.trust, "nobody is under study in a classic model, so none is trusted",
          "leave `trust` out");
  f.check("base_rates", !s.is_cascade || !s.output.base_rates, "ordinary accounts do not post in a classic model",
          "leave `base_rates` out");
  f.check("base_rates", s.is_cascade || !s.output.base_rates || s.population.posts > 0,
          "`base_rates` are those of ordinary posts, which are not simulated here",
          "have ordinary accounts post, population.posts = \"1 per day\", or leave base_rates out");
}

StrategySection blank_strategy() {
  StrategySection blank;
  std::fill(std::begin(blank.mix), std::end(blank.mix), 0.0);  // what a mix does not name is 0
  return blank;
}

// One of several policies, with what the others forbid it.
void declare_policy(const Scenario& s, std::vector<StrategySection>& all, std::size_t index, const char* noun,
                    Fields& f) {
  if (index >= all.size()) all.resize(index + 1, blank_strategy());
  StrategySection& policy = all[index];
  policy.declare(f, noun);
  const auto earlier = all.begin() + static_cast<std::ptrdiff_t>(index);
  const auto none_before = [&](const auto& same) { return std::none_of(all.begin(), earlier, same); };
  f.check("name", none_before([&](const auto& other) { return other.name == policy.name; }),
          fmt::format("another {} is named \"{}\" too", noun, policy.name),
          fmt::format("give each {} a name of its own", noun));
  f.check("account", &all != &s.brands || policy.account.empty() || none_before([&](const auto& other) {
            return other.account == policy.account;
          }),
          fmt::format("another brand takes the place of \"{}\" too", policy.account),
          "two accounts cannot stand in one place of one world");
  f.check("followers",
          s.network_alone || !s.network.file.empty() || !policy.account.empty() ||
              policy.followers <= s.network.accounts / 2,
          fmt::format("`followers` = {} is more than half of the {} accounts", policy.followers, s.network.accounts),
          fmt::format("at most {}; the default is 3000", s.network.accounts / 2));
}

void declare_policies(Scenario& s, Fields& f) {
  std::size_t strategies = s.strategies.size(), brands = s.brands.size();
  const char* arm = "one arm of the comparison: the same world and the same random numbers under another policy";
  f.sections("strategy", {.help = arm, .required = s.takes_strategies && !s.network_alone, .instead = "brand"},
             strategies, [&](std::size_t index, Fields& g) { declare_policy(s, s.strategies, index, "strategy", g); });
  f.check("strategy", s.takes_strategies || strategies == 0, fmt::format("the model \"{}\" has no strategies", s.model),
          "remove the [[strategy]] tables");
  const char* rival = "one of several accounts that compete in one world";
  f.sections("brand", {.help = rival, .instead = "strategy"}, brands,
             [&](std::size_t index, Fields& g) { declare_policy(s, s.brands, index, "brand", g); });
  f.check("brand", s.takes_strategies || brands == 0, fmt::format("the model \"{}\" has no brands", s.model),
          "remove the [[brand]] tables");
  f.check("until", s.network_alone || s.is_cascade || strategies + brands != 1 || !read_until(s.until).decided,
          fmt::format("`until` = \"{}\": one {} alone has nothing to be ahead of", s.until,
                      brands == 0 ? "strategy" : "brand"),
          "add another, or write \"followers ±1%\" for a mean that is known so closely");
  f.check("brand", strategies == 0 || brands == 0, "a scenario has [[strategy]] arms or [[brand]] accounts, not both",
          "keep [[strategy]] to compare policies in worlds of their own, [[brand]] to let accounts compete in one");
}
// What changes, who listens to whom and what is said: of accounts under study.
void declare_conversations(Scenario& s, Fields& f) {
  f.section("dynamics", {.help = "how follows among ordinary accounts change during the run"}, [&](Fields& g) {
    s.dynamics.declare(g);
    g.check("on_reshare", s.dynamics.on_reshare == 0 || s.population.posts > 0,
            "`on_reshare` has no posts to work on: those of ordinary accounts are load only",
            "set `posts` in [population], such as posts = \"0.5 per day\"");
  });
  f.section("audience", {.help = "who follows the studied account at the start"},
            [&](Fields& g) { s.audience.declare(g); });
  s.content.topics = std::min(s.content.topics, s.population.topics);  // the default asks for no more than there are
  f.section("content", {.help = "what the studied account's posts are like"}, [&](Fields& g) {
    s.content.declare(g);
    g.check("topics", s.content.topics <= s.population.topics,
            fmt::format("`topics` = {} is more than the {} topics there are", s.content.topics, s.population.topics),
            "lower it, or raise `topics` in [population]");
    g.check("lifetime", !divides_a_day(s.tick) || is_whole(s.content.lifetime / s.tick),
            "`lifetime` is not a whole number of ticks", "make it a multiple of `tick`, at least one");
  });
}
}  // namespace

void Scenario::declare(Fields& f) {
  declare_run(*this, f);
  check_times(*this, f);
  f.section("network", {.help = "who follows whom"}, [&](Fields& g) {
    network.declare(g);
    g.check("kind", takes_crowds || !network.file.empty() || network.kind != "well-mixed",
            fmt::format("in a crowd without follows nothing spreads by the model \"{}\"", model),
            "choose a kind with follows, or one of the models granovetter, bass, si, sis, sir, seir");
  });
  f.check("redraw", !is_cascade || redraw != "network" || network.file.empty(),
          "the network comes from a file: replicates cannot draw it anew", "leave `redraw` out");
  f.section("population", {.help = "who the accounts are"}, [&](Fields& g) { population.declare(g); });
  f.check("warm_up", !is_cascade || warm_up == 0, "a classic model has no warm-up", "leave `warm_up` out");
  f.when(!is_cascade, "not for classic models, in which nobody is under study",
         [&](Fields& g) { declare_conversations(*this, g); });
  f.section("model", {.help = "how readers see and react"}, [&](Fields& g) {
    g.choice("name", model, model_names, {.help = "which model; `passalong models` lists them"});
    if (!parameters) return;
    parameters->declare(g);
    parameters->check(*this, g);
  });
  declare_policies(*this, f);
  f.section("effort", {.help = "what an account under study with a `budget` spends on what it does"},
            [&](Fields& g) { effort.declare(g); });
  f.section("output", {.help = "what the result file holds"}, [&](Fields& g) { declare_output(*this, g); });
}

}  // namespace passalong
