// One-on-one conversation in a mass medium: readers reply to posts, and the account answers some of them each day.
//   P(reply | first sight) = r0 (1 - exp(-k max(0, U))) [x factor where they converse already]
// An answer earns trust and makes the two converse; the account may follow back, and a passer-by may follow. Some of
// those who wait in vain take offence. How many are answered is the policy's: `replies` of a strategy.
// Draws: (reader, author, ordinal, 0): whether it replies, its turn, whether it is followed back, whether it follows;
// (reader, author, 0, 1): whether it is one of those who mind silence.
#pragma once
#include <tuple>

#include "models/mechanisms/encounter.hpp"

namespace passalong {

// A number of things a day, in whole things: those of day d (from 0).
inline std::uint64_t whole_on_day(double per_day, std::uint32_t d) {
  return static_cast<std::uint64_t>((d + 1.0) * per_day) - static_cast<std::uint64_t>(d * per_day);
}

struct Dialogue {
  static constexpr const char *name = "dialogue", *help = "replies, and answers to individuals";
  bool on = false;
  double rate = 0.06;     // r0
  double steepness = 5;   // k
  double conversing = 2;  // factor
  std::string answer = "random";
  double gain = 1;
  double follow_back = 0.2;
  double won = 0.2;
  double patience = 48;  // hours
  double annoyed = 0.247;
  double ignored = 1;

  // A reply that awaits an answer.
  struct Waiting {
    AccountId reader;
    std::uint32_t ordinal;
    Tick since;
  };
  struct Talk {  // of one studied account; counts are cumulative
    std::vector<Waiting> waiting;
    std::uint64_t replies = 0, answers = 0, ignored = 0;
    template <class Archive>
    void visit(Archive& a) {
      a(waiting), a(replies), a(answers), a(ignored);
    }
  };
  struct Course {
    std::vector<Talk> talks;  // by studied account
    template <class Archive>
    void visit(Archive& a) {
      a(talks);
    }
  };

  double probability(double utility, Tier tier) const {
    return utility <= 0 ? 0 : rate * (1 - exp(-steepness * utility)) * (tier >= Tier::conversing ? conversing : 1.0);
  }
  void react(const Encounter& e, Acquaintance&, Nothing&, const Doing& doing, const Stream& draw) const {
    const Sight& s = e.sight;
    if (!s.fresh) return;
    const double p = probability(e.utility, e.tier);
    if (p > 0 && uniform(draw(s.reader, s.post.author, s.post.ordinal)[0]) < p) doing.note(name);
  }

  void tell(const Encounter& e, const Nothing&, const Doing&, const Stream& draw, Notes& notes) const {
    const Sight& s = e.sight;
    if (!s.fresh) return;
    notes.push_back({.name = "reply_chance",
                     .value = probability(e.utility, e.tier),
                     .form = Form::product,
                     .terms = {{"rate", rate},
                               {"gain", e.utility <= 0 ? 0 : 1 - exp(-steepness * e.utility)},
                               {"conversing", e.tier >= Tier::conversing ? conversing : 1.0}},
                     .drawn = uniform(draw(s.reader, s.post.author, s.post.ordinal)[0])});
  }
  std::string told(std::uint32_t ordinal) const {
    return ordinal == number_of_name("answer") ? "gets an answer" : "replies to post " + std::to_string(ordinal);
  }

  template <class World>
  void follow_up(Course& course, World& world, std::span<const Deed> deeds, const Stream& draw) const {
    course.talks.resize(world.studied());
    for (const Deed& d : deeds) {
      Talk& talk = course.talks[d.studied];
      ++talk.replies;
      talk.waiting.push_back({d.reader, d.ordinal, world.now()});
      world.tell(What::deed, d.reader, world.id_of(d.studied), d.ordinal);
    }
    if (!world.day_ends()) return;
    for (std::size_t k = 0; k < course.talks.size(); ++k) end_day(course.talks[k], k, world, draw);
  }

  template <class Add>
  void report(const Add& add) const {
    const auto of = [](std::uint64_t Talk::*which) {
      return [which](const Course& c, std::size_t k) { return k < c.talks.size() ? c.talks[k].*which : 0; };
    };
    add(Quantity{"replies", "replies", "replies of readers to its posts", true, true}, of(&Talk::replies));
    add(Quantity{"answers", "answers", "replies the account has answered", true, true}, of(&Talk::answers));
    add(Quantity{"replies_ignored", "replies", "replies that have waited in vain", true, true}, of(&Talk::ignored));
    add(Quantity{"conversing", "accounts", "followers who converse with the account, or are closer", true, false},
        [](const Course&, std::size_t, const auto& following, const auto&) {
          return following.at_least(Tier::conversing);
        });
    add(Quantity{"reciprocity", "1", "share of followers whom the account follows back", false, false},
        [](const Course&, std::size_t, const auto& following, const auto&) {
          const auto all = static_cast<double>(following.at_least(Tier::stranger));
          return static_cast<double>(following.mutual) / all;  // of nobody: NaN
        });
  }

