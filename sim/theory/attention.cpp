#include "sim/theory/attention.hpp"

#include <cmath>

namespace passalong::theory {

double exponential_mean(double slope) { return slope == 0 ? .5 : 1 / (1 - std::exp(-slope)) - 1 / slope; }

double posts_a_step(double fresh, double reading, double followees, double window) {
  return fresh / (1 - (1 - fresh) * reading * followees * window);
}

// P(N = n) = P(S_n = n - 1) / n, S_n a negative binomial of n z rounds.
double popularity_at_least(std::uint64_t n, double fresh, double followers) {
  const double stop = followers / (1 - fresh + followers);
  double below = 0;
  for (std::uint64_t i = 1; i < n; ++i) {
    const auto m = static_cast<double>(i);
    const double rounds = m * followers, again = m - 1;
    below += std::exp(std::lgamma(rounds + again) - std::lgamma(rounds) - std::lgamma(again + 1) +
                      rounds * std::log(stop) + again * std::log1p(-stop)) /
             m;
  }
  return 1 - below;
}

}  // namespace passalong::theory
