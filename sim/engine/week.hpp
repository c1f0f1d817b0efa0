// How an account's posts spread over the week: relative rates by hour and weekday, as a clock that runs faster where it
// posts more. A week takes a week by either clock, so the mean cadence stays.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

namespace passalong {

class Week {
 public:
  // By hour of the day and day of the week; empty: even. A run begins on the first day.
  Week(const std::vector<double>& hours, const std::vector<double>& weekdays);

  bool even() const { return even_; }
  bool operator==(const Week&) const = default;
  double reading(double day) const;       // of its clock, in days, on a day since the run's start
  double day(double reading) const;       // the inverse
  double most_within(double days) const;  // the most that its clock advances in so many days

 private:
  static constexpr std::size_t week_hours = 168;
  bool even_ = true;
  std::array<double, week_hours> rate_{};       // mean 1
  std::array<double, week_hours + 1> clock_{};  // reading at the start of each hour of the week
};

}  // namespace passalong