  void declare(Fields& f) {
    f.flag("on", on, {.help = "off: nobody replies", .source = "assumption"});
    f.number("rate", rate,
             {.unit = "probability",
              .low = 0,
              .high = 1,
              .help = "r0: chance that a reader replies to a post of great gain",
              .source = "order of size: 29 % of tweets get a reaction, 6 % are passed on (Sysomos 2010)"});
    f.number("steepness", steepness,
             {.low = 0, .high = 1000, .help = "k: how soon a gain is enough", .source = "assumption"});
    f.number("conversing", conversing,
             {.low = 0,
              .high = 100,
              .help = "factor for those who converse with the account already",
              .source = "assumption"});
    f.choice("answer", answer, {"random", "closest", "newest"},
             {.help = "whom the account answers first: anyone, who trusts it most, or who replied last",
              .source = "assumption"});
    f.number("gain", gain,
             {.low = 0,
              .high = 100,
              .help = "what an answer adds to trust; a good post adds trust.gain",
              .source = "assumption: as much as a good post"});
    f.number("follow_back", follow_back,
             {.unit = "probability",
              .low = 0,
              .high = 1,
              .help = "chance that the account follows back a follower it answers",
              .source = "assumption; that mutual ties last longer: Kwak, Chun & Moon 2011"});
    f.number("won", won,
             {.unit = "probability",
              .low = 0,
              .high = 1,
              .help = "chance that a passer-by who is answered follows",
              .source = "assumption"});
    f.duration("patience", patience,
               {.low = 0, .high = 1e6, .help = "how long a reply waits for an answer", .source = "assumption"});
    f.number("annoyed", annoyed,
             {.unit = "probability",
              .low = 0,
              .high = 1,
              .help = "share of people who mind getting no answer",
              .source = "Sprout Social 2016: 24.7 %"});
    f.number("ignored", ignored,
             {.low = 0,
              .high = 100,
              .help = "what silence takes from trust with those who mind; a bad post takes trust.loss",
              .source = "assumption"});
  }

 private:
  using Rank = std::tuple<double, std::uint32_t, AccountId, std::uint32_t>;  // first, turn, reader, ordinal

  template <class World>
  void end_day(Talk& talk, std::size_t k, World& world, const Stream& draw) const {
    std::erase_if(talk.waiting, [&](const Waiting& w) { return world.memory(k, w.reader)->closed != 0; });
    arrange(talk.waiting, k, world, draw);
    const Scenario& scenario = *world.setting().scenario;
    const std::uint64_t most = whole_on_day(replies_a_day(scenario, *world.setting().studied[k]), world.day());
    const auto answered = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(talk.waiting.size(), most));
    for (auto w = talk.waiting.begin(); w != talk.waiting.begin() + answered; ++w) reply(*w, k, world, draw);
    talk.answers += static_cast<std::uint64_t>(answered);
    world.spend(k, static_cast<double>(answered) * scenario.effort.reply);
    talk.waiting.erase(talk.waiting.begin(), talk.waiting.begin() + answered);
    talk.ignored += std::erase_if(talk.waiting, [&](const Waiting& w) {
      const bool vain = (world.now() - w.since) * scenario.tick >= patience;
      if (vain && uniform(draw(w.reader, world.id_of(k), 0, 1)[0]) < annoyed)
        world.lose_trust(*world.memory(k, w.reader), ignored);
      return vain;
    });
  }

  // In the order in which they will be answered.
  template <class World>
  void arrange(std::vector<Waiting>& waiting, std::size_t k, World& world, const Stream& draw) const {
    std::vector<std::pair<Rank, Waiting>> order;
    order.reserve(waiting.size());
    for (const Waiting& w : waiting) {
      double first = 0;
      if (answer == "closest") first = -world.trust_of(*world.memory(k, w.reader));
      if (answer == "newest") first = -static_cast<double>(w.since);
      order.push_back({{first, draw(w.reader, world.id_of(k), w.ordinal)[1], w.reader, w.ordinal}, w});
    }
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (std::size_t n = 0; n < order.size(); ++n) waiting[n] = order[n].second;
  }

  template <class World>
  void reply(const Waiting& w, std::size_t k, World& world, const Stream& draw) const {
    const AccountId account = world.id_of(k);
    auto& memory = *world.memory(k, w.reader);
    Tie& tie = *world.tie(k, w.reader);
    const Words words = draw(w.reader, account, w.ordinal);
    world.tell(What::deed, w.reader, account, number_of_name("answer"));
    world.gain_trust(memory, gain * world.setting().studied[k]->authenticity);
    bring_close(memory, Tier::conversing, world.day());
    if (tie.follower != 0 && uniform(words[2]) < follow_back) tie.reciprocal = 1;
    if (tie.follower != 0 || tie.joining != 0 || uniform(words[3]) >= won) return;
    world.tell(What::follow, w.reader, account, w.ordinal);
    world.join(k, w.reader, false, false);
  }
};

}  // namespace passalong
