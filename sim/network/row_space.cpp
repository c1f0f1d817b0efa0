// Moves each row at most once; nothing moves before the first gap.
#include "sim/network/row_space.hpp"

#include <algorithm>

#include "sim/network/rows.hpp"

namespace passalong {

void reserve_followers(Network& network, std::uint64_t follows) {
  network.followers.reserve(follows);
  prefer_huge_pages(network.followers.data(), follows * sizeof(AccountId));
  network.followers.resize(follows);
}

void close_gaps(Network& network, const std::vector<std::uint32_t>& kept) {
  std::uint64_t end = 0;
  for (std::size_t a = 0; a < kept.size(); ++a) {
    const auto move_down = [&](auto& entries) {
      const auto from = entries.begin() + static_cast<std::ptrdiff_t>(network.offsets[a]);
      const auto to = entries.begin() + static_cast<std::ptrdiff_t>(end);
      if (from != to) std::copy(from, from + kept[a], to);
    };
    move_down(network.followers);
    if (!network.weights.empty()) move_down(network.weights);
    network.offsets[a] = end;
    end += kept[a];
  }
  network.offsets[kept.size()] = end;
  network.followers.resize(end);
  if (!network.weights.empty()) network.weights.resize(end);
}

}  // namespace passalong
