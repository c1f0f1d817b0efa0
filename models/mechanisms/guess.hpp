// What a reader of ordinary news will do, told without computing it: by brackets of the gains, of the error and of the
// delay, in single precision with room for its rounding. Where these do not decide, the mechanisms themselves are
// asked; so this is no mechanism of its own and changes nothing but the time it takes.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "models/mechanisms/appraisal.hpp"
#include "models/mechanisms/delay.hpp"
#include "models/mechanisms/forwarding.hpp"
#include "sim/base/brackets.hpp"
#include "sim/engine/ordinary_impression.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

class Guess {
 public:
  Guess() = default;
  Guess(const Appraisal& appraisal, const Forwarding& forwarding, const Delay& delay,
        const std::vector<double>& novelty, const Scenario& s)
      : value_weight_(static_cast<float>(appraisal.value_weight)),
        cost_(static_cast<float>(appraisal.cost)),
        rate_(static_cast<float>(forwarding.rate)),
        stranger_(static_cast<float>(forwarding.stranger)),
        friends_(forwarding.friends),
        novelty_(novelty.begin(), novelty.end()) {
    constexpr std::size_t cells = 512;
    constexpr double saturated = 16;  // 1 - exp(-16) is 1 but for 1e-7
    gain_ = Brackets(
        0, saturated / std::max(forwarding.steepness, 1e-6), cells,
        [&](double worth) { return forwarding.gain(worth); },
        1e-6 * (4 + appraisal.value_weight + appraisal.cost + 10 * appraisal.noise));
    error_ = Brackets(0, 1, cells, [&](double u) { return appraisal.error(inside(u)); });
    ticks_ =
        Brackets(0, 1, 8 * cells, [&](double u) { return delay.hours(inside(u), 0.5, s.content.lifetime) / s.tick; });
    for (std::size_t byte = 0; byte < 256; ++byte) of_255_[byte] = static_cast<float>(byte) / 255;
    if (!appraisal.on) value_weight_ = 0, cost_ = -1;  // every post is worth 1
  }

  // For the likeness of the reader and of its followers, and the words of the error and of passing on.
  Willing news(const OrdinaryImpression& i, std::uint8_t own, std::uint8_t theirs, std::uint32_t error_word,
               std::uint32_t word) const {
    constexpr float margin = 1e-5F;
    const float worth = value_weight_ * i.value * novelty_[i.age()];
    const Bracket friends = friends_ ? gain_(worth * of_255_[theirs] - cost_) : Bracket{1, 1};
    const float merit = worth * of_255_[own] - cost_, u = static_cast<float>(word) * 0x1p-32F;
    const Bracket error = error_(static_cast<float>(error_word) * 0x1p-32F);
    const float high = rate_ * friends.high * gain_(merit + error.high).high;
    if (u > high + margin) return Willing::no;
    const float low = rate_ * std::max(0.0F, friends.low) * std::max(0.0F, gain_(merit + error.low).low);
    if (u < (i.shared() ? stranger_ : 1.0F) * low - margin) return Willing::yes;
    if (u < low - margin && u > stranger_ * high + margin) return Willing::if_following;
    return Willing::unsure;
  }
  // Ticks until a share appears, at least 1; 0 where it is not sure.
  Tick delay(std::uint32_t word) const {
    const Bracket ticks = ticks_(static_cast<float>(word) * 0x1p-32F);
    const float low = std::floor(ticks.low);
    return low >= 0 && low == std::floor(ticks.high) ? static_cast<Tick>(low) + 1 : 0;
  }

 private:
  static double inside(double u) { return std::clamp(u, 1e-12, 1 - 1e-12); }  // quantiles are infinite at 0 and 1

  float value_weight_ = 0, cost_ = 0, rate_ = 0, stranger_ = 0;
  bool friends_ = true;
  std::vector<float> novelty_;  // by age in ticks
  std::array<float, 256> of_255_{};
  Brackets gain_, error_, ticks_;  // of worth; of a uniform
};

}  // namespace passalong
