// A rising function known only between bounds: enough to decide most comparisons with it, at the price of one look-up.
// What is left undecided must be computed. A decision made this way is the one that computing would have made.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace passalong {

struct Bracket {
  float low, high;
};

class Brackets {
 public:
  Brackets() = default;
  // `f` over [begin, end], in `cells` cells; before the first it is at most what it is there, beyond the last at least.
  // `rounding`: how far x may be from what it stands for.
  template <class F>
  Brackets(double begin, double end, std::size_t cells, const F& f, double rounding = 4e-6)
      : begin_(static_cast<float>(begin)),
        per_unit_(static_cast<float>(static_cast<double>(cells) / (end - begin))),
        last_(static_cast<float>(cells - 1)),
        cells_() {
    // Wider than rounding in single precision, of the place of x and of f.
    const double unit = static_cast<double>(cells) / (end - begin), aside = 1e-2 + rounding * unit, margin = 1e-5;
    constexpr float infinite = 1e9F;  // more than any f, and its cell is still a number of 64 bits
    const auto at = [&](double cell) { return f(std::clamp(begin + cell / unit, begin, end)); };
    const auto apart = [&](double value) { return margin * std::max(1.0, value < 0 ? -value : value); };
    for (std::size_t k = 0; k < cells; ++k) {
      const double low = at(static_cast<double>(k) - aside), high = at(static_cast<double>(k) + 1 + aside);
      cells_.push_back({static_cast<float>(low - apart(low)), static_cast<float>(high + apart(high))});
    }
    cells_.front().low = -infinite, cells_.back().high = infinite;
  }
  Bracket operator()(float x) const {
    const float cell = (x - begin_) * per_unit_;
    const auto index = static_cast<std::int64_t>(cell < last_ ? cell : last_);  // negative before the first
    return cells_[static_cast<std::size_t>(index < 0 ? 0 : index)];
  }

 private:
  float begin_ = 0, per_unit_ = 1, last_ = 0;
  std::vector<Bracket> cells_{{0, 0}};
};

}  // namespace passalong
