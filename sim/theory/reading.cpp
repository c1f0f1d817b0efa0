#include "sim/theory/reading.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace passalong::theory {

double chance_to_pass_on(double rate, double steepness, double worth, double noise) {
  constexpr int steps = 20'000;
  const double low = std::max(0.0, worth - 12 * noise), high = std::max(low, worth + 12 * noise);
  const double h = (high - low) / steps;
  double sum = 0;
  for (int k = 0; k <= steps; ++k) {
    const double u = low + k * h, z = (u - worth) / noise;
    sum += (k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2) * -std::expm1(-steepness * u) * std::exp(-z * z / 2);
  }
  return rate * sum * h / 3 / (noise * std::sqrt(2 * std::numbers::pi));
}

}  // namespace passalong::theory
