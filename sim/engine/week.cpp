#include "sim/engine/week.hpp"

#include <algorithm>
#include <cmath>

namespace passalong {

Week::Week(const std::vector<double>& hours, const std::vector<double>& weekdays)
    : even_(hours.empty() && weekdays.empty()) {
  double sum = 0;
  for (std::size_t h = 0; h < week_hours; ++h) {
    rate_[h] = (hours.empty() ? 1 : hours[h % 24]) * (weekdays.empty() ? 1 : weekdays[h / 24]);
    sum += rate_[h];
  }
  for (std::size_t h = 0; h < week_hours; ++h) {
    rate_[h] = rate_[h] * week_hours / sum;
    clock_[h + 1] = clock_[h] + rate_[h] / 24;
  }
}

double Week::reading(double day) const {
  if (even_) return day;
  const double week = std::floor(day / 7), hour = (day - 7 * week) * 24;
  const std::size_t h = std::min(static_cast<std::size_t>(hour), week_hours - 1);
  return week * clock_[week_hours] + clock_[h] + rate_[h] * ((hour - static_cast<double>(h)) / 24);
}

double Week::day(double reading) const {
  if (even_) return reading;
  const double week = std::floor(reading / clock_[week_hours]), rest = reading - week * clock_[week_hours];
  const auto after = std::upper_bound(clock_.begin() + 1, clock_.end() - 1, rest);
  const auto h = static_cast<std::size_t>(after - clock_.begin()) - 1;
  // Where its clock stands still nothing falls, but for what rounding leaves.
  const double into = rate_[h] > 0 ? (rest - clock_[h]) / rate_[h] : 0;
  return 7 * week + (static_cast<double>(h) / 24 + into);
}

double Week::most_within(double days) const {
  if (even_) return days;
  double most = 0;  // piecewise linear in where it begins: the most is at a border of hours, of its start or its end
  for (std::size_t h = 0; h < week_hours; ++h) {
    const double at = static_cast<double>(h) / 24, end = at + 7 * std::ceil(days / 7);
    most = std::max({most, reading(at + days) - reading(at), reading(end) - reading(end - days)});
  }
  return most;
}

}  // namespace passalong
