#include "sim/theory/thresholds.hpp"

#include <cmath>

namespace passalong::theory {
namespace {
double poisson(unsigned k, double mean) { return std::exp(-mean + k * std::log(mean) - std::lgamma(k + 1.0)); }

// Where f changes sign between low and high.
template <class F>
double root(const F& f, double low, double high) {
  const bool rises = f(high) > 0;
  for (int i = 0; i < 200; ++i) {
    const double middle = (low + high) / 2;
    ((f(middle) > 0) == rises ? high : low) = middle;
  }
  return (low + high) / 2;
}

// Whether a node's picks lead to the seed, by following them.
bool leads(const std::vector<unsigned>& pick, unsigned node, unsigned seed) {
  for (std::size_t i = 0; i <= pick.size() && node != seed; ++i) node = pick[node];
  return node == seed;
}
}  // namespace

std::vector<double> picked_sizes(unsigned nodes, const Edges& undirected, unsigned seed) {
  std::vector<std::vector<unsigned>> neighbours(nodes);
  for (const auto& [a, b] : undirected) neighbours[a].push_back(b), neighbours[b].push_back(a);
  std::vector<std::size_t> turn(nodes);
  std::vector<unsigned> pick(nodes);
  std::vector<double> sizes(nodes + 1);
  double all = 0;
  for (unsigned wheel = 0; wheel < nodes; ++all) {
    unsigned size = 0;
    for (unsigned a = 0; a < nodes; ++a) pick[a] = neighbours[a][turn[a]];
    for (unsigned a = 0; a < nodes; ++a) size += leads(pick, a, seed);
    ++sizes[size];
    for (wheel = 0; wheel < nodes && ++turn[wheel] == neighbours[wheel].size(); ++wheel) turn[wheel] = 0;
  }
  for (double& s : sizes) s /= all;
  return sizes;
}

double vulnerable_offspring(double mean, unsigned most) {
  double sum = 0;
  for (unsigned k = 0; k + 2 <= most; ++k) sum += poisson(k, mean);
  return mean * sum;
}

Window cascade_window(unsigned most) {
  double top = 1;
  for (double z = 1; z < 2.0 * most; z += 0.01)
    if (vulnerable_offspring(z, most) > vulnerable_offspring(top, most)) top = z;
  const auto excess = [&](double z) { return vulnerable_offspring(z, most) - 1; };
  return {root(excess, 1e-6, top), root(excess, top, 10.0 * most)};
}

// y: a tie leads to no large cluster of vulnerable nodes.
double trigger_probability(double mean, unsigned most) {
  double y = 0;
  for (int round = 0; round < 1'000'000; ++round) {
    double next = 1;
    for (unsigned others = 0; others + 1 <= most; ++others) next -= poisson(others, mean) * (1 - std::pow(y, others));
    if (std::fabs(next - y) < 1e-15) break;
    y = next;
  }
  return 1 - std::exp(-mean * (1 - y));
}

double normal_equilibrium(double mean, double sd) {
  double x = 0;
  for (int round = 0; round < 10'000'000; ++round) {
    const double next = std::erfc((mean - x) / sd / std::sqrt(2.0)) / 2;
    if (std::fabs(next - x) < 1e-14) return next;
    x = next;
  }
  return x;
}

// Runge & Kutta's fourth order in steps well below the shortest time anything takes.
std::vector<double> adopters(unsigned n, double p, double q, double t) {
  std::vector<double> rate(n + 1), now(n + 1);
  for (unsigned k = 0; k <= n; ++k) rate[k] = (n - k) * (p + q * k / n);
  now[0] = 1;
  const auto flow = [&](const std::vector<double>& x) {
    std::vector<double> d(n + 1);
    for (unsigned k = 0; k <= n; ++k) d[k] = (k > 0 ? rate[k - 1] * x[k - 1] : 0) - rate[k] * x[k];
    return d;
  };
  const auto moved = [&](const std::vector<double>& by, double h) {
    std::vector<double> x(now);
    for (unsigned k = 0; k <= n; ++k) x[k] += h * by[k];
    return x;
  };
  const int steps = static_cast<int>(std::ceil(t * n * (p + q) * 20));
  const double h = t / steps;
  for (int i = 0; i < steps; ++i) {
    const auto a = flow(now), b = flow(moved(a, h / 2)), c = flow(moved(b, h / 2)), d = flow(moved(c, h));
    for (unsigned k = 0; k <= n; ++k) now[k] += h / 6 * (a[k] + 2 * b[k] + 2 * c[k] + d[k]);
  }
  return now;
}

Spread fractional_spread(const Degrees& degrees, double share, double overload, int steps) {
  double accounts = 0, ties = 0;
  Spread spread;
  for (const auto& [k, n] : degrees) {
    if (k == 0) {
      accounts += n;
      continue;
    }
    const double chance = std::fmin(1, share / std::pow(k, overload)), passed = 1 - std::pow(1 - chance, steps);
    accounts += n, ties += n * k;
    spread.first += n * k * passed, spread.reproduction += n * k * passed * (k - 1);
  }
  // Those at an account's ties are found by their degrees, however many ties it has itself.
  spread.first /= accounts, spread.reproduction /= ties;
  return spread;
}

}  // namespace passalong::theory
