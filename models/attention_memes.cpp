// Memes that compete for limited attention (Weng, Flammini, Vespignani & Menczer 2012). One account at a time acts: it
// posts about a new meme, or reads its screen, where each post may catch its attention; that it passes on, or it is
// reminded of a meme it posted about lately. Screens and memories hold the posts of a window of time.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/models.hpp"
#include "sim/base/failure.hpp"
#include "sim/base/math.hpp"
#include "sim/engine/processes/meme_book.hpp"
#include "sim/engine/processes/process.hpp"
#include "sim/engine/processes/turns.hpp"
#include "sim/network/followees.hpp"

namespace passalong {
namespace {
constexpr const char* weng = "Weng, Flammini, Vespignani & Menczer 2012";

struct AttentionMemes : ModelParameters {
  double fresh = 0.45, reading = 0.016, memory = 0.4, window = 1;
  std::int64_t rows = 1;

  void declare(Fields& f) override {
    f.number("new", fresh,
             {.low = 0, .high = 1, .help = "chance that an account which acts posts about a new meme", .source = weng});
    f.number("reading", reading,
             {.low = 0,
              .high = 1,
              .help = "else: chance that a post on its screen catches its attention, for each",
              .source = weng});
    f.number("memory", memory,
             {.low = 0,
              .high = 1,
              .help = "chance that such a post reminds it of one it made itself, which it posts about in its place",
              .source = weng});
    f.number("window", window,
             {.unit = "ticks",
              .low = 1e-6,
              .high = 1e6,
              .help = "how long posts stay on screens and in memory; in a tick as many act as there are accounts",
              .source = weng});
    f.integer("rows_from", rows,
              {.unit = "posts",
               .low = 0,
               .high = 1e9,
               .help = "a meme with so many posts has a row in /memes; 0: no table, and no `size`",
               .source = "assumption"});
  }

  void check(const Scenario& scenario, Fields& f) override {
    f.check("name", scenario.duration > 0, "memes never end by themselves", "set `duration`");
  }

  std::uint64_t steps(AccountId accounts) const {
    return std::max<std::uint64_t>(1, static_cast<std::uint64_t>(window * accounts + 0.5));
  }
};

const AttentionMemes& parameters_of(const Scenario& scenario) {
  return static_cast<const AttentionMemes&>(*scenario.parameters);
}

// Follows are needed from the reader's side.
struct Ties {
  const Network& network;
  Followees followees;
};

ProcessForm form_of(const AttentionMemes& p) {
  ProcessForm form;
  form.finals = {{"posts", "posts", "posts"},
                 {"meme_count", "memes", "memes posted about"},
                 {"mean_lifetime", "ticks", "longest run of ticks with posts about a meme: mean over memes", false},
                 {"user_diversity", "nat", "entropy of an account's posts of a tick by meme: mean", false}};
  form.series = {{"posts_made", "posts", "posts made", true, true},
                 {"new_posts", "posts", "posts about memes born in the tick", true, true},
                 {"memes_posted", "memes", "memes posted about", true, true},
                 {"users", "accounts", "accounts that posted", true, true},
                 {"system_entropy", "nat", "entropy of the tick's posts by meme", false, true},
                 {"user_entropy", "nat", "entropy of an account's posts of the tick by meme: mean", false, true},
                 {"screen_memes", "memes", "memes on screens"},
                 {"screen_entropy", "nat", "entropy of the posts on all screens by meme", false}};
  if (p.rows == 0) return form;
  form.finals.insert(form.finals.begin(), {"size", "accounts", "accounts that posted about the meme most did"});
  form.tables = {{"memes",
                  "meme",
                  {{"number", "1", "memes in the order of their birth"},
                   {"born", "ticks", "tick of the first post"},
                   {"posts", "posts", "posts about it"},
                   {"lifetime", "ticks", "longest run of ticks with posts about it"},
                   {"users", "accounts", "accounts that posted about it"}}}};
  return form;
}

class Memes : public Player {
 public:
  Memes(const ProcessSetting& setting, const Ties& ties)
      : p_(parameters_of(*setting.scenario)), setting_(setting), ties_(ties), accounts_(ties.network.accounts()) {}

