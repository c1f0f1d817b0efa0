// Fixed points by iteration, from 0 upwards: the least one.
#include "sim/theory/branching.hpp"

#include <cmath>

namespace passalong::theory {
namespace {
constexpr int most_rounds = 1'000'000;

double settle(const Generating& step) {
  double x = 0;
  for (int k = 0; k < most_rounds; ++k) {
    const double next = step(x);
    if (std::fabs(next - x) < 1e-15) return next;
    x = next;
  }
  return x;
}

double total_of(const Degrees& degrees) {
  double sum = 0;
  for (const auto& [k, n] : degrees) sum += n;
  return sum;
}
double moment(const Degrees& degrees, int power) {
  double sum = 0;
  for (const auto& [k, n] : degrees) sum += n * std::pow(k, power);
  return sum / total_of(degrees);
}

// Sums over accounts of (1 - T + T x)^b, each account weighed by 1 or by its other degree.
enum class Side : std::uint8_t { followees, followers };
double generate(const JointDegrees& degrees, double chance, double x, Side power, bool weighed) {
  double sum = 0, weight = 0;
  for (const auto& [pair, n] : degrees) {
    const double followees = pair.first, followers = pair.second;
    const double exponent = power == Side::followers ? followers : followees;
    const double w = weighed ? (power == Side::followers ? followees : followers) : 1;
    sum += n * w * std::pow(1 - chance + chance * x, exponent), weight += n * w;
  }
  return sum / weight;
}

}  // namespace

Generating poisson_offspring(double mean) {
  return [mean](double x) { return std::exp(mean * (x - 1)); };
}
Generating binomial_offspring(unsigned n, double p) {
  return [n, p](double x) { return std::pow(1 - p + p * x, n); };
}
double extinct_by(const Generating& offspring, int generation) {
  double x = 0;
  for (int k = 0; k < generation; ++k) x = offspring(x);
  return x;
}
double extinction(const Generating& offspring) { return settle(offspring); }

double borel(std::uint64_t n, double l) {
  const double k = static_cast<double>(n);
  return std::exp(-l * k + (k - 1) * std::log(l * k) - std::lgamma(k + 1));
}

double poisson_outbreak(double reproduction) { return 1 - settle(poisson_offspring(reproduction)); }

JointDegrees poisson_degrees(double mean) {
  const auto most = static_cast<std::uint32_t>(mean + 10 * std::sqrt(mean) + 10);
  const auto share = [=](double k) { return std::exp(-mean + k * std::log(mean) - std::lgamma(k + 1)); };
  JointDegrees degrees;
  for (std::uint32_t a = 0; a <= most; ++a)
    for (std::uint32_t b = 0; b <= most; ++b) degrees[{a, b}] = share(a) * share(b);
  return degrees;
}
Degrees power_law_degrees(double exponent, std::uint32_t least, std::uint32_t most) {
  Degrees degrees;
  for (std::uint32_t k = least; k <= most; ++k) degrees[k] = std::pow(k, -exponent);
  return degrees;
}
double percolation_threshold(const Degrees& degrees) {
  const double mean = moment(degrees, 1);
  return mean / (moment(degrees, 2) - mean);
}
double percolation_giant(const Degrees& degrees, double chance) {
  const double mean = moment(degrees, 1), all = total_of(degrees);
  const auto excess = [&](double u) {  // G1
    double sum = 0;
    for (const auto& [k, n] : degrees)
      if (k > 0) sum += n * k * std::pow(u, k - 1);
    return sum / (all * mean);
  };
  const double u = settle([&](double x) { return 1 - chance + chance * excess(x); });
  double missed = 0;
  for (const auto& [k, n] : degrees) missed += n * std::pow(u, k);
  return 1 - missed / all;
}

DirectedOutbreak directed_outbreak(const JointDegrees& degrees, double chance) {
  const double x = settle([&](double v) { return generate(degrees, chance, v, Side::followers, true); });
  const double y = settle([&](double v) { return generate(degrees, chance, v, Side::followees, true); });
  return {1 - generate(degrees, chance, x, Side::followers, false),
          1 - generate(degrees, chance, y, Side::followees, false)};
}
double directed_extinct_by(const JointDegrees& degrees, double chance, int generation) {
  double x = 0;
  for (int k = 1; k < generation; ++k) x = generate(degrees, chance, x, Side::followers, true);
  return generate(degrees, chance, x, Side::followers, false);
}

}  // namespace passalong::theory
