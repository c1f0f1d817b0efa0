// Publishing to feeds. Planned posts are taken by the plan's blocks side by side; each block knows in advance the
// numbers of its posts and copies.
#include <algorithm>
#include <atomic>

#include "sim/engine/feed.hpp"

namespace passalong {

void Feed::choose(Tick now, const DayPlan& plan, std::uint32_t tick, const Following& following,
                  const HasShared& has_shared, Team& team) {
  board_.forget(now, lifetime_, window_);
  blocks_.resize(plan.blocks());
  if (!copies()) return;
  team.each(plan.blocks(), [&](std::size_t b, unsigned worker) {
    choose_block(b, now, plan, tick, following, has_shared, desks_[worker]);
  });
}

void Feed::choose_block(std::size_t block, Tick now, const DayPlan& plan, std::uint32_t tick,
                        const Following& following, const HasShared& has_shared, Desk& desk) {
  std::vector<FeedChoice>& choices = blocks_[block].choices;
  choices.clear();
  AccountId last = ~0U;
  std::size_t own = 0;  // its choices at this tick begin here
  for (const std::uint32_t planned : plan.posts(block, tick)) {
    const PostId id = plan.name(block, planned);
    if (id.author != last) last = id.author, own = choices.size();
    const Words w = pick_(id.author, 0, id.ordinal);
    if (uniform(w[0]) < form_->fresh) {
      choices.emplace_back();
      continue;
    }
    following(id.author, desk);
    gather(id.author, std::max<Tick>(-1, now - window_), desk);
    std::erase_if(desk.entries, [&](const FeedEntry& entry) {
      return has_shared(id.author, board_.posts[entry.post]) ||
             std::any_of(choices.begin() + static_cast<std::ptrdiff_t>(own), choices.end(),
                         [&](const FeedChoice& c) { return c.post == entry.post; });
    });
    choices.push_back(pick(id.author, w[1], now, desk));
  }
}

CopyCounts Feed::put_up(const Columns& c, const std::vector<Event>& events,
                        std::span<const std::span<const Repost>> due, const DayPlan& plan, std::uint32_t tick,
                        Team& team) {
  CopyCounts counts;
  lay_out(plan, tick, counts);
  put_up_shares(c.now, due, counts);
  put_up_studied(c, events, static_cast<std::uint32_t>(counts.posts));
  team.each(blocks_.size(), [&](std::size_t b, unsigned) { put_up_block(b, c.now, plan, tick); });
  for (const Block& b : blocks_) counts.deliveries += b.deliveries;
  return counts;
}

// Numbers the posts and copies of each block.
void Feed::lay_out(const DayPlan& plan, std::uint32_t tick, CopyCounts& counts) {
  std::size_t put_up = 0;
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    Block& block = blocks_[b];
    block.posts = block.copies = plan.posts(b, tick).size();
    for (const FeedChoice& choice : block.choices)
      if (choice.post != FeedChoice::new_post) --block.posts, block.copies -= of_studied(choice);
    block.first_post = board_.posts.end() + static_cast<std::uint32_t>(counts.posts);
    block.first_copy = board_.copies.end() + static_cast<std::uint32_t>(put_up);
    counts.posts += block.posts, counts.shares += block.copies - block.posts, put_up += block.copies;
  }
  board_.copies.extend(put_up);
}

void Feed::put_up_shares(Tick now, std::span<const std::span<const Repost>> due, CopyCounts& counts) {
  shares_.clear();
  for (const auto& some : due) shares_.insert(shares_.end(), some.begin(), some.end());
  std::sort(shares_.begin(), shares_.end());
  std::uint32_t copy = board_.copies.extend(shares_.size());
  for (const Repost& share : shares_) {
    const std::uint32_t post = board_.find(share.born, share.post);
    ++board_.posts[post].shares;
    board_.put_up(share.sharer, copy++, copy_of(post, no_node, share.sharer, share.post, now));
    counts.deliveries += follows_.count(share.sharer);
  }
  counts.shares += shares_.size();
}

// New posts of studied accounts stand behind `before` new ones of ordinary accounts, since their ids are higher.
void Feed::put_up_studied(const Columns& c, const std::vector<Event>& events, std::uint32_t before) {
  const std::uint32_t first = board_.posts.end() + before;
  std::uint32_t copy = board_.copies.extend(events.size()), fresh = 0;
  for (const Event& e : events) {
    const Post& post = c.posts[e.post];
    const std::uint32_t n = e.node == no_node ? first + fresh++ : board_.find(post.born, post.id);
    if (e.node != no_node) ++board_.posts[n].shares;
    board_.put_up(e.sharer, copy++, copy_of(n, e.node, e.sharer, post.id, c.now));
  }
  board_.posts.extend(before + fresh);
  fresh = 0;
  for (const Event& e : events)
    if (e.node == no_node) board_.posts[first + fresh++] = post_of(c.posts[e.post].id, c.now, c.posts[e.post].content);
}

void Feed::put_up_block(std::size_t which, Tick now, const DayPlan& plan, std::uint32_t tick) {
  Block& block = blocks_[which];
  std::uint32_t post = block.first_post, copy = block.first_copy;
  block.deliveries = 0;
  const auto planned = plan.posts(which, tick);
  for (std::size_t k = 0; k < planned.size(); ++k) {
    const PostId id = plan.name(which, planned[k]);
    const FeedChoice choice = block.choices.empty() ? FeedChoice{} : block.choices[k];
    if (choice.post == FeedChoice::new_post) {
      board_.posts[post] = post_of(id, now, publisher_.ordinary_content(id.author, content_(id.author, 0, id.ordinal)));
      board_.put_up(id.author, copy++, copy_of(post++, no_node, id.author, id, now));
    } else {
      if (of_studied(choice)) continue;  // among the events
      std::atomic_ref<std::uint32_t>(board_.posts[choice.post].shares).fetch_add(1, std::memory_order_relaxed);
      board_.put_up(id.author, copy++, copy_of(choice.post, no_node, id.author, board_.posts[choice.post].id, now));
    }
    block.deliveries += follows_.count(id.author);
  }
}

}  // namespace passalong
