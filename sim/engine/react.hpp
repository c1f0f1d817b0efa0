// Publish, deliver and react: the parallel half of the tick. A partition owns its readers: no locks, no atomics.
#pragma once
#include "sim/engine/world_of.hpp"

namespace passalong {

template <ReaderModel M>
void WorldOf<M>::publish() {
  publisher_.publish(c_, events_, closed_);
  if (simulated_ && c_.now % ticks_per_day_ == 0)
    plan_.draw(static_cast<std::uint32_t>(c_.now / ticks_per_day_), c_.present, team_);
}

template <ReaderModel M>
void WorldOf<M>::deliver() {
  fame_.clear();
  for (const Studied& s : c_.studied)
    fame_.push_back(setting_.population->fame(static_cast<double>(s.followers.size())));
  feed_.on() ? choose_copies() : deliverer_.deliver(c_, events_, model_.most_eager(), team_);
  for (const Event& e : events_) {
    const Post& post = c_.posts[e.post];
    const std::uint64_t length = deliverer_.list(c_, e.sharer).size();
    c_.everyone.deliveries += length;
    if (e.node == no_node) tell(What::post, post.id.author, post.id.author, post.id.ordinal);
    c_.studied[post.id.author - setting_.accounts()].counts.deliveries += length;
    c_.tallies[post.tally].deliveries += length;
    if (inquiry_ != nullptr && inquiry_->post == post.id) explain_copy(e, post.id.author, length);
  }
  if (simulated_) deliver_ordinary();
}

template <ReaderModel M>
void WorldOf<M>::deliver_ordinary() {
  const auto tick = static_cast<std::uint32_t>(c_.now % ticks_per_day_);
  const auto due = reposts_.due(c_.now);
  const CopyCounts counts = feed_.on() ? feed_.put_up(c_, events_, due, plan_, tick, team_)
                                       : copies_.deliver(c_, glance_, due, plan_, tick, team_);
  reposts_.clear(c_.now);
  c_.everyone.posts += counts.posts, c_.everyone.shares += counts.shares;
  c_.everyone.deliveries += counts.deliveries;
  if (log_ != nullptr) log_->begin(c_.now, counts.posts);
  for (std::size_t b = 0; happenings_ != nullptr && b < plan_.blocks(); ++b) note_ordinary_posts(b);
}

// Of a block of the plan: all it has now, but for those that are copies instead.
template <ReaderModel M>
void WorldOf<M>::note_ordinary_posts(std::size_t block) {
  const auto planned = plan_.posts(block, static_cast<std::uint32_t>(c_.now % ticks_per_day_));
  const auto choices = feed_.on() ? feed_.choices(block) : std::span<const FeedChoice>();
  for (std::size_t k = 0; k < planned.size(); ++k) {
    if (!choices.empty() && choices[k].post != FeedChoice::new_post) continue;
    const PostId id = plan_.name(block, planned[k]);
    tell(What::post, id.author, id.author, id.ordinal);
  }
}

template <ReaderModel M>
void WorldOf<M>::react() {
  const bool review_day = day_ends();
  if (review_day) count_customers();
  if (events_.empty() && !review_day && !simulated_) return;
  team_.each(partitions_.size(), [&](std::size_t p, unsigned worker) {
    if (feed_.on()) {
      read_feeds(p, worker);
    } else {
      deliverer_.collect(p, partitions_[p].impressions);
      read(partitions_[p]);
      if (simulated_) read_ordinary(p, worker);
    }
    if (review_day) review(p);
  });
  if (simulated_) copies_.clear();
}

template <ReaderModel M>
void WorldOf<M>::read(Partition& p) {
  p.seen.resize(c_.tallies.end() - c_.tallies.first);
  const auto& seen = p.impressions;
  for (std::size_t at = 0; at < seen.size();) {
    const std::size_t first = at;
    const AccountId reader = reader_of(seen[at]);
    const Event& event = events_[event_of(seen[at])];
    const Post& post = c_.posts[event.post];
    // Several sights of one post within a tick are one impression; the first sharer is its source.
    while (++at < seen.size() && reader_of(seen[at]) == reader && events_[event_of(seen[at])].post == event.post) {
    }
    read_studied(p, reader, event, post, static_cast<std::uint32_t>(at - first));
  }
}

template <ReaderModel M>
void WorldOf<M>::read_studied(Partition& p, AccountId reader, const Event& event, const Post& post,
                              std::uint32_t copies) {
  const std::size_t s = post.id.author - setting_.accounts();
  if (!looks(p, reader, post.id)) return;
  Row& row = p.relations[s].find_or_add(reader, [&] { return model_.stranger(id_of(s)); });
  if (model_.closed(row.state)) return;
  const bool fresh = p.relations[s].see(row, post.id.ordinal);
  Sight sight{reader, post.id, post.content, c_.now, c_.now - post.born, fame_[s], row.tie.follower != 0, copies};
  sight.fresh = fresh, sight.from_author = event.node == no_node;
  if (!fresh && !model_.gathers(post.content)) return;  // appraised once
  Counts& counts = p.counts[s];
  if (fresh) ++counts.impressions, ++p.everyone.impressions, ++p.seen[post.tally - c_.tallies.first];
  counts.reach += row.tie.reached == 0;
  row.tie.reached = 1;
  const bool explained = asked(reader, post.id);
  const Decision d =
      explained ? explain(p, sight, event.sharer, row) : model_.react(sight, row.tie, row.state, p.deeds);
  const bool shares = d.share && schedule(p, reader, event, post, d.delay);
  if (explained) p.moments.back().shares = shares;
  if (!p.trust.empty() && fresh) p.trust[s].saw(d.trust, d.check, d.adopt);
  if (!p.trust.empty() && shares) p.trust[s].shares(d.trust, std::max<Tick>(1, d.delay));
  if (d.check) ++counts.checks, note(p, What::check, reader, post.id.author, post.id.ordinal);
  if (d.adopt) ++counts.adoptions, note(p, What::adopt, reader, post.id.author, post.id.ordinal);
  if (d.follow && row.tie.follower == 0 && row.tie.joining == 0) {
    row.tie.joining = 1;
    p.joining[s].push_back(reader);
    note(p, What::follow, reader, post.id.author, post.id.ordinal);
  }
}

// Where attention depends on who the author is to the reader, delivery went by the highest it can be: whether the
// reader looks at all is told by the same draw.
template <ReaderModel M>
bool WorldOf<M>::looks(const Partition& p, AccountId reader, const PostId& post) const {
  if (feed_.on() || model_.most_eager() <= 1) return true;  // what a check shows is seen
  const Row* row = p.relations[post.author - setting_.accounts()].find(reader);
  const double eager = row == nullptr ? 1 : model_.eager(row->state);
  const std::uint32_t see = rhythm_.on() ? rhythm_.at(c_.now).see(c_.see[reader], reader) : c_.see[reader];
  return deliverer_.looks(reader, post, Deliverer::raised(see, eager));
}

template <ReaderModel M>
bool WorldOf<M>::schedule(Partition& p, AccountId reader, const Event& event, const Post& post, Tick delay) {
  const Tick due = c_.now + std::max<Tick>(1, delay);
  if (due > post.born + publisher_.lifetime()) return false;  // too late: the post's life is over
  if (feed_.copies() && !note_sharer(p, reader, post.id, post.born)) return false;
  p.shares.push_back({due, Share{event.post, reader, event.node}});
  note(p, What::share, reader, post.id.author, post.id.ordinal);
  return true;
}

// How common customers are, as at the tick's start: of the followers and of those who have bought and left, or never
// followed.
template <ReaderModel M>
void WorldOf<M>::count_customers() {
  customers_.assign(c_.studied.size(), 0);
  if (!model_.heeds_customers()) return;
  for (std::size_t s = 0; s < c_.studied.size(); ++s) {
    const auto& followers = c_.studied[s].followers;
    const std::uint64_t all = c_.studied[s].counts.adoptions;
    const auto following = static_cast<std::uint64_t>(std::count_if(
        followers.begin(), followers.end(), [&](AccountId i) { return model_.bought(relation(s, i)->state); }));
    const std::uint64_t market = followers.size() + all - following;
    if (market > 0) customers_[s] = static_cast<double>(all) / static_cast<double>(market);
  }
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
}

template <ReaderModel M>
void WorldOf<M>::review(Partition& p, std::size_t s, AccountId follower) {
  Row& row = *p.relations[s].find(follower);
  const auto day = static_cast<AccountId>(c_.now / ticks_per_day_);
  const bool explained = inquiry_ != nullptr && inquiry_->about(follower);
  const Review r = explained ? explain_review(p, s, row, day)
                             : model_.review(row.tie, row.state, id_of(s), day, fame_[s], c_.studied[s].regime.posts,
                                             follows_.load(follower), c_.now, customers_[s]);
  if (r.stay) ++p.counts[s].clients, note(p, What::client, follower, id_of(s), 0);
  if (r.adopt) ++p.counts[s].adoptions, note(p, What::adopt, follower, id_of(s), ~0U);
  if (!r.leave) return;
  row.tie.leaving = 1;
  p.leaving[s].push_back(follower);
  ++p.counts[s].causes[r.cause];
  note(p, What::unfollow, follower, id_of(s), r.cause);
}

}  // namespace passalong
