// A probability as a bound on 64 random bits: live where they are at most ceil(2^64 p) - 1; never where p is 0. The
// first sixteen bits decide but for one draw in 65,536, and only then are more drawn.
#pragma once
#include <array>
#include <cstdint>

#include "sim/base/random.hpp"
#include "sim/engine/cascades/levels.hpp"

namespace passalong {

struct Bound {
  std::uint64_t last = 0;
  bool never = false;
};

inline Bound bound_of(double probability) {
  if (!(probability > 0)) return {0, true};
  if (probability >= 1) return {~std::uint64_t{0}, false};
  const double scaled = probability * 0x1p64;
  const auto whole = static_cast<std::uint64_t>(scaled);
  return {static_cast<double>(whole) == scaled ? whole - 1 : whole, false};
}

// Each source gives the first digit of a follow's bound, cheaply, and the whole bound.
struct UniformChances {
  Bound all;
  std::uint16_t digit;
  UniformChances(const Network&, const Chances& chances)
      : all(bound_of(chances.probability)), digit(static_cast<std::uint16_t>(all.last >> 48)) {}
  std::uint16_t first(std::uint64_t, AccountId) const { return digit; }
  Bound bound(std::uint64_t, AccountId) const { return all; }
};

struct WeightChances {
  const float* weights;
  WeightChances(const Network& network, const Chances&) : weights(network.weights.data()) {}
  std::uint16_t first(std::uint64_t edge, AccountId) const {
    const float scaled = weights[edge] * 0x1p16F;
    const auto whole = static_cast<std::int32_t>(scaled);
    return static_cast<std::uint16_t>(whole - ((static_cast<float>(whole) == scaled) & (whole > 0)));
  }
  Bound bound(std::uint64_t edge, AccountId) const { return bound_of(static_cast<double>(weights[edge])); }
};

struct FolloweeChances {
  const std::uint32_t* followees;
  FolloweeChances(const Network& network, const Chances&) : followees(network.followees.data()) {}
  std::uint16_t first(std::uint64_t, AccountId follower) const {
    return static_cast<std::uint16_t>(0xffffU / followees[follower]);
  }
  Bound bound(std::uint64_t, AccountId follower) const { return {~std::uint64_t{0} / followees[follower], false}; }
};

struct LevelChances {
  const std::uint8_t* levels;
  std::array<Bound, 3> bounds;
  std::array<std::uint16_t, 3> digits;
  LevelChances(const Network&, const Chances& chances) : levels(chances.levels->data()) {
    for (std::size_t i = 0; i < 3; ++i) {
      bounds[i] = bound_of(chance_levels[i]);
      digits[i] = static_cast<std::uint16_t>(bounds[i].last >> 48);
    }
  }
  std::uint16_t first(std::uint64_t edge, AccountId) const { return digits[levels[edge]]; }
  Bound bound(std::uint64_t edge, AccountId) const { return bounds[levels[edge]]; }
};

// Is the follow live in that replicate? All four digits, for the rare draw that the first leaves open.
inline bool is_live(const Stream& draws, std::uint64_t edge, std::uint32_t replicate, Bound bound) {
  if (bound.never) return false;
  for (std::uint32_t digit = 0; digit < 4; ++digit) {
    const Words words =
        draws(static_cast<std::uint32_t>(edge >> 3), static_cast<std::uint32_t>(edge >> 35), replicate, digit);
    const std::uint32_t drawn = words[edge % 8 / 2] >> (edge % 2 * 16) & 0xffffU;
    const auto limit = static_cast<std::uint32_t>(bound.last >> (48 - 16 * digit) & 0xffffU);
    if (drawn != limit) return drawn < limit;
  }
  return true;
}

}  // namespace passalong
