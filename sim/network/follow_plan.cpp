// Solves for picks and returns. With N follows wished, R of them returned, and A picks that meet by chance, Q returned
// follows come on top of P = N - Q picks, and 2 Q + A = R N: hence Q = (R N - A) / 2.
#include "sim/network/follow_plan.hpp"

#include <algorithm>

namespace passalong {
namespace {
constexpr std::size_t block = 4096;

struct Sums {  // a vector that Team::sum can add
  std::vector<double> of;
  Sums& operator+=(const Sums& o) {
    for (std::size_t i = 0; i < of.size(); ++i) of[i] += o.of[i];
    return *this;
  }
};

template <class Add>
std::vector<double> sum_over_accounts(std::size_t accounts, std::size_t size, Team& team, const Add& add) {
  return team
      .sum<Sums>(accounts, block, Sums{std::vector<double>(size)},
                 [&](std::size_t begin, std::size_t end) {
                   Sums part{std::vector<double>(size)};
                   for (std::size_t i = begin; i < end; ++i) add(i, part.of);
                   return part;
                 })
      .of;
}

template <class Term>
double total(std::size_t accounts, Team& team, const Term& term) {
  return team.sum<double>(accounts, block, 0.0, [&](std::size_t begin, std::size_t end) {
    double sum = 0;
    for (std::size_t i = begin; i < end; ++i) sum += term(i);
    return sum;
  });
}

// The factor that brings the mean of min(cap, factor * x) to `mean`.
template <class X>
double scale_to(double mean, double cap, std::size_t accounts, Team& team, const X& x) {
  double factor = mean * static_cast<double>(accounts) / std::max(1e-300, total(accounts, team, x));
  for (int i = 0; i < 60; ++i) {
    const double sum = total(accounts, team, [&](std::size_t a) { return std::min(cap, factor * x(a)); });
    const double step = mean * static_cast<double>(accounts) / std::max(1e-300, sum);
    factor *= step;
    if (step < 1 + 1e-9 && step > 1 - 1e-9) break;
  }
  return factor;
}

// The smallest c at which the follows returned, each with probability min(1, c * min(1, k / E)), add up.
template <class Followers, class Followees>
double solve_returns(double returned, std::size_t accounts, Team& team, const Followers& e, const Followees& k) {
  const auto sum = [&](double c) {
    return total(accounts, team, [&](std::size_t a) { return std::min(e(a), c * std::min(e(a), k(a))); });
  };
  double low = 0, high = 1;
  while (sum(high) < returned && high < 1e9) high *= 2;
  for (int i = 0; i < 40 && high - low > 1e-9 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (sum(middle) < returned ? low : high) = middle;
  }
  return returned > 0 ? high : 0;
}

// What an account is expected to pick of each topic, and so each member of it, and so what comes back by chance.
struct Flows {
  std::vector<double> to_topic;  // picks that go to each topic
  double by_chance = 0;          // picks (i, j) where (j, i) is a pick as well
};

template <class Picks>
Flows expected_flows(const Interests& interests, const Propensity& propensity, const TopicMix& mix, Team& team,
                     const Picks& picks) {
  const std::size_t topics = mix.topics(), accounts = propensity.weight.size();
  // Row 0: picks by topic picked. Row 1 + t: the same of topic t's members, weighted with their share of t.
  const auto sums = sum_over_accounts(accounts, (topics + 1) * topics, team, [&](std::size_t i, auto& into) {
    double shares[256];
    mix.of(static_cast<AccountId>(i), shares);
    const std::size_t own = interests.primary[i];
    const double n = picks(i), part = n * propensity.weight[i] / mix.weight()[own];
    for (std::size_t t = 0; t < topics; ++t) {
      into[t] += n * shares[t];
      into[(own + 1) * topics + t] += part * shares[t];
    }
  });
  Flows flows{{sums.begin(), sums.begin() + static_cast<std::ptrdiff_t>(topics)}, 0};
  for (std::size_t t = 0; t < topics; ++t)
    for (std::size_t u = 0; u < topics; ++u) flows.by_chance += sums[(t + 1) * topics + u] * sums[(u + 1) * topics + t];
  return flows;
}
}  // namespace

TopicMix::TopicMix(const Interests& interests, const Propensity& propensity, double homophily, Team& team)
    : interests_(&interests), homophily_(homophily), base_(interests.topics) {
  weight_ = sum_over_accounts(propensity.weight.size(), interests.topics, team,
                              [&](std::size_t i, auto& into) { into[interests.primary[i]] += propensity.weight[i]; });
  double all = 0;
  for (const double w : weight_) all += w;
  for (std::size_t t = 0; t < base_.size(); ++t) base_[t] = weight_[t] / all;
}

void TopicMix::of(AccountId account, double* shares) const {
  const std::span<const float> own = interests_->of(account);
  double sum = 0;
  for (std::size_t t = 0; t < base_.size(); ++t) {
    shares[t] = weight_[t] > 0 ? homophily_ * static_cast<double>(own[t]) + (1 - homophily_) * base_[t] : 0;
    sum += shares[t];
  }
  for (std::size_t t = 0; t < base_.size(); ++t) shares[t] = sum > 0 ? shares[t] / sum : base_[t];
}

FollowPlan plan_follows(const NetworkSection& section, const FollowTargets& targets, const Interests& interests,
                        const Propensity& propensity, const TopicMix& mix, Team& team) {
  const std::size_t accounts = propensity.weight.size();
  const double n = static_cast<double>(accounts), cap = followee_cap(section);
  const double follows = targets.mean * n, wanted = targets.reciprocity;
  const auto wish = [&](std::size_t a) { return propensity.followees[a]; };
  const double factor = scale_to(targets.mean, cap, accounts, team, wish);
  const auto followees = [&](std::size_t a) { return std::min(cap, factor * wish(a)); };

  const double share = 1 - 0.5 * wanted;
  const Flows flows =
      expected_flows(interests, propensity, mix, team, [&](std::size_t a) { return share * followees(a); });
  const double returned = std::clamp(0.5 * (wanted * follows - flows.by_chance), 0.0, 0.5 * follows);
  const double picked = follows - returned;

  std::vector<double> per_weight(mix.topics());  // picks received for a unit of weight
  for (std::size_t t = 0; t < per_weight.size(); ++t)
    per_weight[t] = mix.weight()[t] > 0 ? flows.to_topic[t] / (share * follows) * picked / mix.weight()[t] : 0;
  const auto followers = [&](std::size_t a) { return propensity.weight[a] * per_weight[interests.primary[a]]; };
  const double gross = returned * picked / std::max(1.0, picked - flows.by_chance);  // some meet a pick already made
  const double c = solve_returns(std::min(gross, 0.5 * follows), accounts, team, followers, followees);

  // An account that returns follows picks fewer of its own: its wish counts both.
  const auto own = [&](std::size_t a) {
    const double e = followers(a), k = followees(a);
    return std::max(0.0, k - std::min(e, c * std::min(e, k)));
  };
  const double own_factor = scale_to(picked / n, cap, accounts, team, own);
  FollowPlan plan{std::vector<std::uint32_t>(accounts), std::vector<std::uint32_t>(accounts)};
  team.blocks(accounts, block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t a = begin; a < end; ++a) {
      plan.picks[a] =
          static_cast<std::uint32_t>(std::min(cap, own_factor * own(a)) + static_cast<double>(propensity.rounding[a]));
      const double e = followers(a), r = c * std::min(1.0, e > 0 ? followees(a) / e : 1.0);
      plan.returns[a] = r >= 1 ? 0xffff'ffffU : static_cast<std::uint32_t>(r * 4294967296.0);
    }
  });
  return plan;
}

}  // namespace passalong
