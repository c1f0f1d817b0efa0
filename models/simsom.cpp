// A market of messages on a feed (SimSoM: Truong, Lou, Flammini & Menczer 2024). Accounts post new messages or pass on
// one of their feed's, drawn by appeal, popularity and recency; bots flood those who follow them with what is worth
// nothing. With one slot and nothing but chance it is the competition of memes of Gleeson, Ward, O'Sullivan & Lee 2014.
#include <algorithm>
#include <cmath>

#include "models/models.hpp"
#include "sim/base/rank_correlation.hpp"
#include "sim/engine/processes/feed_market.hpp"

namespace passalong {
namespace {
constexpr const char* truong = "Truong, Lou, Flammini & Menczer 2024";

struct Simsom : ModelParameters {
  double fresh = 0.5, slope = 10, exponent = 4, recency = 0.4, recency_power = 0.4;
  std::string appeal, age;  // "none" in place of a number
  std::string popularity = "shares", acting = "together";
  std::int64_t slots = 15, flooding = 1, bot_follows = 3, rows = 1;
  double converged = 1e-4, smoothing = 0.8;
  double bots = 0, infiltration = 0.01, deception = 0;

  void declare(Fields& f) override {
    f.number("new", fresh,
             {.low = 0,
              .high = 1,
              .help = "chance that an account posts a new message; it does too where its feed is empty",
              .source = truong});
    f.integer("slots", slots, {.low = 1, .high = 10000, .help = "messages a feed holds", .source = truong});
    declare_choice(f);
    f.choice(
        "acting", acting, {"together", "in turn"},
        {.help = "all accounts act once a tick, on their feeds as they were; or one after the other, drawn anew for "
                 "each of as many steps",
         .source = truong});
    f.number("converged", converged,
             {.low = 0,
              .high = 1,
              .help = "ends when smoothed mean quality changes by no more than this share in a tick; 0: at `duration`",
              .source = truong});
    f.number("smoothing", smoothing,
             {.low = 0, .high = 0.9999, .help = "weight of the past in the smoothed mean quality", .source = truong});
    declare_bots(f);
    f.integer("rows_from", rows,
              {.unit = "posts",
               .low = 0,
               .high = 1e9,
               .help = "a message with so many posts has a row in /messages; 0: no table, and no `size`",
               .source = "assumption"});
  }

  void declare_choice(Fields& f) {
    f.number("quality_slope", slope,
             {.low = -50, .high = 50, .help = "quality has the density e^(slope q) on [0, 1]", .source = truong});
    f.number_or_word("appeal", exponent, appeal, {"none"},
                     {.low = 0,
                      .high = 100,
                      .help = "appeal a has the density (1 - a)^exponent on [0, 1]; \"none\": all have the same",
                      .source = truong});
    f.choice("popularity", popularity, {"shares", "none"},
             {.help = "whether what is passed on is drawn in proportion to its shares, as the feed has seen them",
              .source = truong});
    f.number_or_word("recency", recency, age, {"none"},
                     {.low = 0,
                      .high = 100,
                      .help = "and in proportion to e^(-recency age^power), age in the feed, in ticks; \"none\": not",
                      .source = "Wu & Huberman 2007"});
    f.number("recency_power", recency_power,
             {.low = 0, .high = 10, .help = "its power of age", .source = "Wu & Huberman 2007"});
  }

  void declare_bots(Fields& f) {
    f.number(
        "bots", bots,
        {.low = 0, .high = 10, .help = "bots beside the network's accounts, as a share of these", .source = truong});
    f.number("infiltration", infiltration,
             {.low = 0, .high = 1, .help = "chance that an account follows a bot, for each pair", .source = truong});
    f.number("deception", deception,
             {.low = 0, .high = 1, .help = "chance that a bot's message has the appeal 1", .source = truong});
    f.integer("flooding", flooding,
              {.low = 1, .high = 10000, .help = "shares that one post of a bot counts for", .source = truong});
    f.integer("bot_follows", bot_follows,
              {.low = 0, .high = 1000, .help = "other bots that a bot draws to follow", .source = truong});
  }

