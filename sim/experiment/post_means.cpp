#include "sim/experiment/post_means.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace passalong {
namespace {
double at(const Variable& v, std::size_t i) {
  return std::visit([i](const auto& values) { return static_cast<double>(values[i]); }, v.values);
}

std::size_t size_of(const Variable& v) {
  return std::visit([](const auto& values) { return values.size(); }, v.values);
}

const Group* posts_of(const Result& result) {
  const auto found = std::ranges::find(result.groups, "posts", &Group::name);
  return found == result.groups.end() ? nullptr : &*found;
}

const Variable* column_of(const Group& posts, const std::string& name) {
  const auto found = std::ranges::find(posts.variables, name, &Variable::name);
  return found == posts.variables.end() ? nullptr : &*found;
}

// Where a post is, not how it fared; or a code that has no mean.
bool has_mean(const Variable& v) {
  return v.meanings.empty() && v.name != "strategy" && v.name != "brand" && v.name != "replicate" && v.name != "time";
}

// Of each post its arm, replicate and time.
struct Places {
  const Variable *arm, *replicate, *time;
  bool whole(std::size_t posts) const {
    return arm != nullptr && replicate != nullptr && time != nullptr && size_of(*arm) == posts &&
           size_of(*replicate) == posts && size_of(*time) == posts;
  }
};

Places places_of(const Result& result, const Group& posts) {
  return {column_of(posts, result.arm()), column_of(posts, "replicate"), column_of(posts, "time")};
}

// The first output that tells of a time; days.size() where none does.
std::size_t first_day(const std::vector<double>& days, double time) {
  constexpr double slack = 1e-9;  // days; what decimal days lose in binary
  return static_cast<std::size_t>(std::lower_bound(days.begin(), days.end(), time - slack) - days.begin());
}

struct Sum {
  double of = 0, count = 0;
};

std::vector<double> running_means(const std::vector<Sum>& sums) {
  std::vector<double> means;
  Sum all;
  for (const Sum& s : sums) {
    all.of += s.of, all.count += s.count;
    means.push_back(all.count > 0 ? all.of / all.count : std::numeric_limits<double>::quiet_NaN());
  }
  return means;
}
}  // namespace

std::vector<Metric> post_metrics(const Result& result) {
  std::vector<Metric> metrics;
  const Group* const posts = posts_of(result);
  if (posts == nullptr || posts->variables.empty()) return metrics;
  for (const Variable& v : posts->variables)
    if (has_mean(v) && places_of(result, *posts).whole(size_of(v)))
      metrics.push_back({post_prefix + v.name, v.units.empty() ? "1" : v.units,
                         v.units.empty() ? "share of posts: " + v.long_name : v.long_name, Basis::posts});
  return metrics;
}

bool add_post_means(const Result& result, Measure& m) {
  const auto known = post_metrics(result);
  const auto metric = std::ranges::find(known, m.metric, &Metric::name);
  if (metric == known.end()) return false;
  const Group& posts = *posts_of(result);
  const Variable& v = *column_of(posts, m.metric.substr(std::char_traits<char>::length(post_prefix)));
  const Places places = places_of(result, posts);
  m.units = metric->units, m.meaning = metric->meaning, m.basis = Basis::posts, m.days = result.time;
  const std::size_t replicates = result.replicates.size();
  std::vector<std::vector<Sum>> sums(m.arms.size() * replicates, std::vector<Sum>(m.days.size()));
  for (std::size_t i = 0; i < size_of(v); ++i) {
    const auto arm = static_cast<std::size_t>(at(*places.arm, i));
    const auto number = static_cast<std::int64_t>(at(*places.replicate, i));
    const auto replicate = std::ranges::lower_bound(result.replicates, number);
    const std::size_t day = first_day(m.days, at(*places.time, i));
    const double value = at(v, i);
    if (arm >= m.arms.size() || replicate == result.replicates.end() || *replicate != number || day == m.days.size() ||
        std::isnan(value))
      continue;
    Sum& sum = sums[arm * replicates + static_cast<std::size_t>(replicate - result.replicates.begin())][day];
    sum.of += value, sum.count += 1;
  }
  for (std::size_t arm = 0; arm < m.arms.size(); ++arm) {
    auto& curves = m.values.emplace_back();
    for (std::size_t r = 0; r < replicates; ++r) curves.push_back(running_means(sums[arm * replicates + r]));
  }
  return true;
}

}  // namespace passalong
