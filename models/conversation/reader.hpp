// The flagship's reader: limited attention, appraisal, suspicion and trust, passing on, following, buying and leaving.
// A sentence of mechanisms; each is one file in mechanisms/.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "models/conversation.hpp"
#include "models/mechanisms/guess.hpp"
#include "sim/engine/world_of.hpp"

namespace passalong {

// What a reader remembers of a studied account.
struct Memory : Acquaintance, FurtherMechanisms::Pairs {
  Impressions lately;
  float patience = 0;           // left of the spell's Exp(1) threshold
  std::uint16_t exposures = 0;  // posts seen while not following
  std::uint16_t pitches = 0;    // pitches seen
};

class Conversation : public Mechanisms {
 public:
  using State = Memory;

  Conversation(const Setting& setting, const Mechanisms& mechanisms)
      : Mechanisms(mechanisms),
        scenario_(setting.scenario),
        people_(setting.population),
        accounts_(setting.accounts()),
        lifetime_(scenario_->content.lifetime),
        ticks_per_day_(static_cast<Tick>(scenario_->ticks_per_day() + 0.5)),
        noise_(setting.stream(Purpose::noise)),
        perception_(setting.stream(Purpose::perception)),
        forward_(setting.stream(Purpose::forward)),
        follow_(setting.stream(Purpose::follow)),
        ladder_(setting.stream(Purpose::ladder)),
        patience_(setting.stream(Purpose::patience)),
        client_(setting.stream(Purpose::client)),
        liking_(setting.stream(Purpose::background_affinity)) {
    for (Tick age = 0; age <= scenario_->ticks(lifetime_); ++age)
      novelty_.push_back(appraisal.novelty(age * scenario_->tick));
    for (std::size_t byte = 0; byte < 256; ++byte) of_255_[byte] = static_cast<double>(byte) / 255;
    for (const StrategySection* s : setting.studied) {
      authenticity_.push_back(s->authenticity);
      suspected_.push_back(Suspicion::log_odds_of(s->prior_word.empty() ? s->prior_suspicion : suspicion.prior));
    }
    prior_ = suspicion.on ? suspicion.prior : 0;
    // uniform(word) < rate, as a comparison of words.
    willing_ = forwarding.on ? static_cast<std::uint64_t>(std::ceil(std::max(0.0, forwarding.rate * 0x1p32 - 0.5))) : 0;
    const std::array<const char*, FurtherMechanisms::count> names = FurtherMechanisms::names();
    for (std::size_t k = 0; k < names.size(); ++k) draws_[k] = setting.stream(names[k]);
    any_further_ = further.any();
    further.each([&](auto& m) {
      if constexpr (requires { m.begin(setting); }) m.begin(setting);
    });
    if (scenario_->population.posts > 0) guess_ = Guess(appraisal, forwarding, delay, novelty_, *scenario_);
  }

  State stranger(AccountId author) const {
    State s;
    s.log_odds = static_cast<float>(suspected_[author - accounts_]);
    return s;
  }
  void begin_spell(const Tie& tie, State& s, AccountId author) const {
    s.patience = static_cast<float>(-log(uniform(patience_(tie.reader, author, tie.spell)[0])));
  }
  double see_probability(AccountId reader, double load) const {
    return attention.see_probability(people_->attention[reader], load);
  }

  // The draws of a further mechanism.
  template <class M>
  const Stream& draw_of() const {
    return draws_[FurtherMechanisms::place_of<M>()];
  }
  double most_eager() const { return attention.eager(1); }
  double eager(const State& s) const { return attention.eager(trust.level(s.trust)); }
  bool closed(const State& s) const { return s.closed != 0; }
  // Whether a further mechanism alone decides about passing such a post on.
  bool gathers(const Content& content) const {
    bool some = false;
    if (any_further_)
      further.each_on([&](const auto& m) {
        if constexpr (requires { m.governs(content); }) some = some || m.governs(content);
      });
    return some;
  }

