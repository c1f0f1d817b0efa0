// The tick where attention is a feed: what is published is put up, and each partition's readers that check pull what
// they see. What they do about it is the same as ever.
#pragma once
#include "sim/engine/world_of.hpp"

namespace passalong {

// Shared by the worlds of one network where it has been made for them.
template <ReaderModel M>
void WorldOf<M>::keep_followings() {
  auto shared = setting_.ground->followees;
  if (!shared) shared = std::make_shared<const Followees>(followees_of(setting_.network(), team_));
  follows_.keep_followings(std::move(shared));
}

template <ReaderModel M>
void WorldOf<M>::find_followed(AccountId reader, Feed::Desk& desk) const {
  desk.studied.clear(), desk.blocked.clear();
  for (std::size_t s = 0; s < c_.studied.size(); ++s) {
    const Row* row = relation(s, reader);
    if (row == nullptr) continue;
    if (row->tie.follower != 0) desk.studied.push_back(id_of(s));
    if (model_.closed(row->state)) desk.blocked.push_back(id_of(s));
  }
}

// Sharers are kept by a post's day of birth, which a studied post's ordinal does not tell.
template <ReaderModel M>
PostId WorldOf<M>::named_by_day(const PostId& post, Tick born) const {
  if (post.author < setting_.accounts()) return post;
  return {post.author,
          ordinal_of(static_cast<std::uint32_t>(born / ticks_per_day_), post.ordinal & (most_posts_a_day - 1))};
}

// False where the account has decided to share the post before.
template <ReaderModel M>
bool WorldOf<M>::note_sharer(Partition& p, AccountId account, const PostId& post, Tick born) {
  return p.sharers.add(named_by_day(post, born), account - cut_.begin(cut_.of(account)));
}

// Which planned posts pass on a post instead; those of studied accounts become events. What a mechanism governs is left
// to it.
template <ReaderModel M>
void WorldOf<M>::choose_copies() {
  const auto tick = static_cast<std::uint32_t>(c_.now % ticks_per_day_);
  feed_.choose(
      c_.now, plan_, tick, [&](AccountId reader, Feed::Desk& desk) { find_followed(reader, desk); },
      [&](AccountId account, const FeedPost& post) {
        if (post.id.author >= setting_.accounts() && model_.gathers(c_.posts[serial_of(post)].content)) return true;
        const std::uint32_t part = cut_.of(account);
        return partitions_[part].sharers.contains(named_by_day(post.id, post.born), account - cut_.begin(part));
      },
      team_);
  if (!feed_.copies()) return;
  for (std::size_t b = 0; b < plan_.blocks(); ++b) {
    const auto planned = plan_.posts(b, tick);
    const auto choices = feed_.choices(b);
    for (std::size_t k = 0; k < choices.size(); ++k)
      if (choices[k].post != FeedChoice::new_post) take_copy(plan_.name(b, planned[k]).author, choices[k]);
  }
}

template <ReaderModel M>
void WorldOf<M>::take_copy(AccountId account, const FeedChoice& choice) {
  const FeedPost& of = feed_.board().posts[choice.post];
  Partition& p = partitions_[cut_.of(account)];
  note_sharer(p, account, of.id, of.born);
  if (log_ != nullptr && !feed_.of_studied(choice)) p.shared.push_back({of.id, account, choice.from, of.born, c_.now});
  tell(What::share, account, of.id.author, of.id.ordinal);
  if (!feed_.of_studied(choice)) return;
  const std::uint32_t serial = serial_of(of);
  Post& post = c_.posts[serial];
  post.last_node = c_.nodes.push({serial, account, choice.parent, post.last_node, c_.now});
  events_.push_back({account, serial, post.last_node});
  ++c_.studied[post.id.author - setting_.accounts()].counts.shares, ++c_.everyone.shares;
}

// Of a studied account's post that is alive: these are few, in the order in which they appeared.
template <ReaderModel M>
std::uint32_t WorldOf<M>::serial_of(const FeedPost& post) const {
  std::uint32_t low = c_.posts.first, high = c_.posts.end();
  const auto before = [&](const Post& p) {
    if (p.born != post.born) return p.born < post.born;
    return p.id.author != post.id.author ? p.id.author < post.id.author : p.id.ordinal < post.id.ordinal;
  };
  while (low != high) {
    const std::uint32_t middle = low + (high - low) / 2;
    before(c_.posts[middle]) ? low = middle + 1 : high = middle;
  }
  return low;
}

template <ReaderModel M>
void WorldOf<M>::read_feeds(std::size_t partition, unsigned worker) {
  Partition& p = partitions_[partition];
  Feed::Desk& desk = feed_.desk(worker);
  Reading& r = readings_[worker];
  r.doubtful.clear(), r.sharing.clear(), r.shown.clear();
  p.seen.resize(c_.tallies.end() - c_.tallies.first);
  std::uint32_t checks[Feed::together];
  const AccountId end = std::min(cut_.end(partition), c_.present);
  for (AccountId first = cut_.begin(partition); first < end; first += Feed::together) {
    const std::size_t count = std::min<std::size_t>(Feed::together, end - first);
    feed_.count_checks(first, count, c_.now, checks);
    for (std::size_t k = 0; k < count; ++k) {
      if (checks[k] == 0) continue;
      const AccountId reader = first + static_cast<AccountId>(k);
      find_followed(reader, desk);
      feed_.look(reader, checks[k], c_.now, desk);
      read_feed(partition, reader, desk, r);
    }
  }
  read_shown(p, r);
  settle_doubts(r);
  repost(partition, r, worker);
}

// Studied accounts' posts in the order (post); ordinary ones when there are enough of them, in any.
template <ReaderModel M>
void WorldOf<M>::read_feed(std::size_t partition, AccountId reader, Feed::Desk& desk, Reading& r) {
  const auto of_studied = std::partition(desk.entries.begin(), desk.entries.end(),
                                         [&](const FeedEntry& entry) { return entry.id.author < setting_.accounts(); });
  for (auto entry = desk.entries.begin(); entry != of_studied; ++entry) {
    const FeedPost& post = feed_.board().posts[entry->post];
    r.shown.push_back({reader, entry->sharer, entry->id, post.value,
                       OrdinaryImpression::pack(c_.now - post.born, post.kind, post.topic)});
    if (r.shown.size() == Reading::most) read_shown(partitions_[partition], r);
  }
  std::sort(of_studied, desk.entries.end(), [](const FeedEntry& a, const FeedEntry& b) {
    return a.id.author != b.id.author ? a.id.author < b.id.author : a.id.ordinal < b.id.ordinal;
  });
  for (auto entry = of_studied; entry != desk.entries.end(); ++entry) {
    const std::uint32_t serial = serial_of(feed_.board().posts[entry->post]);
    read_studied(partitions_[partition], reader, {entry->sharer, serial, entry->node}, c_.posts[serial], entry->copies);
  }
}

// What is shown is seen.
template <ReaderModel M>
void WorldOf<M>::read_shown(Partition& p, Reading& r) {
  r.take(r.shown);
  r.draw(reaction_);
  r.sift([](std::size_t) { return true; }, [&](std::uint32_t word) { return model_.may_share(word); });
  p.everyone.impressions += r.seen_count;
  if (rewiring_.wins_by_reshares()) win_followers(p, r);
  if (inquiry_ != nullptr) explain_ordinary(p, r);
  judge(r);
  r.shown.clear();
}

}  // namespace passalong
