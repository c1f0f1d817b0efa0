// The reader who says why. What it decides is decided by Conversation, once and as ever; beside it the mechanisms are
// asked for the terms of the same values, from the state as it was. A run never comes here.
#pragma once
#include <numeric>
#include <string>
#include <vector>

#include "models/conversation/reader.hpp"
#include "sim/engine/inquiry.hpp"

namespace passalong {

class TellingConversation : public Conversation {
 public:
  using Conversation::Conversation, Conversation::review;

  Decision explain(const Sight& sight, const Tie& tie, State& s, std::vector<Deed>& deeds, Notes& notes) const {
    State before = s;
    const Encounter e = encounter(sight, tie, before);
    Decision d = react(sight, tie, s, deeds);
    tell_reader(e, before, notes);
    tell_appraisal(e, before, notes);
    if (sight.fresh) {
      tell_passing_on(e, before, d, notes);
      tell_ladder(e, before, notes);
      if (!sight.follows_author) tell_following(e, before, notes);
      tell_learning(e, before, s, notes);
    }
    tell_further(e, before, d, notes);
    return d;
  }

  // Everyone else's posts: the words of `reaction`, as in react.
  Willing explain(const Sight& sight, const Words& words, Notes& notes) const {
    const double similarity = similar(sight.reader, sight.content), novelty = novelty_[sight.age];
    const double friends_match = audience_similar(sight.reader, sight.content), friends = people_->mean_affinity;
    const double affinity = sight.content.pitch > 0 ? liking(sight) : 0;
    const double error = appraisal.error(uniform(words[0]));
    const double merit = appraisal.merit(sight.content, similarity, affinity, prior_, sight.fame, novelty);
    const double utility = appraisal.utility(merit, 0.5, error);
    const double audience = appraisal.merit(sight.content, friends_match, friends, prior_, sight.fame, novelty);
    notes.push_back({.name = "reader",
                     .value = similarity,
                     .terms = {{"match", similarity},
                               {"friends_match", friends_match},
                               {"affinity", affinity},
                               {"friends_affinity", friends},
                               {"novelty", novelty},
                               {"fame", sight.fame},
                               {"trust", 0.5},
                               {"suspicion", prior_}}});
    sum(notes, "merit", merit, appraisal.terms(sight.content, similarity, affinity, prior_, sight.fame, novelty));
    sum(notes, "utility", utility, {{"merit", merit}, {"trust", 0}, {"error", error}});
    sum(notes, "friends_merit", audience,
        appraisal.terms(sight.content, friends_match, friends, prior_, sight.fame, novelty));
    product(notes, "share_chance", forwarding.probability(utility, audience, sight.follows_author),
            forwarding.factors(utility, audience, sight.follows_author), uniform(words[1]));
    return react(sight, words);
  }

  Review review(const Tie& tie, State& s, AccountId author, std::uint32_t day, double fame, double rate, double load,
                Tick now, double customers, Notes& notes) const {
    State before = s;
    const Review r = review(tie, s, author, day, fame, rate, load, now, customers);
    tell_rising(tie, before, author, day, customers, notes);
    if (unfollow.on) tell_staying(tie, before, s, author, day, fame, rate / (rate + load + 1e-9), now, notes);
    return r;
  }

  // How the pair stands, and how it stood.
  void tell_standing(const Tie& was_tie, const State& was, const Tie& tie, const State& is, Notes& notes) const {
    const auto change = [&](const char* name, double before, double now) {
      if (before != now) notes.push_back({.name = name, .value = now, .before = before});
    };
    change("trust", trust.level(was.trust), trust.level(is.trust));
    change("trust_good", static_cast<double>(was.trust.good), static_cast<double>(is.trust.good));
    change("trust_bad", static_cast<double>(was.trust.bad), static_cast<double>(is.trust.bad));
    change("tier", static_cast<double>(tier_of(was, was_tie)), static_cast<double>(tier_of(is, tie)));
    change("author_follows", was_tie.reciprocal, tie.reciprocal);
  }