  Decision react(const Sight& sight, const Tie& tie, State& s, std::vector<Deed>& deeds) const {
    const Encounter e = encounter(sight, tie, s);
    Decision d;
    d.trust = e.trust;
    if (sight.fresh) {
      look_closer(d, s, e);
      if (!gathers(sight.content)) pass_on(d, s, e);
      learn(s, e);
      if (!sight.follows_author) meet(d, s, e);
    }
    if (any_further_) react_further(d, s, e, deeds);
    return d;
  }

  // Everyone else's posts meet the prior: no pair is remembered. Words: error, whether to pass on, delay. (Inlined,
  // like what else the tick asks often, although an inquiry asks it too.)
  [[gnu::always_inline]] Willing react(const Sight& sight, const Words& words) const {
    const double novelty = novelty_[sight.age];
    const double audience = appraisal.merit(sight.content, audience_similar(sight.reader, sight.content),
                                            people_->mean_affinity, prior_, sight.fame, novelty);
    if (forwarding.friends && audience <= 0) return Willing::no;
    const double affinity = sight.content.pitch > 0 ? liking(sight) : 0;
    const double merit =
        appraisal.merit(sight.content, similar(sight.reader, sight.content), affinity, prior_, sight.fame, novelty);
    const double u = uniform(words[1]), utility = appraisal.utility(merit, 0.5, appraisal.error(uniform(words[0])));
    if (u >= forwarding.probability(utility, audience, true)) return Willing::no;
    const bool anyway = sight.follows_author || u < forwarding.probability(utility, audience, false);
    return anyway ? Willing::yes : Willing::if_following;
  }
  bool may_share(std::uint32_t word) const { return word < willing_; }
  Willing guess(const OrdinaryImpression& i, std::uint32_t error_word, std::uint32_t word) const {
    if (i.kind() != PostKind::value) return Willing::unsure;
    const std::uint8_t* row = people_->topics->row(i.reader) + i.topic();
    return guess_.news(i, row[0], row[people_->topics->topics()], error_word, word);
  }
  Tick ordinary_delay(std::uint32_t word) const {
    const Tick ticks = guess_.delay(word);
    return ticks > 0 ? ticks : ticks_of(delay.hours(uniform(word), 0.5, lifetime_));
  }
  void bring_readers_near(AccountId begin, AccountId end) const {
    bring_near(people_->topics->row(begin), people_->topics->row(end));
  }

  bool heeds_customers() const { return ladder.on && ladder.imitation > 0; }
  bool bought(const State& s) const { return s.customer != 0; }
  Review review(const Tie& tie, State& s, AccountId author, std::uint32_t day, double fame, double rate, double load,
                Tick now, double customers) const {
    const double affinity = people_->affinity[tie.reader], tau = trust.level(s.trust);
    const Standing standing{tie.reader,
                            author,
                            day,
                            tie,
                            tier_of(s, tie),
                            affinity,
                            tau,
                            suspicion.probability(s.log_odds),
                            static_cast<double>(day) - s.contact};
    const double further_shield = any_further_ ? end_day(standing, s) : 0;
    Review r;
    if (ladder.on && s.client == 0 && (s.customer != 0 || ladder.spreads_by_itself()))
      rise(r, s, client_(tie.reader, author, day), tau, customers);
    if (!unfollow.on) return r;
    const double share_of_feed = rate / (rate + load + 1e-9);
    const auto terms = unfollow.terms(s.lately, standing.suspicion, affinity, share_of_feed, fame);
    const bool fresh = tie.old == 0 && (now - tie.since) * scenario_->tick < unfollow.new_for;
    const double hazard =
        unfollow.hazard(terms, tau, tie.reciprocal != 0, people_->seller[tie.reader] != 0, fresh, further_shield);
    s.patience = static_cast<float>(static_cast<double>(s.patience) - hazard);
    if (s.patience > 0) return r;
    r.leave = true;
    r.cause = Unfollow::cause(terms, uniform(patience_(tie.reader, author, tie.spell)[1]));
    return r;
  }

