// An end is picked in proportion to its degree + delta. E follows among N accounts weigh E + delta N in all, so that a
// uniform point of that line is either one of the earlier follows, whose own end is asked for in turn, or any account.
// Many steps walk back side by side, so that their draws and look-ups overlap.
#include "sim/network/generators/growth_steps.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/network/generators/picks.hpp"

namespace passalong {
namespace {
// In [0, 1), in steps of 2^-48.
double fraction(std::uint32_t high, std::uint32_t low) {
  return static_cast<double>(std::uint64_t{high} << 16 | low) * 0x1p-48;
}
}  // namespace

GrowthSteps::GrowthSteps(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team)
    : alpha_(section.alpha),
      beta_(section.beta),
      delta_in_(section.delta_in),
      delta_out_(section.delta_out),
      draw_(seed, replicate, Purpose::attachment) {
  const std::uint64_t newcomers = accounts_of(section) - 1ULL;
  const double mean = static_cast<double>(newcomers) / (1 - beta_), deviation = std::sqrt(mean * beta_ / (1 - beta_));
  std::size_t drawn = 0;
  for (auto wanted = static_cast<std::size_t>((mean + 6 * deviation) / 64) + 1;; wanted += wanted / 16 + 1) {
    draw_spans(drawn, wanted, team);
    drawn = wanted;
    const Span& last = spans_.back();
    if (last.before - 1 + static_cast<std::uint64_t>(std::popcount(last.newcomers)) >= newcomers) break;
  }
  size_ = step_of_last_newcomer(newcomers) + 1;
}

void GrowthSteps::draw_spans(std::size_t first, std::size_t last, Team& team) {
  spans_.resize(last);
  team.blocks(last - first, 256, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t i = first + begin; i < first + end; ++i)
      for (std::uint64_t s = 0; s < 64; ++s) {
        const Words words = draw(i * 64 + s);
        if (newcomer_follows(words) || newcomer_is_followed(words)) spans_[i].newcomers |= std::uint64_t{1} << s;
      }
  });
  for (std::size_t i = first; i < last; ++i)
    spans_[i].before =
        i == 0 ? 1 : spans_[i - 1].before + static_cast<std::uint64_t>(std::popcount(spans_[i - 1].newcomers));
}

std::uint64_t GrowthSteps::step_of_last_newcomer(std::uint64_t newcomers) const {
  const auto beyond =
      std::partition_point(spans_.begin(), spans_.end(), [&](const Span& span) { return span.before - 1 < newcomers; });
  const auto span = beyond - 1;
  std::uint64_t bits = span->newcomers;
  for (std::uint64_t before = span->before; before < newcomers; ++before) bits &= bits - 1;
  return static_cast<std::uint64_t>(span - spans_.begin()) * 64 + static_cast<std::uint64_t>(std::countr_zero(bits));
}

template <class Newcomer, class Fraction>
void GrowthSteps::walk(std::uint64_t first, std::span<AccountId> ends, double delta, const Newcomer& is_newcomer,
                       const Fraction& fraction) const {
  struct Walk {
    std::uint64_t step;
    std::size_t index;
  };
  constexpr std::size_t together = 128;
  const double accounts_a_unit = delta > 0 ? 1 / delta : 0;
  for (std::size_t begin = 0; begin < ends.size(); begin += together) {
    std::array<Walk, together> walks;
    std::size_t active = std::min(together, ends.size() - begin);
    for (std::size_t i = 0; i < active; ++i) walks[i] = {first + begin + i, begin + i};
    while (active > 0) {
      std::size_t going_on = 0;
      for (std::size_t i = 0; i < active; ++i) {
        const auto [step, index] = walks[i];
        const Words words = draw(step);
        const AccountId accounts = accounts_before(step);
        const double follows = static_cast<double>(step), point = fraction(words) * (follows + delta * accounts);
        const double account = std::clamp((point - follows) * accounts_a_unit, 0.0, accounts - 1.0);
        const bool newcomer = is_newcomer(words);
        ends[index] = newcomer ? accounts : static_cast<AccountId>(account);
        walks[going_on] = {static_cast<std::uint64_t>(point), index};
        going_on += !newcomer && point < follows;
      }
      active = going_on;
    }
  }
}

void GrowthSteps::followed(std::uint64_t first, std::span<AccountId> ends) const {
  walk(
      first, ends, delta_in_, [&](const Words& w) { return newcomer_is_followed(w); },
      [](const Words& w) { return fraction(w[1], w[3] >> 16); });
}

void GrowthSteps::followers(std::uint64_t first, std::span<AccountId> ends) const {
  walk(
      first, ends, delta_out_, [&](const Words& w) { return newcomer_follows(w); },
      [](const Words& w) { return fraction(w[2], w[3] & 0xffffU); });
}

}  // namespace passalong
