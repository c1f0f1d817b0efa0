// Sorts a large array with all workers: parts, then merges of neighbours. Without equal elements the result is one.
#pragma once
#include <algorithm>
#include <functional>
#include <vector>

#include "sim/base/parallel.hpp"

namespace passalong {

template <class T, class Less = std::less<T>>
void sort_all(std::vector<T>& all, Team& team, const Less& less = {}) {
  std::size_t parts = 1;
  while (parts < 2ULL * team.workers() && all.size() / parts > 10'000) parts *= 2;
  const auto border = [&](std::size_t part) {
    return all.begin() + static_cast<std::ptrdiff_t>(all.size() * part / parts);
  };
  team.each(parts, [&](std::size_t p, unsigned) { std::sort(border(p), border(p + 1), less); });
  for (std::size_t width = 1; width < parts; width *= 2)
    team.each(parts / (2 * width), [&](std::size_t pair, unsigned) {
      const std::size_t p = pair * 2 * width;
      std::inplace_merge(border(p), border(p + width), border(p + 2 * width), less);
    });
}

}  // namespace passalong
