// Size does not depend on the order in which active accounts try their followers. So they do it one by one: each
// activates Binomial(s, p) of the s that are not active yet, and the cascade is over once as many have tried as are
// active. That needs a distribution over s alone, where steps would need one over pairs; every term is positive, so
// nothing cancels, as it does in the triangular equations for final sizes.
#include "sim/engine/cascades/exact_chain.hpp"

#include <algorithm>

namespace passalong {
namespace {
constexpr double no_chance = 1e-40;  // states less likely are left: together below 1e-32
constexpr double cut = 1e-24;        // of a binomial, against its mode

// Chances of `first`, `first` + 1, ... successes.
struct Binomial {
  std::uint32_t first = 0;
  std::vector<double> chances;
};

// Outwards from the mode by the ratio of neighbours, scaled to sum to one.
Binomial binomial(std::uint32_t n, double p) {
  const auto mode = std::min(n, static_cast<std::uint32_t>((n + 1.0) * p));
  const double odds = p / (1 - p);
  std::vector<double> below, above;
  double sum = 1, term = 1;
  for (std::uint32_t k = mode; k > 0 && term > cut; --k)
    below.push_back(term *= k / ((n - k + 1.0) * odds)), sum += term;
  term = 1;
  for (std::uint32_t k = mode; k < n && term > cut; ++k)
    above.push_back(term *= (n - k) * odds / (k + 1.0)), sum += term;
  Binomial result{mode - static_cast<std::uint32_t>(below.size()), {}};
  result.chances.assign(below.rbegin(), below.rend());
  result.chances.push_back(1);
  result.chances.insert(result.chances.end(), above.begin(), above.end());
  for (double& chance : result.chances) chance /= sum;
  return result;
}

class Chain {
 public:
  Chain(std::uint32_t accounts, double probability) : p_(probability), rows_(accounts + 1ULL) {}

  // `left`: the chance of each number that is not active yet.
  std::vector<double> try_one(const std::vector<double>& left, std::uint32_t most) {
    std::vector<double> next(left.size());
    for (std::uint32_t s = 0; s <= most; ++s) {
      if (left[s] < no_chance) continue;
      const Binomial& activated = row(s);
      double* const to = next.data() + s - activated.first;
      for (std::size_t k = 0; k < activated.chances.size(); ++k)
        *(to - static_cast<std::ptrdiff_t>(k)) += left[s] * activated.chances[k];
    }
    return next;
  }

 private:
  const Binomial& row(std::uint32_t s) {
    if (rows_[s].chances.empty()) rows_[s] = binomial(s, p_);
    return rows_[s];
  }

  double p_;
  std::vector<Binomial> rows_;
};

}  // namespace

std::vector<double> chain_sizes(std::uint32_t accounts, std::uint32_t seeds, double probability) {
  std::vector<double> sizes(accounts + 1ULL);
  if (probability <= 0 || probability >= 1 || seeds == 0) {
    sizes[probability >= 1 && seeds > 0 ? accounts : seeds] = 1;
    return sizes;
  }
  Chain chain(accounts, probability);
  std::vector<double> left(accounts + 1ULL);
  left[accounts - seeds] = 1;
  for (std::uint32_t tried = 0;; ++tried) {
    sizes[tried] = left[accounts - tried];
    if (tried == accounts) return sizes;
    left[accounts - tried] = 0;
    left = chain.try_one(left, accounts - tried - 1);
  }
}

}  // namespace passalong
