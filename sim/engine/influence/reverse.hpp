// The network as influence is traced back: for each account those it follows, and how likely each of them activates it.
// Where in a row of equal chances the next live follow is, is drawn at once (geometric skips), so that work goes with
// live follows; a row of unequal ones is drawn with its largest chance and thinned.
#pragma once
#include <cmath>
#include <cstdint>
#include <vector>

#include "sim/base/column.hpp"
#include "sim/base/math.hpp"
#include "sim/base/random.hpp"
#include "sim/engine/cascades/cascades.hpp"
#include "sim/network/followees.hpp"

namespace passalong {

struct Reverse {
  Followees rows;
  Chances chances{};
  HugeColumn<float> own{};        // chance of each follow, where they differ within a row
  std::vector<float> most{};      // and the row's largest
  std::vector<double> factors{};  // of skips: one, by length of the row, or by account
  std::vector<double> nones{};    // chance that none of so many follows is live; of a whole row, by its length

  std::uint64_t bytes() const {
    return rows.bytes() + own.capacity() * sizeof(float) + most.capacity() * sizeof(float) +
           (factors.capacity() + nones.capacity()) * sizeof(double);
  }
};
Reverse reverse_of(const CascadePlan& plan, Team& team);

// 1 / ln(1 - p): ln u times that, rounded down, is how many follows are passed over; u even on (0, 1).
inline double skip_factor(double p) {
  if (p < 1e-4) return -1 / (p * (1 + p * (1.0 / 2 + p * (1.0 / 3 + p / 4))));
  return 1 / passalong::log(1 - p);
}

inline double uniform_of_two(std::uint32_t high, std::uint32_t low) {
  return (static_cast<double>((std::uint64_t{high} << 32 | low) >> 12) + 0.5) * 0x1p-52;
}

// Each kind of chances: a row's factor, and which of its follows are kept of those that were drawn. `none` spares a
// logarithm: where u is at most that, none of the follows left is live; 0 where that is not known.
struct EqualRows {
  static constexpr bool thinned = false;
  explicit EqualRows(const Reverse& reverse) : factor_(reverse.factors[0]), nones_(reverse.nones) {}
  double factor(AccountId, std::uint64_t) const { return factor_; }
  double none(std::uint64_t, std::uint64_t left) const { return left < nones_.size() ? nones_[left] : 0; }

 private:
  double factor_;
  const std::vector<double>& nones_;
};

struct ShareRows {
  static constexpr bool thinned = false;
  explicit ShareRows(const Reverse& reverse) : factors_(reverse.factors), nones_(reverse.nones) {}
  double factor(AccountId, std::uint64_t length) const {
    return length < factors_.size() ? factors_[length] : skip_factor(1.0 / static_cast<double>(length));
  }

  double none(std::uint64_t length, std::uint64_t left) const {
    return left == length && length < nones_.size() ? nones_[length] : 0;
  }

 private:
  const std::vector<double>&factors_, &nones_;
};

struct OwnRows {
  static constexpr bool thinned = true;
  explicit OwnRows(const Reverse& reverse) : reverse_(reverse) {}
  double factor(AccountId account, std::uint64_t) const { return reverse_.factors[account]; }
  double none(std::uint64_t, std::uint64_t) const { return 0; }
  double most(AccountId account) const { return static_cast<double>(reverse_.most[account]); }
  double chance(std::uint64_t place) const { return static_cast<double>(reverse_.own[place]); }
  const float* fetched(std::uint64_t place) const { return &reverse_.own[place]; }

 private:
  const Reverse& reverse_;
};

}  // namespace passalong
