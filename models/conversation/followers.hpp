// Who follows a studied account: means over its followers at a moment.
#pragma once
#include <array>
#include <limits>
#include <vector>

#include "models/conversation/reader.hpp"

namespace passalong {

// The studied account's followers at a moment; means over nobody are NaN.
struct Following {
  double trust = 0, suspicion = 0, diversity = 0, fans = 0, sellers = 0;
  std::array<std::uint64_t, 5> tiers{};  // how many of each
  std::uint64_t mutual = 0;              // whom the account follows back
  std::uint64_t at_least(Tier tier) const {
    std::uint64_t sum = 0;
    for (auto t = static_cast<std::size_t>(tier); t < tiers.size(); ++t) sum += tiers[t];
    return sum;
  }
};

// exp of the Shannon entropy of the followers' summed interests (Jost 2006).
inline double diversity(const std::vector<std::int64_t>& interests) {
  double total = 0, entropy = 0;
  for (const std::int64_t v : interests) total += static_cast<double>(v);
  for (const std::int64_t v : interests)
    if (v > 0) entropy -= static_cast<double>(v) / total * log(static_cast<double>(v) / total);
  return exp(entropy);
}

// Sums are integers (2^-30), so no order of followers can matter. row(i): a follower's Tie and Memory.
template <class RowOf>
Following describe(const std::vector<AccountId>& followers, const Population& people, const Conversation& model,
                   const RowOf& row) {
  constexpr double one = 1 << 30;
  std::int64_t trust = 0, suspicion = 0, fans = 0, sellers = 0;
  std::vector<std::int64_t> interests(people.topics->topics());
  Following about;
  for (const AccountId i : followers) {
    const auto& [tie, m] = row(i);
    ++about.tiers[static_cast<std::size_t>(tier_of(m, tie))];
    about.mutual += tie.reciprocal;
    trust += static_cast<std::int64_t>(model.trust.level(m.trust) * one + 0.5);
    suspicion += static_cast<std::int64_t>(model.suspicion.probability(m.log_odds) * one + 0.5);
    fans += people.affinity[i] > 0.5F;
    sellers += people.seller[i];
    const double unit = one / people.topics->total(i);
    for (std::size_t t = 0; t < interests.size(); ++t)
      interests[t] += static_cast<std::int64_t>(people.topics->interest(i, t) * unit + 0.5);
  }
  const auto n = static_cast<double>(followers.size());
  const auto mean = [&](std::int64_t sum, double unit) {
    return followers.empty() ? std::numeric_limits<double>::quiet_NaN() : static_cast<double>(sum) / unit / n;
  };
  about.trust = mean(trust, one), about.suspicion = mean(suspicion, one);
  about.diversity = followers.empty() ? mean(0, 1) : diversity(interests);
  about.fans = mean(fans, 1), about.sellers = mean(sellers, 1);
  return about;
}

}  // namespace passalong
