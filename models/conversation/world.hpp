// The flagship's world: what it reports, and the serial end of its tick, where further mechanisms do what concerns more
// than one reader.
#pragma once
#include <algorithm>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "models/conversation/followers.hpp"
#include "models/conversation/telling.hpp"

namespace passalong {

// What the world of conversation reports: one list says what, when it exists and where it comes from. A quantity whose
// mechanism is off is absent, not zero.
class ConversationWorld final : public WorldOf<TellingConversation> {
 public:
  ConversationWorld(const Setting& setting, const Mechanisms& m, Team& team)
      : WorldOf(setting, TellingConversation(setting, m), setting.scenario->ticks(setting.scenario->content.lifetime),
                team) {
    const bool background = setting.scenario->population.posts > 0;
    const bool shares = m.forwarding.on || (m.feed() != nullptr && m.feed()->fresh < 1);
    const bool joining = m.follow.on || setting.scenario->audience.inflow > 0;
    const auto stock = [](const char* name, const char* units, const char* text) {
      return Quantity{name, units, text, true, false};
    };
    const auto flow = [](const char* name, const char* units, const char* text) {
      return Quantity{name, units, text, true, true};
    };
    const auto mean = [](const char* name, const char* units, const char* text) {
      return Quantity{name, units, text, false, false};
    };
    add(true, stock("followers", "accounts", "followers of the studied account"),
        [](const Sample& s) { return static_cast<double>(s.account.followers.size()); });
    add(joining, flow("follows", "accounts", "new followers in the output step"), counted<&Counts::follows>);
    add(m.unfollow.on, flow("unfollows", "accounts", "followers lost in the output step"), counted<&Counts::unfollows>);
    const char* causes[Unfollow::causes][2] = {{"unfollows_for_other", "unfollows for no reason the model knows"},
                                               {"unfollows_for_promotion", "unfollows put down to too many pitches"},
                                               {"unfollows_for_irrelevance", "... to posts off one's interests"},
                                               {"unfollows_for_volume", "... to too many unwanted posts"},
                                               {"unfollows_for_routine", "... to daily life"}};
    for (std::size_t k = 0; k < Unfollow::causes; ++k)
      add(m.unfollow.on, flow(causes[k][0], "accounts", causes[k][1]),
          [k](const Sample& s) { return static_cast<double>(s.account.counts.causes[k]); });
    add(true, flow("posts", "posts", "posts of the studied account in the output step"), counted<&Counts::posts>);
    add(true, flow("deliveries", "deliveries", "copies of its posts put before followers, its own or a sharer's"),
        counted<&Counts::deliveries>);
    add(true, flow("impressions", "impressions", "posts seen, once a reader"), counted<&Counts::impressions>);
    add(shares, flow("shares", "shares", "times its posts were passed on"), counted<&Counts::shares>);
    add(true, stock("reach", "accounts", "distinct accounts that have seen at least one post, cumulative"),
        counted<&Counts::reach>);
    add(m.trust.on, mean("trust_mean", "1", "mean trust of the current followers"), over<&Following::trust>);
    add(m.suspicion.on, mean("suspicion_mean", "1", "mean suspicion of the current followers"),
        over<&Following::suspicion>);
    add(true, mean("audience_diversity", "interests", "effective number of interests among followers"),
        over<&Following::diversity>);
    add(true, mean("fan_share", "1", "share of followers with affinity above one half"), over<&Following::fans>);
    add(true, mean("seller_share", "1", "share of followers who pitch something themselves"),
        over<&Following::sellers>);
    add(m.ladder.on, flow("checks", "accounts", "looks closer in the output step"), counted<&Counts::checks>);
    add(m.ladder.on, flow("adoptions", "accounts", "first purchases in the output step"), counted<&Counts::adoptions>);
    add(m.ladder.on, stock("customers", "accounts", "accounts that have bought"), counted<&Counts::adoptions>);
    add(m.ladder.on, stock("clients", "accounts", "customers who have become clients"), counted<&Counts::clients>);
    const std::vector<StrategySection>& policies = setting.scenario->policies();
    const bool learning = std::ranges::any_of(policies, [](const StrategySection& s) { return s.learns(); });
    const bool budgets = std::ranges::any_of(policies, [](const StrategySection& s) { return s.budget > 0; });
    add(learning, mean("pitch_share", "1", "share of pitches in the mix in force"),
        [](const Sample& s) { return s.policy.pitch_share(s.account.regime); });
    add(learning, {"reward", "1", "what the account won in the output step, weighed", false, true},
        [](const Sample& s) { return s.policy.reward(s.account); });
    add(budgets, {"effort", "h", "hours of work spent in the output step", false, true},
        [](const Sample& s) { return s.account.hours; });
    const auto of_all = [](Quantity q) { return q.everyones = true, q; };
    add(background, of_all(flow("world_deliveries", "deliveries", "deliveries of everyone's posts")),
        everyones<&Counts::deliveries>);
    add(background, of_all(flow("world_impressions", "impressions", "sights of everyone's posts")),
        everyones<&Counts::impressions>);
    add(background && shares, of_all(flow("world_shares", "shares", "shares of everyone's posts")),
        everyones<&Counts::shares>);
    const DynamicsSection& dynamics = setting.scenario->dynamics;
    const bool changing = setting.scenario->follows_change();
    add(changing,
        of_all(flow("world_follows", "follows", "follows among ordinary accounts that began in the output step")),
        everyones<&Counts::follows>);
    add(changing,
        of_all(flow("world_unfollows", "follows", "follows among ordinary accounts that ended in the output step")),
        everyones<&Counts::unfollows>);
    add(changing, of_all(stock("world_ties", "follows", "follows among ordinary accounts")),
        [](const Sample& s) { return static_cast<double>(s.ties); });
    add(dynamics.newcomers > 0,
        of_all(stock("world_accounts", "accounts", "ordinary accounts, less those who have yet to join")),
        [](const Sample& s) { return static_cast<double>(s.present); });
    add_further();
  }

