// React, for those who inquire: the same decisions, made by the same functions on the same state, and the terms they
// came from put down beside them. A model that cannot tell its terms has its decisions told alone.
#pragma once
#include <algorithm>
#include <tuple>
#include <utility>

#include "sim/engine/world_of.hpp"

namespace passalong {

template <ReaderModel M>
Decision WorldOf<M>::explain(Partition& p, const Sight& s, AccountId from, Row& row) {
  p.moments.push_back({.kind = Moment::Kind::sight,
                       .tick = s.now,
                       .account = s.reader,
                       .post = s.post,
                       .content = s.content,
                       .age = s.age,
                       .from = from,
                       .copies = s.copies,
                       .fresh = s.fresh,
                       .follows = s.follows_author});
  Moment& m = p.moments.back();
  const bool free = row.tie.follower == 0 && row.tie.joining == 0;
  Decision d;
  if constexpr (requires { model_.explain(s, row.tie, row.state, p.deeds, m.reckonings); })
    d = model_.explain(s, row.tie, row.state, p.deeds, m.reckonings);
  else
    d = model_.react(s, row.tie, row.state, p.deeds);
  m.would_share = d.share, m.delay = std::max<Tick>(1, d.delay), m.check = d.check, m.adopt = d.adopt;
  m.follow = d.follow && free;
  return d;
}

template <ReaderModel M>
void WorldOf<M>::explain_copy(const Event& event, AccountId author, std::uint64_t length) {
  const std::uint32_t parent = event.node == no_node ? no_node : c_.nodes[event.node].parent;
  const AccountId through = parent == no_node ? author : c_.nodes[parent].account;
  inquiry_->copies.push_back({c_.now, event.sharer, through, length});
}

// Whether it follows the author is looked up here for every sight, where `judge` asks only in doubt.
template <ReaderModel M>
void WorldOf<M>::explain_ordinary(Partition& p, const Reading& r) {
  for (std::uint32_t n = 0; n < r.seen_count; ++n) {
    const std::uint32_t k = r.seen[n];
    const OrdinaryImpression& i = r.of[k];
    if (!asked(i.reader, i.post)) continue;
    Sight s = sight_of(i);
    s.follows_author = !i.shared() || follows_.has(i.reader, i.post.author);
    Moment m{.kind = Moment::Kind::ordinary,
             .tick = s.now,
             .account = s.reader,
             .post = s.post,
             .content = s.content,
             .age = s.age,
             .from = i.sharer,
             .follows = s.follows_author};
    Willing willing = Willing::no;
    if constexpr (requires { model_.explain(s, r.words(k), m.reckonings); })
      willing = model_.explain(s, r.words(k), m.reckonings);
    else
      willing = model_.react(s, r.words(k));
    m.would_share = willing == Willing::yes || (willing == Willing::if_following && s.follows_author);
    m.delay = std::max<Tick>(1, model_.ordinary_delay(r.reaction[2][k]));
    p.moments.push_back(std::move(m));
  }
}

// Of several copies seen in the tick the first by account stands for all.
template <ReaderModel M>
void WorldOf<M>::explain_share(Partition& p, const Repost& share) {
  Moment* source = nullptr;
  for (Moment& m : p.moments)
    if (m.kind == Moment::Kind::ordinary && m.account == share.sharer && m.post == share.post && m.would_share &&
        (source == nullptr || m.from < source->from))
      source = &m;
  if (source != nullptr) source->shares = true;
}

// By reader, and of a reader in the order in which it decided; that of ordinary posts is no order, so they go by name.
template <ReaderModel M>
void WorldOf<M>::answer(Partition& p) {
  std::ranges::stable_sort(p.moments, [](const Moment& a, const Moment& b) {
    if (a.account != b.account || a.kind != b.kind || a.kind != Moment::Kind::ordinary)
      return std::pair(a.account, a.kind) < std::pair(b.account, b.kind);
    return std::tuple(a.post.author, a.post.ordinal, a.from) < std::tuple(b.post.author, b.post.ordinal, b.from);
  });
  for (Moment& moment : p.moments) inquiry_->moments.push_back(std::move(moment));
  p.moments.clear();
}

template <ReaderModel M>
Review WorldOf<M>::explain_review(Partition& p, std::size_t s, Row& row, std::uint32_t day) {
  Moment m{.kind = Moment::Kind::review, .tick = c_.now, .account = row.tie.reader, .post = {id_of(s), 0}};
  const double posts = c_.studied[s].regime.posts, load = follows_.load(row.tie.reader), buyers = customers_[s];
  Review r;
  if constexpr (requires { model_.review(row.tie, row.state, day, day, 0.0, 0.0, 0.0, Tick{}, 0.0, m.reckonings); })
    r = model_.review(row.tie, row.state, id_of(s), day, fame_[s], posts, load, c_.now, buyers, m.reckonings);
  else
    r = model_.review(row.tie, row.state, id_of(s), day, fame_[s], posts, load, c_.now, buyers);
  m.leave = r.leave, m.cause = r.cause, m.stay = r.stay, m.adopt = r.adopt;
  p.moments.push_back(std::move(m));
  return r;
}

}  // namespace passalong
