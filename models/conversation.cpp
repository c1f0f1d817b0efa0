// The flagship: readers with limited attention appraise posts, learn to suspect and to trust their authors, pass on
// what their friends will like too, follow, buy, and leave. A sentence of mechanisms; each is one file in mechanisms/.
#include "models/conversation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "models/mechanisms/guess.hpp"
#include "models/models.hpp"
#include "sim/engine/world_of.hpp"

namespace passalong {
namespace {

// What a reader remembers of a studied account.
struct Memory {
  TrustCounts trust;
  float log_odds = 0;  // of being a pitcher
  Impressions lately;
  float patience = 0;  // left of the spell's Exp(1) threshold
  Tick last_bad = -1'000'000'000;
  std::uint16_t exposures = 0;  // posts seen while not following
  std::uint16_t pitches = 0;    // pitches seen
  std::uint8_t customer = 0;
  std::uint8_t client = 0;
  std::uint16_t spare = 0;
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
    for (const StrategySection* s : setting.studied) rates_.push_back(s->posts);
    prior_ = suspicion.on ? suspicion.prior : 0;
    // uniform(word) < rate, as a comparison of words.
    willing_ = forwarding.on ? static_cast<std::uint64_t>(std::ceil(std::max(0.0, forwarding.rate * 0x1p32 - 0.5))) : 0;
    if (scenario_->population.posts > 0) guess_ = Guess(appraisal, forwarding, delay, novelty_, *scenario_);
  }

  State stranger() const {
    State s;
    s.log_odds = suspicion.initial();
    return s;
  }
  void begin_spell(const Tie& tie, State& s, AccountId author) const {
    s.patience = static_cast<float>(-log(uniform(patience_(tie.reader, author, tie.spell)[0])));
  }
  double see_probability(AccountId reader, double load) const {
    return attention.see_probability(people_->attention[reader], load);
  }

