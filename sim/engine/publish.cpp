// Publishing in a defined order: shares of older posts first (by post, then sharer), then the studied accounts' new
// posts; serial numbers follow that order.
#include "sim/engine/publish.hpp"

#include <algorithm>

#include "sim/base/math.hpp"
#include "sim/engine/choose.hpp"

namespace passalong {
namespace {
// The topic in which the share uniform(word) of all interests falls; in whole numbers, and without a branch.
std::size_t topic_at(const std::uint8_t* interests, std::size_t topics, std::uint32_t total, std::uint32_t word) {
  const auto place = static_cast<std::uint32_t>((2 * std::uint64_t{word} + 1) * total >> 33);
  std::uint32_t below = 0;
  std::size_t topic = 0;
  for (std::size_t t = 0; t + 1 < topics; ++t) below += interests[t], topic += place >= below;
  return topic;
}

PostRecord record(const Columns& c, const Post& post, AccountId accounts) {
  PostRecord r;
  r.id = post.id, r.studied = post.id.author - accounts, r.born = post.born, r.content = post.content;
  r.tally = c.tallies[post.tally];
  std::vector<std::uint32_t> chain;
  for (std::uint32_t n = post.last_node; n != no_node; n = c.nodes[n].previous) chain.push_back(n);
  std::reverse(chain.begin(), chain.end());
  r.accounts.assign(1, post.id.author), r.parents.assign(1, 0), r.ticks.assign(1, post.born);
  for (const std::uint32_t n : chain) {
    const Node& node = c.nodes[n];
    const auto at = std::lower_bound(chain.begin(), chain.end(), node.parent) - chain.begin();
    r.accounts.push_back(node.account), r.ticks.push_back(node.tick);
    r.parents.push_back(node.parent == no_node ? 0 : static_cast<std::uint32_t>(at) + 1);
  }
  return r;
}
}  // namespace

Publisher::Publisher(const Setting& setting, Tick lifetime) : setting_(setting), lifetime_(lifetime) {
  for (std::size_t k = 0; k < setting.studied.size(); ++k) policies_.emplace_back(setting, k);
  const PopulationSection& p = setting.scenario->population;
  const double sellers = p.mean_seller_share();
  const double of_sellers = std::min(p.seller_promotion, sellers > 0 ? p.promotion / sellers : 1.0);
  const double of_others = sellers < 1 ? std::max(0.0, p.promotion - sellers * of_sellers) / (1 - sellers) : 0;
  for (const bool sells : {false, true}) {
    const double promotion = sells ? of_sellers : of_others;
    const double rest = (1 - promotion) / std::max(1e-12, p.routine + p.conversation + p.news);
    double* mix = ordinary_mix_[sells];
    mix[0] = promotion, mix[1] = p.routine * rest, mix[2] = p.conversation * rest, mix[3] = p.news * rest;
  }
}

void Publisher::publish(Columns& c, std::vector<Event>& events, std::vector<PostRecord>& closed) const {
  while (!c.posts.empty() && c.posts[c.posts.first].born + lifetime_ < c.now) close_front(c, closed);
  while (!c.nodes.empty() && c.nodes[c.nodes.first].tick + lifetime_ < c.now) c.nodes.drop();
  events.clear();
  publish_shares(c, events);
  publish_studied(c, events);
}

void Publisher::close_front(Columns& c, std::vector<PostRecord>& closed) const {
  const Post& post = c.posts[c.posts.first];
  closed.push_back(record(c, post, setting_.accounts()));
  c.tallies.drop(), c.posts.drop();
}

void Publisher::close_all(Columns& c, std::vector<PostRecord>& closed) const {
  while (!c.posts.empty()) close_front(c, closed);
}

void Publisher::publish_shares(Columns& c, std::vector<Event>& events) const {
  std::vector<Share>& due = c.wheel[static_cast<std::size_t>(c.now) % c.wheel.size()];
  std::sort(due.begin(), due.end(),
            [](const Share& a, const Share& b) { return a.post != b.post ? a.post < b.post : a.account < b.account; });
  for (const Share& s : due) {
    Post& post = c.posts[s.post];
    const std::uint32_t node = c.nodes.push({s.post, s.account, s.parent, post.last_node, c.now});
    post.last_node = node;
    events.push_back({s.account, s.post, node});
    ++c.studied[post.id.author - setting_.accounts()].counts.shares, ++c.everyone.shares;
  }
  due.clear();
}

void Publisher::publish_studied(Columns& c, std::vector<Event>& events) const {
  for (std::size_t k = 0; k < c.studied.size(); ++k) {
    Studied& account = c.studied[k];
    const Policy& policy = policies_[k];
    const auto author = static_cast<AccountId>(setting_.accounts() + k);
    for (; policy.due(account.regime, account.posts_made) <= c.now; ++account.posts_made) {
      const Post post{.id = {author, account.posts_made},
                      .born = c.now,
                      .content = policy.content(account.regime, account.posts_made),
                      .tally = c.tallies.push({})};
      events.push_back({author, c.posts.push(post), no_node});
      ++account.counts.posts, ++c.everyone.posts;
      account.hours += policy.hours(post.content.kind);
    }
  }
}

Content Publisher::ordinary_content(PostKind kind, std::uint8_t topic, float value) const {
  Content post{.kind = kind, .topic = topic, .value = value};
  if (kind == PostKind::pitch) post.pitch = 1;
  if (kind == PostKind::routine) post.routine = 1;
  if (kind == PostKind::conversation)
    post.routine = static_cast<float>(setting_.scenario->population.conversation_routine);
  return post;
}

Content Publisher::ordinary_content(AccountId author, const Words& w) const {
  const PopulationSection& p = setting_.scenario->population;
  const double* shares = ordinary_mix_[setting_.population->seller[author] != 0];
  const TopicTraits& interests = *setting_.population->topics;
  const std::size_t topic = topic_at(interests.row(author), interests.topics(), interests.total(author), w[1]);
  constexpr PostKind kinds[] = {PostKind::pitch, PostKind::routine, PostKind::conversation, PostKind::value};
  const PostKind kind = kinds[choose_share(shares, 4, uniform(w[0]))];
  double value = 0;
  if (kind == PostKind::pitch) value = setting_.scenario->content.pitch_quality.quantile(uniform(w[2]));
  if (kind == PostKind::value) value = p.news_value.quantile(uniform(w[2]));
  if (kind == PostKind::conversation) value = p.conversation_value * p.news_value.quantile(uniform(w[2]));
  return ordinary_content(kind, static_cast<std::uint8_t>(topic), static_cast<float>(value));
}

}  // namespace passalong
