// Written from models/ODD.md; the comments name its paragraphs.
#include "tests/reference_policy.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/math.hpp"

namespace passalong::reference {
namespace {
std::size_t share_at(const std::vector<double>& shares, double left) {
  std::size_t k = 0, last = shares.size() - 1;
  while (last > 0 && shares[last] <= 0) --last;
  while (k < last && (left -= shares[k]) >= 0) ++k;
  return k;
}
std::vector<double> list(const double (&mix)[5]) { return {mix, mix + 5}; }
// The same with another share of pitches.
std::vector<double> with_pitches(std::vector<double> mix, double share) {
  const double rest = 1 - mix[1];
  for (double& part : mix) part = rest > 0 ? part * ((1 - share) / rest) : 0;
  if (rest <= 0) mix[0] = 1 - share;
  mix[1] = share;
  return mix;
}
}  // namespace

Work::Work(const Setting& setting, std::size_t studied)
    : s(*setting.scenario), p(*setting.studied[studied]), world(setting) {
  author = static_cast<AccountId>(setting.accounts() + studied);
  if (!p.hours.empty() || !p.weekdays.empty()) {  // Weeks
    for (std::size_t h = 0; h < 168; ++h)
      rates.push_back((p.hours.empty() ? 1 : p.hours[h % 24]) * (p.weekdays.empty() ? 1 : p.weekdays[h / 24]));
    const double sum = std::accumulate(rates.begin(), rates.end(), 0.0);
    for (double& rate : rates) rate = rate * 168 / sum;
  }
  if (p.order != "as drawn") sort_all();
}
double Work::u(Purpose purpose, std::uint32_t n, std::size_t word, std::uint32_t block) const {
  return uniform(world.stream(purpose)(author, 0, n, block)[word]);
}

void Work::take(const std::vector<double>& shares, double posts, std::uint32_t day) {
  made += R * (clock(day) - clock(since));
  since = day, mix = shares, R = posts;
  if (!p.calendar.file.empty()) R = static_cast<double>(p.calendar.posts.size()) / ((s.warm_up + s.duration) / 24);
  if (p.budget <= 0) return;
  double cost = 0;  // Effort
  for (std::size_t k = 0; k < 5; ++k) cost += shares[k] * s.effort.posts[k];
  R = p.budget * p.effort.posts / cost;
}

void Work::begin_day(std::uint32_t day, double won_so_far) {
  const double warm_up = s.warm_up / 24;
  const auto posts = [&](const PhaseSection& f) { return f.posts > 0 ? f.posts : p.posts; };
  if (p.learn != "no") {  // Learning
    const auto every = static_cast<std::uint32_t>(std::lround(p.learning.every / 24));
    if (day % every != 0) return;
    if (day > 0) rewards.emplace_back(arm, won_so_far - last_won);
    last_won = won_so_far;
    const std::size_t before = arm;
    arm = best_arm(day / every);
    if (day == 0 || arm != before) take(with_pitches(list(p.mix), p.learning.arms[arm]), p.posts, day);
  } else if (!p.phases.empty()) {  // Phases
    if (day == 0) take(list(p.phases[0].mix), posts(p.phases[0]), 0);
    if (phase + 1 < p.phases.size() && day >= std::lround(warm_up + p.phases[phase].until / 24))
      ++phase, take(list(p.phases[phase].mix), posts(p.phases[phase]), day);
  } else if (day == 0) {
    take(list(p.mix), p.posts, 0);
  }
}
double Work::won(double gained, double adoptions, double shares) const {
  return p.reward.followers * gained + p.reward.adoptions * adoptions + p.reward.shares * shares;
}

double Work::cost(PostKind kind) const {
  for (std::size_t k = 0; k < 5; ++k)
    if (mixed_kinds[k] == kind) return s.effort.posts[k];
  return 0;
}

std::size_t Work::best_arm(std::uint32_t period) const {
  const std::size_t arms = p.learning.arms.size();
  std::vector<double> n(arms), mean(arms), score(arms);
  double low = 1e300, high = -1e300, all = 0, all_squares = 0, squares = 0;
  std::vector<double> within(arms);
  for (std::size_t t = 0; t < rewards.size(); ++t) {  // means and squared deviations as they come
    const auto& [k, x] = rewards[t];
    low = std::min(low, x), high = std::max(high, x);
    const double before = x - all, before_arm = x - mean[k];
    all += before / static_cast<double>(t + 1), mean[k] += before_arm / ++n[k];
    all_squares += before * (x - all), within[k] += before_arm * (x - mean[k]);
  }
  for (std::size_t k = 0; k < arms; ++k)
    if (n[k] == 0) return k;
  squares = all_squares / static_cast<double>(rewards.size());
  for (const double w : within) squares += w;
  const double T = static_cast<double>(rewards.size()), variance = squares / (T - static_cast<double>(arms) + 1);
  if (p.learn == "epsilon-greedy" && u(Purpose::learning, period, 0) < p.learning.epsilon)
    return static_cast<std::size_t>(u(Purpose::learning, period, 1) * static_cast<double>(arms));
  for (std::size_t k = 0; k < arms; ++k) {
    score[k] = mean[k];
    if (p.learn == "ucb") score[k] += p.learning.exploration * (high - low) * std::sqrt(2 * log(T) / n[k]);
    const auto block = static_cast<std::uint32_t>(k / 4);
    if (p.learn == "thompson")
      score[k] += std::sqrt(variance / n[k]) * normal_quantile(u(Purpose::learning, period, k % 4, block));
  }
  return static_cast<std::size_t>(std::max_element(score.begin(), score.end()) - score.begin());
}

double Work::clock(double day) const {  // Weeks
  if (rates.empty()) return day;
  double whole = 0, part = 0;
  for (const double rate : rates) whole += rate / 24;
  const double week = std::floor(day / 7), hour = (day - 7 * week) * 24;
  std::size_t h = 0;
  for (; h + 1 <= hour && h < 167; ++h) part += rates[h] / 24;
  return week * whole + part + rates[h] * ((hour - static_cast<double>(h)) / 24);
}
double Work::day_at(double reading) const {
  if (rates.empty()) return reading;
  double whole = 0, part = 0;
  for (const double rate : rates) whole += rate / 24;
  const double week = std::floor(reading / whole), rest = reading - week * whole;
  std::size_t h = 0;
  for (; h < 167 && part + rates[h] / 24 <= rest; ++h) part += rates[h] / 24;
  return 7 * week + (static_cast<double>(h) / 24 + (rates[h] > 0 ? (rest - part) / rates[h] : 0));
}

double Work::due(std::uint32_t n) const {
  if (!p.calendar.file.empty()) return n < p.calendar.posts.size() ? p.calendar.posts[n].day + s.warm_up / 24 : 1e12;
  return R > 0 ? day_at(clock(since) + ((n + u(Purpose::post_time, n, 0)) - made) / R) : 1e12;
}

Work::Piece Work::content(std::uint32_t n) const { return n < sorted.size() ? sorted[n] : drawn(n); }

Work::Piece Work::drawn(std::uint32_t n) const {
  const bool logged = !p.calendar.file.empty();
  const auto named = [](PostKind kind) {
    return static_cast<std::size_t>(std::find(std::begin(mixed_kinds), std::end(mixed_kinds), kind) - mixed_kinds);
  };
  Piece piece{logged ? named(p.calendar.posts[n].kind) : share_at(mix, u(Purpose::post_content, n, 0)), 0, 0};
  piece.topic = piece.kind == 1 ? static_cast<std::size_t>(s.population.product_topic - 1)
                                : share_at(brand_topics(s), u(Purpose::post_content, n, 1));
  const Distribution* of[] = {&s.content.value_quality, &s.content.pitch_quality, nullptr, &s.content.problem_quality,
                              &s.content.invitation_quality};
  if (of[piece.kind]) piece.quality = static_cast<float>(of[piece.kind]->quantile(u(Purpose::post_content, n, 2)));
  if (logged && p.calendar.posts[n].topic >= 0) piece.topic = static_cast<std::size_t>(p.calendar.posts[n].topic);
  if (logged && p.calendar.posts[n].quality >= 0) piece.quality = p.calendar.posts[n].quality;
  return piece;
}

void Work::sort_all() {  // Order
  Work other = *this;
  const double a_day = std::round(24 / s.tick), end = std::round((s.warm_up + s.duration) / s.tick);
  other.begin_day(0, 0);
  for (double t = 0; t < end; ++t) {
    if (t > 0 && std::fmod(t, a_day) == 0) other.begin_day(static_cast<std::uint32_t>(t / a_day), 0);
    for (std::uint32_t n = static_cast<std::uint32_t>(sorted.size()); std::floor(other.due(n) * a_day) <= t; ++n)
      sorted.push_back(other.drawn(n));
  }
  const std::size_t first = p.order == "value first" ? 0 : 1;
  const auto place = [&](const Piece& x) { return x.kind == first ? 0 : x.kind > 1 ? 1 : 2; };
  std::stable_sort(sorted.begin(), sorted.end(), [&](const Piece& x, const Piece& y) { return place(x) < place(y); });
}

}  // namespace passalong::reference
