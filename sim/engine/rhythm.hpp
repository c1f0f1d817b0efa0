// The hours at which accounts are about: how likely a tick finds them looking, and where in the day their posts fall.
// A pure function of the scenario, by cohort and tick of the week; nothing of it is saved. Attention is only ever
// lowered from the bound that `highest` gives, so that thinning stays exact.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/engine/world.hpp"

namespace passalong {

class Rhythm {
 public:
  static constexpr std::uint32_t one = 1U << 31;  // of P(see)

  explicit Rhythm(const Setting& setting);
  bool on() const { return !looking_.empty(); }

  // Who looks how much at one tick. P(see) in 2^-31.
  class Hour {
   public:
    Hour(const std::uint32_t* by_cohort, const std::uint8_t* cohort) : by_cohort_(by_cohort), cohort_(cohort) {}
    std::uint32_t see(std::uint32_t p, AccountId reader) const {
      return scaled(p, by_cohort_[cohort_ == nullptr ? 0 : cohort_[reader]]);
    }
    double factor(AccountId reader) const { return factor_of(by_cohort_[cohort_ == nullptr ? 0 : cohort_[reader]]); }

   private:
    const std::uint32_t* by_cohort_;
    const std::uint8_t* cohort_;  // null: all are alike
  };
  Hour at(Tick now) const { return {looking_.data() + tick_of_week(now) * cohorts_, cohort_}; }
  // Whether P(see) at some tick is above what it is without a rhythm; the most that it comes to.
  bool raises() const {
    return std::any_of(highest_.begin(), highest_.end(), [](std::uint32_t f) { return f > unit; });
  }
  std::uint32_t highest(std::uint32_t p, AccountId reader) const {
    return scaled(p, highest_[cohort_ == nullptr ? 0 : cohort_[reader]]);
  }
  double highest_factor(AccountId reader) const {
    return factor_of(highest_[cohort_ == nullptr ? 0 : cohort_[reader]]);
  }

  // A cohort's day: how many posts fall in it, against the mean day, and which tick a word falls into.
  struct Day {
    double posts;
    const std::uint64_t* borders;  // in 2^-32, where ticks end
    std::uint32_t ticks;
    std::uint32_t tick(std::uint32_t word) const {
      const auto at = std::upper_bound(borders, borders + (ticks - 1), std::uint64_t{word}) - borders;
      return static_cast<std::uint32_t>(at);
    }
  };
  Day day(std::uint32_t day, AccountId account) const {
    const std::size_t d = day % 7 * cohorts_ + (cohort_ == nullptr ? 0 : cohort_[account]);
    return {posts_[d], borders_.data() + d * ticks_, ticks_};
  }
  void bring_readers_near(AccountId begin, AccountId end) const {
    if (cohort_ != nullptr) bring_near(cohort_ + begin, cohort_ + end);
  }
  std::uint64_t bytes() const { return looking_.size() * 4 + borders_.size() * 8; }

 private:
  static constexpr std::uint32_t unit = 1U << 24;  // of factors
  static double factor_of(std::uint32_t factor) { return static_cast<double>(factor) / unit; }
  static std::uint32_t scaled(std::uint32_t p, std::uint32_t factor) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(one, std::uint64_t{p} * factor / unit));
  }
  std::size_t tick_of_week(Tick now) const { return static_cast<std::size_t>(now) % (std::size_t{7} * ticks_); }
  void set_looking(std::size_t cohort, const std::vector<double>& week, bool peak);
  void set_posting(std::size_t cohort, const std::vector<double>& week);

  std::size_t cohorts_ = 1;  // with the rest
  std::uint32_t ticks_ = 0;  // a day
  const std::uint8_t* cohort_ = nullptr;
  std::vector<std::uint32_t> looking_;  // in 2^-24, by tick of the week, cohort
  std::vector<std::uint32_t> highest_;  // by cohort
  std::vector<double> posts_;           // by day of the week, cohort
  std::vector<std::uint64_t> borders_;  // likewise, then tick of the day
};

}  // namespace passalong
