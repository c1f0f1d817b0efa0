// A policy that begins in the middle of a run. Its clock goes on where the other's stood, so that the next post is as
// near as it was; ordinals go on, so that every later post has the draws it would have had.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "sim/engine/policy.hpp"

namespace passalong {

bool Policy::take_over(Studied& account, const Policy& before, Tick now) {
  const Regime old = account.regime;
  Regime& next = account.regime;
  next.place = place_on(account, before, static_cast<std::uint32_t>(now / scenario_.ticks_per_day()));
  next.posts = mixes_[next.place].posts;
  if (next.posts != old.posts || week_ != before.week_ || !same_log(before)) rebase(account, before, old, now);
  if (policy_.order != "as drawn") {
    // The same posts in the same order go on in it; else it holds among those that are still to come.
    if (same_order(before))
      ordered_from_ = before.ordered_from_;
    else
      put_in_order(account, now);
  }
  return next.posts != old.posts;
}

// The phase or arm in force. A learner keeps what it has learned as long as it chooses from the same; what it has won
// since it was last paid was won by the old weights.
std::uint32_t Policy::place_on(Studied& account, const Policy& before, std::uint32_t day) const {
  if (every_ == 0) account.learner = {}, account.won = 0;
  const bool goes_on = every_ > 0 && before.every_ > 0 && policy_.learning.arms == before.policy_.learning.arms;
  if (goes_on) {
    const double now = reward(account), then = before.reward(account);
    if (now != then) account.won = now - (then - account.won);
    return account.regime.place;
  }
  if (every_ > 0) {
    account.learner = {}, account.learner.arms.resize(mixes_.size()), account.won = reward(account);
    return static_cast<std::uint32_t>(choose(account, day));
  }
  const auto after = std::ranges::find_if(mixes_, [&](const Mix& m) { return m.begins > day; });
  return static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(1, after - mixes_.begin()) - 1);
}

// Posts that have fallen due, fractions and all.
double Policy::progress(const Studied& account, const Regime& now, double day) const {
  if (is_logged()) return account.posts_made;
  return now.made + now.posts * (week_.reading(day) - week_.reading(now.since));
}

void Policy::rebase(Studied& account, const Policy& before, const Regime& old, Tick now) const {
  const double day = now / scenario_.ticks_per_day();
  Regime& next = account.regime;
  next.since = static_cast<std::uint32_t>(day);
  if (is_logged()) {
    std::uint32_t past = 0;
    while (due({}, past) < now) ++past;
    next.made = static_cast<double>(account.posts_made) - past;
  } else {
    next.made = before.progress(account, old, day) - next.posts * (week_.reading(day) - week_.reading(next.since));
  }
}

bool Policy::same_log(const Policy& other) const {
  const auto told = [](const CalendarPost& p) { return std::tuple(p.day, p.quality, p.topic, p.kind); };
  return is_logged() == other.is_logged() &&
         std::ranges::equal(policy_.calendar.posts, other.policy_.calendar.posts, {}, told, told);
}

bool Policy::same_order(const Policy& other) const {
  return policy_.order == other.policy_.order &&
         std::ranges::equal(ordered_, other.ordered_, {}, &Content::kind, &Content::kind);
}

}  // namespace passalong