 protected:
  [[gnu::always_inline]] Encounter encounter(const Sight& sight, const Tie& tie, State& s) const {
    Encounter e{sight, tie, tier_of(s, tie)};
    e.affinity = people_->affinity[sight.reader], e.similarity = similar(sight.reader, sight.content);
    e.trust = trust.level(s.trust), e.suspicion = suspicion.probability(s.log_odds), e.people = people_;
    if (any_further_) e.silence = days(sight.now) - s.contact;
    appraise(e, s);
    return e;
  }

  // Cosine of two byte rows; posts are about one topic, so it is one entry of the reader's.
  double similar(AccountId account, const Content& content) const {
    return of_255_[people_->topics->interest(account, content.topic)];
  }
  double audience_similar(AccountId account, const Content& content) const {
    return of_255_[people_->topics->audience(account, content.topic)];
  }

  static bool is_pitch(const Sight& sight) { return sight.content.pitch > 0.5F; }

  void appraise(Encounter& e, State& s) const {
    const Sight& sight = e.sight;
    double merit =
        appraisal.merit(sight.content, e.similarity, e.affinity, e.suspicion, sight.fame, novelty_[sight.age]);
    double feeling = 0;
    if (any_further_)
      further.each_on([&]<class M>(const M& m) {
        if constexpr (requires { m.worth(e, s.template of<M>()); }) merit += m.worth(e, s.template of<M>());
        if constexpr (requires { m.feeling(e, s.template of<M>()); }) feeling += m.feeling(e, s.template of<M>());
      });
    e.merit = merit;
    e.error = appraisal.error(uniform(noise_(sight.reader, sight.post.author, sight.post.ordinal)[0]));
    e.utility = appraisal.utility(e.merit, e.trust, e.error) + feeling;
  }

  // A customer may become a client; who is none may buy on the word of others.
  void rise(Review& r, State& s, const Words& w, double tau, double customers) const {
    if (s.customer != 0) {
      r.stay = uniform(w[0]) < ladder.stay(tau), s.client = r.stay;
    } else if (ladder.spreads_by_itself()) {
      r.adopt = uniform(w[1]) < ladder.word_of_mouth(customers), s.customer = r.adopt;
    }
  }

