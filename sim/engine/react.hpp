// Deliver and react: the parallel half of the tick. A partition owns its readers: no locks, no atomics.
#pragma once
#include "sim/engine/world_of.hpp"

namespace passalong {

template <ReaderModel M>
void WorldOf<M>::deliver() {
  fame_.clear();
  for (const Studied& s : c_.studied)
    fame_.push_back(setting_.population->fame(static_cast<double>(s.followers.size())));
  deliverer_.deliver(c_, events_, team_);
  for (const Event& e : events_) {
    const Post& post = c_.posts[e.post];
    const std::uint64_t length = deliverer_.list(c_, e.sharer).size();
    c_.everyone.deliveries += length;
    if (e.node == no_node && happenings_ != nullptr)
      happenings_->push_back({c_.now, What::post, post.id.author, post.id.author, post.id.ordinal});
    if (post.id.author < setting_.accounts()) continue;
    c_.studied[post.id.author - setting_.accounts()].counts.deliveries += length;
    c_.tallies[post.tally].deliveries += length;
  }
}

template <ReaderModel M>
void WorldOf<M>::react() {
  const bool review_day = day_ends();
  if (events_.empty() && !review_day) return;
  team_.each(partitions_.size(), [&](std::size_t p, unsigned) {
    deliverer_.collect(p, partitions_[p].impressions);
    read(partitions_[p]);
    if (review_day) review(p);
  });
}

template <ReaderModel M>
void WorldOf<M>::read(Partition& p) {
  p.seen.resize(c_.tallies.end() - c_.tallies.first);
  const auto& seen = p.impressions;
  for (std::size_t at = 0; at < seen.size();) {
    const AccountId reader = reader_of(seen[at]);
    const Event& event = events_[event_of(seen[at])];
    const Post& post = c_.posts[event.post];
    // Several sights of one post within a tick are one impression; the first sharer is its source.
    while (++at < seen.size() && reader_of(seen[at]) == reader && events_[event_of(seen[at])].post == event.post) {
    }
    if (post.id.author >= setting_.accounts())
      read_studied(p, reader, event, post);
    else
      read_background(p, reader, event, post);
  }
}

template <ReaderModel M>
void WorldOf<M>::read_studied(Partition& p, AccountId reader, const Event& event, const Post& post) {
  const std::size_t s = post.id.author - setting_.accounts();
  Row& row = p.relations[s].find_or_add(reader, [&] { return model_.stranger(); });
  if (!p.relations[s].see(row, post.id.ordinal)) return;  // appraised once
  Counts& counts = p.counts[s];
  ++counts.impressions, ++p.everyone.impressions, ++p.seen[post.tally - c_.tallies.first];
  counts.reach += row.tie.reached == 0;
  row.tie.reached = 1;
  const Decision d =
      model_.react(Sight{reader, post.id, post.content, c_.now, c_.now - post.born, fame_[s], row.tie.follower != 0},
                   row.tie, row.state);
  if (d.share) schedule(p, reader, event, post, d.delay);
  if (d.check) ++counts.checks, note(p, What::check, reader, post.id.author, post.id.ordinal);
  if (d.adopt) ++counts.adoptions, note(p, What::adopt, reader, post.id.author, post.id.ordinal);
  if (d.follow && row.tie.follower == 0 && row.tie.joining == 0) {
    row.tie.joining = 1;
    p.joining[s].push_back(reader);
    note(p, What::follow, reader, post.id.author, post.id.ordinal);
  }
}

template <ReaderModel M>
void WorldOf<M>::read_background(Partition& p, AccountId reader, const Event& event, const Post& post) {
  ++p.everyone.impressions;
  const std::uint64_t key = SharerSet::key(event.post, reader);
  if (p.sharers.contains(key)) return;
  const bool follows = event.node == no_node || follows_.has(reader, post.id.author);
  const double fame = setting_.population->fame(follows_.count(post.id.author));
  if (!follows && rewiring_.won(reader, post.id)) p.won.push_back({post.id.author, reader});
  const Decision d = model_.react(Sight{reader, post.id, post.content, c_.now, c_.now - post.born, fame, follows});
  if (!d.share) return;
  p.sharers.add(key);
  schedule(p, reader, event, post, d.delay);
}

template <ReaderModel M>
void WorldOf<M>::schedule(Partition& p, AccountId reader, const Event& event, const Post& post, Tick delay) {
  const Tick due = c_.now + std::max<Tick>(1, delay);
  if (due > post.born + publisher_.lifetime()) return;  // too late: the post's life is over
  p.shares.push_back({due, Share{event.post, reader, event.node}});
  note(p, What::share, reader, post.id.author, post.id.ordinal);
}

// The end of a day: each follower weighs whether to stay, in the order of accounts.
template <ReaderModel M>
void WorldOf<M>::review(std::size_t partition) {
  for (std::size_t s = 0; s < c_.studied.size(); ++s) {
    const auto& all = c_.studied[s].followers;
    const auto first = std::lower_bound(all.begin(), all.end(), cut_.begin(partition));
    const auto last = std::lower_bound(first, all.end(), cut_.end(partition));
    for (auto f = first; f != last; ++f) review(partitions_[partition], s, *f);
  }
  if (!c_.background_made.empty()) partitions_[partition].sharers.forget_before(c_.posts.first);
}

template <ReaderModel M>
void WorldOf<M>::review(Partition& p, std::size_t s, AccountId follower) {
  Row& row = *p.relations[s].find(follower);
  const auto day = static_cast<AccountId>(c_.now / ticks_per_day_);
  const Review r = model_.review(row.tie, row.state, id_of(s), day, fame_[s], follows_.load(follower), c_.now);
  if (r.stay) ++p.counts[s].clients, note(p, What::client, follower, id_of(s), 0);
  if (!r.leave) return;
  row.tie.leaving = 1;
  p.leaving[s].push_back(follower);
  note(p, What::unfollow, follower, id_of(s), r.cause);
}

}  // namespace passalong
