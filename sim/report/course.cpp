#include "sim/report/course.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "sim/experiment/curves.hpp"
#include "sim/experiment/metric.hpp"
#include "sim/experiment/moments.hpp"
#include "sim/experiment/wording.hpp"

namespace passalong {
namespace {
using Rows = std::vector<std::vector<double>>;

// The page's one word for each series where that is not the field's own name, and for a single one of it.
struct Said {
  const char *name, *label, *one = "";
};
constexpr Said said[] = {{"followers", "followers", "follower"},
                         {"impressions", "impressions", "impression"},
                         {"shares", "shares", "share"},
                         {"posts_made", "posts", "post"},
                         {"trust_mean", "trust"},
                         {"suspicion_mean", "suspicion"},
                         {"fan_share", "share of fans"},
                         {"seller_share", "share of sellers"},
                         {"audience_diversity", "diversity of interests"},
                         {"follows", "new followers", "new follower"},
                         {"checks", "closer looks", "closer look"},
                         {"adoptions", "purchases", "purchase"},
                         {"unfollows_for_promotion", "unfollows for pitching"},
                         {"unfollows_for_irrelevance", "unfollows for being off topic"},
                         {"unfollows_for_volume", "unfollows for too many posts"},
                         {"unfollows_for_routine", "unfollows for daily life"},
                         {"unfollows_for_other", "unfollows for no known reason"},
                         {"unfollows_for_block", "unfollows by blocking"}};

Said word_for(const std::string& name) {
  const auto found = std::find_if(std::begin(said), std::end(said), [&](const Said& s) { return name == s.name; });
  return found == std::end(said) ? Said{"", ""} : *found;
}

std::string about_of(const Variable& v, bool total) {
  std::string text = v.long_name;
  if (text.starts_with("... ")) text = "followers lost " + text.substr(4);
  const std::size_t step = text.find(" in the output step");
  if (step != std::string::npos) text.erase(step);
  const std::size_t tick = text.find(" in the step");
  if (tick != std::string::npos) text.erase(tick);
  return total ? text + ", added up from the start" : text;
}

Course course_of(const Result& result, const std::string& name) {
  const Curves curves(result, name);
  const Variable& v = curves.variable();
  const std::size_t rows = result.time.size();
  Course course;
  const Said word = word_for(name);
  course.name = name, course.label = *word.label != 0 ? word.label : spoken(name), course.one = word.one;
  course.unit = v.units, course.about = about_of(v, is_flow(name));
  course.total = is_flow(name);
  course.counts =
      std::holds_alternative<std::vector<std::int64_t>>(v.values) || v.dtype == "i8" || v.units == "accounts";
  for (std::size_t arm = 0; arm < result.arms().size(); ++arm) {
    Rows& own = course.values.emplace_back(result.replicates.size(), std::vector<double>(rows));
    for (std::size_t r = 0; r < own.size(); ++r) {
      double sum = 0;
      for (std::size_t t = 0; t < rows; ++t)
        own[r][t] = course.total ? sum += curves.at(arm, r, t) : curves.at(arm, r, t);
    }
  }
  return course;
}

// The name after [model] in a scenario as resolved.
std::string model_of(const Result& result) {
  const std::string text = result.text_of("scenario_resolved");
  const std::size_t model = text.find("\n[model]"), from = text.find("\nname = \"", model);
  if (model == std::string::npos || from == std::string::npos) return "all replicates";
  return text.substr(from + 9, text.find('"', from + 9) - from - 9);
}
}  // namespace

std::vector<double> Course::over_replicates(std::size_t arm, std::size_t row) const {
  std::vector<double> found;
  for (const auto& replicate : values[arm]) found.push_back(replicate[row]);
  return finite_only(std::move(found));
}

std::vector<double> Course::last_of(std::size_t arm) const {
  std::vector<double> found;
  for (const auto& replicate : values[arm]) found.push_back(replicate.empty() ? NAN : replicate.back());
  return found;
}

Rows Course::difference(std::size_t a, std::size_t b) const {
  Rows rows = values[a];
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t t = 0; t < rows[r].size(); ++t) rows[r][t] -= values[b][r][t];
  return rows;
}

Armed::Armed(const Result& given) : given_(given) {
  if (!given.arms().empty()) return;
  made_ = given;
  made_->strategies = {model_of(given)};
  for (Variable& v : made_->series)
    if (v.dimensions == std::vector<std::string>{"replicate", "time"})
      v.dimensions.insert(v.dimensions.begin(), "strategy");
}

std::vector<Course> courses_of(const Result& result) {
  std::vector<Course> courses;
  for (const std::string& name : comparable_series(result)) courses.push_back(course_of(result, name));
  for (Course& more : derived_courses(courses)) courses.push_back(std::move(more));
  return courses;
}

std::vector<Course> derived_courses(const std::vector<Course>& courses) {
  const Course *const fans = find_course(courses, "fan_share"), *const sellers = find_course(courses, "seller_share");
  if (fans == nullptr || sellers == nullptr) return {};
  Course others = *fans;
  others.name = "other_share", others.label = "share of others";
  others.about = "share of followers who are neither fans nor sellers, at least: some are both";
  for (std::size_t arm = 0; arm < others.values.size(); ++arm)
    for (std::size_t r = 0; r < others.values[arm].size(); ++r)
      for (std::size_t t = 0; t < others.values[arm][r].size(); ++t)
        others.values[arm][r][t] = std::max(1 - others.values[arm][r][t] - sellers->values[arm][r][t], 0.0);
  return {others};
}

const Course* find_course(const std::vector<Course>& courses, std::string_view name) {
  const auto found = std::find_if(courses.begin(), courses.end(), [&](const Course& c) { return c.name == name; });
  return found == courses.end() ? nullptr : &*found;
}

std::vector<std::size_t> thinned_rows(std::size_t rows, std::size_t most) {
  std::vector<std::size_t> kept;
  const std::size_t count = std::min(rows, std::max<std::size_t>(2, most));
  for (std::size_t i = 0; i < count; ++i) kept.push_back(count < 2 ? 0 : i * (rows - 1) / (count - 1));
  return kept;
}

std::size_t last_row(const std::vector<Course>& courses, std::size_t rows) {
  for (std::size_t row = rows; row-- > 1;)
    for (const Course& course : courses) {
      bool all = true;
      for (std::size_t arm = 0; arm < course.values.size(); ++arm)
        all = all && !course.over_replicates(arm, row).empty();
      if (all) return row;
    }
  return 0;
}

}  // namespace passalong
