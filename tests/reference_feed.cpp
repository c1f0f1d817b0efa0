// Written from models/ODD.md, "Feeds".
#include "tests/reference_feed.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "sim/base/math.hpp"

namespace passalong::reference {

void Feeds::take_follows(const std::vector<std::set<AccountId>>& followers) {
  followees_.assign(followers.size(), {});
  for (AccountId b = 0; b < followers.size(); ++b)
    for (const AccountId i : followers[b]) followees_[i].push_back(b);
}

Feeds::Followed Feeds::followed_by(AccountId reader) const {
  Followed all = followees_[reader];
  for (AccountId k = 0; k < of_studied_.size(); ++k)
    if (of_studied_[k].contains(reader)) all.push_back(world_.accounts() + k);
  return all;
}

Tick Feeds::window() const {
  return std::max<Tick>(1, static_cast<Tick>(std::lround(form_.window / world_.scenario->tick)));
}

double Feeds::novelty(const Post& post, Tick now) const {
  return exp(-0.4 * power((now - post.born) * world_.scenario->tick, 0.4));
}

double Feeds::appeal(const Post& post, Tick now) const {
  return static_cast<double>(post.v) * (1 + static_cast<double>(post.shares.size())) * novelty(post, now);
}

double Feeds::time(const Copy& copy) const {
  const Post& p = posts_[copy.post];
  return copy.tick + world_.stream(Purpose::feed_rank)(copy.sharer, p.author, p.ordinal)[0] / 4294967296.0;
}

double Feeds::rank(AccountId reader, const Copy& copy, Tick now) const {
  const Post& p = posts_[copy.post];
  if (form_.ranking == "chronological") return time(copy);
  if (form_.ranking == "random") return uniform(world_.stream(Purpose::feed_rank)(reader, p.author, p.ordinal, 1)[0]);
  if (form_.ranking == "engagement") return appeal(p, now);
  return world_.population->topics->interest(reader, p.topic) / 255.0 * static_cast<double>(p.v) * novelty(p, now);
}

bool Feeds::before(const Copy& a, const Copy& b) const {
  if (form_.ranking == "chronological" && time(a) != time(b)) return time(a) > time(b);
  return std::pair(a.tick, a.sharer) < std::pair(b.tick, b.sharer);
}

std::vector<Feeds::Copy> Feeds::feed(AccountId reader, const Followed& followed, Tick after, std::size_t most, Tick now,
                                     const May& may) const {
  const Tick lifetime = static_cast<Tick>(std::lround(world_.scenario->content.lifetime / world_.scenario->tick));
  std::map<std::size_t, Copy> first;  // by post
  for (const AccountId sharer : followed)
    if (const auto row = copies_.find(sharer); row != copies_.end())
      for (const Copy& copy : row->second) {
        const Post& p = posts_[copy.post];
        if (copy.tick <= after || p.born + lifetime < now || p.author == reader || !may(p)) continue;
        const auto [at, fresh] = first.emplace(copy.post, copy);
        if (fresh) continue;
        const std::size_t copies = at->second.copies + 1;
        if (before(copy, at->second)) at->second = copy;
        at->second.copies = copies;
      }
  std::vector<std::pair<double, Copy>> ranked;
  for (const auto& [post, copy] : first) ranked.emplace_back(-rank(reader, copy, now), copy);
  const auto key = [&](const auto& r) {
    return std::tuple(r.first, posts_[r.second.post].author, posts_[r.second.post].ordinal);
  };
  std::sort(ranked.begin(), ranked.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
  if (ranked.size() > most) ranked.erase(ranked.begin() + static_cast<std::ptrdiff_t>(most), ranked.end());
  std::vector<Copy> top;
  for (const auto& [value, copy] : ranked) top.push_back(copy);
  return top;
}

std::vector<Feeds::Shown> Feeds::check(AccountId reader, Tick now, double factor, const May& may) {
  const double a_post = world_.scenario->tick / 24 / static_cast<double>(form_.slots);
  const double mean = std::min(500.0, static_cast<double>(world_.population->attention[reader]) * a_post * factor);
  double left = draw(Purpose::feed_check, reader, 0, static_cast<std::uint32_t>(now)), p = exp(-mean);
  std::size_t checks = 0;
  while (checks < 2000 && (left -= p) >= 0) p *= mean / static_cast<double>(++checks);
  if (checks == 0) return {};
  const Tick last = last_.contains(reader) ? last_[reader] : -1;
  last_[reader] = now;
  std::vector<Shown> shown;
  for (const Copy& copy : feed(reader, followed_by(reader), std::max(last, now - window()),
                               checks * static_cast<std::size_t>(form_.slots), now, may))
    shown.push_back({copy.post, copy.sharer, copy.copies});
  return shown;
}

std::optional<Feeds::Shown> Feeds::copied(AccountId i, std::uint32_t n, Tick now, const May& may) const {
  if (draw(Purpose::feed_pick, i, 0, n) < form_.fresh) return {};
  std::vector<Copy> own = feed(i, followed_by(i), now - window(), static_cast<std::size_t>(form_.slots), now,
                               [&](const Post& p) { return may(p) && !p.sharers.contains(i); });
  std::sort(own.begin(), own.end(), [&](const Copy& a, const Copy& b) {
    return std::pair(posts_[a.post].author, posts_[a.post].ordinal) <
           std::pair(posts_[b.post].author, posts_[b.post].ordinal);
  });
  double sum = 0;
  for (const Copy& copy : own) sum += appeal(posts_[copy.post], now);
  if (sum <= 0) return {};
  double left = draw(Purpose::feed_pick, i, 0, n, 1) * sum;
  std::size_t k = 0;
  while (k + 1 < own.size() && (left -= appeal(posts_[own[k].post], now)) >= 0) ++k;
  return Shown{own[k].post, own[k].sharer, own[k].copies};
}

}  // namespace passalong::reference
