// Solves for picks and returns. With N follows wished, R of them returned, and A picks that meet by chance, Q returned
// follows come on top of P = N - Q picks, and 2 Q + A = R N: hence Q = (R N - A) / 2.
#include "sim/network/generators/follow_plan.hpp"

#include <algorithm>

#include "sim/network/account_sums.hpp"

namespace passalong {
namespace {
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
  const auto sums = totals(accounts, (topics + 1) * topics, team, [&](std::size_t i, auto& into) {
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
  weight_ = totals(propensity.weight.size(), interests.topics, team,
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

namespace {
// What a plan expects of each account when `picked` of the follows are choices of their makers.
class Expectations {
 public:
  Expectations(const NetworkSection& section, double mean, const Propensity& p, const Interests& interests, Team& team)
      : propensity_(p), primary_(interests.primary), cap_(followee_cap(section)) {
    factor_ = scale_to(mean, cap_, p.weight.size(), team, [&](std::size_t a) { return p.followees[a]; });
  }
  double followees(std::size_t a) const { return std::min(cap_, factor_ * propensity_.followees[a]); }
  double followers(std::size_t a) const { return propensity_.weight[a] * per_weight_[primary_[a]]; }
  void set_followers(const TopicMix& mix, const Flows& flows, double scale) {
    per_weight_.resize(mix.topics());
    for (std::size_t t = 0; t < mix.topics(); ++t)
      per_weight_[t] = mix.weight()[t] > 0 ? scale * flows.to_topic[t] / mix.weight()[t] : 0;
  }

 private:
  const Propensity& propensity_;
  const std::vector<std::uint8_t>& primary_;
  double cap_, factor_ = 1;
  std::vector<double> per_weight_;  // picks received for a unit of weight
};

// An account that returns follows picks fewer of its own: its followees are both.
FollowPlan write_plan(const NetworkSection& section, const Propensity& propensity, const Expectations& expected,
                      double c, double picked, Team& team) {
  const std::size_t accounts = propensity.weight.size();
  const double cap = followee_cap(section);
  const auto own = [&](std::size_t a) {
    const double k = expected.followees(a);
    return std::max(0.0, k - expected_returns(expected.followers(a), k, c));
  };
  const double factor = scale_to(picked / static_cast<double>(accounts), cap, accounts, team, own);
  FollowPlan plan{std::vector<std::uint32_t>(accounts), std::vector<std::uint32_t>(accounts)};
  team.blocks(accounts, accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t a = begin; a < end; ++a) {
      const double picks = std::min(cap, factor * own(a)) + static_cast<double>(propensity.rounding[a]);
      plan.picks[a] = static_cast<std::uint32_t>(picks);
      const double e = expected.followers(a), r = c * std::min(1.0, e > 0 ? expected.followees(a) / e : 1.0);
      plan.returns[a] = r >= 1 ? 0xffff'ffffU : static_cast<std::uint32_t>(r * 4294967296.0);
    }
  });
  return plan;
}
}  // namespace

FollowPlan plan_follows(const NetworkSection& section, const FollowTargets& targets, const Interests& interests,
                        const Propensity& propensity, const TopicMix& mix, Team& team) {
  const std::size_t accounts = propensity.weight.size();
  const double follows = targets.mean * static_cast<double>(accounts), choices = 1 - 0.5 * targets.reciprocity;
  Expectations expected(section, targets.mean, propensity, interests, team);
  const Flows flows =
      expected_flows(interests, propensity, mix, team, [&](std::size_t a) { return choices * expected.followees(a); });
  const double returned = std::clamp(0.5 * (targets.reciprocity * follows - flows.by_chance), 0.0, 0.5 * follows);
  const double picked = follows - returned;
  expected.set_followers(mix, flows, picked / (choices * follows));
  // Some follows are returned that were made already.
  const double gross = std::min(0.5 * follows, returned * picked / std::max(1.0, picked - flows.by_chance));
  const double c = solve_increasing(gross, [&](double factor) {
    return total(accounts, team,
                 [&](std::size_t a) { return expected_returns(expected.followers(a), expected.followees(a), factor); });
  });
  return write_plan(section, propensity, expected, c, picked, team);
}

}  // namespace passalong
