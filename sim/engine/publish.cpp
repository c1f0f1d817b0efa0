// Publishing in a defined order: shares of older posts first (by post, then sharer), then the studied accounts' new
// posts, then everyone else's by account; serial numbers follow that order.
#include "sim/engine/publish.hpp"

#include <algorithm>

#include "sim/base/math.hpp"

namespace passalong {
namespace {
std::size_t choose(const double* shares, std::size_t count, double u) {
  for (std::size_t k = 0; k + 1 < count; ++k)
    if ((u -= shares[k]) < 0) return k;
  return count - 1;
}

PostRecord record(const Columns& c, const Post& post, AccountId accounts) {
  PostRecord r;
  r.id = post.id, r.studied = background_post, r.born = post.born, r.content = post.content;
  if (post.id.author >= accounts) r.studied = post.id.author - accounts, r.tally = c.tallies[post.tally];
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

Publisher::Publisher(const Setting& setting, Tick lifetime)
    : setting_(setting),
      lifetime_(lifetime),
      brand_topics_(brand_topics(*setting.scenario)),
      time_(setting.stream(Purpose::post_time)),
      content_(setting.stream(Purpose::post_content)),
      count_(setting.stream(Purpose::background_count)) {}

void Publisher::publish(Columns& c, std::vector<Event>& events, std::vector<PostRecord>& closed, Team& team) const {
  while (!c.posts.empty() && c.posts[c.posts.first].born + lifetime_ < c.now) close_front(c, closed);
  while (!c.nodes.empty() && c.nodes[c.nodes.first].tick + lifetime_ < c.now) c.nodes.drop();
  events.clear();
  publish_shares(c, events);
  publish_studied(c, events);
  if (!c.background_made.empty()) publish_background(c, events, team);
}

void Publisher::close_front(Columns& c, std::vector<PostRecord>& closed) const {
  const Post& post = c.posts[c.posts.first];
  const bool studied = post.id.author >= setting_.accounts();
  if (studied) closed.push_back(record(c, post, setting_.accounts()));
  if (studied) c.tallies.drop();
  c.posts.drop();
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
    if (post.id.author >= setting_.accounts()) ++c.studied[post.id.author - setting_.accounts()].counts.shares;
    ++c.everyone.shares;
  }
  due.clear();
}

Tick Publisher::due(std::size_t studied, std::uint32_t ordinal) const {
  const double per_day = setting_.studied[studied]->posts;
  const auto author = static_cast<AccountId>(setting_.accounts() + studied);
  const double day = (ordinal + uniform(time_(author, 0, ordinal)[0])) / per_day;
  constexpr double never = 2e9;  // a Tick holds it
  return static_cast<Tick>(std::min(never, day * setting_.scenario->ticks_per_day()));
}

// Kind, topic and quality by inversion from uniforms keyed by the ordinal alone: two strategies differ in a post only
// where their policies say so.
Content Publisher::content(std::size_t studied, std::uint32_t ordinal) const {
  const Scenario& s = *setting_.scenario;
  const Words w = content_(static_cast<AccountId>(setting_.accounts() + studied), 0, ordinal);
  const auto kind = static_cast<PostKind>(choose(setting_.studied[studied]->mix, 3, uniform(w[0])));
  Content post{.kind = kind};
  post.topic = static_cast<std::uint8_t>(kind == PostKind::pitch
                                             ? static_cast<std::size_t>(s.population.product_topic - 1)
                                             : choose(brand_topics_.data(), brand_topics_.size(), uniform(w[1])));
  const double u = uniform(w[2]);
  if (kind == PostKind::value) post.value = static_cast<float>(s.content.value_quality.quantile(u));
  if (kind == PostKind::pitch) post.value = static_cast<float>(s.content.pitch_quality.quantile(u)), post.pitch = 1;
  if (kind == PostKind::routine) post.routine = 1;
  return post;
}

void Publisher::publish_studied(Columns& c, std::vector<Event>& events) const {
  for (std::size_t k = 0; k < c.studied.size(); ++k) {
    Studied& account = c.studied[k];
    if (setting_.studied[k]->posts <= 0) continue;
    const auto author = static_cast<AccountId>(setting_.accounts() + k);
    for (; due(k, account.posts_made) <= c.now; ++account.posts_made) {
      const Post post{.id = {author, account.posts_made},
                      .born = c.now,
                      .content = content(k, account.posts_made),
                      .tally = c.tallies.push({})};
      events.push_back({author, c.posts.push(post), no_node});
      ++account.counts.posts, ++c.everyone.posts;
    }
  }
}

Content Publisher::background_content(AccountId author, std::uint32_t ordinal) const {
  const PopulationSection& p = setting_.scenario->population;
  const Words w = content_(author, 0, ordinal);
  const bool sells = setting_.population->seller[author] != 0;
  const double from_sellers = std::min(p.seller_promotion, p.sellers > 0 ? p.promotion / p.sellers : 1.0);
  const double from_others =
      p.sellers < 1 ? std::max(0.0, p.promotion - p.sellers * from_sellers) / (1 - p.sellers) : 0;
  const double promotion = sells ? from_sellers : from_others;
  const double rest = (1 - promotion) / std::max(1e-12, p.routine + p.conversation + p.news);
  const double shares[] = {promotion, p.routine * rest, p.conversation * rest, p.news * rest};
  const TopicTraits& interests = *setting_.population->topics;
  double left = uniform(w[1]) * interests.total(author);
  std::size_t topic = 0;
  while (topic + 1 < interests.topics() && (left -= interests.interest(author, topic)) >= 0) ++topic;
  Content post{.topic = static_cast<std::uint8_t>(topic)};
  const double u = uniform(w[2]);
  switch (choose(shares, 4, uniform(w[0]))) {
    case 0:
      post.kind = PostKind::pitch, post.pitch = 1;
      post.value = static_cast<float>(setting_.scenario->content.pitch_quality.quantile(u));
      break;
    case 1:
      post.kind = PostKind::routine, post.routine = 1;
      break;
    case 2:
      post.kind = PostKind::conversation, post.routine = static_cast<float>(p.conversation_routine);
      post.value = static_cast<float>(p.conversation_value * p.news_value.quantile(u));
      break;
    default:
      post.value = static_cast<float>(p.news_value.quantile(u));
  }
  return post;
}

// Draws the day's background posts: a Poisson number an account, at uniform times, in the order (tick, account).
void Publisher::plan_day(Columns& c, Team& team) const {
  const auto ticks = static_cast<std::uint32_t>(setting_.scenario->ticks_per_day() + 0.5);
  const auto day = static_cast<std::uint32_t>(c.now) / ticks;
  constexpr std::size_t block = 8192;
  const std::size_t n = c.present, blocks = (n + block - 1) / block;
  std::vector<std::vector<std::vector<PostId>>> parts(blocks, std::vector<std::vector<PostId>>(ticks));
  team.blocks(n, block, [&](std::size_t begin, std::size_t end, unsigned) {
    std::vector<std::uint32_t> times;
    for (std::size_t i = begin; i < end; ++i) {
      const auto author = static_cast<AccountId>(i);
      const double mean = std::min(500.0, static_cast<double>(setting_.population->activity[author]));
      double p = exp(-mean), u = uniform(count_(author, 0, day)[0]);
      times.clear();
      for (std::uint32_t k = 0; (u -= p) >= 0 && k < 2000; p *= mean / ++k) {
        const Words w = count_(author, 0, day, 1 + k / 4);
        times.push_back(static_cast<std::uint32_t>(static_cast<std::uint64_t>(w[k % 4]) * ticks >> 32));
      }
      std::sort(times.begin(), times.end());
      for (const std::uint32_t t : times) parts[begin / block][t].push_back({author, c.background_made[author]++});
    }
  });
  c.today.assign(ticks, {});
  for (std::uint32_t t = 0; t < ticks; ++t)
    for (auto& part : parts) c.today[t].insert(c.today[t].end(), part[t].begin(), part[t].end());
}

void Publisher::publish_background(Columns& c, std::vector<Event>& events, Team& team) const {
  const auto ticks = static_cast<Tick>(setting_.scenario->ticks_per_day() + 0.5);
  if (c.now % ticks == 0) plan_day(c, team);
  for (const PostId id : c.today[static_cast<std::size_t>(c.now % ticks)]) {
    const Post post{.id = id, .born = c.now, .content = background_content(id.author, id.ordinal)};
    events.push_back({id.author, c.posts.push(post), no_node});
    ++c.everyone.posts;
  }
}

}  // namespace passalong