  bool play(std::uint32_t replicate, const std::function<bool()>& go_on, ProcessRecord& record) override {
    const Tick ticks = setting_.scenario->ticks(setting_.scenario->duration);
    Turns turns(setting_.stream(Purpose::meme_action, replicate), accounts_);
    readings_ = setting_.stream(Purpose::meme_reading, replicate);
    window_.reset(accounts_, p_.steps(accounts_));
    book_.reset(accounts_), log_.clear();
    record.series.assign(8, 0);
    for (Tick t = 0; t < ticks; ++t) {
      if (!go_on()) return false;
      play_tick(static_cast<std::uint32_t>(t), turns, record);
    }
    finish(record);
    return true;
  }

 private:
  void play_tick(std::uint32_t tick, Turns& turns, ProcessRecord& record) {
    const std::uint64_t first = std::uint64_t{tick} * accounts_;
    for (std::uint64_t step = first; step < first + accounts_; ++step) {
      const Turns::Turn turn = turns.at(step);
      window_.forget(step);
      fetch(turns, step);
      said_.clear();
      if (uniform(turn.first) < p_.fresh)
        said_.push_back(book_.invent(tick));
      else
        read(step, turn.who);
      if (!window_.post(step, turn.who, said_)) refuse();
      for (const std::uint32_t meme : said_) note(meme, turn.who);
      record.deliveries += said_.size() * ties_.network.follower_count(turn.who);
    }
    tell(book_.close(tick, window_, ties_.network), record);
  }

  void note(std::uint32_t meme, AccountId who) {
    book_.note(meme, who);
    if (p_.rows > 0) log_.note(meme, who);
  }

  // What those who act soon will read, from further ahead to near: where their lists are, the lists, the numbers of
  // posts of those in them. Memory is slower than a step. (A call that only fetches would be thought useless.)
  [[gnu::always_inline]] void fetch(const Turns& turns, std::uint64_t step) const {
    const Followees& f = ties_.followees;
    const auto reads = [&](const Turns::Turn& turn) { return uniform(turn.first) >= p_.fresh; };
    if (const Turns::Turn& turn = turns.soon(step, 40); reads(turn)) __builtin_prefetch(&f.offsets[turn.who]);
    if (const Turns::Turn& turn = turns.soon(step, 24); reads(turn)) {
      const auto followed = f.of(turn.who);
      for (std::size_t i = 0; i < std::min(most_fetched, followed.size()); i += 16) __builtin_prefetch(&followed[i]);
    }
    if (const Turns::Turn& turn = turns.soon(step, 8); reads(turn)) {
      const auto followed = f.of(turn.who);
      for (std::size_t i = 0; i < std::min(most_fetched, followed.size()); ++i) window_.fetch(followed[i]);
    }
  }

  // How many posts are passed over before the next that is noticed.
  std::uint64_t gap(std::uint32_t word) const {
    if (p_.reading >= 1) return 0;
    const double gap = passalong::log(uniform(word)) * per_log_;
    return gap < 4e18 ? static_cast<std::uint64_t>(gap) : std::uint64_t{1} << 62;
  }

  void read(std::uint64_t step, AccountId reader) {
    if (p_.reading <= 0) return;
    const auto low = static_cast<std::uint32_t>(step), high = static_cast<std::uint32_t>(step >> 32);
    std::uint32_t draw = 0;
    Words words = readings_(low, high, draw);
    std::uint64_t left = gap(words[0]);
    for (const AccountId followed : ties_.followees.of(reader)) {
      const std::uint32_t held = window_.held(followed);
      while (left < held) {
        say(reader, window_.meme(followed, static_cast<std::uint32_t>(left)), words);
        words = readings_(low, high, ++draw);
        left += 1 + gap(words[0]);
      }
      left -= held;
    }
  }

  void say(AccountId reader, std::uint32_t seen, const Words& words) {
    const std::uint32_t held = window_.held(reader);
    const bool reminded = held > 0 && uniform(words[1]) < p_.memory;
    said_.push_back(reminded ? window_.meme(reader, static_cast<std::uint32_t>(uniform_below(held, words[2], words[3])))
                             : seen);
  }

  void refuse() const {
    throw Failure(Exit::resources,
                  fmt::format("posts multiply without end: more than {} in the window", window_.most_posts()),
                  "lower `reading` or `window`: a post should be noticed less than once");
  }

