#include "sim/experiment/inference.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/base/math.hpp"
#include "sim/base/special.hpp"
#include "sim/experiment/moments.hpp"

namespace passalong {
namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double none = std::numeric_limits<double>::quiet_NaN();

// P(|T| > t), exact far out where 1 - cdf would be lost in rounding.
double two_sided_p(double t, double degrees) { return beta_cdf(0.5 * degrees, 0.5, degrees / (degrees + t * t)); }

bool has_spread(const TTest& t) { return t.count_a > 1 && (t.paired() || t.count_b > 1); }
bool can_tell(const TTest& t) { return has_spread(t) && !t.few_alike(); }

// Fills in what follows from the mean, the variances and the counts.
TTest judged(TTest t) {
  t.difference.ci = t.interval(0.95);
  if (!can_tell(t)) return t;
  const double error = std::sqrt(t.squared_error()), mean = t.difference.mean;
  t.p = error > 0 ? two_sided_p(mean / error, t.degrees()) : mean == 0 ? 1 : 0;
  t.p = std::max(t.p, std::numeric_limits<double>::min());
  return t;
}
}  // namespace

double TTest::squared_error(double more) const {
  return variance_a / (count_a + more) + (paired() ? 0 : variance_b / (count_b + more));
}

double TTest::degrees(double more) const {
  const double n = count_a + more, m = count_b + more;
  if (paired()) return n - 1;
  const double a = variance_a / n, b = variance_b / m;
  if (!(a + b > 0)) return n + m - 2;
  const double share = a / (a + b);  // a ratio first: squares of tiny variances would vanish
  return 1 / (share * share / (n - 1) + (1 - share) * (1 - share) / (m - 1));
}

Interval TTest::interval(double level) const {
  if (!std::isfinite(difference.mean)) return {none, none};
  if (!can_tell(*this)) return {-infinity, infinity};
  const double half = student_quantile(0.5 + 0.5 * level, degrees()) * std::sqrt(squared_error());
  return {difference.mean - half, difference.mean + half};
}

bool TTest::few_alike() const {
  const double fewest = paired() ? count_a : std::min(count_a, count_b);
  return has_spread(*this) && !fixed && difference.mean != 0 && !(squared_error() > 0) && fewest < enough_alike;
}

TTest paired_test(const std::vector<double>& differences, bool fixed) {
  TTest t;
  t.fixed = fixed;
  t.count_a = static_cast<double>(differences.size());
  t.difference.mean = differences.empty() ? none : mean_of(differences);
  if (differences.size() > 1) t.variance_a = variance_of(differences);
  return judged(t);
}

TTest welch_test(const std::vector<double>& a, const std::vector<double>& b) {
  TTest t;
  t.difference.mean = none;
  if (a.empty() || b.empty()) return judged(t);
  t.count_a = static_cast<double>(a.size()), t.count_b = static_cast<double>(b.size());
  t.difference.mean = mean_of(a) - mean_of(b);
  if (a.size() > 1) t.variance_a = variance_of(a);
  if (b.size() > 1) t.variance_b = variance_of(b);
  return judged(t);
}

std::vector<double> holm_adjusted(const std::vector<double>& p) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p.size(); ++i)
    if (!std::isnan(p[i])) order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return p[a] < p[b]; });
  std::vector<double> adjusted(p.size(), none);
  double least = 0;
  for (std::size_t k = 0; k < order.size(); ++k) {
    least = std::max(least, std::min(1.0, static_cast<double>(order.size() - k) * p[order[k]]));
    adjusted[order[k]] = least;
  }
  return adjusted;
}

double share_of_wins(std::vector<double> a, std::vector<double> b) {
  if (a.empty() || b.empty()) return none;
  std::sort(b.begin(), b.end());
  double wins = 0;
  for (const double x : a) {
    const auto [from, to] = std::equal_range(b.begin(), b.end(), x);
    wins += static_cast<double>(from - b.begin()) + 0.5 * static_cast<double>(to - from);
  }
  return wins / static_cast<double>(a.size()) / static_cast<double>(b.size());
}

Interval wins_interval(double share, double count_a, double count_b, double level) {
  if (!(count_a > 0 && count_b > 0)) return {0, 1};
  const double z = normal_quantile(0.5 + 0.5 * level), typical = 0.5 * (count_a + count_b) - 1;
  const auto far = [&](double x) {  // a true share x does not fit what was seen
    const double variance = x * (1 - x) * (1 + typical * ((1 - x) / (2 - x) + x / (1 + x))) / (count_a * count_b);
    return (share - x) * (share - x) > z * z * variance;
  };
  const auto border = [&](double inside, double outside) {
    if (!far(outside)) return outside;
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (inside + outside);
      (far(middle) ? outside : inside) = middle;
    }
    return inside;
  };
  return {share <= 0 ? 0 : border(share, 0), share >= 1 ? 1 : border(share, 1)};
}

double power_of(double standard_errors, double degrees, double alpha) {
  const double critical = student_quantile(1 - 0.5 * alpha, degrees);
  const double spread = std::sqrt(1 + critical * critical / (2 * degrees)), shrunk = critical * (1 - 0.25 / degrees);
  return normal_cdf((std::fabs(standard_errors) - shrunk) / spread) +
         normal_cdf((-std::fabs(standard_errors) - shrunk) / spread);
}

std::optional<std::int64_t> replicates_more(const TTest& test, double alpha, double power) {
  constexpr double most = 1e7;
  if (test.few_alike())
    return static_cast<std::int64_t>(enough_alike -
                                     (test.paired() ? test.count_a : std::min(test.count_a, test.count_b)));
  if (std::isnan(test.p)) return {};
  if (test.p <= alpha) return 0;
  if (test.difference.mean == 0 || !(test.squared_error() > 0)) return {};
  const auto enough = [&](double more) {
    return power_of(test.difference.mean / std::sqrt(test.squared_error(more)), test.degrees(more), alpha) >= power;
  };
  if (!enough(most)) return {};
  double low = 0, high = 1;
  while (!enough(high)) low = high, high *= 2;
  while (high - low > 1) {
    const double middle = std::floor(0.5 * (low + high));
    (enough(middle) ? high : low) = middle;
  }
  return static_cast<std::int64_t>(high);
}

}  // namespace passalong
