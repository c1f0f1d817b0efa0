// Written from models/ODD.md; the comments name its paragraphs.
#include "tests/reference.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>

#include "sim/base/math.hpp"
#include "tests/reference_content.hpp"
#include "tests/reference_feed.hpp"
#include "tests/reference_follows.hpp"
#include "tests/reference_policy.hpp"
#include "tests/reference_rhythm.hpp"
#include "tests/reference_thinning.hpp"
#include "tests/reference_witness.hpp"

namespace passalong::reference {
namespace {
using Share = std::pair<std::size_t, AccountId>;  // post, sharer
std::uint64_t one_of(std::uint64_t size, std::uint64_t word) { return word * size >> 32; }
struct Simulator : Outcome {
  const Setting& world;
  const Mechanisms& m;
  const Scenario& s = *world.scenario;
  const Population& people = *world.population;
  const AccountId accounts = world.accounts();
  const Tick day = static_cast<Tick>(std::lround(24 / s.tick));
  const Tick lifetime = static_cast<Tick>(std::lround(s.content.lifetime / s.tick));
  Tick now = 0;
  std::uint32_t today = 0;
  const Rhythm rhythm{world};
  std::vector<double> see, seeing, fame, bought;  // by reader; by studied account, at the tick's start
  std::vector<std::size_t> first_audience;
  std::map<Tied, Pair> pairs;
  std::map<Tick, std::map<Share, AccountId>> due;                            // and through whom
  std::map<Tick, std::vector<std::pair<AccountId, std::uint32_t>>> planned;  // ordinary posts: author, ordinal
  std::unique_ptr<Thinning> thinning;
  std::map<AccountId, std::uint32_t> made;  // posts so far
  std::set<Tied> joining, leaving;
  OrdinaryFollows ordinary;
  std::vector<Work> work;  // by studied account
  std::vector<std::unique_ptr<Witness>> witnesses = all_witnesses(m);
  const Stage stage{
      world,
      m,
      pairs,
      followers,
      joining,
      leaving,
      now,
      today,
      [this](const Tied& who) -> Pair& { return pair(who); },
      [this](const Pair& p) { return tau(p); },
      [this](What what, AccountId who, AccountId j, std::uint32_t n) { note(what, who, j, n); },
      [this](AccountId followed, AccountId follower) { ordinary.meet(followed, follower); },
      Outcome::further,
      [this](AccountId followed, AccountId follower) { return ordinary.followers[followed].contains(follower); },
      Outcome::hours};
  std::unique_ptr<Feeds> feeds;  // where readers check feeds

  Simulator(const Setting& setting, const Mechanisms& mechanisms) : world(setting), m(mechanisms), ordinary(setting) {
    followers.resize(world.studied.size()), reach.resize(world.studied.size());
    Outcome::further.resize(world.studied.size()), hours.resize(world.studied.size());
    for (AccountId k = 0; k < followers.size(); ++k) {
      const auto& fans = people.audience(k);
      first_audience.push_back(std::min(fans.size(), static_cast<std::size_t>(world.studied[k]->followers)));
      for (std::size_t i = 0; i < first_audience[k]; ++i) {
        Pair& r = begin_to_follow({accounts + k, fans[i].account}, 0);
        r.old = true, r.reciprocal = fans[i].reciprocal;
      }
    }
    for (std::size_t k = 0; k < followers.size(); ++k) work.emplace_back(world, k);
    turn_policies(0);
    see = attention(false);
    if (m.feed() != nullptr && s.population.posts > 0)
      feeds = std::make_unique<Feeds>(world, *m.feed(), posts, followers);
    if (s.population.posts > 0) thinning = std::make_unique<Thinning>(world, rhythm.highest(see));
    renew_attention();
  }
  double draw(Purpose purpose, AccountId a, AccountId b, std::uint32_t n, std::size_t word = 0) const {
    return uniform(world.stream(purpose)(a, b, n)[word]);
  }
  void note(What what, AccountId who, AccountId j, std::uint32_t n) { happenings.push_back({now, what, who, j, n}); }
  double similar(AccountId i, const Post& p) const { return people.topics->interest(i, p.topic) / 255.0; }
  double first_odds(AccountId j) const {  // L_0
    const StrategySection& p = *world.studied[j - accounts];
    const double prior = p.prior_word == "model" ? m.suspicion.prior : p.prior_suspicion;
    return log(prior / (1 - prior));
  }
  Pair& pair(const Tied& who) { return pairs.try_emplace(who, Pair{.L = stored(first_odds(who.first))}).first->second; }
  double tau(const Pair& p) const { return m.trust.on ? (1.0 + p.good) / ((1.0 + p.good) + (1.0 + p.bad)) : 0.5; }
  double pi(const Pair& p) const { return m.suspicion.on ? logistic(p.L) : 0; }
  std::vector<AccountId> list(AccountId a) const {
    if (a >= accounts) return {followers[a - accounts].begin(), followers[a - accounts].end()};
    return {ordinary.followers[a].begin(), ordinary.followers[a].end()};
  }