  // What further mechanisms may do at a tick's end, beside what WorldOf offers.
  using WorldOf::befriend, WorldOf::columns, WorldOf::day, WorldOf::day_ends, WorldOf::follows, WorldOf::id_of,
      WorldOf::join, WorldOf::leave, WorldOf::model, WorldOf::setting, WorldOf::spend;
  void tell(What what, AccountId account, AccountId author, std::uint32_t ordinal) {
    WorldOf::tell(what, account, author, ordinal);
    if (inquiry() != nullptr && inquiry()->about(account)) told_.push_back({now(), what, account, author, ordinal});
  }
  Memory* memory(std::size_t studied, AccountId reader) {  // null: they have not met
    Row* row = relation(studied, reader);
    return row == nullptr ? nullptr : &row->state;
  }
  Tie* tie(std::size_t studied, AccountId reader) {
    Row* row = relation(studied, reader);
    return row == nullptr ? nullptr : &row->tie;
  }
  const Memory* memory(std::size_t studied, AccountId reader) const {
    const Row* row = relation(studied, reader);
    return row == nullptr ? nullptr : &row->state;
  }
  const Tie* tie(std::size_t studied, AccountId reader) const {
    const Row* row = relation(studied, reader);
    return row == nullptr ? nullptr : &row->tie;
  }
  Memory& acquaint(std::size_t studied, AccountId reader) { return meet(studied, reader).state; }
  double trust_of(const Memory& m) const { return model().trust.level(m.trust); }
  static void gain_trust(Memory& m, double gain) { m.trust.good = sum(m.trust.good, gain); }
  static void lose_trust(Memory& m, double loss) { m.trust.bad = sum(m.trust.bad, loss); }

  std::size_t studied() const override { return columns().studied.size(); }
  const std::vector<Quantity>& quantities() const override { return quantities_; }

  void measure(std::vector<double>& row) const override {
    std::vector<Sample> samples;
    for (std::size_t k = 0; k < studied(); ++k)
      samples.push_back(
          {k, columns().studied[k], columns().everyone, following(k), follows().ties(), columns().present, policy(k)});
    row.clear();
    for (std::size_t q = 0; q < values_.size(); ++q)
      for (std::size_t k = 0; k < (quantities_[q].everyones ? 1 : samples.size()); ++k)
        row.push_back(values_[q](samples[k]));
  }

 private:
  TellingConversation model_of(const Setting& setting) const override {
    return TellingConversation(setting, *std::static_pointer_cast<Mechanisms>(setting.scenario->parameters));
  }

  struct Sample {
    std::size_t studied;
    const Studied& account;
    const Counts& everyone;
    Following following;
    std::uint64_t ties;
    AccountId present;
    const Policy& policy;
  };
  using Value = std::function<double(const Sample&)>;

