// A week by hours of a cohort's own clock, then by the world's ticks. Only + - * / decide.
#include "sim/engine/rhythm.hpp"

#include <cmath>
#include <numeric>

namespace passalong {
namespace {
constexpr std::size_t hours = 24, days = 7, week = days * hours;

double mean_of(const std::vector<double>& x) {
  return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

// What an hour of the day comes to on a weekday, the mean over the day being 1.
std::vector<double> at_home(std::vector<double> by_hour, double awake) {
  const double mean = mean_of(by_hour);
  for (double& x : by_hour) x = std::max(0.0, 1 + awake * (x / mean - 1));
  return by_hour;
}

// From time `begin` to `end` of one's own week, in hours, on average; hour by hour from the first.
double mean_between(const std::vector<double>& by_hour, double weekend, double begin, double end) {
  double sum = 0;
  for (double h = std::floor(begin); h < end; ++h) {
    const double part = std::min(end, h + 1) - std::max(begin, h);
    const auto hour = static_cast<std::size_t>(h + static_cast<double>(week)) % week;
    sum += part * (by_hour[hour % hours] * (hour / hours >= 5 ? weekend : 1));
  }
  return sum / (end - begin);
}

std::vector<double> by_tick(const std::vector<double>& by_hour, double weekend, double shift, double tick,
                            std::size_t ticks) {
  std::vector<double> all(days * ticks);
  for (std::size_t t = 0; t < all.size(); ++t)
    all[t] = mean_between(by_hour, weekend, static_cast<double>(t) * tick + shift,
                          static_cast<double>(t + 1) * tick + shift);
  return all;
}
}  // namespace

Rhythm::Rhythm(const Setting& setting) {
  const Scenario& s = *setting.scenario;
  const PopulationSection& p = s.population;
  if (!p.rhythm.on()) return;
  cohorts_ = p.cohorts.size() + 1, ticks_ = static_cast<std::uint32_t>(s.ticks_per_day() + 0.5);
  if (!p.cohorts.empty()) cohort_ = setting.population->cohort.data();
  looking_.resize(days * ticks_ * cohorts_), highest_.resize(cohorts_);
  posts_.resize(days * cohorts_), borders_.resize(days * cohorts_ * ticks_);
  for (std::size_t c = 0; c < cohorts_; ++c) {
    const CohortSection own = c < p.cohorts.size() ? p.cohorts[c] : CohortSection();
    const auto week_of = [&](const std::vector<double>& by_hour) {
      return by_tick(at_home(by_hour, own.awake), p.rhythm.weekend, own.shift, s.tick, ticks_);
    };
    set_looking(c, week_of(p.rhythm.attention_by_hour()), p.rhythm.level == "peak");
    set_posting(c, week_of(p.rhythm.activity_by_hour()));
  }
}

void Rhythm::set_looking(std::size_t cohort, const std::vector<double>& week_of, bool peak) {
  const double whole = peak ? *std::max_element(week_of.begin(), week_of.end()) : mean_of(week_of);
  for (std::size_t t = 0; t < week_of.size(); ++t) {
    const auto factor = static_cast<std::uint32_t>(week_of[t] / whole * unit);
    looking_[t * cohorts_ + cohort] = factor;
    highest_[cohort] = std::max(highest_[cohort], factor);
  }
}

void Rhythm::set_posting(std::size_t cohort, const std::vector<double>& week_of) {
  const double mean = mean_of(week_of);
  for (std::size_t d = 0; d < days; ++d) {
    const double* day = week_of.data() + d * ticks_;
    const double all = std::accumulate(day, day + ticks_, 0.0);
    posts_[d * cohorts_ + cohort] = all / ticks_ / mean;
    std::uint64_t* border = borders_.data() + (d * cohorts_ + cohort) * ticks_;
    double sum = 0;
    for (std::size_t t = 0; t < ticks_; ++t)
      sum += day[t], border[t] = all > 0 ? static_cast<std::uint64_t>(std::ceil(sum / all * 4294967296.0)) : 0;
  }
}

}  // namespace passalong
