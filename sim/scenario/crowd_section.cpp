// The keys of [population.rhythm], [[population.cohorts]] and places.
#include "sim/scenario/crowd_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/scenario/scenario.hpp"

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

void declare_cohort(std::vector<CohortSection>& all, std::size_t index, Fields& f) {
  if (index >= all.size()) all.resize(index + 1);
  all[index].declare(f);
  const auto same = [&](const CohortSection& other) { return other.name == all[index].name; };
  f.check("name", std::none_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(index), same),
          fmt::format("another cohort is named \"{}\" too", all[index].name), "give each cohort a name of its own");
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
      {.help = "none: all hours are alike; day: a cosine of `amplitude` about its `peak`; hours: as `activity` and "
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

void declare_crowd(PopulationSection& p, Fields& f) {
  f.integer("places", p.places,
            {.unit = "places",
             .low = 0,
             .high = 255,
             .help = "in how many places accounts live; 0: in none",
             .source = assumption});
  f.number("place_decay", p.place_decay,
           {.low = 0, .high = 10, .help = "the place of rank k has a share as k^-decay", .source = assumption});
  f.section("rhythm", {.help = "at which hours accounts post and look"}, [&](Fields& g) { p.rhythm.declare(g); });
  std::size_t cohorts = p.cohorts.size();
  f.sections("cohorts", {.help = "a share of the accounts that differs from the rest"}, cohorts,
             [&](std::size_t index, Fields& g) { declare_cohort(p.cohorts, index, g); });
  f.check("cohorts", cohorts <= 255, fmt::format("there are {} cohorts", cohorts), "at most 255");
  double sum = 0;
  for (const CohortSection& c : p.cohorts) sum += c.share;
  f.check("cohorts", sum <= 1 + 1e-9, fmt::format("the shares of the cohorts sum to {:.9g}, more than 1", sum),
          "what they leave of 1 is the share of accounts in none of them");
}

double PopulationSection::seller_share(std::size_t cohort) const {
  const bool own = cohort < cohorts.size() && cohorts[cohort].sellers_as.empty();
  return own ? cohorts[cohort].sellers : sellers;
}

double PopulationSection::mean_seller_share() const {
  double mean = 0, rest = 1;
  for (std::size_t c = 0; c < cohorts.size(); ++c) mean += cohorts[c].share * seller_share(c), rest -= cohorts[c].share;
  return cohorts.empty() ? sellers : mean + std::max(0.0, rest) * sellers;
}

double PopulationSection::mean_activity_factor() const {
  double mean = 1;
  for (const CohortSection& c : cohorts) mean += c.share * (c.activity - 1);
  return mean;
}

double PopulationSection::mean_attention_factor() const {
  double mean = 1;
  for (const CohortSection& c : cohorts) mean += c.share * (c.attention - 1);
  return mean;
}

}  // namespace passalong
