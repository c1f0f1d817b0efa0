#include "sim/theory/epidemics.hpp"

#include <algorithm>
#include <cmath>

namespace passalong::theory {

// theta: that a random tie has not transmitted; theta = g / (b + g) + b / (b + g) psi'(theta) / psi'(1).
double edge_based_share(double mean_degree, double infection, double recovery) {
  const double transmits = infection / (infection + recovery);
  double theta = 0.5;
  for (int round = 0; round < 100'000; ++round) theta = 1 - transmits + transmits * std::exp(mean_degree * (theta - 1));
  return 1 - std::exp(mean_degree * (theta - 1));
}

// Of s susceptible and i infected: the next is an infection with probability b s / (b s + g).
std::vector<double> well_mixed_sizes(unsigned n, double infection, double recovery) {
  std::vector<double> sizes(n + 1), at(n + 2);  // of those with s susceptible: by how many are infected
  std::vector<double> above(n + 2);             // that came from s + 1
  above[1] = 1;
  for (unsigned s = n - 1;; --s) {
    at = above;
    std::fill(above.begin(), above.end(), 0);
    const double infects = s > 0 ? infection * s / (infection * s + recovery) : 0;
    for (unsigned i = n - s; i >= 1; --i) {
      if (i < n) above[i + 1] += at[i] * infects;
      at[i - 1] += at[i] * (1 - infects);
    }
    sizes[n - s] = at[0];
    if (s == 0) return sizes;
  }
}

// Uniformisation (Jensen 1953): a Poisson number of steps of a chain that is as fast everywhere.
std::vector<double> well_mixed_infected(unsigned n, unsigned start, double infection, double recovery, double t) {
  const auto up = [=](unsigned k) { return infection * k * (n - k); };
  const auto down = [=](unsigned k) { return recovery * k; };
  double fastest = 0;
  for (unsigned k = 0; k <= n; ++k) fastest = std::max(fastest, up(k) + down(k));
  std::vector<double> now(n + 1), next(n + 1), sum(n + 1);
  now[start] = 1;
  const double mean = fastest * t;
  const auto last = static_cast<unsigned>(mean + 12 * std::sqrt(mean) + 60);
  for (unsigned m = 0; m <= last; ++m) {
    const double weight = std::exp(m * std::log(mean) - mean - std::lgamma(m + 1.0));
    for (unsigned k = 0; k <= n; ++k) sum[k] += weight * now[k];
    std::fill(next.begin(), next.end(), 0);
    for (unsigned k = 0; k <= n; ++k) {
      next[k] += now[k] * (1 - (up(k) + down(k)) / fastest);
      if (k < n) next[k + 1] += now[k] * up(k) / fastest;
      if (k > 0) next[k - 1] += now[k] * down(k) / fastest;
    }
    now.swap(next);
  }
  return sum;
}

}  // namespace passalong::theory
