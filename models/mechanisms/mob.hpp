// Flash mobs (Granovetter 1978): an invitation is taken up when enough of those one follows have committed, and to
// commit is to pass it on. Reader i commits, before the deadline, once
//   (committed followees seen + w_o w_L) / W_i >= theta_i - w_alt altruism_i purpose - w_tau (tau - 1/2),
// W_i = how many i follows, or 1 where thresholds count people; w_L = influence of the organiser by tier. At the
// deadline who has committed comes with probability q_L.
// Draws: (reader, 0, 0, block 0): threshold, altruism; (reader, author, ordinal, block 1): whether the reader comes.
#pragma once
#include <limits>

#include "models/mechanisms/encounter.hpp"

namespace passalong {

struct Mob {
  static constexpr const char *name = "mob", *help = "invitations, taken up when enough others have";
  bool on = false;
  Distribution threshold = Distribution::normal(0.25, 0.12);  // theta
  std::vector<double> thresholds{};
  bool deterministic = false;
  std::string unit = "share";
  double altruism = 0.1;   // w_alt
  double trust = 0.1;      // w_tau
  double organiser = 0;    // w_o
  double deadline = 72;    // hours
  double attend = 0.6;     // q of strangers
  double closeness = 0.1;  // what each tier adds to it

  // The two latest invitations of the account that the reader has seen.
  struct Pair {
    std::uint32_t invitation[2] = {0, 0};  // ordinal + 1; 0: none
    std::uint32_t committed[2] = {0, 0};   // followees seen to have committed
    std::uint32_t* find(std::uint32_t ordinal) {
      for (std::size_t k = 0; k < 2; ++k)
        if (invitation[k] == ordinal + 1) return &committed[k];
      return nullptr;
    }
    // Null where two later ones are in mind.
    std::uint32_t* keep(std::uint32_t ordinal) {
      const std::size_t older = invitation[1] < invitation[0];
      if (ordinal + 1 < invitation[older]) return nullptr;
      invitation[older] = ordinal + 1, committed[older] = 0;
      return &committed[older];
    }
  };
  struct Pledge {
    std::uint32_t studied, ordinal;
    AccountId reader;
  };
  struct Counts {
    std::uint64_t committed = 0, attendances = 0, strangers = 0, invited = 0;
  };
  struct Course {
    std::vector<Pledge> pledges;  // to events still to come
    std::vector<Counts> counts;   // by studied account
    template <class Archive>
    void visit(Archive& a) {
      a(pledges), a(counts);
    }
  };

  void begin(const Setting& setting) {
    network_ = &setting.network(), accounts_ = setting.accounts();
    newcomer_follows_ = setting.scenario->dynamics.newcomer_follows;
    last_ = setting.scenario->ticks(deadline);
    purposes_.clear();
    for (const StrategySection* s : setting.studied) purposes_.push_back(s->altruism);
  }

  bool governs(const Content& content) const { return content.kind == PostKind::invitation; }

  void react(const Encounter& e, Acquaintance&, Pair& pair, const Doing& doing, const Stream& draw) const {
    const Sight& s = e.sight;
    if (!governs(s.content)) return;
    std::uint32_t* committed = s.fresh ? pair.keep(s.post.ordinal) : pair.find(s.post.ordinal);
    if (committed == nullptr || *committed == joined || s.age >= last_) return;
    *committed += s.copies - (s.from_author ? 1 : 0);
    const double seen = *committed + organiser * influence[static_cast<std::size_t>(e.tier)];
    if (seen / weight(s.reader) < bar(s.reader, doing.studied, e.trust, draw)) return;
    *committed = joined;
    doing.decision.share = true, doing.decision.delay = 1;
    doing.note(name);
  }

  void tell(const Encounter& e, const Pair& pair, const Doing& doing, const Stream& draw, Notes& notes) const {
    const Sight& s = e.sight;
    if (!governs(s.content)) return;
    Pair mind = pair;
    const std::uint32_t* committed = s.fresh ? mind.keep(s.post.ordinal) : mind.find(s.post.ordinal);
    if (committed == nullptr || *committed == joined || s.age >= last_) return;
    const double copies = *committed + (s.copies - (s.from_author ? 1.0 : 0.0)), people = weight(s.reader);
    const double closeness_of_host = organiser * influence[static_cast<std::size_t>(e.tier)];
    const Words w = draw(s.reader);
    notes.push_back({.name = "committed_seen",
                     .value = (copies + closeness_of_host) / people,
                     .form = Form::sum,
                     .terms = {{"followees", copies / people}, {"organiser", closeness_of_host / people}}});
    notes.push_back({.name = "threshold",
                     .value = bar(s.reader, doing.studied, e.trust, draw),
                     .form = Form::sum,
                     .terms = {{"own", threshold_of(s.reader, uniform(w[0]))},
                               {"altruism", -altruism * uniform(w[1]) * purposes_[doing.studied]},
                               {"trust", -trust * (e.trust - 0.5)}}});
  }
  std::string told(std::uint32_t ordinal) const {
    return "comes to what invitation " + std::to_string(ordinal) + " called for";
  }

  template <class World>
  void follow_up(Course& c, World& world, std::span<const Deed> deeds, const Stream& draw) const {
    c.counts.resize(world.studied());
    for (const Deed& d : deeds) {
      c.pledges.push_back({d.studied, d.ordinal, d.reader});
      ++c.counts[d.studied].committed;
    }
    const auto& posts = world.columns().posts;
    for (std::uint32_t n = posts.first; n != posts.end() && posts[n].born + last_ <= world.columns().now; ++n)
      if (governs(posts[n].content) && posts[n].born + last_ == world.columns().now) hold(c, world, posts[n], draw);
  }

