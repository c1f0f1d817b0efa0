// What is told of one epidemic: how many accounts are in each state at the end of each tick, the peak and the end.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/engine/processes/epidemic.hpp"

namespace passalong {

enum class Health : std::uint8_t { untouched, susceptible, exposed, infected, recovered };

class Chronicle {
 public:
  explicit Chronicle(const EpidemicPlan& plan) : plan_(plan) {}

  void begin(AccountId accounts) {
    counts_ = {}, counts_[0] = accounts;
    fresh_ = peak_ = 0, ticks_ = 0, peak_time_ = changed_ = 0;
    series_.clear();
  }
  // Ends all ticks before that moment.
  void come_to(double now) {
    while (ticks_ < now) end_tick();
    now_ = now;
  }
  void move(Health from, Health to) {
    --counts_[static_cast<std::size_t>(from)], ++counts_[static_cast<std::size_t>(to)];
    fresh_ += from <= Health::susceptible;
    changed_ = now_;
    if (plan_.continuous) note_peak(now_);
  }
  // With the rows up to the last change, or to the end of the run where more was to come.
  void end(bool cut) {
    const double last = cut ? plan_.most_ticks : std::ceil(changed_);
    while (ticks_ <= last) end_tick();
  }

  bool none_open() const { return count(Health::untouched) + count(Health::susceptible) == 0; }
  std::uint64_t peak() const { return peak_; }
  double peak_time() const { return peak_time_; }  // ticks
  double end_time() const { return changed_; }     // likewise: of the last change
  const std::vector<double>& series() const { return series_; }

 private:
  std::uint64_t count(Health health) const { return counts_[static_cast<std::size_t>(health)]; }

  void note_peak(double when) {
    if (count(Health::infected) > peak_) peak_ = count(Health::infected), peak_time_ = when;
  }
  void end_tick() {
    note_peak(ticks_);
    add(count(Health::untouched) + count(Health::susceptible));
    if (plan_.exposes) add(count(Health::exposed));
    add(count(Health::infected));
    if (plan_.immune) add(count(Health::recovered));
    add(fresh_);
    fresh_ = 0, ++ticks_;
  }
  void add(std::uint64_t value) { series_.push_back(static_cast<double>(value)); }

  const EpidemicPlan& plan_;
  std::array<std::uint64_t, 5> counts_{};
  std::uint64_t fresh_ = 0, peak_ = 0;
  double ticks_ = 0, now_ = 0, peak_time_ = 0, changed_ = 0;
  std::vector<double> series_;
};

}  // namespace passalong