  void tell(const TickOfMemes& t, ProcessRecord& record) {
    posts_ += t.posts;
    for (const std::uint64_t count : {t.posts, t.fresh, t.memes, t.users})
      record.series.push_back(static_cast<double>(count));
    record.series.insert(record.series.end(),
                         {t.system_entropy, t.user_entropy, static_cast<double>(t.screen_memes), t.screen_entropy});
  }

  void finish(ProcessRecord& record) {
    const std::vector<Meme>& memes = book_.memes();
    record.impressions = record.shares = posts_ - memes.size();
    record.finals = {static_cast<double>(posts_), static_cast<double>(memes.size()), book_.mean_lifetime(),
                     book_.mean_user_entropy()};
    posts_ = 0;
    if (p_.rows == 0) return;
    const auto users = log_.users(static_cast<std::uint32_t>(memes.size()), accounts_);
    record.finals.insert(record.finals.begin(), users.empty() ? 0 : static_cast<double>(std::ranges::max(users)));
    std::vector<double>& rows = record.tables.emplace_back();
    for (std::size_t i = 0; i < memes.size(); ++i) {
      const Meme& meme = memes[i];
      if (meme.posts < p_.rows) continue;
      for (const double value :
           {static_cast<double>(i), static_cast<double>(meme.born), static_cast<double>(meme.posts),
            static_cast<double>(meme.lifetime), static_cast<double>(users[i])})
        rows.push_back(value);
    }
  }

  static constexpr std::size_t most_fetched = 64;

  const AttentionMemes& p_;
  const ProcessSetting& setting_;
  const Ties& ties_;
  AccountId accounts_;
  double per_log_ = p_.reading > 0 && p_.reading < 1 ? 1 / passalong::log(1 - p_.reading) : 0;
  Stream readings_;
  PostWindow window_;
  MemeBook book_;
  PostLog log_;
  std::vector<std::uint32_t> said_;
  std::uint64_t posts_ = 0;
};

class MemeProcess : public Process {
 public:
  MemeProcess(const ProcessSetting& setting, Team& team)
      : setting_(setting),
        form_(form_of(parameters_of(*setting.scenario))),
        ties_{*setting.network, followees_of(*setting.network, team)} {}
  const ProcessForm& form() const override { return form_; }
  std::unique_ptr<Player> player(Team&) const override { return std::make_unique<Memes>(setting_, ties_); }

 private:
  ProcessSetting setting_;
  ProcessForm form_;
  Ties ties_;
};

// Posts a step: new ones, and those noticed among the posts of a window of all who are followed.
double posts_a_step(const AttentionMemes& p, double mean_followees) {
  const double again = std::min(0.9, (1 - p.fresh) * p.reading * p.window * mean_followees);
  return p.fresh / (1 - again);
}

ProcessDemand demand(const Scenario& scenario, double accounts, double follows) {
  const AttentionMemes& p = parameters_of(scenario);
  const double ticks = scenario.duration / scenario.tick, steps = accounts * ticks, mean = follows / accounts;
  const double posts = posts_a_step(p, mean), memes = steps * p.fresh;
  ProcessDemand d;
  d.shared = follows * 4 + accounts * 8;
  d.bytes = PostWindow::bytes(accounts, p.window * accounts, posts) + accounts * 8 + memes * (sizeof(Meme) + 8) +
            (p.rows > 0 ? steps * posts * 12 + memes * 4 : 0);
  // As doubles in the record, then by column, then stored; half of the memes have one post.
  d.kept = p.rows > 0 ? memes * (p.rows > 1 ? 0.5 : 1) * 5 * 8 * 3 : 0;
  d.deliveries = steps * posts * mean;
  d.seconds = steps * (1.2e-7 + 2e-9 * mean);
  d.ticks = ticks;
  return d;
}
}  // namespace

const ModelEntry attention_memes = process_entry(
    {.name = "attention-memes",
     .summary = "memes compete for places on screens and in memories; none is better than another",
     .parameters = [] { return std::static_pointer_cast<ModelParameters>(std::make_shared<AttentionMemes>()); }},
    [](const ProcessSetting& setting, Team& team) -> std::unique_ptr<Process> {
      return std::make_unique<MemeProcess>(setting, team);
    },
    demand);

}  // namespace passalong