 private:
  static void sum(Notes& notes, const char* name, double value, std::vector<Term> terms) {
    notes.push_back({.name = name, .value = value, .form = Form::sum, .terms = std::move(terms)});
  }
  // A chance: where the factors come to more than it is, it was bounded at 1.
  static void product(Notes& notes, const char* name, double value, std::vector<Term> factors, double drawn,
                      const std::vector<Term>& beyond = {}) {
    const auto times = [](double p, const Term& t) { return p * t.value; };
    const double all = std::accumulate(factors.begin(), factors.end(), 1.0, times);
    if (all > 1) factors.push_back({"bound", 1 / all});
    factors.insert(factors.end(), beyond.begin(), beyond.end());
    notes.push_back({.name = name, .value = value, .form = Form::product, .terms = std::move(factors), .drawn = drawn});
  }
  // of(mechanism, its pair) by the name of each that is on and can be asked.
  template <class Of>
  std::vector<Term> each_further(State& s, const Of& of) const {
    std::vector<Term> all;
    further.each_on([&]<class M>(const M& m) {
      if constexpr (std::is_invocable_v<const Of&, const M&, PairOf<M>&>)
        all.push_back({M::name, of(m, s.template of<M>())});
    });
    return all;
  }

  void tell_reader(const Encounter& e, const State& s, Notes& notes) const {
    const Sight& sight = e.sight;
    notes.push_back({.name = "reader",
                     .value = e.similarity,
                     .terms = {{"match", e.similarity},
                               {"friends_match", audience_similar(sight.reader, sight.content)},
                               {"affinity", e.affinity},
                               {"friends_affinity", people_->audience_affinity[sight.reader]},
                               {"novelty", novelty_[sight.age]},
                               {"fame", sight.fame},
                               {"trust", e.trust},
                               {"suspicion", e.suspicion},
                               {"tier", static_cast<double>(e.tier)},
                               {"exposures", static_cast<double>(s.exposures)},
                               {"pitches_seen", static_cast<double>(s.pitches)}}});
  }

  void tell_appraisal(const Encounter& e, State& s, Notes& notes) const {
    const Sight& sight = e.sight;
    std::vector<Term> merit =
        appraisal.terms(sight.content, e.similarity, e.affinity, e.suspicion, sight.fame, novelty_[sight.age]);
    std::vector<Term> utility{
        {"merit", e.merit}, {"trust", appraisal.trust_weight * (e.trust - 0.5)}, {"error", e.error}};
    Encounter blank = e;
    blank.merit = blank.error = blank.utility = 0;  // as worth and feeling meet it
    append(merit, each_further(
                      s, [&](const auto& m, const auto& pair) requires requires { m.worth(blank, pair); } {
                        return m.worth(blank, pair);
                      }));
    append(utility, each_further(
                        s, [&](const auto& m, const auto& pair) requires requires { m.feeling(blank, pair); } {
                          return m.feeling(blank, pair);
                        }));
    sum(notes, "merit", e.merit, std::move(merit));
    sum(notes, "utility", e.utility, std::move(utility));
  }
  static void append(std::vector<Term>& to, const std::vector<Term>& more) {
    to.insert(to.end(), more.begin(), more.end());
  }

  void tell_passing_on(const Encounter& e, State& s, const Decision& d, Notes& notes) const {
    const Sight& sight = e.sight;
    if (!forwarding.on || gathers(sight.content)) return;
    const double audience = friends_merit(e);
    sum(notes, "friends_merit", audience,
        appraisal.terms(sight.content, audience_similar(sight.reader, sight.content),
                        people_->audience_affinity[sight.reader], e.suspicion, sight.fame, novelty_[sight.age]));
    const Words w = forward_(sight.reader, sight.post.author, sight.post.ordinal);
    const auto ready = [&](const auto& m, const auto& pair) requires requires { m.readiness(e, pair); }
    { return m.readiness(e, pair); };
    product(notes, "share_chance", share_chance(s, e), forwarding.factors(e.utility, audience, sight.follows_author),
            uniform(w[0]), each_further(s, ready));
    if (!d.share) return;
    const double stretch = delay.on ? exp(-delay.trust_speed * (e.trust - 0.5)) : 0;
    notes.push_back({.name = "delay_hours",
                     .value = delay.hours(uniform(w[1]), e.trust, lifetime_),
                     .terms = {{"stretch", stretch}, {"quantile", uniform(w[1])}}});
  }

