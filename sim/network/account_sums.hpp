// Sums over all accounts, added in fixed blocks so that they have the same bits for any number of workers.
#pragma once
#include <algorithm>
#include <cstddef>
#include <vector>

#include "sim/base/parallel.hpp"

namespace passalong {

inline constexpr std::size_t accounts_a_block = 4096;

template <class Term>
double total(std::size_t accounts, Team& team, const Term& term) {
  return team.sum<double>(accounts, accounts_a_block, 0.0, [&](std::size_t begin, std::size_t end) {
    double sum = 0;
    for (std::size_t a = begin; a < end; ++a) sum += term(a);
    return sum;
  });
}

// Sums of `size` kinds at once: add(account, sums).
template <class Add>
std::vector<double> totals(std::size_t accounts, std::size_t size, Team& team, const Add& add) {
  std::vector<std::vector<double>> parts((accounts + accounts_a_block - 1) / accounts_a_block);
  team.blocks(accounts, accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
    std::vector<double>& part = parts[begin / accounts_a_block];
    part.resize(size);
    for (std::size_t a = begin; a < end; ++a) add(a, part);
  });
  std::vector<double> sums(size);
  for (const std::vector<double>& part : parts)
    for (std::size_t i = 0; i < size; ++i) sums[i] += part[i];
  return sums;
}

// The factor that brings the mean of min(cap, factor * x) to `mean`, which is at most cap: Newton's steps, exact where
// no further account meets the cap.
template <class X>
double scale_to(double mean, double cap, std::size_t accounts, Team& team, const X& x) {
  const double goal = mean * static_cast<double>(accounts);
  double factor = 0;
  for (int i = 0; i < 60; ++i) {
    const std::vector<double> sums = totals(accounts, 2, team, [&](std::size_t a, auto& into) {
      const bool capped = factor * x(a) >= cap;
      into[0] += capped ? cap : 0;
      into[1] += capped ? 0 : x(a);
    });
    if (!(sums[1] > 0) || (goal - sums[0]) / sums[1] <= factor * (1 + 1e-12)) break;
    factor = (goal - sums[0]) / sums[1];
  }
  return factor;
}

// The c at which an increasing sum reaches a goal, c >= 0.
template <class Sum>
double solve_increasing(double goal, const Sum& sum) {
  if (!(goal > 0)) return 0;
  double low = 0, high = 1;
  while (sum(high) < goal && high < 1e9) high *= 2;
  for (int i = 0; i < 40 && high - low > 1e-9 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (sum(middle) < goal ? low : high) = middle;
  }
  return high;
}

}  // namespace passalong