  void check(const Scenario& scenario, Fields& f) override {
    f.check("converged", converged > 0 || scenario.duration > 0, "`converged` = 0 leaves nothing to end the run",
            "set `duration`");
  }

  FeedRule rule(AccountId accounts) const {
    FeedRule r;
    r.fresh = fresh, r.slots = static_cast<std::uint32_t>(slots);
    r.popularity = popularity == "shares", r.recency = age.empty() ? recency : 0, r.recency_power = recency_power;
    r.together = acting == "together", r.flooding = static_cast<std::uint32_t>(flooding), r.logged = rows > 0;
    r.messages = {slope, exponent, deception, appeal.empty()};
    r.bots = {accounts, static_cast<AccountId>(bots * accounts + 0.5), infiltration,
              static_cast<std::uint32_t>(bot_follows)};
    return r;
  }
};

const Simsom& parameters_of(const Scenario& scenario) { return static_cast<const Simsom&>(*scenario.parameters); }

ProcessForm form_of(const Simsom& p) {
  ProcessForm form;
  form.finals = {{"posts", "posts", "posts of all accounts"},
                 {"message_count", "messages", "messages written"},
                 {"ticks", "ticks", "ticks played"},
                 {"quality", "1", "mean quality of the accounts' feeds, smoothed over time", false},
                 {"diversity", "nat", "entropy of the accounts' feeds by message, in the end", false},
                 {"discrimination", "1", "tau-b of the accounts' messages' quality and posts", false}};
  form.series = {{"feed_quality", "1", "mean quality of the accounts' feeds", false},
                 {"feed_diversity", "nat", "entropy of the accounts' feeds by message", false},
                 {"feed_messages", "messages", "different messages in the accounts' feeds"},
                 {"bot_slots", "1", "share of the accounts' feeds with bots' messages", false}};
  if (p.rows == 0) return form;
  form.finals.insert(form.finals.begin(), {"size", "accounts", "accounts that posted the message most did"});
  form.tables = {{"messages",
                  "message",
                  {{"number", "1", "messages in the order they were written"},
                   {"author", "1", "account, or bot: those from the number of accounts on"},
                   {"born", "ticks", "tick of the first post"},
                   {"quality", "1", "quality", false},
                   {"appeal", "1", "appeal", false},
                   {"posts", "posts", "posts by accounts"},
                   {"bot_posts", "posts", "posts by bots"},
                   {"lifetime", "ticks", "ticks from the first post to the last, both counted"},
                   {"users", "accounts", "accounts that posted it, bots left out"}}}};
  return form;
}

class Market : public Player {
 public:
  Market(const ProcessSetting& setting, const Followees* followees)
      : p_(parameters_of(*setting.scenario)),
        scenario_(*setting.scenario),
        accounts_(setting.network->accounts()),
        market_(p_.rule(accounts_), setting, followees) {}

  bool play(std::uint32_t replicate, const std::function<bool()>& go_on, ProcessRecord& record) override {
    const Tick last = scenario_.duration > 0 ? scenario_.ticks(scenario_.duration) : 2'000'000'000;
    market_.begin(replicate);
    record.series.assign(4, 0);
    double quality = 1, change = 1;
    Tick tick = 0;
    while (tick < last && (p_.converged <= 0 || change > p_.converged)) {
      if (!go_on()) return false;
      market_.play_tick(static_cast<std::uint32_t>(tick++));
      state_ = market_.look();
      const double smoothed = p_.smoothing * quality + (1 - p_.smoothing) * state_.quality;
      change = quality > 0 ? std::abs(smoothed - quality) / quality : 0;
      quality = smoothed;
      tell(record);
    }
    finish(tick, quality, record);
    return true;
  }

 private:
  void tell(ProcessRecord& record) const {
    const double filled = state_.slots > 0 ? static_cast<double>(state_.bots) / static_cast<double>(state_.slots) : 0;
    record.series.insert(record.series.end(),
                         {state_.quality, state_.diversity, static_cast<double>(state_.messages), filled});
  }

