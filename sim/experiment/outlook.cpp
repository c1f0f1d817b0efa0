#include "sim/experiment/outlook.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/experiment/confidence_sequence.hpp"
#include "sim/experiment/moments.hpp"
#include "sim/experiment/wording.hpp"

namespace passalong {
namespace {
constexpr double infinity = std::numeric_limits<double>::infinity();

double mean_or_none(const std::vector<double>& values) {
  const std::vector<double> finite = finite_only(values);
  return finite.empty() ? std::numeric_limits<double>::quiet_NaN() : mean_of(finite);
}

std::size_t alike_in(const std::vector<double>& values) {
  const SequentialMean sum = sequential_mean(values);
  return sum.is_alike() && sum.count() > 1 ? sum.count() : 0;
}

PairOutlook meet(const std::vector<std::vector<double>>& values, std::size_t a, std::size_t b, double alpha) {
  std::vector<double> differences(values[a].size());
  for (std::size_t r = 0; r < differences.size(); ++r) differences[r] = values[a][r] - values[b][r];
  return {a, b, mean_or_none(differences), mean_sequence(differences, alpha), alike_in(differences)};
}

// The longer side of an interval around its mean.
double half_width(const Interval& interval, double mean) {
  const double half = std::max(interval.high - mean, mean - interval.low);
  return std::isfinite(half) ? half : infinity;
}
}  // namespace

std::size_t Outlook::leader() const {
  const double sign = less_is_better(until.metric) ? -1 : 1;
  const auto value = [&](double mean) { return std::isfinite(mean) ? sign * mean : -infinity; };
  const auto best =
      std::max_element(means.begin(), means.end(), [&](double x, double y) { return value(x) < value(y); });
  return static_cast<std::size_t>(best - means.begin());
}

bool Outlook::is_decided() const {
  const std::size_t first = leader();
  return !pairs.empty() && std::all_of(pairs.begin(), pairs.end(), [&](const PairOutlook& p) {
    return (p.a != first && p.b != first) || excludes_zero(p.sequence);
  });
}

double Outlook::width() const {
  const auto share = [&](double half, double mean) {
    const double wanted = until.precision.absolute(mean);
    if (!std::isfinite(half) || std::isnan(wanted)) return infinity;  // an arm without a value is known to nothing
    return half > 0 ? half / wanted : 0;                              // of a mean of 0 no share is close enough
  };
  if (pairs.empty()) return share(half_width(alone, means.front()), means.front());
  double widest = 0;
  for (const PairOutlook& p : pairs)
    widest = std::max(
        widest, share(half_width(p.sequence, p.difference), std::max(std::fabs(means[p.a]), std::fabs(means[p.b]))));
  return widest;
}

Outlook take_stock(const Until& until, const std::string& arm, const std::vector<std::string>& arms,
                   const std::vector<std::vector<double>>& values, std::int64_t most) {
  Outlook s{until, arm, arms, static_cast<std::int64_t>(values.front().size()), most, {}, {}, {}, 0, {}};
  const std::size_t count = values.size();
  const double alpha = shared_alpha(count * (count - 1) / 2);
  for (const auto& of_arm : values) s.means.push_back(mean_or_none(of_arm));
  for (std::size_t a = 0; a < count; ++a)
    for (std::size_t b = a + 1; b < count; ++b) s.pairs.push_back(meet(values, a, b, alpha));
  if (count == 1) s.alone = mean_sequence(values.front(), alpha), s.alone_alike = alike_in(values.front());
  if (until.decided && s.is_decided()) s.stopped = "decided";
  if (until.precision.asked() && s.width() <= 1) s.stopped = "precision";
  return s;
}

}  // namespace passalong
