#include "sim/engine/cascades/levels.hpp"

#include "sim/base/random.hpp"

namespace passalong {

std::vector<std::uint8_t> draw_levels(std::uint64_t follows, std::uint64_t seed) {
  const Stream draws(seed, 0, Purpose::trivalency);
  std::vector<std::uint8_t> levels(follows);
  for (std::uint64_t first = 0; first < follows; first += 4) {
    const std::uint64_t place = first / 4;
    const Words words = draws(static_cast<std::uint32_t>(place), static_cast<std::uint32_t>(place >> 32));
    for (std::uint64_t i = 0; i < 4 && first + i < follows; ++i)
      levels[first + i] = static_cast<std::uint8_t>(std::uint64_t{words[i]} * chance_levels.size() >> 32);
  }
  return levels;
}

double chance_of(const Network& network, const Chances& chances, std::uint64_t edge, AccountId follower) {
  switch (chances.kind) {
    case Chances::Kind::weights:
      return static_cast<double>(network.weights[edge]);
    case Chances::Kind::followees:
      return 1.0 / network.followees[follower];
    case Chances::Kind::levels:
      return chance_levels[(*chances.levels)[edge]];
    case Chances::Kind::uniform:
      break;
  }
  return chances.probability;
}

}  // namespace passalong
