// Quantiles of the named distributions; tables for those without a closed form are made once, by bisection.
#include "sim/base/distribution.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <tuple>

#include "sim/base/math.hpp"
#include "sim/base/special.hpp"

namespace passalong {
namespace {
constexpr std::size_t points = 4096;

// Where cdf reaches u, between low and high (doubled until it does): false position, Illinois rule, bisection as a
// guard.
template <class Cdf>
double invert(Cdf cdf, double u, double low, double high) {
  while (cdf(high) < u) high *= 2;
  double below = cdf(low) - u, above = cdf(high) - u;
  for (int i = 0; i < 200 && high - low > 1e-13 * high; ++i) {
    const double guess = i % 4 == 3 ? 0.5 * (low + high) : (low * above - high * below) / (above - below);
    const double at = guess > low && guess < high ? guess : 0.5 * (low + high);
    const double miss = cdf(at) - u;
    if (miss < 0) {
      low = at, below = miss, above *= 0.5;
    } else {
      high = at, above = miss, below *= 0.5;
    }
    if (miss == 0) return at;
  }
  return 0.5 * (low + high);
}

template <class Cdf>
std::vector<double> tabulate(Cdf cdf, double high) {
  std::vector<double> table(points);
  double low = 0;
  for (std::size_t i = 0; i < points; ++i) {
    table[i] = low = invert(cdf, (static_cast<double>(i) + 0.5) / points, low, high);
  }
  return table;
}
}  // namespace

// Made when first asked for, and once for all distributions that are equal: a scenario may name one it never draws
// from.
struct Distribution::Table {
  std::once_flag made;
  std::vector<double> quantiles;
};

std::shared_ptr<Distribution::Table> Distribution::shared_table(Kind kind, double first, double second) {
  static std::mutex mutex;
  static std::map<std::tuple<Kind, double, double>, std::weak_ptr<Table>> tables;
  const std::scoped_lock lock(mutex);
  std::weak_ptr<Table>& known = tables[{kind, first, second}];
  std::shared_ptr<Table> table = known.lock();
  if (!table) known = table = std::make_shared<Table>();
  return table;
}

const std::vector<double>& Distribution::table() const {
  std::call_once(table_->made, [this] {
    table_->quantiles = tabulate([this](double x) { return cdf(x); }, kind_ == Kind::beta ? 1.0 : second_ * 8);
  });
  return table_->quantiles;
}

double Distribution::cdf(double x) const {
  return kind_ == Kind::beta ? beta_cdf(first_, second_, x) : gamma_p(first_, x * first_ / second_);
}

Distribution::Distribution(Kind kind, double first, double second) : kind_(kind), first_(first), second_(second) {
  if (kind == Kind::beta || kind == Kind::gamma) table_ = shared_table(kind, first, second);
}

Distribution Distribution::constant(double value) { return {Kind::constant, value, 0}; }
Distribution Distribution::uniform(double low, double high) { return {Kind::uniform, low, high}; }
Distribution Distribution::beta(double a, double b) { return {Kind::beta, a, b}; }
Distribution Distribution::normal(double mean, double sd) { return {Kind::normal, mean, sd}; }
Distribution Distribution::log_normal(double mean, double sigma) { return {Kind::log_normal, mean, sigma}; }
Distribution Distribution::exponential(double mean) { return {Kind::exponential, mean, 0}; }
Distribution Distribution::gamma(double shape, double mean) { return {Kind::gamma, shape, mean}; }

double Distribution::mean() const {
  if (kind_ == Kind::uniform) return 0.5 * (first_ + second_);
  if (kind_ == Kind::beta) return first_ / (first_ + second_);
  return kind_ == Kind::gamma ? second_ : first_;
}

double Distribution::quantile(double u) const {
  switch (kind_) {
    case Kind::constant:
      return first_;
    case Kind::uniform:
      return first_ + u * (second_ - first_);
    case Kind::normal:
      return first_ + second_ * normal_quantile(u);
    case Kind::log_normal:
      return first_ * passalong::exp(second_ * normal_quantile(u) - 0.5 * second_ * second_);
    case Kind::exponential:
      return -first_ * passalong::log(1 - u);
    case Kind::beta:
    case Kind::gamma:
      break;
  }
  return look_up(u);
}

double Distribution::look_up(double u) const {
  constexpr double ceiling = 1 - 0x1p-53;  // beta stays below 1 where its quantile would round up to it
  const std::vector<double>& known = table();
  const double at = u * points - 0.5;
  const auto exactly = [this](double x) { return cdf(x); };
  if (at <= 0) return std::min(known.front(), invert(exactly, u, 0, known.front()));
  if (at >= points - 1) {
    const double value = invert(exactly, u, known.back(), kind_ == Kind::beta ? 1.0 : 2 * known.back());
    return kind_ == Kind::beta ? std::min(value, ceiling) : value;
  }
  const auto i = static_cast<std::size_t>(at);
  return known[i] + (at - static_cast<double>(i)) * (known[i + 1] - known[i]);
}

double Distribution::at_score(double z) const {
  if (kind_ == Kind::normal) return first_ + second_ * z;
  if (kind_ == Kind::log_normal) return first_ * passalong::exp(second_ * z - 0.5 * second_ * second_);
  return quantile(std::clamp(normal_cdf(z), 1e-12, 1 - 1e-12));
}

}  // namespace passalong
