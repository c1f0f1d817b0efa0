// Written from models/ODD.md, one tick after the other.
#include "tests/reference_rhythm.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace passalong::reference {

Rhythm::Rhythm(const Setting& setting)
    : s_(*setting.scenario), people_(*setting.population), ticks_(static_cast<std::size_t>(std::lround(24 / s_.tick))) {
  const RhythmSection& r = s_.population.rhythm;
  if (r.shape == "none") return;
  std::vector<CohortSection> cohorts = s_.population.cohorts;
  cohorts.emplace_back();  // the rest
  const std::vector<double> post = r.activity_by_hour(), look = r.attention_by_hour();
  for (const CohortSection& cohort : cohorts)
    posting_.push_back(week(cohort, post)), looking_.push_back(week(cohort, look));
}

Rhythm::Week Rhythm::week(const CohortSection& cohort, const std::vector<double>& by_hour) const {
  const double mean = std::accumulate(by_hour.begin(), by_hour.end(), 0.0) / 24;
  const auto level = [&](long hour) {  // of the cohort's own week
    hour = (hour + 336) % 168;
    const double of_day = std::max(0.0, 1 + cohort.awake * (by_hour[static_cast<std::size_t>(hour % 24)] / mean - 1));
    return of_day * (hour / 24 == 5 || hour / 24 == 6 ? s_.population.rhythm.weekend : 1);
  };
  Week all;
  for (std::size_t t = 0; t < 7 * ticks_; ++t) {
    const double begin = static_cast<double>(t) * s_.tick + cohort.shift,
                 end = static_cast<double>(t + 1) * s_.tick + cohort.shift;
    double sum = 0;
    for (long h = -48; h < 240; ++h) {
      const double from = static_cast<double>(h), part = std::min(end, from + 1) - std::max(begin, from);
      if (part > 0) sum += part * level(h);
    }
    all.push_back(sum / (end - begin));
  }
  return all;
}

double Rhythm::factor(AccountId i, std::size_t tick) const {
  const Week& w = of(looking_, i);
  const double mean = std::accumulate(w.begin(), w.end(), 0.0) / static_cast<double>(w.size());
  const double whole = s_.population.rhythm.level == "peak" ? *std::max_element(w.begin(), w.end()) : mean;
  return std::floor(w[tick] / whole * 16777216) / 16777216;
}

std::vector<double> Rhythm::now(const std::vector<double>& see, Tick at) const {
  std::vector<double> all = see;
  for (AccountId i = 0; !looking_.empty() && i < all.size(); ++i)
    all[i] = std::min(2147483648.0, std::floor(see[i] * factor(i, static_cast<std::size_t>(at) % (7 * ticks_))));
  return all;
}

double Rhythm::looks(AccountId i, Tick at) const {
  return looking_.empty() ? 1 : factor(i, static_cast<std::size_t>(at) % (7 * ticks_));
}

std::vector<double> Rhythm::highest(const std::vector<double>& see) const {
  std::vector<double> all = see;
  for (AccountId i = 0; !looking_.empty() && i < all.size(); ++i) {
    const Week& w = of(looking_, i);
    const auto best = static_cast<std::size_t>(std::max_element(w.begin(), w.end()) - w.begin());
    all[i] = std::min(2147483648.0, std::floor(see[i] * factor(i, best)));
  }
  return all;
}

double Rhythm::posts(AccountId i, std::uint32_t day) const {
  const double mean = static_cast<double>(people_.activity[i]);
  if (posting_.empty()) return std::min(500.0, mean);
  const Week& w = of(posting_, i);
  double all = 0, today = 0;
  for (const double x : w) all += x;
  for (std::size_t t = 0; t < ticks_; ++t) today += w[day % 7 * ticks_ + t];
  const auto per = static_cast<double>(ticks_);
  return std::min(500.0, mean * (today / per / (all / static_cast<double>(w.size()))));
}

Tick Rhythm::falls(AccountId i, std::uint32_t day, std::uint32_t word) const {
  if (posting_.empty()) return static_cast<Tick>(std::uint64_t{ticks_} * word >> 32);
  const Week& w = of(posting_, i);
  const auto* today = w.data() + day % 7 * ticks_;
  const double all = std::accumulate(today, today + ticks_, 0.0);
  double sum = 0;
  for (std::size_t t = 0; t + 1 < ticks_; ++t)
    if (sum += today[t]; word < sum / all * 4294967296.0) return static_cast<Tick>(t);
  return static_cast<Tick>(ticks_) - 1;
}

}  // namespace passalong::reference