  Decision react(const Sight& sight, const Tie& tie, State& s) const {
    const auto [reader, post, content, now, age, fame, follows] = sight;
    const double affinity = people_->affinity[reader], tau = trust.level(s.trust),
                 pi = suspicion.probability(s.log_odds);
    const bool pitch = content.pitch > 0.5F;
    const double similarity = similar(reader, content);
    const double merit = appraisal.merit(content, similarity, affinity, pi, fame, novelty_[age]);
    const double error = appraisal.error(uniform(noise_(reader, post.author, post.ordinal)[0]));
    const double utility = appraisal.utility(merit, tau, error);

    Decision d;
    look_closer(d, s, reader, post, pitch, affinity, tau, pi);
    pass_on(d, sight, utility, people_->audience_affinity[reader], pi, tau);
    learn(s, sight, pitch, merit, error, pitch ? 1 - affinity : 1 - similarity);
    if (!follows && s.exposures < 65'535) ++s.exposures;
    if (!follows)
      d.follow = uniform(follow_(reader, post.author, post.ordinal)[0]) <
                 follow.probability(utility, tie.reciprocal != 0, s.exposures);
    return d;
  }

  // Everyone else's posts meet the prior: no pair is remembered. Words: error, whether to pass on, delay.
  Willing react(const Sight& sight, const Words& words) const {
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

  Review review(const Tie& tie, State& s, AccountId author, std::uint32_t day, double fame, double load,
                Tick now) const {
    const double affinity = people_->affinity[tie.reader], tau = trust.level(s.trust);
    Review r;
    if (ladder.on && s.customer != 0 && s.client == 0 &&
        uniform(client_(tie.reader, author, day)[0]) < ladder.stay(tau))
      r.stay = true, s.client = 1;
    if (!unfollow.on) return r;
    const double rate = rates_[author - accounts_];
    const double share_of_feed = rate / (rate + load + 1e-9);
    const auto terms = unfollow.terms(s.lately, suspicion.probability(s.log_odds), affinity, share_of_feed, fame);
    const bool fresh = tie.old == 0 && (now - tie.since) * scenario_->tick < unfollow.new_for;
    const double hazard = unfollow.hazard(terms, tau, tie.reciprocal != 0, people_->seller[tie.reader] != 0, fresh);
    s.patience = static_cast<float>(static_cast<double>(s.patience) - hazard);
    if (s.patience > 0) return r;
    r.leave = true;
    r.cause = Unfollow::cause(terms, uniform(patience_(tie.reader, author, tie.spell)[1]));
    return r;
  }

 private:
  // Cosine of two byte rows; posts are about one topic, so it is one entry of the reader's.
  double similar(AccountId account, const Content& content) const {
    return of_255_[people_->topics->interest(account, content.topic)];
  }
  double audience_similar(AccountId account, const Content& content) const {
    return of_255_[people_->topics->audience(account, content.topic)];
  }

  void look_closer(Decision& d, State& s, AccountId reader, PostId post, bool pitch, double affinity, double tau,
                   double pi) const {
    if (ladder.on && s.customer == 0) {
      const Words w = ladder_(reader, post.author, post.ordinal);
      d.check = uniform(w[0]) < ladder.check(affinity, tau, pitch, s.pitches, pi);
      d.adopt = d.check && uniform(w[1]) < ladder.adopt(affinity, tau);
      if (d.adopt) s.customer = 1;
    }
    if (pitch && s.pitches < 65'535) ++s.pitches;
  }

  void pass_on(Decision& d, const Sight& sight, double utility, double audience_affinity, double pi, double tau) const {
    if (!forwarding.on || utility <= 0) return;
    const double similarity = audience_similar(sight.reader, sight.content);
    const double audience =
        appraisal.merit(sight.content, similarity, audience_affinity, pi, sight.fame, novelty_[sight.age]);
    const double p = forwarding.probability(utility, audience, sight.follows_author);
    if (p <= 0) return;
    const Words w = forward_(sight.reader, sight.post.author, sight.post.ordinal);
    if (uniform(w[0]) >= p) return;
    d.share = true, d.delay = ticks_of(delay.hours(uniform(w[1]), tau, lifetime_));
  }
  // Until the end of the tick in which it falls.
  Tick ticks_of(double hours) const { return static_cast<Tick>(hours / scenario_->tick) + 1; }

  void learn(State& s, const Sight& sight, bool pitch, double merit, double error, double irrelevance) const {
    const double u = uniform(perception_(sight.reader, sight.post.author, sight.post.ordinal)[0]);
    s.log_odds = suspicion.update(s.log_odds, suspicion.perceive(pitch, u));
    const bool first_bad = (sight.now - s.last_bad) * scenario_->tick >= trust.forgiveness;
    s.trust = trust.update(s.trust, merit, pitch, first_bad);
    if (trust.is_bad(merit)) s.last_bad = sight.now;
    s.lately.pitch = unfollow.average(s.lately.pitch, sight.content.pitch);
    s.lately.irrelevance = unfollow.average(s.lately.irrelevance, irrelevance);
    s.lately.unwanted = unfollow.average(s.lately.unwanted, merit + error < 0 ? 1 : 0);
    s.lately.routine = unfollow.average(s.lately.routine, sight.content.routine);
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
  std::vector<double> novelty_;  // by age in ticks
  std::array<double, 256> of_255_{};
  std::vector<double> rates_;  // posts a day, by studied account
  double prior_ = 0;           // suspicion of ordinary authors
  std::uint64_t willing_ = 0;  // words below it may share
  Guess guess_;
  Stream noise_, perception_, forward_, follow_, ladder_, patience_, client_, liking_;
};

// The studied account's followers at a moment; means over nobody are NaN.
struct Following {
  double trust = 0, suspicion = 0, diversity = 0, fans = 0, sellers = 0;
};

// What the world of conversation reports: one list says what, when it exists and where it comes from. A quantity whose
// mechanism is off is absent, not zero.
class ConversationWorld final : public WorldOf<Conversation> {
 public:
  ConversationWorld(const Setting& setting, const Mechanisms& m, Team& team)
      : WorldOf(setting, Conversation(setting, m), setting.scenario->ticks(setting.scenario->content.lifetime), team) {
    const bool background = setting.scenario->population.posts > 0;
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
    add(true, flow("posts", "posts", "posts of the studied account in the output step"), counted<&Counts::posts>);
    add(true, flow("deliveries", "deliveries", "copies of its posts put before followers, its own or a sharer's"),
        counted<&Counts::deliveries>);
    add(true, flow("impressions", "impressions", "posts seen, once a reader"), counted<&Counts::impressions>);
    add(m.forwarding.on, flow("shares", "shares", "times its posts were passed on"), counted<&Counts::shares>);
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
    const auto of_all = [](Quantity q) { return q.everyones = true, q; };
    add(background, of_all(flow("world_deliveries", "deliveries", "deliveries of everyone's posts")),
        everyones<&Counts::deliveries>);
    add(background, of_all(flow("world_impressions", "impressions", "sights of everyone's posts")),
        everyones<&Counts::impressions>);
    add(background && m.forwarding.on, of_all(flow("world_shares", "shares", "shares of everyone's posts")),
        everyones<&Counts::shares>);
    const DynamicsSection& dynamics = setting.scenario->dynamics;
    add(dynamics.on(),
        of_all(flow("world_follows", "follows", "follows among ordinary accounts that began in the output step")),
        everyones<&Counts::follows>);
    add(dynamics.on(),
        of_all(flow("world_unfollows", "follows", "follows among ordinary accounts that ended in the output step")),
        everyones<&Counts::unfollows>);
    add(dynamics.on(), of_all(stock("world_ties", "follows", "follows among ordinary accounts")),
        [](const Sample& s) { return static_cast<double>(s.ties); });
    add(dynamics.newcomers > 0,
        of_all(stock("world_accounts", "accounts", "ordinary accounts, less those who have yet to join")),
        [](const Sample& s) { return static_cast<double>(s.present); });
  }

  std::size_t studied() const override { return columns().studied.size(); }
  const std::vector<Quantity>& quantities() const override { return quantities_; }

  void measure(std::vector<double>& row) const override {
    std::vector<Sample> samples;
    for (std::size_t k = 0; k < studied(); ++k)
      samples.push_back({columns().studied[k], columns().everyone, describe(k), follows().ties(), columns().present});
    row.clear();
    for (std::size_t q = 0; q < values_.size(); ++q)
      for (std::size_t k = 0; k < (quantities_[q].everyones ? 1 : samples.size()); ++k)
        row.push_back(values_[q](samples[k]));
  }

 private:
  struct Sample {
    const Studied& account;
    const Counts& everyone;
    Following following;
    std::uint64_t ties;
    AccountId present;
  };
  using Value = double (*)(const Sample&);

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
    if (exists) quantities_.push_back(quantity), values_.push_back(value);
  }

  // Sums are integers (2^-30), so no order of followers can matter.
  Following describe(std::size_t studied) const {
    const Studied& s = columns().studied[studied];
    constexpr double one = 1 << 30;
    const Population& people = *setting().population;
    std::int64_t trust = 0, suspicion = 0, fans = 0, sellers = 0;
    std::vector<std::int64_t> interests(people.topics->topics());
    for (const AccountId i : s.followers) {
      const Memory& m = relation(studied, i)->state;
      trust += static_cast<std::int64_t>(model().trust.level(m.trust) * one + 0.5);
      suspicion += static_cast<std::int64_t>(model().suspicion.probability(m.log_odds) * one + 0.5);
      fans += people.affinity[i] > 0.5F;
      sellers += people.seller[i];
      const double unit = one / people.topics->total(i);
      for (std::size_t t = 0; t < interests.size(); ++t)
        interests[t] += static_cast<std::int64_t>(people.topics->interest(i, t) * unit + 0.5);
    }
    constexpr double nobody = std::numeric_limits<double>::quiet_NaN();
    if (s.followers.empty()) return {nobody, nobody, nobody, nobody, nobody};
    const auto n = static_cast<double>(s.followers.size());
    return {static_cast<double>(trust) / one / n, static_cast<double>(suspicion) / one / n, diversity(interests),
            static_cast<double>(fans) / n, static_cast<double>(sellers) / n};
  }

  // exp of the Shannon entropy of the followers' summed interests (Jost 2006).
  static double diversity(const std::vector<std::int64_t>& interests) {
    double total = 0, entropy = 0;
    for (const std::int64_t v : interests) total += static_cast<double>(v);
    for (const std::int64_t v : interests)
      if (v > 0) entropy -= static_cast<double>(v) / total * log(static_cast<double>(v) / total);
    return exp(entropy);
  }

  std::vector<Quantity> quantities_;
  std::vector<Value> values_;  // of each quantity
};

std::shared_ptr<ModelParameters> parameters() { return std::make_shared<Mechanisms>(); }
std::unique_ptr<World> make(const Setting& setting, Team& team) {
  return std::make_unique<ConversationWorld>(setting,
                                             *std::static_pointer_cast<Mechanisms>(setting.scenario->parameters), team);
}

}  // namespace

const ModelEntry conversation = {
    {"conversation",
     "value-add against pitch: attention, appraisal, suspicion, trust, forwarding, follow, unfollow, ladder",
     parameters},
    make};

}  // namespace passalong