  void tell_ladder(const Encounter& e, State& s, Notes& notes) const {
    if (!ladder.on || s.customer != 0) return;
    const Words w = ladder_(e.sight.reader, e.sight.post.author, e.sight.post.ordinal);
    const auto open = [&](const auto& m, const auto& pair) requires requires { m.door(e, pair); }
    { return m.door(e, pair); };
    const double check = check_chance(s, e);
    product(notes, "check_chance", check,
            ladder.check_factors(e.affinity, e.trust, is_pitch(e.sight), s.pitches, e.suspicion), uniform(w[0]),
            each_further(s, open));
    if (uniform(w[0]) < check)
      product(notes, "adopt_chance", ladder.adopt(e.affinity, e.trust), ladder.adopt_factors(e.affinity, e.trust),
              uniform(w[1]));
  }

  void tell_following(const Encounter& e, const State& s, Notes& notes) const {
    const int exposures = std::min(65'535, s.exposures + 1);
    const bool returned = e.tie.reciprocal != 0;
    product(notes, "follow_chance", follow.probability(e.utility, returned, exposures),
            follow.factors(e.utility, returned, exposures),
            uniform(follow_(e.sight.reader, e.sight.post.author, e.sight.post.ordinal)[0]));
  }

  // What it has learnt: values as they are stored afterwards. What further mechanisms add to trust at once is a term.
  void tell_learning(const Encounter& e, const State& was, const State& is, Notes& notes) const {
    const Sight& sight = e.sight;
    const bool pitch = is_pitch(sight);
    const std::size_t account = sight.post.author - accounts_;
    const double u = uniform(perception_(sight.reader, sight.post.author, sight.post.ordinal)[0]);
    const bool perceived = suspicion.perceive(pitch, u);
    learnt(notes, "suspicion_log_odds", static_cast<double>(was.log_odds), static_cast<double>(is.log_odds), "bound",
           suspicion.terms(was.log_odds, perceived, suspected_[account]));
    notes.push_back({.name = "suspicion",
                     .value = suspicion.probability(is.log_odds),
                     .terms = {{"taken_for_pitch", perceived ? 1.0 : 0.0}},
                     .before = e.suspicion});
    const bool first_bad = (sight.now - was.last_bad) * scenario_->tick >= trust.forgiveness;
    learnt(notes, "trust_good", static_cast<double>(was.trust.good), static_cast<double>(is.trust.good), "mechanisms",
           trust.good_terms(was.trust, e.merit, pitch, authenticity_[account]));
    learnt(notes, "trust_bad", static_cast<double>(was.trust.bad), static_cast<double>(is.trust.bad), "mechanisms",
           trust.bad_terms(was.trust, e.merit, first_bad));
    notes.push_back({.name = "trust", .value = trust.level(is.trust), .before = e.trust});
    const auto average = [&](const char* name, float before, float now, double newest) {
      notes.push_back({.name = name,
                       .value = static_cast<double>(now),
                       .terms = {{"newest", newest}},
                       .before = static_cast<double>(before)});
    };
    average("lately_pitch", was.lately.pitch, is.lately.pitch, sight.content.pitch);
    average("lately_irrelevance", was.lately.irrelevance, is.lately.irrelevance,
            pitch ? 1 - e.affinity : 1 - e.similarity);
    average("lately_unwanted", was.lately.unwanted, is.lately.unwanted, e.merit + e.error < 0 ? 1 : 0);
    average("lately_routine", was.lately.routine, is.lately.routine, sight.content.routine);
  }
  // Stored in single precision: what is beyond its rounding has a name of its own.
  static void learnt(Notes& notes, const char* name, double before, double now, const char* rest,
                     std::vector<Term> terms) {
    double left = now;
    for (const Term& t : terms) left -= t.value;
    if (std::abs(left) > 1e-6 * (1 + std::abs(now))) terms.push_back({rest, left});
    notes.push_back({.name = name, .value = now, .form = Form::sum, .terms = std::move(terms), .before = before});
  }

  void tell_further(const Encounter& e, State& s, Decision& d, Notes& notes) const {
    std::vector<Deed> none;
    const Doing doing{d, none, e.sight.post.author - accounts_, e.sight};
    further.each_on([&]<class M>(const M& m) {
      if constexpr (requires { m.tell(e, s.template of<M>(), doing, draw_of<M>(), notes); })
        m.tell(e, s.template of<M>(), doing, draw_of<M>(), notes);
    });
  }

  void tell_rising(const Tie& tie, const State& s, AccountId author, std::uint32_t day, double customers,
                   Notes& notes) const {
    if (!ladder.on || s.client != 0) return;
    const Words w = client_(tie.reader, author, day);
    const double tau = trust.level(s.trust);
    if (s.customer != 0)
      notes.push_back({.name = "client_chance",
                       .value = ladder.stay(tau),
                       .terms = {{"rate", ladder.client_rate}, {"trust", tau}},
                       .drawn = uniform(w[0])});
    else if (ladder.spreads_by_itself())
      notes.push_back({.name = "word_of_mouth_chance",
                       .value = ladder.word_of_mouth(customers),
                       .terms = {{"innovation", ladder.innovation}, {"imitation", ladder.imitation * customers}},
                       .drawn = uniform(w[1])});
  }

  void tell_staying(const Tie& tie, State was, const State& is, AccountId author, std::uint32_t day, double fame,
                    double share_of_feed, Tick now, Notes& notes) const {
    const double affinity = people_->affinity[tie.reader], tau = trust.level(was.trust);
    const double pi = suspicion.probability(was.log_odds), sold = people_->seller[tie.reader];
    const auto causes = unfollow.terms(was.lately, pi, affinity, share_of_feed, fame);
    std::vector<Term> named, shields = unfollow.shields(tau, tie.reciprocal != 0, sold != 0);
    for (std::size_t c = 0; c < causes.size(); ++c) named.push_back({Unfollow::cause_names[c], causes[c]});
    const Standing standing{
        tie.reader, author, day, tie, tier_of(was, tie), affinity, tau, pi, static_cast<double>(day) - was.contact};
    append(shields, each_further(
                        was, [&](const auto& m, const auto& pair) requires requires { m.shield(standing, pair); } {
                          return m.shield(standing, pair);
                        }));
    const auto add = [](double all, const Term& t) { return all + t.value; };
    const double pull = std::accumulate(named.begin(), named.end(), 0.0, add);
    const double shield = std::accumulate(shields.begin(), shields.end(), 0.0, add);
    const bool fresh = tie.old == 0 && (now - tie.since) * scenario_->tick < unfollow.new_for;
    double beyond = 0;
    for (std::size_t k = 3; k < shields.size(); ++k) beyond += shields[k].value;
    notes.push_back({.name = "stands",
                     .value = tau,
                     .terms = {{"trust", tau},
                               {"suspicion", pi},
                               {"affinity", affinity},
                               {"lately_pitch", was.lately.pitch},
                               {"lately_irrelevance", was.lately.irrelevance},
                               {"lately_unwanted", was.lately.unwanted},
                               {"lately_routine", was.lately.routine},
                               {"share_of_feed", share_of_feed},
                               {"fame", fame}}});
    sum(notes, "causes", pull, std::move(named));
    sum(notes, "shield", shield, std::move(shields));
    notes.push_back({.name = "hazard",
                     .value = unfollow.hazard(causes, tau, tie.reciprocal != 0, sold != 0, fresh, beyond),
                     .form = Form::product,
                     .terms = {{"rate", unfollow.rate},
                               {"causes", pull},
                               {"protection", exp(-shield)},
                               {"new_tie", fresh ? unfollow.new_tie : 1.0}}});
    notes.push_back({.name = "patience",
                     .value = static_cast<double>(is.patience),
                     .terms = {{"threshold", -log(uniform(patience_(tie.reader, author, tie.spell)[0]))}},
                     .before = static_cast<double>(was.patience)});
  }
};

}  // namespace passalong