  static float sum(float stored, double more) { return static_cast<float>(static_cast<double>(stored) + more); }
  template <std::uint64_t Counts::*which>
  static double counted(const Sample& s) {
    return static_cast<double>(s.account.counts.*which);
  }
  template <std::uint64_t Counts::*which>
  static double everyones(const Sample& s) {
    return static_cast<double>(s.everyone.*which);
  }
  template <double Following::*which>
  static double over(const Sample& s) {
    return s.following.*which;
  }
  void add(bool exists, const Quantity& quantity, Value value) {
    if (exists) quantities_.push_back(quantity), values_.push_back(std::move(value));
  }
  // What several mechanisms report by one name is their sum.
  void add_to(const Quantity& quantity, Value value) {
    for (std::size_t q = 0; q < quantities_.size(); ++q)
      if (std::string(quantities_[q].name) == quantity.name) {
        values_[q] = [before = values_[q], value](const Sample& s) { return before(s) + value(s); };
        return;
      }
    add(true, quantity, std::move(value));
  }
  Following following(std::size_t studied) const {
    return describe(columns().studied[studied].followers, *setting().population, model(),
                    [&](AccountId i) -> const Row& { return *relation(studied, i); });
  }

  void follow_up(std::span<const Deed> deeds) override {
    model().further.each_on([&]<class M>(const M& m) {
      auto& course = std::get<FurtherMechanisms::place_of<M>()>(courses_);
      const Stream& draw = model().template draw_of<M>();
      if constexpr (requires { m.follow_up(course, *this, deeds, draw); }) {
        own_.clear();
        for (const Deed& d : deeds)
          if (d.kind == number_of_name(M::name)) own_.push_back(d);
        if (inquiry() == nullptr) return m.follow_up(course, *this, std::span<const Deed>(own_), draw);
        const Pairing before = pairs_asked();
        m.follow_up(course, *this, std::span<const Deed>(own_), draw);
        explain_step(m, before);
      }
    });
  }
  // The rows that are inquired into: by studied account.
  using Pairing = std::vector<std::pair<std::size_t, Row>>;
  Pairing pairs_asked() const {
    Pairing all;
    for (std::size_t k = 0; k < studied(); ++k) each_asked(k, [&](const Row& row) { all.emplace_back(k, row); });
    return all;
  }
  // What a mechanism has told of at the end of a tick, and what it has changed in the pairs.
  template <class M>
  void explain_step(const M& m, const Pairing& before) {
    std::vector<Moment> steps;
    for (const Happening& h : std::exchange(told_, {})) {
      Moment& step = steps.emplace_back(step_of(M::name, h.account, h.author));
      step.post.ordinal = h.ordinal, step.follow = h.what == What::follow;
      if constexpr (requires { m.told(h.ordinal); })
        if (h.what == What::deed) step.event = m.told(h.ordinal);
    }
    for (const auto& [k, was] : before) {
      const Row& is = *relation(k, was.tie.reader);
      Notes notes;
      model().tell_standing(was.tie, was.state, is.tie, is.state, notes);
      const bool leaves = was.tie.leaving == 0 && is.tie.leaving != 0;
      if (notes.empty() && !leaves) continue;
      auto step = std::find_if(steps.begin(), steps.end(), [&, k = k](const Moment& one) {
        return one.account == is.tie.reader && one.post.author == id_of(k) && one.reckonings.empty();
      });
      if (step == steps.end()) step = steps.insert(step, step_of(M::name, is.tie.reader, id_of(k)));
      step->reckonings = std::move(notes), step->leave = leaves;
      if constexpr (requires { M::cause; }) step->cause = M::cause;
    }
    for (Moment& step : steps) inquiry()->moments.push_back(std::move(step));
  }
  Moment step_of(const char* mechanism, AccountId reader, AccountId author) const {
    return {.kind = Moment::Kind::step, .tick = now(), .account = reader, .post = {author, 0}, .mechanism = mechanism};
  }
  void save_further(Saver& saver) const override {
    std::apply([&](const auto&... course) { (saver(course), ...); }, courses_);
  }
  void load_further(Loader& loader) override {
    std::apply([&](auto&... course) { (loader(course), ...); }, loaded_);
  }
  void accept_further() override { courses_ = std::move(loaded_), loaded_ = {}; }
  void add_further() {
    model().further.each_on([&]<class M>(const M& m) {
      const auto& course = std::get<FurtherMechanisms::place_of<M>()>(courses_);
      const auto put = [&](const Quantity& quantity, auto value) {
        if constexpr (std::is_invocable_v<decltype(value), const CourseOf<M>&, std::size_t>)
          add_to(quantity, [&course, value](const Sample& s) { return static_cast<double>(value(course, s.studied)); });
        else
          add_to(quantity, [this, &course, value](const Sample& s) {
            return static_cast<double>(value(course, s.studied, s.following, *this));
          });
      };
      if constexpr (requires { m.report(put); }) m.report(put);
    });
  }

  FurtherMechanisms::Courses courses_, loaded_;
  std::vector<Deed> own_;        // of the mechanism in hand
  std::vector<Happening> told_;  // likewise, by who is inquired into
  std::vector<Quantity> quantities_;
  std::vector<Value> values_;  // of each quantity
};

}  // namespace passalong
