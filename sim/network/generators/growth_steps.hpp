// The steps by which a directed scale-free network grows, each a keyed draw of its own, and how many accounts there are
// before each of them: two words for 64 steps.
#pragma once
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/base/types.hpp"
#include "sim/scenario/network_section.hpp"

namespace passalong {

class GrowthSteps {
 public:
  GrowthSteps(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team);

  std::uint64_t size() const { return size_; }
  // Who follows, and who is followed, in the steps first .. first + size - 1.
  void followers(std::uint64_t first, std::span<AccountId> ends) const;
  void followed(std::uint64_t first, std::span<AccountId> ends) const;

 private:
  struct Span {  // of 64 steps
    std::uint64_t newcomers = 0, before = 0;
  };
  Words draw(std::uint64_t step) const {
    return draw_(static_cast<std::uint32_t>(step), static_cast<std::uint32_t>(step >> 32));
  }
  bool newcomer_follows(const Words& words) const { return uniform(words[0]) < alpha_; }
  bool newcomer_is_followed(const Words& words) const { return uniform(words[0]) >= alpha_ + beta_; }
  // Accounts there are when a step is made; also the number of its newcomer.
  AccountId accounts_before(std::uint64_t step) const {
    const Span& span = spans_[step / 64];
    const std::uint64_t earlier = span.newcomers & ((std::uint64_t{1} << step % 64) - 1);
    return static_cast<AccountId>(span.before + static_cast<std::uint64_t>(std::popcount(earlier)));
  }
  template <class Newcomer, class Fraction>
  void walk(std::uint64_t first, std::span<AccountId> ends, double delta, const Newcomer& is_newcomer,
            const Fraction& fraction) const;
  void draw_spans(std::size_t first, std::size_t last, Team& team);
  std::uint64_t step_of_last_newcomer(std::uint64_t newcomers) const;

  double alpha_, beta_, delta_in_, delta_out_;
  Stream draw_;
  std::vector<Span> spans_;
  std::uint64_t size_ = 0;
};

}  // namespace passalong
