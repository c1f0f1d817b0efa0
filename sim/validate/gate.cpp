#include "sim/validate/gate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/theory/tails.hpp"

namespace passalong {
namespace {
constexpr double missed = 0.01;  // 1 - power

// A deviation is told in standard errors of a normal variable that would be as unlikely.
double as_z(double p, double sign) { return p <= 0 ? sign * 40 : sign * theory::normal_point(p / 2); }

double least_root(double low, double high, const auto& enough) {
  for (int k = 0; k < 60; ++k) {
    const double middle = (low + high) / 2;
    (enough(middle) ? high : low) = middle;
  }
  return high;
}

Judged judge_exact(const Row& row) {
  const double allowed = row.gate.tolerance * std::max(1.0, std::fabs(row.expected));
  Judged j;
  j.ok = std::fabs(row.got - row.expected) <= allowed;  // false for NaN
  j.p = j.ok ? 1 : 0, j.detects = allowed;
  return j;
}

Judged judge_mean(const Row& row, double target, double alpha) {
  const Gate& g = row.gate;
  Judged j;
  const double deviation = row.got - target;
  j.z = g.se > 0 ? deviation / g.se : (deviation == 0 ? 0 : std::copysign(1e9, deviation));
  j.p = std::min(1.0, 2 * theory::student_tail(std::fabs(j.z), g.freedom));
  j.ok = j.p > alpha && std::isfinite(row.got) && g.se >= 0;
  j.detects = (theory::student_point(alpha / 2, g.freedom) + theory::student_point(missed, g.freedom)) * g.se;
  return j;
}

// The counts that are red, at either end.
struct Limits {
  std::uint64_t least, most;  // green from here to here
};
Limits limits_of(double p, std::uint64_t n, double alpha) {
  const auto first = [](std::uint64_t low, std::uint64_t high, const auto& enough) {  // of low..high
    while (low < high) {
      const std::uint64_t middle = low + (high - low) / 2;
      if (enough(middle))
        high = middle;
      else
        low = middle + 1;
    }
    return low;
  };
  return {first(0, n, [&](std::uint64_t k) { return theory::binomial_at_most(k, n, p) > alpha / 2; }),
          first(0, n + 1, [&](std::uint64_t k) { return theory::binomial_at_least(k, n, p) <= alpha / 2; }) - 1};
}

// How far p must be off, to the worse side.
double share_detects(double low, double high, std::uint64_t n, double alpha) {
  const Limits green_low = limits_of(low, n, alpha), green_high = limits_of(high, n, alpha);
  const double up =
      least_root(high, 1, [&](double p) { return theory::binomial_at_most(green_high.most, n, p) <= missed; });
  const double down = green_low.least == 0 ? low : low - least_root(0, low, [&](double p) {
                                                     return theory::binomial_at_least(green_low.least, n, p) > missed;
                                                   });
  return std::max(up - high, down);
}

Judged judge_share(const Row& row, double low, double high, double alpha) {
  const Gate& g = row.gate;
  const auto n = static_cast<std::uint64_t>(g.n);
  Judged j;
  const double p_low = theory::binomial_at_most(g.count, n, low), p_high = theory::binomial_at_least(g.count, n, high);
  j.p = std::min(1.0, 2 * std::min(p_low, p_high));
  j.z = as_z(j.p, row.got < row.expected ? -1 : 1);
  j.ok = j.p > alpha && n > 0;
  j.detects = share_detects(low, high, n, alpha);
  return j;
}

// Far out the tail of counts is heavier than that of chi-square: of three cells, two of them expected to hold 20, it is
// 2.2 times as heavy at 1e-4, 3.9 times at 7e-6, and so on; of more cells less.
constexpr double heavier = 10;

Judged judge_fit(const Row& row, double alpha) {
  const Gate& g = row.gate;
  Judged j;
  const double tail = theory::chi_square_tail(row.got, g.freedom);
  j.p = std::min(1.0, heavier * tail);
  j.z = tail > 0.5 ? -theory::normal_point(1 - tail) : tail <= 0 ? 40 : theory::normal_point(tail);
  j.ok = j.p > alpha && std::isfinite(row.got);
  const double point = theory::chi_square_point(alpha / heavier, g.freedom);
  const double noncentrality = least_root(0, 50 * point + 1000, [&](double l) {
    return theory::noncentral_chi_square_tail(point, g.freedom, l) >= 1 - missed;
  });
  j.detects = std::sqrt(noncentrality / g.n);
  return j;
}

std::string percent_or_size(double detects, double expected) {
  if (expected == 0) return fmt::format("{:.2g}", detects);
  const double percent = 100 * detects / std::fabs(expected);
  return percent < 0.001 ? fmt::format("{:.0e} %", percent) : fmt::format("{:.2g} %", percent);
}

}  // namespace

Judged judge(const Row& row, double alpha) {
  const Gate& g = row.gate;
  switch (g.kind) {
    case Gate::Kind::exact:
      return judge_exact(row);
    case Gate::Kind::mean:
      return judge_mean(row, row.expected, alpha);
    case Gate::Kind::share:
      return judge_share(row, row.expected, row.expected, alpha);
    case Gate::Kind::fit:
      return judge_fit(row, alpha);
    case Gate::Kind::band:
      return judge_mean(row, std::clamp(row.got, g.low, g.high), alpha);
    case Gate::Kind::in_share:
      return judge_share(row, g.low, g.high, alpha);
  }
  return {};
}

const char* name_of(Gate::Kind kind) {
  switch (kind) {
    case Gate::Kind::exact:
      return "exact";
    case Gate::Kind::mean:
      return "mean";
    case Gate::Kind::share:
      return "binomial";
    case Gate::Kind::fit:
      return "chi-square";
    case Gate::Kind::band:
      return "band";
    case Gate::Kind::in_share:
      return "binomial band";
  }
  return "";
}

std::string detects_text(const Row& row, const Judged& judged) {
  if (row.gate.kind == Gate::Kind::exact)
    return row.gate.tolerance == 0 ? "any" : fmt::format("{:.0e}", judged.detects);
  if (row.gate.kind == Gate::Kind::fit) return fmt::format("{:.2g} % rms", 100 * judged.detects);
  return percent_or_size(judged.detects, row.expected);
}

}  // namespace passalong