  [[gnu::always_inline]] double check_chance(State& s, const Encounter& e) const {
    double check = ladder.check(e.affinity, e.trust, is_pitch(e.sight), s.pitches, e.suspicion);
    if (any_further_)
      further.each_on([&]<class M>(const M& m) {
        if constexpr (requires { m.door(e, s.template of<M>()); }) check *= m.door(e, s.template of<M>());
      });
    return check;
  }
  void look_closer(Decision& d, State& s, const Encounter& e) const {
    const bool pitch = is_pitch(e.sight);
    if (ladder.on && s.customer == 0) {
      const Words w = ladder_(e.sight.reader, e.sight.post.author, e.sight.post.ordinal);
      d.check = uniform(w[0]) < check_chance(s, e);
      d.adopt = d.check && uniform(w[1]) < ladder.adopt(e.affinity, e.trust);
      if (d.adopt) s.customer = 1;
    }
    if (pitch && s.pitches < 65'535) ++s.pitches;
  }

  // What the post is worth to the reader's friends.
  double friends_merit(const Encounter& e) const {
    const Sight& sight = e.sight;
    const double similarity = audience_similar(sight.reader, sight.content);
    return appraisal.merit(sight.content, similarity, people_->audience_affinity[sight.reader], e.suspicion, sight.fame,
                           novelty_[sight.age]);
  }
  [[gnu::always_inline]] double share_chance(State& s, const Encounter& e) const {
    if (!forwarding.on || e.utility <= 0) return 0;
    double p = forwarding.probability(e.utility, friends_merit(e), e.sight.follows_author);
    if (p <= 0) return 0;
    if (any_further_)
      further.each_on([&]<class M>(const M& m) {
        if constexpr (requires { m.readiness(e, s.template of<M>()); }) p *= m.readiness(e, s.template of<M>());
      });
    return p;
  }
  void pass_on(Decision& d, State& s, const Encounter& e) const {
    const double p = share_chance(s, e);
    if (p <= 0) return;
    const Sight& sight = e.sight;
    const Words w = forward_(sight.reader, sight.post.author, sight.post.ordinal);
    if (uniform(w[0]) >= p) return;
    d.share = true, d.delay = ticks_of(delay.hours(uniform(w[1]), e.trust, lifetime_));
  }
  Tick days(Tick ticks) const { return ticks / ticks_per_day_; }
  // Until the end of the tick in which it falls.
  Tick ticks_of(double hours) const { return static_cast<Tick>(hours / scenario_->tick) + 1; }

  void learn(State& s, const Encounter& e) const {
    const Sight& sight = e.sight;
    const bool pitch = is_pitch(sight);
    const std::size_t account = sight.post.author - accounts_;
    const double u = uniform(perception_(sight.reader, sight.post.author, sight.post.ordinal)[0]);
    s.log_odds = suspicion.update(s.log_odds, suspicion.perceive(pitch, u), suspected_[account]);
    const bool first_bad = (sight.now - s.last_bad) * scenario_->tick >= trust.forgiveness;
    s.trust = trust.update(s.trust, e.merit, pitch, first_bad, authenticity_[account]);
    if (trust.is_bad(e.merit)) s.last_bad = sight.now;
    s.lately.pitch = unfollow.average(s.lately.pitch, sight.content.pitch);
    s.lately.irrelevance = unfollow.average(s.lately.irrelevance, pitch ? 1 - e.affinity : 1 - e.similarity);
    s.lately.unwanted = unfollow.average(s.lately.unwanted, e.merit + e.error < 0 ? 1 : 0);
    s.lately.routine = unfollow.average(s.lately.routine, sight.content.routine);
  }

  void meet(Decision& d, State& s, const Encounter& e) const {
    if (s.exposures < 65'535) ++s.exposures;
    d.follow = uniform(follow_(e.sight.reader, e.sight.post.author, e.sight.post.ordinal)[0]) <
               follow.probability(e.utility, e.tie.reciprocal != 0, s.exposures);
  }

  void react_further(Decision& d, State& s, const Encounter& e, std::vector<Deed>& deeds) const {
    const Doing doing{d, deeds, e.sight.post.author - accounts_, e.sight};
    further.each_on([&]<class M>(const M& m) {
      if constexpr (requires { m.react(e, s, s.template of<M>(), doing, draw_of<M>()); })
        m.react(e, s, s.template of<M>(), doing, draw_of<M>());
    });
  }
  // What further mechanisms do at the end of a follower's day; how much they protect from unfollowing.
  double end_day(const Standing& standing, State& s) const {
    double shield = 0;
    further.each_on([&]<class M>(const M& m) {
      auto& pair = s.template of<M>();
      if constexpr (requires { m.day(standing, s, pair, draw_of<M>()); }) m.day(standing, s, pair, draw_of<M>());
      if constexpr (requires { m.shield(standing, pair); }) shield += m.shield(standing, pair);
    });
    return shield;
  }

  // How much a reader likes what an ordinary account sells: by interest in its topic, like the studied product.
  double liking(const Sight& sight) const {
    const Words w = liking_(sight.reader, sight.post.author);
    const double interest = similar(sight.reader, sight.content);
    const PopulationSection& p = scenario_->population;
    const Distribution& from = uniform(w[0]) < interest * interest ? p.affinity_interested : p.affinity_others;
    return std::clamp(from.quantile(uniform(w[1])), 0.0, 1.0);
  }

  const Scenario* scenario_;
  const Population* people_;
  AccountId accounts_;  // ids of studied accounts begin here
  double lifetime_;
  Tick ticks_per_day_;
  std::vector<double> novelty_;  // by age in ticks
  std::array<double, 256> of_255_{};
  // By studied account: factor on the trust it earns, log-odds of strangers' suspicion.
  std::vector<double> authenticity_, suspected_;
  double prior_ = 0;           // suspicion of ordinary authors
  std::uint64_t willing_ = 0;  // words below it may share
  Guess guess_;
  Stream noise_, perception_, forward_, follow_, ladder_, patience_, client_, liking_;
  bool any_further_ = false;
  std::array<Stream, FurtherMechanisms::count> draws_;  // of the further mechanisms
};

}  // namespace passalong
