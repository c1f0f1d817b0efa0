// Kind, topic and quality come by inversion from uniforms keyed by the ordinal alone: two policies differ in a post
// only where they say so.
#include "sim/engine/policy.hpp"

#include <algorithm>
#include <cmath>

#include "sim/engine/choose.hpp"

namespace passalong {
namespace {
constexpr double never = 2e9;  // a Tick holds it

Tick tick_of(double day, const Scenario& scenario) {
  return static_cast<Tick>(std::min(never, day * scenario.ticks_per_day()));
}

// Places in an order: what comes first, what last, all else between them.
int place_in(const std::string& order, PostKind kind) {
  const PostKind first = order == "value first" ? PostKind::value : PostKind::pitch;
  const PostKind last = order == "value first" ? PostKind::pitch : PostKind::value;
  return kind == first ? 0 : kind == last ? 2 : 1;
}
}  // namespace

Policy::Policy(const Setting& setting, std::size_t studied)
    : scenario_(*setting.scenario),
      policy_(*setting.studied[studied]),
      author_(static_cast<AccountId>(setting.accounts() + studied)),
      week_(policy_.hours, policy_.weekdays),
      topics_(brand_topics(scenario_)),
      every_(policy_.learns() ? static_cast<std::uint32_t>(policy_.learning.every / 24 + 0.5) : 0),
      time_(setting.stream(Purpose::post_time)),
      content_(setting.stream(Purpose::post_content)),
      learning_(setting.stream(Purpose::learning)) {
  double begins = 0;
  for (const PhaseSection& phase : policy_.phases) {
    add_mix(phase.mix, phase.posts > 0 ? phase.posts : policy_.posts, begins);
    begins = (scenario_.warm_up + phase.until) / 24;
  }
  for (std::size_t k = 0; policy_.learns() && k < policy_.learning.arms.size(); ++k) {
    StrategySection arm = policy_;
    set_pitch_share(arm.mix, policy_.learning.arms[k]);
    add_mix(arm.mix, policy_.posts);
  }
  if (mixes_.empty()) add_mix(policy_.mix, policy_.posts);
  if (policy_.order == "as drawn") return;
  Studied account;
  begin(account);
  put_in_order(account, 0);
}

void Policy::add_mix(const double (&shares)[kinds_in_mix], double stated, double begins) {
  Mix mix{.shares = {}, .posts = 0, .begins = std::floor(begins + 0.5)};
  std::copy(std::begin(shares), std::end(shares), mix.shares);
  mix.posts = is_logged() ? mean_posts_a_day(scenario_, policy_) : posts_a_day(scenario_, policy_, shares, stated);
  mixes_.push_back(mix);
}

void Policy::begin(Studied& account) const {
  account.regime = {};
  if (every_ > 0) account.learner.arms.resize(mixes_.size()), account.won = reward(account);
  change(account.regime, 0, every_ > 0 ? choose(account, 0) : 0);
}

bool Policy::turn(Studied& account, std::uint32_t day) const {
  Regime& now = account.regime;
  std::size_t place = now.place;
  if (every_ > 0 && day % every_ == 0) {
    const double won = reward(account);
    account.learner.reward(now.place, won - account.won);
    account.won = won;
    place = choose(account, day);
  }
  if (!policy_.phases.empty() && place + 1 < mixes_.size() && day >= mixes_[place + 1].begins) ++place;
  if (place == now.place) return false;
  const double before = now.posts;
  change(now, day, place);
  return now.posts != before;
}

void Policy::change(Regime& now, std::uint32_t day, std::size_t place) const {
  now.made += now.posts * (week_.reading(day) - week_.reading(now.since));
  now.since = day, now.place = static_cast<std::uint32_t>(place), now.posts = mixes_[place].posts;
}

std::size_t Policy::choose(const Studied& account, std::uint32_t day) const {
  return account.learner.choose(learning_rule(policy_.learn), policy_.learning.epsilon, policy_.learning.exploration,
                                [&](std::uint32_t block) { return learning_(author_, 0, day / every_, block); });
}

double Policy::reward(const Studied& account) const {
  const RewardSection& weights = policy_.reward;
  const double followers = static_cast<double>(account.followers.size());
  return weights.followers * (followers - static_cast<double>(account.first_audience)) +
         weights.adoptions * static_cast<double>(account.counts.adoptions) +
         weights.shares * static_cast<double>(account.counts.shares);
}

Tick Policy::due(const Regime& now, std::uint32_t ordinal) const {
  if (is_logged()) {
    const std::size_t place = place_in_log(now, ordinal);
    if (place >= policy_.calendar.posts.size()) return static_cast<Tick>(never);
    return tick_of(policy_.calendar.posts[place].day + scenario_.warm_up / 24, scenario_);
  }
  if (now.posts <= 0) return static_cast<Tick>(never);
  const double left = (ordinal + uniform(time_(author_, 0, ordinal)[0])) - now.made;
  return tick_of(week_.day(week_.reading(now.since) + left / now.posts), scenario_);
}

Content Policy::content(const Regime& now, std::uint32_t ordinal) const {
  const std::uint32_t place = ordinal - ordered_from_;
  return place < ordered_.size() ? ordered_[place] : drawn(now, ordinal);
}

Content Policy::drawn(const Regime& now, std::uint32_t ordinal) const {
  if (is_logged()) return logged(now, ordinal);
  const Words w = content_(author_, 0, ordinal);
  return filled(mixed_kinds[choose_share(mixes_[now.place].shares, kinds_in_mix, uniform(w[0]))], w);
}

// `made` counts the posts before the log's first: none, unless another policy has made some.
std::size_t Policy::place_in_log(const Regime& now, std::uint32_t ordinal) const {
  return static_cast<std::size_t>(static_cast<std::int64_t>(ordinal) - static_cast<std::int64_t>(now.made));
}

Content Policy::logged(const Regime& now, std::uint32_t ordinal) const {
  const CalendarPost& stated = policy_.calendar.posts[place_in_log(now, ordinal)];
  Content post = filled(stated.kind, content_(author_, 0, ordinal));
  if (stated.topic >= 0) post.topic = static_cast<std::uint8_t>(stated.topic);
  if (stated.quality >= 0) post.value = stated.quality;
  return post;
}

Content Policy::filled(PostKind kind, const Words& w) const {
  const ContentSection& c = scenario_.content;
  Content post{.kind = kind};
  const bool pitch = kind == PostKind::pitch;
  post.topic = static_cast<std::uint8_t>(pitch ? static_cast<std::size_t>(scenario_.population.product_topic - 1)
                                               : choose_share(topics_.data(), topics_.size(), uniform(w[1])));
  const double u = uniform(w[2]);
  if (kind == PostKind::value) post.value = static_cast<float>(c.value_quality.quantile(u));
  if (pitch) post.value = static_cast<float>(c.pitch_quality.quantile(u)), post.pitch = 1;
  if (kind == PostKind::routine) post.routine = 1;
  if (kind == PostKind::problem) post.value = static_cast<float>(c.problem_quality.quantile(u));
  if (kind == PostKind::invitation) post.value = static_cast<float>(c.invitation_quality.quantile(u));
  return post;
}

// Goes through the rest of the run once to see what would appear in it, then sorts that by kind; equals stay as drawn.
void Policy::put_in_order(const Studied& from, Tick now) {
  Studied account;
  account.regime = from.regime, ordered_from_ = from.posts_made, ordered_.clear();
  const auto today = static_cast<std::uint32_t>(now / scenario_.ticks_per_day());
  for (std::uint32_t day = today; day < scenario_.days(); ++day) {
    if (day > today) turn(account, day);
    const Tick end = std::min(tick_of(day + 1.0, scenario_), scenario_.last_tick());
    for (std::uint32_t next = ordered_from_ + static_cast<std::uint32_t>(ordered_.size());
         due(account.regime, next) < end; ++next)
      ordered_.push_back(drawn(account.regime, next));
  }
  std::ranges::stable_sort(ordered_, {}, [&](const Content& c) { return place_in(policy_.order, c.kind); });
}

double Policy::hours(PostKind kind) const {
  const auto at = std::find(std::begin(mixed_kinds), std::end(mixed_kinds), kind) - std::begin(mixed_kinds);
  return scenario_.effort.posts[at];
}

std::uint32_t Policy::most_alive(Tick lifetime) const {
  const double days = lifetime / scenario_.ticks_per_day();
  if (!is_logged()) {
    double most = 0;
    for (const Mix& mix : mixes_) most = std::max(most, mix.posts);
    if (week_.even())
      return static_cast<std::uint32_t>(most * lifetime / static_cast<Tick>(scenario_.ticks_per_day() + 0.5));
    return static_cast<std::uint32_t>(most * week_.most_within(days)) + 1;
  }
  std::uint32_t most = 0, first = 0;
  for (std::uint32_t n = 0; n < policy_.calendar.posts.size(); ++n) {
    while (due({}, first) + lifetime < due({}, n)) ++first;
    most = std::max(most, n + 1 - first);
  }
  return most;
}

}  // namespace passalong
