// Who follows a studied account: means over its followers at a moment.
#pragma once
#include <limits>
#include <vector>

#include "models/conversation/reader.hpp"

namespace passalong {

// The studied account's followers at a moment; means over nobody are NaN.
struct Following {
  double trust = 0, suspicion = 0, diversity = 0, fans = 0, sellers = 0;
};

// exp of the Shannon entropy of the followers' summed interests (Jost 2006).
inline double diversity(const std::vector<std::int64_t>& interests) {
  double total = 0, entropy = 0;
  for (const std::int64_t v : interests) total += static_cast<double>(v);
  for (const std::int64_t v : interests)
    if (v > 0) entropy -= static_cast<double>(v) / total * log(static_cast<double>(v) / total);
  return exp(entropy);
}

// Sums are integers (2^-30), so no order of followers can matter. remembered(i): a follower's Memory.
template <class Remembered>
Following describe(const std::vector<AccountId>& followers, const Population& people, const Conversation& model,
                   const Remembered& remembered) {
  constexpr double one = 1 << 30;
  std::int64_t trust = 0, suspicion = 0, fans = 0, sellers = 0;
  std::vector<std::int64_t> interests(people.topics->topics());
  for (const AccountId i : followers) {
    const Memory& m = remembered(i);
    trust += static_cast<std::int64_t>(model.trust.level(m.trust) * one + 0.5);
    suspicion += static_cast<std::int64_t>(model.suspicion.probability(m.log_odds) * one + 0.5);
    fans += people.affinity[i] > 0.5F;
    sellers += people.seller[i];
    const double unit = one / people.topics->total(i);
    for (std::size_t t = 0; t < interests.size(); ++t)
      interests[t] += static_cast<std::int64_t>(people.topics->interest(i, t) * unit + 0.5);
  }
  constexpr double nobody = std::numeric_limits<double>::quiet_NaN();
  if (followers.empty()) return {nobody, nobody, nobody, nobody, nobody};
  const auto n = static_cast<double>(followers.size());
  return {static_cast<double>(trust) / one / n, static_cast<double>(suspicion) / one / n, diversity(interests),
          static_cast<double>(fans) / n, static_cast<double>(sellers) / n};
}

}  // namespace passalong
