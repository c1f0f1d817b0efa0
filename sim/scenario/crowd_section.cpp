// The keys of [population.rhythm] and [[population.cohorts]].
#include "sim/scenario/crowd_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace passalong {
namespace {
constexpr const char* assumption = "assumption";
constexpr int hours = 24;

// cos(2 pi k / 24): written out, since the C library's differs between processors.
double cosine(int k) {
  constexpr double quarter[] = {
      1, 0.96592582628906829, 0.86602540378443865, 0.70710678118654752, 0.5, 0.25881904510252076, 0};
  k = k % hours <= hours / 2 ? k % hours : hours - k % hours;
  return k <= 6 ? quarter[k] : -quarter[12 - k];
}

void declare_hours(const char* name, std::vector<double>& values, const char* help, const RhythmSection& r, Fields& f) {
  f.numbers(name, values, {.low = 0, .high = 1e6, .help = help, .source = assumption});
  f.check(name, values.empty() || values.size() == hours,
          fmt::format("`{}` has {} numbers, not {}", name, values.size(), hours),
          "one for each hour of the day, from 0");
  f.check(name, values.empty() || std::accumulate(values.begin(), values.end(), 0.0) > 0,
          fmt::format("`{}` is 0 at every hour", name), "one number at least must be above 0");
  f.check(name, values.empty() || r.shape != "day", fmt::format("`{}` is not used with shape = \"day\"", name),
          "set shape = \"hours\"");
}
}  // namespace

std::vector<double> RhythmSection::by_hour(const std::vector<double>& given) const {
  std::vector<double> all(hours, 1.0);
  if (shape == "hours" && !given.empty()) return given;
  if (shape == "day")
    for (int h = 0; h < hours; ++h)
      all[static_cast<std::size_t>(h)] += amplitude * cosine(std::abs(h - static_cast<int>(peak)));
  return all;
}

void RhythmSection::declare(Fields& f) {
  f.choice(
      "shape", shape, {"none", "day", "hours"},
      {.help = "none: all hours are alike; day: 1 + amplitude cos(2 pi (hour - peak) / 24); hours: as `activity` and "
               "`attention` list them",
       .source = assumption});
  f.number("amplitude", amplitude,
           {.low = 0,
            .high = 1,
            .help = "of shape \"day\": how far the busiest hour is above the mean",
            .source = assumption});
  f.integer("peak", peak,
            {.unit = "hour",
             .low = 0,
             .high = hours - 1,
             .help = "of shape \"day\": the busiest hour",
             .source = assumption});
  declare_hours("activity", activity, "of shape \"hours\": how much is posted at each hour of the day, relative", *this,
                f);
  declare_hours("attention", attention, "of shape \"hours\": how much is looked at at each hour of the day, relative",
                *this, f);
  f.number("weekend", weekend,
           {.low = 0,
            .high = 10,
            .help = "factor on activity and attention on Saturday and Sunday; the first day is a Monday",
            .source = assumption});
  f.choice(
      "level", level, {"peak", "mean"},
      {.help = "what the attention of an account stands for. peak: P(see) at its best hour, so that the mean over a "
               "week is lower; mean: the mean over a week, where no hour comes to more than 1",
       .source = assumption});
}

void CohortSection::declare(Fields& f) {
  f.text("name", name, {.help = "what it is called", .required = true});
  f.check("name", !name.empty(), "`name` is empty", "give the cohort a name");
  f.number("share", share, {.low = 0, .high = 1, .help = "share of the accounts that belong to it", .required = true});
  f.number("attention", attention,
           {.low = 0, .high = 1000, .help = "factor on the attention of its accounts", .source = assumption});
  f.number("activity", activity,
           {.low = 0, .high = 1000, .help = "factor on the activity of its accounts", .source = assumption});
  f.number("affinity", affinity,
           {.low = 0, .high = 1000, .help = "factor on their liking of the product, up to 1", .source = assumption});
  f.number_or_word("sellers", sellers, sellers_as, {"population"},
                   {.low = 0,
                    .high = 1,
                    .help = "share of them with something to pitch themselves; \"population\": as of all",
                    .source = assumption});
  f.duration(
      "shift", shift,
      {.low = -hours, .high = hours, .help = "how far their clocks are ahead, such as \"8 h\"", .source = assumption});
  f.number("awake", awake,
           {.low = 0,
            .high = 10,
            .help = "how much of the rhythm they have: 0: all hours are alike, above 1: more",
            .source = assumption});
}

}  // namespace passalong