  double discrimination() const {
    std::vector<double> quality, posts;
    for (std::uint32_t i = 0; i < market_.messages().size(); ++i) {
      if (market_.messages().is_bots(i)) continue;
      quality.push_back(market_.messages().quality(i));
      posts.push_back(market_.messages().all()[i].posts);
    }
    return rank_correlation(quality, posts);
  }

  void finish(Tick ticks, double quality, ProcessRecord& record) {
    const FeedCounts& c = market_.counts();
    record.deliveries = c.deliveries, record.impressions = c.placed, record.shares = c.shares;
    record.finals = {static_cast<double>(c.posts),
                     static_cast<double>(market_.messages().size()),
                     static_cast<double>(ticks),
                     quality,
                     state_.diversity,
                     discrimination()};
    if (p_.rows == 0) return;
    const auto users = market_.log().users(market_.messages().size(), accounts_);
    record.finals.insert(record.finals.begin(), users.empty() ? 0 : static_cast<double>(std::ranges::max(users)));
    write_rows(users, record.tables.emplace_back());
  }

  void write_rows(const std::vector<std::uint32_t>& users, std::vector<double>& rows) const {
    const MessageBook& book = market_.messages();
    for (std::uint32_t i = 0; i < book.size(); ++i) {
      const Message& m = book.all()[i];
      if (m.posts + m.bot_posts < p_.rows) continue;
      const double lifetime = m.last - m.born + 1.0;
      rows.insert(rows.end(), {static_cast<double>(i), static_cast<double>(m.author), static_cast<double>(m.born),
                               book.quality(i), book.appeal(i), static_cast<double>(m.posts),
                               static_cast<double>(m.bot_posts), lifetime, static_cast<double>(users[i])});
    }
  }

  const Simsom& p_;
  const Scenario& scenario_;
  AccountId accounts_;
  FeedMarket market_;
  FeedState state_;
};

class MarketProcess : public Process {
 public:
  MarketProcess(const ProcessSetting& setting, Team& team)
      : setting_(setting), form_(form_of(parameters_of(*setting.scenario))) {
    if (parameters_of(*setting.scenario).acting == "together") followees_ = followees_of(*setting.network, team);
  }
  const ProcessForm& form() const override { return form_; }
  std::unique_ptr<Player> player(Team&) const override { return std::make_unique<Market>(setting_, &followees_); }

 private:
  ProcessSetting setting_;
  ProcessForm form_;
  Followees followees_;
};

// Without a duration: about as many ticks as it took to converge with the defaults.
ProcessDemand demand(const Scenario& scenario, double accounts, double follows) {
  const Simsom& p = parameters_of(scenario);
  const bool together = p.acting == "together";
  const double all = accounts * (1 + p.bots), bot_ties = p.bots * accounts * (p.infiltration * accounts + 3.0);
  ProcessDemand d;
  d.ticks = scenario.duration > 0 ? scenario.duration / scenario.tick : 60;
  const double messages = d.ticks * all * p.fresh;
  d.shared = together ? follows * 4 + accounts * 8 : 0;
  d.bytes = FeedRows::bytes(all, static_cast<double>(p.slots)) + all * 24 + bot_ties * 8 +
            messages * (sizeof(Message) + 24) + (p.rows > 0 ? d.ticks * all * 12 + messages * 4 : 0);
  d.kept = p.rows > 0 ? messages * (p.rows > 1 ? 0.5 : 1) * 9 * 8 * 3 : 0;
  d.deliveries = d.ticks * (follows + bot_ties);
  d.seconds = d.deliveries * 1.2e-8 + d.ticks * all * 1.5e-7;
  return d;
}
}  // namespace

const ModelEntry simsom = process_entry(
    {.name = "simsom",
     .summary = "messages compete for places in feeds by appeal, popularity and recency; bots may flood them",
     .parameters = [] { return std::static_pointer_cast<ModelParameters>(std::make_shared<Simsom>()); }},
    [](const ProcessSetting& setting, Team& team) -> std::unique_ptr<Process> {
      return std::make_unique<MarketProcess>(setting, team);
    },
    demand);

}  // namespace passalong
