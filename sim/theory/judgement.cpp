#include "sim/theory/judgement.hpp"

#include <cmath>
#include <map>
#include <numbers>
#include <utility>

namespace passalong::theory {
namespace {

// E of g(best of n) by Simpson's rule: the density of the best is n f(x) F(x)^(n-1).
template <class Function>
double mean_over_best(unsigned n, const Function& g) {
  constexpr int steps = 40'000;
  constexpr double low = -10, high = 12, h = (high - low) / steps;
  double sum = 0;
  for (int k = 0; k <= steps; ++k) {
    const double x = low + k * h, below = std::erfc(-x / std::numbers::sqrt2) / 2;
    const double density = n * std::exp(-x * x / 2) / std::sqrt(2 * std::numbers::pi) * std::pow(below, n - 1);
    sum += (k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2) * g(x) * density;
  }
  return sum * h / 3;
}

}  // namespace

double log_odds_after(double prior, double q1, double q0, int pitches, int others) {
  return std::log(prior / (1 - prior)) + pitches * std::log(q1 / q0) + others * std::log((1 - q1) / (1 - q0));
}

Detection detection(double q1, double q0, double pitch_share) {
  std::map<std::pair<int, int>, double> alive{{{0, 0}, 1.0}};
  Detection d;
  for (int n = 1; n < 5000 && !alive.empty(); ++n) {
    std::map<std::pair<int, int>, double> next;
    for (const auto& [counts, p] : alive)
      for (const bool pitch : {true, false}) {
        const auto [s, v] = std::pair{counts.first + pitch, counts.second + !pitch};
        const double chance = p * (pitch ? pitch_share : 1 - pitch_share);
        const double odds = log_odds_after(0.5, q1, q0, s, v);
        if (std::fabs(odds) < std::log(19.0)) {
          if (chance > 1e-16) next[{s, v}] += chance;
        } else {
          d.posts += n * chance, d.square += static_cast<double>(n) * n * chance, d.wrong += odds < 0 ? chance : 0;
        }
      }
    alive = std::move(next);
  }
  return d;
}
double wald_posts(double q1, double q0) {
  return std::log(19.0) / (q1 * std::log(q1 / q0) + (1 - q1) * std::log((1 - q1) / (1 - q0)));
}

double expected_best(unsigned n) {
  return mean_over_best(n, [](double x) { return x; });
}
double variance_of_best(unsigned n) {
  const double mean = expected_best(n);
  return mean_over_best(n, [&](double x) { return (x - mean) * (x - mean); });
}
double crowd_variance(double sigma, double common, double n) { return sigma * sigma * (1 / n + common * (1 - 1 / n)); }

double seismic_plateau_density(double theta, double plateau) { return 1 / (plateau * (1 + 1 / theta)); }
double kernel_within(double seconds, double theta, double plateau) {
  const double c = seismic_plateau_density(theta, plateau);
  if (seconds <= plateau) return c * seconds;
  return c * plateau + c * plateau / theta * (1 - std::pow(seconds / plateau, -theta));
}

}  // namespace passalong::theory