  void step() {  // 3. The tick
    fame.clear(), bought.clear();
    for (const auto& f : followers) fame.push_back(people.fame(static_cast<double>(f.size())));
    seeing = rhythm.now(see, now);
    for (AccountId j = accounts; j < accounts + followers.size(); ++j) bought.push_back(share_of_customers(pairs, j));
    std::map<std::pair<AccountId, std::size_t>, std::vector<AccountId>> sights;  // (reader, post): the sharers in order
    std::vector<std::tuple<AccountId, std::size_t, AccountId>> ordinary_sights;  // reader, post, sharer: each copy
    for (const auto& [post, sharer] : publish()) {
      if (feeds) {
        posts[post].deliveries += list(sharer).size(), feeds->put_up(post, sharer, now);
        continue;
      }
      if (posts[post].author < accounts) {
        posts[post].deliveries += list(sharer).size();
        for (const AccountId reader : thinning->seen_by(sharer, posts[post], list(sharer), seeing))
          ordinary_sights.emplace_back(reader, post, sharer);
        continue;
      }
      for (const AccountId reader : list(sharer)) {
        Post& p = posts[post];
        ++p.deliveries;
        const std::uint32_t word = world.stream(Purpose::see)(reader, p.author, p.ordinal)[0];
        if (reader != p.author && word / 2 < eager_see(reader, 1)) sights[{reader, post}].push_back(sharer);
      }
    }
    for (AccountId i = 0; feeds && i < ordinary.present; ++i)
      for (const auto& [post, sharer, copies] : feeds->check(i, now, rhythm.looks(i, now), open_to(i)))
        if (posts[post].author < accounts)
          ordinary_sights.emplace_back(i, post, sharer);
        else
          sights[{i, post}].assign(copies, sharer);
    for (const auto& [sight, from] : sights) read(sight.first, sight.second, from);
    for (const auto& [reader, post, from] : ordinary_sights) read_ordinary(reader, post, from);
    const bool day_ends = (now + 1) % day == 0;
    for (AccountId j = accounts; day_ends && j < accounts + followers.size(); ++j) {
      for (const AccountId reader : list(j)) review(j, reader);
    }
    for (const auto& w : witnesses) w->follow_up(stage);
    for (AccountId j = accounts; day_ends && j < accounts + followers.size(); ++j) let_in_strangers(j);
    change_lists();
    if (day_ends && s.follows_change()) ordinary.end_day(now, today, happenings);
    if (day_ends) turn_policies(today + 1);
    if (day_ends) renew_attention();
    today = static_cast<std::uint32_t>(++now / day);
  }
  std::vector<double> attention(bool beside_studied) const {  // mechanisms/attention
    std::vector<double> all;
    for (AccountId i = 0; i < accounts; ++i) {
      double R = 0;
      for (std::size_t k = 0; beside_studied && k < followers.size(); ++k)
        R += followers[k].contains(i) ? work[k].R : 0;
      const double C = people.attention[i];
      const double share = m.attention.form == "fixed" ? std::min(1.0, C) : C / (C + (ordinary.load[i] + R) + 1e-9);
      all.push_back(std::floor((m.attention.on ? share : C > 0) * 2147483648.0));
    }
    return all;
  }
  double eager_see(AccountId i, double trust) const {
    const double eager = m.attention.on && m.attention.trust > 0 ? exp(m.attention.trust * (trust - 0.5)) : 1;
    return std::floor(std::min(2147483648.0, seeing[i] * eager));
  }
  void renew_attention() {
    see = attention(true);
    if (feeds) feeds->take_follows(ordinary.followers);
    if (thinning && s.follows_change()) thinning->most = rhythm.highest(attention(false));
  }
  // Whom an account has blocked it is shown nothing of.
  Feeds::May open_to(AccountId i) const {
    return [this, i](const Post& p) { return !pairs.contains({p.author, i}) || !pairs.at({p.author, i}).blocked; };
  }
  // Feeds: what planned posts pass on instead, told from what was there before the tick.
  std::map<std::pair<AccountId, std::uint32_t>, Share> copies() {
    std::map<std::pair<AccountId, std::uint32_t>, Share> chosen;
    for (const auto& [i, n] : planned[now])
      if (const auto copy =
              feeds->copied(i, n, now, [&, open = open_to(i)](const Post& p) { return !governed(p) && open(p); }))
        chosen[{i, n}] = {copy->post, copy->sharer}, posts[copy->post].sharers.insert(i);
    return chosen;
  }
  std::vector<Share> publish() {
    std::vector<Share> events;
    for (AccountId i = 0; s.population.posts > 0 && now % day == 0 && i < ordinary.present; ++i) plan_day(i);
    const auto copied = feeds ? copies() : std::map<std::pair<AccountId, std::uint32_t>, Share>();
    for (const auto& [share, from] : due[now])
      posts[share.first].shares.emplace_back(now, share.second, from), events.push_back(share);
    const std::size_t old = posts.size();
    for (AccountId j = accounts; j < accounts + followers.size(); ++j)
      while (std::floor(work[j - accounts].due(made[j]) * day) <= now) {
        posts.push_back(studied_post(work[j - accounts], j, made[j]++, now));
        hours[j - accounts] += work[j - accounts].cost(posts.back().kind);
      }
    for (const auto& [i, n] : planned[now]) {
      const auto copy = copied.find({i, n});
      if (copy == copied.end()) posts.push_back(ordinary_post(world, i, n, now));
      if (copy == copied.end()) continue;
      Post& p = posts[copy->second.first];
      p.shares.emplace_back(now, i, copy->second.second), events.emplace_back(copy->second.first, i);
      note(What::share, i, p.author, p.ordinal);
    }
    for (std::size_t k = old; k < posts.size(); ++k) {
      events.emplace_back(k, posts[k].author);
      note(What::post, posts[k].author, posts[k].author, posts[k].ordinal);
    }
    return events;
  }
  double won(std::size_t k) const {
    double buys = 0, passed_on = 0;
    const double gained = static_cast<double>(followers[k].size()) - static_cast<double>(first_audience[k]);
    for (const Happening& h : happenings) buys += h.author == accounts + k && h.what == What::adopt;
    for (const Post& p : posts) passed_on += p.author == accounts + k ? static_cast<double>(p.shares.size()) : 0;
    return work[k].won(gained, buys, passed_on);
  }
  void turn_policies(std::uint32_t next_day) {
    for (std::size_t k = 0; k < work.size(); ++k) work[k].begin_day(next_day, won(k));
  }
  void plan_day(AccountId i) {  // Background: the Poisson count by inversion
    const auto words = [&](std::uint32_t block) { return world.stream(Purpose::background_count)(i, 0, today, block); };
    const double mean = rhythm.posts(i, today);
    double left = uniform(words(0)[0]), p = exp(-mean);
    for (std::uint32_t k = 0; k < 2000 && (left -= p) >= 0; p *= mean / ++k)
      planned[now + rhythm.falls(i, today, words(1 + k / 4)[k % 4])].emplace_back(i, today * 2048 + k);
  }
  double merit(const Post& p, double sim, double a, const View& view) const {
    return reference::merit(m.appraisal, (now - p.born) * s.tick, p, sim, a, view);
  }
  double error(double u) const { return m.appraisal.on ? m.appraisal.noise * normal_quantile(u) : 0; }
  // mechanisms/forwarding; u: whether, and the delay
  void pass_on(AccountId i, std::size_t post, AccountId from, const View& view, double U, std::pair<double, double> u,
               double ready = 1) {
    const Post& p = posts[post];
    const Forwarding& f = m.forwarding;
    const auto g = [&](double worth) { return 1 - exp(-f.steepness * std::max(0.0, worth)); };
    const double U_aud = merit(p, people.topics->audience(i, p.topic) / 255.0, view.friends_a, view);
    const double P = f.rate * (view.follows ? 1 : f.stranger) * g(U) * (f.friends ? g(U_aud) : 1) * ready;
    if (!f.on || u.first >= P) return;
    const double wait = m.delay.on ? delay(m.delay, s.content.lifetime, u.second, view.tau) : 0;
    land(i, post, from, now + 1 + static_cast<Tick>(wait / s.tick));
  }
  void land(AccountId i, std::size_t post, AccountId from, Tick lands) {
    Post& p = posts[post];
    if (lands > p.born + lifetime || (feeds && feeds->copying() && p.sharers.contains(i))) return;
    due[lands][{post, i}] = from, p.sharers.insert(i), note(What::share, i, p.author, p.ordinal);
  }
  bool governed(const Post& p) const {
    return std::any_of(witnesses.begin(), witnesses.end(), [&](const auto& w) { return w->governs(p); });
  }
  void read(AccountId i, std::size_t post, const std::vector<AccountId>& from) {  // 7.2: its five steps
    Post& p = posts[post];
    const bool known = pairs.contains({p.author, i});
    Pair& r = pair({p.author, i});
    if (!feeds && world.stream(Purpose::see)(i, p.author, p.ordinal)[0] / 2 >= eager_see(i, known ? tau(r) : 0.5))
      return;
    const bool governed = this->governed(p);
    const bool fresh = !r.blocked && r.seen.insert(p.ordinal).second;
    if (r.blocked || (!fresh && !governed)) return;
    if (fresh) ++p.impressions, reach[p.author - accounts].insert(i);
    const double a = people.affinity[i], sim = similar(i, p);
    const View view{tau(r), pi(r), a, people.audience_affinity[i], fame[p.author - accounts], r.follower};
    Meeting e{i, p, view, sim, 0, 0, 0, from.size(), fresh, from[0] == p.author};
    e.tier_before = std::max(r.tier, r.follower ? 1 + r.reciprocal : 0);
    double V = merit(p, sim, a, view), feeling = 0;
    for (const auto& w : witnesses) V += w->worth(e, r), feeling += w->feeling(e, r);
    const double eps = error(draw(Purpose::noise, i, p.author, p.ordinal));
    const Words w = world.stream(Purpose::forward)(i, p.author, p.ordinal);
    const double U = V + m.appraisal.trust_weight * (view.tau - 0.5) + eps + feeling;
    e.V = V, e.eps = eps, e.U = U;
    judged.push_back({now, i, p.author, p.ordinal, V, U, view.tau, view.pi});
    if (fresh) {
      double door = 1, ready = 1;
      for (const auto& f : witnesses) door *= f->door(e, r), ready *= f->readiness(e, r);
      const std::size_t before = happenings.size();
      look_closer(r, i, p, view, door), e.looked = happenings.size() - before;
      if (!governed) pass_on(i, post, from[0], view, U, {uniform(w[0]), uniform(w[1])}, ready);
      learn(r, i, p, V, V + eps < 0, p.pitch ? 1 - a : 1 - sim);
      if (!r.follower) meet(r, i, p, U);
    }
    for (const auto& f : witnesses) f->react(e, r, stage);
    if (e.share) land(i, post, from[0], now + e.delay);
  }
  void look_closer(Pair& r, AccountId i, const Post& p, const View& view, double further_door) {  // mechanisms/ladder
    const double a = view.a, trust = view.tau - 0.5;
    const double door = p.pitch ? exp(-m.ladder.wear * r.pitches) * (1 - (1 - a) * view.pi) : m.ladder.pull;
    const double check =
        std::min(1.0, m.ladder.check_rate * (0.1 + 0.9 * a) * exp(m.ladder.check_trust * trust) * door) * further_door;
    const double adopt = m.ladder.adopt_rate * 2 * a * 2 * logistic(4 * trust);
    if (p.pitch) ++r.pitches;
    if (!m.ladder.on || r.customer || draw(Purpose::ladder, i, p.author, p.ordinal) >= check) return;
    note(What::check, i, p.author, p.ordinal);
    if (draw(Purpose::ladder, i, p.author, p.ordinal, 1) >= adopt) return;
    r.customer = true, note(What::adopt, i, p.author, p.ordinal);
  }
  void learn(Pair& r, AccountId i, const Post& p, double V, bool unwanted, double irrelevance) {  // suspicion
    const double q1 = m.suspicion.pitcher_rate, q0 = m.suspicion.ordinary_rate, bound = m.suspicion.bound,
                 L0 = first_odds(p.author);
    const bool pitch = p.pitch != (draw(Purpose::perception, i, p.author, p.ordinal) < m.suspicion.misreading);
    const double evidence = pitch ? log(q1 / q0) : log((1 - q1) / (1 - q0));
    r.L = stored(std::clamp(L0 + m.suspicion.memory * (r.L - L0) + evidence, -bound, bound));
    const Trust& t = m.trust;  // mechanisms/trust
    const double honest = world.studied[p.author - accounts]->authenticity;
    const bool first = (now - r.last_bad) * s.tick >= t.forgiveness, bad = V < -t.dead_zone;
    r.good = stored(t.memory * r.good + (V > t.dead_zone ? honest * (t.gain * (p.pitch ? t.pitch_gain : 1)) : 0));
    r.bad = stored(t.memory * r.bad + (bad ? t.loss * t.gain * (first ? 1 : t.repeated_loss) : 0));
    if (bad) r.last_bad = now;
    const auto toward = [&](float& y, double x) { y = stored(y + m.unfollow.memory * (x - y)); };
    toward(r.S, p.s), toward(r.I, irrelevance), toward(r.W, unwanted), toward(r.D, p.d);  // mechanisms/unfollow
  }
  void meet(Pair& r, AccountId i, const Post& p, double U) {  // mechanisms/follow
    const Follow& f = m.follow;
    const double again = 1 + f.repetition * log(1.0 + ++r.exposures), mutual = 1 + f.reciprocity * r.reciprocal;
    const double P = f.rate * logistic(f.slope * (U - f.midpoint)) * mutual * again;
    if (!f.on || draw(Purpose::follow, i, p.author, p.ordinal) >= P) return;
    if (joining.emplace(p.author, i).second) note(What::follow, i, p.author, p.ordinal);
  }
  void read_ordinary(AccountId i, std::size_t post, AccountId from) {  // Background
    Post& p = posts[post];
    ++p.impressions;
    if (p.sharers.contains(i)) return;
    const double sim = similar(i, p);
    const auto u = [&](std::size_t word) { return draw(Purpose::background_affinity, i, p.author, 0, word); };
    const Distribution& taste = u(0) < sim * sim ? s.population.affinity_interested : s.population.affinity_others;
    const double a = p.pitch ? std::clamp(taste.quantile(u(1)), 0.0, 1.0) : 0;
    const double prior = m.suspicion.on ? m.suspicion.prior : 0,
                 F = static_cast<double>(ordinary.followers[p.author].size());
    const View view{0.5, prior, a, people.mean_affinity, people.fame(F), ordinary.followers[p.author].contains(i)};
    if (!view.follows) ordinary.read_of_a_stranger(i, p.author, p.ordinal);
    const Words w = world.stream(Purpose::reaction)(i, p.author, p.ordinal);
    const double U = merit(p, sim, a, view) + error(uniform(w[0]));
    pass_on(i, post, from, view, U, {uniform(w[1]), uniform(w[2])});
  }
  void review(AccountId j, AccountId i) {  // mechanisms/ladder (client, word of mouth), mechanisms/unfollow
    Pair& r = pair({j, i});
    const Unfollow& b = m.unfollow;
    const double trust = tau(r) - 0.5, R = work[j - accounts].R, Q = R / (R + ordinary.load[i] + 1e-9);
    const double stay = 1 - exp(-m.ladder.client_rate * logistic(6 * trust));
    const double hear = 1 - exp(-(m.ladder.innovation + m.ladder.imitation * bought[j - accounts]));
    if (m.ladder.on && r.customer && !r.client && draw(Purpose::client, i, j, today) < stay)
      r.client = true, note(What::client, i, j, 0);
    else if (m.ladder.on && !r.customer && draw(Purpose::client, i, j, today, 1) < hear)
      r.customer = true, note(What::adopt, i, j, ~0U);
    const double bored = r.D * std::max(0.0, 1 - 2 * fame[j - accounts]);
    const std::vector<double> terms{b.base, b.pitch * r.S * pi(r) * (1.0 - people.affinity[i]),
                                    b.irrelevance * r.I * r.I, b.volume * Q * r.W, b.routine * bored};
    const double sum = std::accumulate(terms.begin(), terms.end(), 0.0);
    const double factor = !r.old && (now - r.since) * s.tick < b.new_for ? b.new_tie : 1;
    double shield = b.trust * trust + b.reciprocity * r.reciprocal + b.seller * people.seller[i];
    const int tier = std::max(r.tier, r.follower ? 1 + r.reciprocal : 0);
    for (const auto& w : witnesses) w->day(j, i, r, stage), shield += w->shield(tier);
    if (b.on) r.patience = stored(r.patience - b.rate * sum * exp(-shield) * factor);
    if (!b.on || r.patience > 0) return;
    const std::size_t cause = pick(terms, draw(Purpose::patience, i, j, r.spell, 1) * sum);
    leaving.emplace(j, i), note(What::unfollow, i, j, static_cast<std::uint32_t>(cause));
  }
  void let_in_strangers(AccountId j) {  // mechanisms/follow, exogenous
    const double g = s.audience.inflow * static_cast<double>(first_audience[j - accounts]) / 30;
    for (std::uint32_t k = 0; k < g; ++k) {
      const Words w = world.stream(Purpose::inflow)(j, today, k);
      if (uniform(w[0]) >= g - k) continue;
      auto who = static_cast<AccountId>(one_of(ordinary.present, w[3]));
      if (uniform(w[1]) < s.audience.inflow_near) {
        const auto own = list(j), near = own.empty() ? own : list(own[one_of(own.size(), w[2])]);
        if (near.empty()) continue;
        who = near[one_of(near.size(), w[3])];
      }
      if (!pair({j, who}).blocked && !followers[j - accounts].contains(who) && joining.emplace(j, who).second)
        note(What::follow, who, j, ~0U);
    }
  }
  Pair& begin_to_follow(const Tied& who, Tick since) {
    Pair& r = pair(who);
    r.follower = true, r.since = since, ++r.spell, followers[who.first - accounts].insert(who.second);
    r.patience = stored(-log(draw(Purpose::patience, who.second, who.first, r.spell)));
    return r;
  }
  void change_lists() {
    for (const Tied& who : leaving)
      pair(who).follower = pair(who).old = false, followers[who.first - accounts].erase(who.second);
    for (const Tied& who : joining) begin_to_follow(who, now + 1);
    leaving.clear(), joining.clear();
  }
};
}  // namespace

Outcome simulate(const Setting& setting, const Mechanisms& mechanisms, Tick ticks) {
  Simulator simulator(setting, mechanisms);
  while (simulator.now < ticks) simulator.step();
  std::sort(simulator.happenings.begin(), simulator.happenings.end());
  for (const auto& w : simulator.witnesses) w->count(simulator.stage, simulator.happenings);
  simulator.present = simulator.ordinary.present;
  for (std::size_t k = 0; k < simulator.work.size(); ++k) {
    simulator.pitch_shares.push_back(simulator.work[k].pitch_share());
    simulator.rewards.push_back(simulator.won(k));
  }
  for (const auto& row : simulator.ordinary.followers) simulator.ties += row.size();
  for (AccountId k = 0; k < simulator.followers.size(); ++k)
    for (const auto& w : simulator.witnesses) w->report(simulator.accounts + k, simulator.further[k], simulator.stage);
  return simulator;
}

}  // namespace passalong::reference
