// React, for ordinary posts. No pair has a state, so the order of impressions means nothing: draws belong to reader and
// post, and copies seen in one tick lead to one decision. Most readers are done after one comparison of one word.
#pragma once
#include "sim/engine/world_of.hpp"

namespace passalong {

template <ReaderModel M>
void WorldOf<M>::read_ordinary(std::size_t partition, unsigned worker) {
  Reading& r = readings_[worker];
  r.doubtful.clear(), r.sharing.clear();
  bring_readers_near(partition);
  copies_.read(partition,
               [&](std::span<const OrdinaryImpression> some) { read_ordinary(partitions_[partition], some, r); });
  settle_doubts(r);
  if (log_ != nullptr) sort_by_sharer(r);
  repost(partition, r, worker);
}

// Where a partition has about as many impressions as its readers' traits have cache lines, all of these are brought in
// order.
template <ReaderModel M>
void WorldOf<M>::bring_readers_near(std::size_t partition) const {
  const AccountId begin = cut_.begin(partition), end = cut_.end(partition);
  if (copies_.about(partition) * 16 < end - begin) return;
  bring_near(c_.see.data() + begin, c_.see.data() + end);
  glance_.bring_readers_near(begin, end);
  rhythm_.bring_readers_near(begin, end);
  model_.bring_readers_near(begin, end);
}

template <ReaderModel M>
void WorldOf<M>::read_ordinary(Partition& p, std::span<const OrdinaryImpression> some, Reading& r) {
  r.take(some);
  r.draw(sight_, reaction_);
  const auto sift = [&](const auto& see) {
    r.sift([&](std::size_t k) { return glance_.sees(r.reader[k], see(r.reader[k]), r.sight[0][k]); },
           [&](std::uint32_t word) { return model_.may_share(word); });
  };
  if (rhythm_.on())
    sift([&, hour = rhythm_.at(c_.now)](AccountId i) { return hour.see(c_.see[i], i); });
  else
    sift([&](AccountId i) { return c_.see[i]; });
  p.everyone.impressions += r.seen_count;
  if (rewiring_.wins_by_reshares()) win_followers(p, r);
  if (inquiry_ != nullptr) explain_ordinary(p, r);
  judge(r);
}

// A stranger's post that was passed on may win its author a follower.
template <ReaderModel M>
void WorldOf<M>::win_followers(Partition& p, const Reading& r) {
  for (std::uint32_t n = 0; n < r.seen_count; ++n) {
    const OrdinaryImpression& i = r.of[r.seen[n]];
    if (!i.shared() || !rewiring_.won(i.reader, i.post)) continue;
    const AccountId in_partition = i.reader - cut_.begin(cut_.of(i.reader));
    if (!follows_.has(i.reader, i.post.author) && !p.sharers.contains(i.post, in_partition))
      p.won.push_back({i.post.author, i.reader});
  }
}

template <ReaderModel M>
inline Sight WorldOf<M>::sight_of(const OrdinaryImpression& i) const {
  const Content content = publisher_.ordinary_content(i.kind(), i.topic(), i.value);
  // Nothing but routine asks for fame.
  const double fame = content.routine > 0 ? setting_.population->fame(follows_.count(i.post.author)) : 0;
  return Sight{i.reader, i.post, content, c_.now, i.age(), fame, !i.shared()};
}

// Who gets a post from its author follows it. Else whether the reader does is looked up only where it matters.
template <ReaderModel M>
void WorldOf<M>::judge(Reading& r) {
  for (std::uint32_t n = 0; n < r.willing_count; ++n) {
    const std::uint32_t k = r.willing[n];
    const OrdinaryImpression& i = r.of[k];
    Willing willing = model_.guess(i, r.reaction[0][k], r.reaction[1][k]);
    if (willing == Willing::no) continue;
    if (willing == Willing::unsure) willing = model_.react(sight_of(i), r.words(k));
    if (willing == Willing::no) continue;
    const Tick born = c_.now - i.age(), due = c_.now + std::max<Tick>(1, model_.ordinary_delay(r.reaction[2][k]));
    if (due > born + publisher_.lifetime()) continue;  // too late: the post's life is over
    const bool sure = willing == Willing::yes || !i.shared();
    (sure ? r.sharing : r.doubtful).push_back({{i.post, i.reader, born}, due, i.sharer});
    if (!sure) follows_.expect(i.post.author);
  }
}

template <ReaderModel M>
void WorldOf<M>::settle_doubts(Reading& r) {
  for (const auto& [share, due, from] : r.doubtful) follows_.expect_pair(share.sharer, share.post.author);
  for (const auto& intent : r.doubtful)
    if (follows_.has(intent.share.sharer, intent.share.post.author)) r.sharing.push_back(intent);
}

// Of copies that came through several sharers in one tick the first, by account, is the source.
template <ReaderModel M>
void WorldOf<M>::sort_by_sharer(Reading& r) {
  std::sort(r.sharing.begin(), r.sharing.end(), [](const Reading::Intent& a, const Reading::Intent& b) {
    return a.share < b.share || (!(b.share < a.share) && a.from < b.from);
  });
}

template <ReaderModel M>
void WorldOf<M>::repost(std::size_t partition, const Reading& r, unsigned worker) {
  Partition& p = partitions_[partition];
  const AccountId first = cut_.begin(partition);
  for (const auto& [share, due, from] : r.sharing) p.sharers.expect(share.post, share.sharer - first);
  for (const auto& [share, due, from] : r.sharing) {
    if (!p.sharers.add(share.post, share.sharer - first)) continue;  // has done so already
    reposts_.add(worker, due, share);
    if (log_ != nullptr) p.shared.push_back({share.post, share.sharer, from, share.born, due});
    note(p, What::share, share.sharer, share.post.author, share.post.ordinal);
    if (asked(share.sharer, share.post)) explain_share(p, share);
  }
}

}  // namespace passalong