  template <class Add>
  void report(const Add& add) const {
    const auto count = [](std::uint64_t Counts::*which) {
      return [which](const Course& c, std::size_t k) {
        return k < c.counts.size() ? static_cast<double>(c.counts[k].*which) : 0;
      };
    };
    add(Quantity{"committed", "accounts", "accounts committed to an event that is still to come", true, false},
        count(&Counts::committed));
    add(Quantity{"attendances", "accounts", "attendances of events in the output step", true, true},
        count(&Counts::attendances));
    add(Quantity{"strangers", "accounts", "... of accounts that do not follow the organiser", true, true},
        count(&Counts::strangers));
    add(Quantity{"turnout", "1", "attendances so far, of those who saw an invitation to an event that is over", false,
                 false},
        [](const Course& c, std::size_t k) {
          if (k >= c.counts.size() || c.counts[k].invited == 0) return std::numeric_limits<double>::quiet_NaN();
          return static_cast<double>(c.counts[k].attendances) / static_cast<double>(c.counts[k].invited);
        });
  }

  void check(const Scenario& s, Fields& f) const {
    f.check(name, !on || deadline <= s.content.lifetime, "`deadline` is later than a post can be passed on",
            "raise `lifetime` in [content], or lower `deadline` in [model.mob]");
    f.check(name, !on || s.ticks(deadline) >= 1, "`deadline` is before the next tick", "at least one `tick`");
    f.check(name, !on || !s.parameters || s.parameters->feed() == nullptr,
            "flash mobs count the copies of an invitation, of which a feed shows one",
            "choose another [model.attention] form, or leave [model.mob] out");
  }
  void declare(Fields& f);

 private:
  static constexpr std::uint32_t joined = ~0U;
  static constexpr double influence[] = {0.1, 1, 2, 5, 10};  // by tier

  double weight(AccountId reader) const {
    if (unit == "people") return 1;
    const std::int64_t follows = reader < network_->accounts() ? network_->followees[reader] : newcomer_follows_;
    return static_cast<double>(std::max<std::int64_t>(1, follows));
  }
  double threshold_of(AccountId reader, double u) const {
    if (!thresholds.empty()) return thresholds[reader % thresholds.size()];
    return threshold.quantile(deterministic ? (reader + 0.5) / accounts_ : u);
  }
  double bar(AccountId reader, std::uint32_t studied, double tau, const Stream& draw) const {
    const Words w = draw(reader);
    return threshold_of(reader, uniform(w[0])) - altruism * uniform(w[1]) * purposes_[studied] - trust * (tau - 0.5);
  }
  // The event that an invitation called for.
  template <class World>
  void hold(Course& c, World& world, const Post& post, const Stream& draw) const {
    const std::uint32_t k = post.id.author - accounts_;
    const auto called = [&](const Pledge& p) { return p.studied == k && p.ordinal == post.id.ordinal; };
    Counts& n = c.counts[k];
    n.invited += world.columns().tallies[post.tally].impressions;
    for (const Pledge& p : c.pledges) {
      if (!called(p)) continue;
      --n.committed;
      const Tie& tie = *world.tie(k, p.reader);
      const auto tier = static_cast<double>(tier_of(*world.memory(k, p.reader), tie));
      if (uniform(draw(p.reader, post.id.author, p.ordinal, 1)[0]) >= attend + closeness * tier) continue;
      ++n.attendances, n.strangers += tie.follower == 0;
      world.tell(What::deed, p.reader, post.id.author, p.ordinal);
    }
    std::erase_if(c.pledges, called);
  }

  const Network* network_ = nullptr;
  AccountId accounts_ = 0;  // ids of studied accounts begin here
  std::int64_t newcomer_follows_ = 0;
  Tick last_ = 0;
  std::vector<double> purposes_;  // of the studied accounts: 0 promotional, 1 altruistic
};

inline void Mob::declare(Fields& f) {
  f.flag("on", on, {.help = "off: an invitation is a post like any other, and nobody meets", .source = "assumption"});
  f.distribution("threshold", threshold,
                 {.help = "theta: how much of those one follows must have committed",
                  .source = "form: Granovetter 1978; numbers: assumption"});
  f.numbers("thresholds", thresholds,
            {.help = "theta of each account in turn, from the first again when they run out; empty: by `threshold`",
             .source = "Granovetter 1978"});
  f.flag("deterministic", deterministic,
         {.help = "account i of n has the threshold of rank (i + 1/2) / n instead of a random one",
          .source = "Granovetter 1978"});
  f.choice("unit", unit, {"share", "people"},
           {.help = "thresholds are shares of those one follows, or a number of them", .source = "Granovetter 1978"});
  f.number("altruism", altruism,
           {.low = 0,
            .high = 1e9,
            .help = "w_alt: how far a purpose that serves others lowers the threshold of the most altruistic",
            .source = "assumption"});
  f.number("trust", trust,
           {.low = 0, .high = 1e9, .help = "w_tau: trust in the organiser lowers thresholds", .source = "assumption"});
  f.number("organiser", organiser,
           {.low = 0,
            .high = 1e9,
            .help = "w_o: the organiser counts as so many followees, x .1 1 2 5 10 by tier",
            .source = "assumption"});
  f.duration("deadline", deadline,
             {.low = 0, .high = 1e6, .help = "when the event is, after the invitation", .source = "assumption"});
  f.number("attend", attend,
           {.unit = "probability",
            .low = 0,
            .high = 1,
            .help = "how likely a stranger who has committed comes",
            .source = "assumption: no-shows of 30-50 % at free events"});
  f.number("closeness", closeness,
           {.low = 0, .high = 1, .help = "what each tier adds to that", .source = "assumption"});
}

}  // namespace passalong
