// Written from models/ODD.md, section by section; the comments name the paragraphs.
#include "tests/reference.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/math.hpp"

namespace passalong::reference {

Simulator::Simulator(const Setting& setting, const Mechanisms& mechanisms)
    : setting_(setting),
      s_(*setting.scenario),
      m_(mechanisms),
      people_(*setting.population),
      accounts_(setting.accounts()),
      day_(static_cast<Tick>(std::lround(24 / s_.tick))),
      lifetime_(static_cast<Tick>(std::lround(s_.content.lifetime / s_.tick))) {
  for (std::size_t k = 0; k < setting.studied.size(); ++k) {
    const auto author = static_cast<AccountId>(accounts_ + k);
    studied.emplace_back();
    for (const auto& [reader, reciprocal] : people_.audience) {
      if (studied[k].first_audience == static_cast<std::uint64_t>(setting.studied[k]->followers)) break;
      ++studied[k].first_audience;
      begin_to_follow(author, reader, 0);
      Pair& pair = pair_of(reader, author);
      pair.old = true, pair.reciprocal = reciprocal;
    }
  }
  renew_attention();
}

// 3. Process overview: the tick.
void Simulator::step() {
  fame_.clear();
  for (const Studied& j : studied) fame_.push_back(people_.fame(static_cast<double>(j.followers.size())));
  std::vector<Event> events;
  publish_shares(events);
  publish_studied(events);
  publish_background(events);
  // (reader, post) -> the first sharer it was seen through
  std::map<std::pair<AccountId, std::size_t>, AccountId> impressions;
  for (const Event& e : events)
    for (const AccountId reader : followers_of(e.sharer)) {
      Post& p = posts[e.post];
      ++p.deliveries, ++everyone.deliveries;
      if (is_studied(p.author)) ++studied_of(p).tally.deliveries;
      const auto word = setting_.stream(Purpose::see)(reader, p.author, p.ordinal)[0];
      if (reader != p.author && word / 2 < see_[reader]) impressions.emplace(std::pair(reader, e.post), e.sharer);
    }
  for (const auto& [seen, from] : impressions)
    if (is_studied(posts[seen.second].author))
      read_studied(seen.first, seen.second, from);
    else
      read_background(seen.first, seen.second, from);
  const bool day_ends = (now_ + 1) % day_ == 0;
  for (std::size_t k = 0; day_ends && k < studied.size(); ++k) {
    const auto author = static_cast<AccountId>(accounts_ + k);
    for (const AccountId reader : studied[k].followers) review(author, reader);
    let_in_strangers(author);
  }
  change_lists();
  if (day_ends) renew_attention();
  ++now_;
}

double Simulator::draw(Purpose purpose, AccountId a, AccountId b, std::uint32_t n, std::size_t word) const {
  return uniform(setting_.stream(purpose)(a, b, n)[word]);
}

void Simulator::note(What what, AccountId account, AccountId author, std::uint32_t ordinal) {
  happenings.push_back({now_, what, account, author, ordinal});
}

std::vector<AccountId> Simulator::followers_of(AccountId account) const {
  if (is_studied(account))
    return {studied[account - accounts_].followers.begin(), studied[account - accounts_].followers.end()};
  const auto list = setting_.network().followers_of(account);
  return {list.begin(), list.end()};
}

Pair& Simulator::pair_of(AccountId reader, AccountId author) {
  const auto [at, fresh] = pairs.try_emplace({author, reader});
  if (fresh) at->second.L = static_cast<float>(log(m_.suspicion.prior / (1 - m_.suspicion.prior)));
  return at->second;
}

// mechanisms/attention
void Simulator::renew_attention() {
  see_.clear();
  for (AccountId i = 0; i < accounts_; ++i) {
    const double capacity = people_.attention[i];
    double rate = people_.load[i], from_studied = 0;
    for (std::size_t k = 0; k < studied.size(); ++k)
      if (studied[k].followers.contains(i)) from_studied += setting_.studied[k]->posts;
    rate += from_studied;
    const double p = m_.attention.on ? capacity / (capacity + rate + 1e-9) : 1;
    see_.push_back(static_cast<std::uint32_t>(std::floor(p * 2147483648.0)));
  }
}

// Publishing: shares that are due, the studied accounts' posts, everyone else's.
void Simulator::publish_shares(std::vector<Event>& events) {
  for (const auto& [share, from] : due_[now_]) {
    Post& p = posts[share.first];
    p.shares.emplace_back(now_, share.second, from);
    if (is_studied(p.author)) ++studied_of(p).tally.shares;
    ++everyone.shares;
    events.push_back({share.first, share.second});
  }
  due_.erase(now_);
}

void Simulator::publish(Post post, std::vector<Event>& events) {
  post.born = now_;
  note(What::post, post.author, post.author, post.ordinal);
  if (is_studied(post.author)) ++studied_of(post).tally.posts;
  ++everyone.posts;
  events.push_back({posts.size(), post.author});
  posts.push_back(std::move(post));
}

void Simulator::publish_studied(std::vector<Event>& events) {
  for (std::size_t k = 0; k < studied.size(); ++k) {
    const auto author = static_cast<AccountId>(accounts_ + k);
    const double rate = setting_.studied[k]->posts;
    for (auto n = static_cast<std::uint32_t>(studied[k].tally.posts); rate > 0; ++n) {
      const double u = draw(Purpose::post_time, author, 0, n, 0);
      if (std::floor((n + u) / rate * (24 / s_.tick)) > now_) break;
      publish(studied_post(author, n), events);
    }
  }
}

std::size_t pick(const std::vector<double>& shares, double u) {
  std::size_t k = 0;
  for (double left = u; k + 1 < shares.size(); ++k)
    if ((left -= shares[k]) < 0) break;
  return k;
}

Post Simulator::studied_post(AccountId author, std::uint32_t n) const {
  const double* mix = setting_.studied[author - accounts_]->mix;
  const std::size_t kind = pick({mix[0], mix[1], mix[2]}, draw(Purpose::post_content, author, 0, n, 0));
  const auto topics = static_cast<std::size_t>(s_.population.topics),
             product = static_cast<std::size_t>(s_.population.product_topic - 1);
  std::vector<double> weight(topics, 0.0);
  double total = 0, w = 1;
  for (std::size_t k = 0; k < topics && k < static_cast<std::size_t>(s_.content.topics);
       ++k, w *= s_.content.topic_decay)
    weight[(product + k) % topics] = w, total += w;
  for (double& x : weight) x /= total;
  const std::size_t topic = kind == 1 ? product : pick(weight, draw(Purpose::post_content, author, 0, n, 1));
  const double u = draw(Purpose::post_content, author, 0, n, 2);
  const double v = kind == 0   ? s_.content.value_quality.quantile(u)
                   : kind == 1 ? s_.content.pitch_quality.quantile(u)
                               : 0;
  return {author, n,  0,  kind == 1, topic, static_cast<float>(v), kind == 1 ? 1.0F : 0.0F, kind == 2 ? 1.0F : 0.0F,
          {},     {}, {}, {}};
}

// Background
Post Simulator::background_post(AccountId author, std::uint32_t n) const {
  const PopulationSection& b = s_.population;
  const double of_sellers = b.sellers > 0 ? std::min(b.seller_promotion, b.promotion / b.sellers) : 0;
  const double of_others = b.sellers < 1 ? std::max(0.0, b.promotion - b.sellers * of_sellers) / (1 - b.sellers) : 0;
  const double promotion = people_.seller[author] != 0 ? of_sellers : of_others;
  const double rest = (1 - promotion) / (b.routine + b.conversation + b.news);
  const std::size_t kind = pick({promotion, b.routine * rest, b.conversation * rest, b.news * rest},
                                draw(Purpose::post_content, author, 0, n, 0));
  const auto own = setting_.ground->interests.of(author);
  const std::size_t topic = pick({own.begin(), own.end()}, draw(Purpose::post_content, author, 0, n, 1));
  const double u = draw(Purpose::post_content, author, 0, n, 2), v = b.news_value.quantile(u);
  Post p{author, n, 0, kind == 0, topic, 0, 0, 0, {}, {}, {}, {}};
  if (kind == 0) p.v = static_cast<float>(s_.content.pitch_quality.quantile(u)), p.s = 1;
  if (kind == 1) p.d = 1;
  if (kind == 2) p.v = static_cast<float>(b.conversation_value * v), p.d = static_cast<float>(b.conversation_routine);
  if (kind == 3) p.v = static_cast<float>(v);
  return p;
}

void Simulator::plan_background_day() {
  const Stream counts = setting_.stream(Purpose::background_count);
  for (AccountId i = 0; i < accounts_; ++i) {
    const auto day = static_cast<std::uint32_t>(now_ / day_);
    const double mean = std::min(500.0, static_cast<double>(people_.activity[i]));
    double left = uniform(counts(i, 0, day)[0]), p = exp(-mean);
    for (std::uint32_t k = 0; k < 2000; ++k) {  // the Poisson count by inversion
      if ((left -= p) < 0) break;
      p *= mean / (k + 1);
      const std::uint64_t word = counts(i, 0, day, 1 + k / 4)[k % 4];
      planned_[now_ + static_cast<Tick>(word * static_cast<std::uint64_t>(day_) >> 32)].push_back(i);
    }
  }
}

void Simulator::publish_background(std::vector<Event>& events) {
  if (!(s_.population.posts > 0)) return;
  if (now_ % day_ == 0) plan_background_day();
  for (const AccountId author : planned_[now_]) publish(background_post(author, made_[author]++), events);
  planned_.erase(now_);
}

// mechanisms/appraisal
double Simulator::merit(const Post& p, double sim, double a, double suspicion, double fame) const {
  const Appraisal& w = m_.appraisal;
  if (!w.on) return 1;
  const double v = p.v, s = p.s, d = p.d, h = (now_ - p.born) * s_.tick;
  const double novelty = exp(-w.decay * power(h, w.decay_exponent));
  return w.value_weight * v * sim * novelty + w.affinity_weight * s * a -
         w.pitch_weight * s * ((1 - a) * (w.residual_dislike + (1 - w.residual_dislike) * suspicion)) +
         w.routine_weight * d * (2 * fame - 1) - w.cost;
}

double Simulator::similarity(const TopicMatrix& rows, AccountId account, const Post& p) const {
  return rows(account, static_cast<Eigen::Index>(p.topic)) / 255.0;
}

double Simulator::tau(const Pair& pair) const {
  const double a = 1 + static_cast<double>(pair.good), b = 1 + static_cast<double>(pair.bad);
  return m_.trust.on ? a / (a + b) : 0.5;
}

double Simulator::pi(const Pair& pair) const { return m_.suspicion.on ? logistic(static_cast<double>(pair.L)) : 0; }

// mechanisms/delay
double Simulator::delay_hours(double u, double trust) const {
  const double theta = m_.delay.exponent, s0 = m_.delay.plateau, f = theta / (1 + theta);
  const double stretch = exp(-m_.delay.trust_speed * (trust - 0.5)), most = s_.content.lifetime / stretch;
  const double F = most <= s0 ? f * most / s0 : 1 - (1 - f) * power(most / s0, -theta);
  const double q = u * F;
  return stretch * s0 * (q <= f ? q / f : power((1 - q) / (1 - f), -1 / theta));
}

// mechanisms/forwarding
void Simulator::pass_on(AccountId reader, std::size_t post, AccountId from, const View& view, double utility) {
  Post& p = posts[post];
  const auto gain = [&](double u) { return 1 - exp(-m_.forwarding.steepness * std::max(0.0, u)); };
  const double audience =
      merit(p, similarity(people_.topics->audience_interests, reader, p), view.audience_affinity, view.pi, view.fame);
  double chance = m_.forwarding.rate * (view.follows ? 1 : m_.forwarding.stranger) * gain(utility);
  if (m_.forwarding.friends) chance *= gain(audience);
  if (!m_.forwarding.on || !(draw(Purpose::forward, reader, p.author, p.ordinal, 0) < chance)) return;
  const double u = draw(Purpose::forward, reader, p.author, p.ordinal, 1);
  const Tick lands = now_ + 1 + (m_.delay.on ? static_cast<Tick>(delay_hours(u, view.tau) / s_.tick) : 0);
  if (lands > p.born + lifetime_) return;
  p.sharers.insert(reader);
  due_[lands][{post, reader}] = from;
  note(What::share, reader, p.author, p.ordinal);
}

// Handling of one impression: its five steps, everything from the state before it.
void Simulator::read_studied(AccountId reader, std::size_t post, AccountId from) {
  Post& p = posts[post];
  Studied& author = studied_of(p);
  Pair& pair = pair_of(reader, p.author);
  if (!pair.seen.insert(p.ordinal).second) return;
  ++p.impressions, ++author.tally.impressions, ++everyone.impressions;
  if (!pair.reached) ++author.tally.reach;
  pair.reached = true;
  const double a = people_.affinity[reader], sim = similarity(people_.topics->interests, reader, p);
  const View view{tau(pair),    pi(pair), a, people_.audience_affinity[reader], fame_[p.author - accounts_],
                  pair.follower};
  const double V = merit(p, sim, a, view.pi, view.fame);
  const double u = draw(Purpose::noise, reader, p.author, p.ordinal, 0);
  const double eps = m_.appraisal.on ? m_.appraisal.noise * normal_quantile(u) : 0;
  const double U = V + m_.appraisal.trust_weight * (view.tau - 0.5) + eps;
  climb(pair, reader, p, view);
  pass_on(reader, post, from, view, U);
  learn(pair, reader, p, V, eps, sim, a);
  if (!pair.follower) meet(pair, reader, p, U);
}

// mechanisms/ladder
void Simulator::climb(Pair& pair, AccountId reader, const Post& p, const View& view) {
  const Ladder& l = m_.ladder;
  const double a = view.affinity, trust = view.tau - 0.5;
  const double door = p.pitch ? exp(-l.wear * pair.pitches) * (1 - (1 - a) * view.pi) : l.pull;
  const double check = l.check_rate * (0.1 + 0.9 * a) * exp(l.check_trust * trust) * door;
  const double adopt = l.adopt_rate * 2 * a * 2 * logistic(4 * trust);
  if (p.pitch) ++pair.pitches;
  if (!l.on || pair.customer || draw(Purpose::ladder, reader, p.author, p.ordinal, 0) >= check) return;
  ++studied_of(p).tally.checks;
  note(What::check, reader, p.author, p.ordinal);
  if (draw(Purpose::ladder, reader, p.author, p.ordinal, 1) >= adopt) return;
  pair.customer = true;
  ++studied_of(p).tally.adoptions;
  note(What::adopt, reader, p.author, p.ordinal);
}

// mechanisms/suspicion, trust, unfollow (averages)
void Simulator::learn(Pair& pair, AccountId reader, const Post& p, double V, double eps, double sim, double a) {
  const Suspicion& q = m_.suspicion;
  const bool misread = draw(Purpose::perception, reader, p.author, p.ordinal, 0) < q.misreading;
  const double L0 = log(q.prior / (1 - q.prior));
  const double evidence =
      p.pitch != misread ? log(q.pitcher_rate / q.ordinary_rate) : log((1 - q.pitcher_rate) / (1 - q.ordinary_rate));
  const double L = L0 + q.memory * (static_cast<double>(pair.L) - L0) + evidence;
  pair.L = static_cast<float>(std::min(q.bound, std::max(-q.bound, L)));

  const Trust& t = m_.trust;
  const bool first = !pair.had_bad || (now_ - pair.last_bad) * s_.tick >= t.forgiveness;
  double good = t.memory * static_cast<double>(pair.good), bad = t.memory * static_cast<double>(pair.bad);
  if (V > t.dead_zone) good += t.gain * (p.pitch ? t.pitch_gain : 1);
  if (V < -t.dead_zone)
    bad += t.loss * t.gain * (first ? 1 : t.repeated_loss), pair.last_bad = now_, pair.had_bad = true;
  pair.good = static_cast<float>(good), pair.bad = static_cast<float>(bad);

  const auto average = [&](float& y, double value) {
    y = static_cast<float>(static_cast<double>(y) + m_.unfollow.memory * (value - static_cast<double>(y)));
  };
  average(pair.S, static_cast<double>(p.s));
  average(pair.I, p.pitch ? 1 - a : 1 - sim);
  average(pair.W, V + eps < 0 ? 1 : 0);
  average(pair.D, static_cast<double>(p.d));
}

// mechanisms/follow
void Simulator::meet(Pair& pair, AccountId reader, const Post& p, double U) {
  const Follow& f = m_.follow;
  ++pair.exposures;
  const double chance = f.rate * logistic(f.slope * (U - f.midpoint)) * (1 + (pair.reciprocal ? f.reciprocity : 0)) *
                        (1 + f.repetition * log(1.0 + pair.exposures));
  if (!f.on || draw(Purpose::follow, reader, p.author, p.ordinal, 0) >= chance) return;
  if (joining_.insert({p.author, reader}).second) note(What::follow, reader, p.author, p.ordinal);
}

void Simulator::read_background(AccountId reader, std::size_t post, AccountId from) {
  const Post& p = posts[post];
  const auto& rows = people_.topics->interests;
  ++everyone.impressions;
  if (p.sharers.contains(reader)) return;
  const double sim = similarity(rows, reader, p);
  const Distribution& taste = draw(Purpose::background_affinity, reader, p.author, 0, 0) < sim * sim
                                  ? s_.population.affinity_interested
                                  : s_.population.affinity_others;
  const double a =
      p.pitch ? std::clamp(taste.quantile(draw(Purpose::background_affinity, reader, p.author, 0, 1)), 0.0, 1.0) : 0;
  const auto list = followers_of(p.author);
  const bool follows = std::count(list.begin(), list.end(), reader) > 0;
  const View view{0.5,
                  m_.suspicion.on ? m_.suspicion.prior : 0,
                  a,
                  people_.mean_affinity,
                  people_.fame(static_cast<double>(list.size())),
                  follows};
  const double u = draw(Purpose::noise, reader, p.author, p.ordinal, 0);
  const double eps = m_.appraisal.on ? m_.appraisal.noise * normal_quantile(u) : 0;
  pass_on(reader, post, from, view, merit(p, sim, a, view.pi, view.fame) + eps);
}

// mechanisms/ladder (client), then mechanisms/unfollow
void Simulator::review(AccountId author, AccountId reader) {
  Pair& pair = pair_of(reader, author);
  Studied& j = studied[author - accounts_];
  const double trust = tau(pair) - 0.5, a = people_.affinity[reader],
               rate = setting_.studied[author - accounts_]->posts;
  const double stay = 1 - exp(-m_.ladder.client_rate * logistic(6 * trust));
  if (m_.ladder.on && pair.customer && !pair.client &&
      draw(Purpose::client, reader, author, static_cast<std::uint32_t>(now_ / day_), 0) < stay) {
    pair.client = true, ++j.tally.clients;
    note(What::client, reader, author, 0);
  }
  const Unfollow& b = m_.unfollow;
  if (!b.on) return;
  const double S = pair.S, I = pair.I, W = pair.W, D = pair.D,
               Q = rate / (rate + static_cast<double>(people_.load[reader]) + 1e-9);
  const std::vector<double> terms{b.base, b.pitch * S * pi(pair) * (1 - a), b.irrelevance * I * I, b.volume * Q * W,
                                  b.routine * D * std::max(0.0, 1 - 2 * fame_[author - accounts_])};
  double sum = 0;
  for (const double t : terms) sum += t;
  double h =
      b.rate * sum *
      exp(-b.trust * trust - (pair.reciprocal ? b.reciprocity : 0) - (people_.seller[reader] != 0 ? b.seller : 0));
  if (!pair.old && (now_ - pair.since) * s_.tick < b.new_for) h *= b.new_tie;
  pair.patience = static_cast<float>(static_cast<double>(pair.patience) - h);
  if (pair.patience > 0) return;
  const double u = draw(Purpose::patience, reader, author, pair.spell, 1);
  note(What::unfollow, reader, author, static_cast<std::uint32_t>(pick(terms, u * sum)));
  leaving_.insert({author, reader});
}

// mechanisms/follow: exogenous followers
void Simulator::let_in_strangers(AccountId author) {
  const Studied& j = studied[author - accounts_];
  const std::vector<AccountId> followers(j.followers.begin(), j.followers.end());
  const double g = s_.audience.inflow * static_cast<double>(j.first_audience) / 30;
  const auto one_of = [](std::uint32_t word, std::size_t size) { return std::uint64_t{word} * size >> 32; };
  for (std::uint32_t k = 0; k < g; ++k) {
    const Words w = setting_.stream(Purpose::inflow)(author, static_cast<std::uint32_t>(now_ / day_), k);
    if (uniform(w[0]) >= g - k) continue;
    auto who = static_cast<AccountId>(one_of(w[3], accounts_));
    if (uniform(w[1]) < s_.audience.inflow_near) {
      if (followers.empty()) continue;
      const auto near = followers_of(followers[one_of(w[2], followers.size())]);
      if (near.empty()) continue;
      who = near[one_of(w[3], near.size())];
    }
    if (!j.followers.contains(who) && joining_.insert({author, who}).second) note(What::follow, who, author, ~0U);
  }
}

void Simulator::begin_to_follow(AccountId author, AccountId reader, Tick since) {
  Pair& pair = pair_of(reader, author);
  pair.follower = true, pair.since = since, ++pair.spell;
  pair.patience = static_cast<float>(-log(draw(Purpose::patience, reader, author, pair.spell, 0)));
  studied[author - accounts_].followers.insert(reader);
}

void Simulator::change_lists() {
  for (const auto& [author, reader] : leaving_) {
    Pair& pair = pair_of(reader, author);
    pair.follower = pair.old = false;
    studied[author - accounts_].followers.erase(reader);
    ++studied[author - accounts_].tally.unfollows;
  }
  for (const auto& [author, reader] : joining_) {
    begin_to_follow(author, reader, now_ + 1);
    ++studied[author - accounts_].tally.follows;
  }
  leaving_.clear(), joining_.clear();
}

}  // namespace passalong::reference
