// Marks what goes in a bit a follow while the rows still stand, then closes the gaps.
#include "sim/network/generators/returns_dropped.hpp"

#include <algorithm>
#include <atomic>

namespace passalong {
namespace {
class Marks {
 public:
  explicit Marks(std::uint64_t bits) : words_(bits / 64 + 1) {}
  void set(std::uint64_t bit) {
    std::atomic_ref<std::uint64_t>(words_[bit / 64]).fetch_or(std::uint64_t{1} << bit % 64, std::memory_order_relaxed);
  }
  bool operator[](std::uint64_t bit) const { return words_[bit / 64] >> bit % 64 & 1; }

 private:
  std::vector<std::uint64_t> words_;
};

void close_gaps(Network& network, const Marks& dropped) {
  std::uint64_t end = 0, e = 0;
  for (std::size_t a = 0; a < network.accounts(); ++a) {
    network.offsets[a] = end;
    for (; e < network.offsets[a + 1]; ++e) {
      if (dropped[e])
        --network.followees[network.followers[e]];
      else
        network.followers[end++] = network.followers[e];
    }
  }
  network.offsets.back() = end;
  network.followers.resize(end);
}
}  // namespace

void drop_returns(Network& network, double probability, const Stream& draw, std::uint32_t ordinal, Team& team) {
  Marks dropped(network.follows());
  team.blocks(network.accounts(), 1024, [&](std::size_t begin, std::size_t end, unsigned) {
    for (auto a = static_cast<AccountId>(begin); a < end; ++a) {
      for (std::uint64_t e = network.offsets[a]; e < network.offsets[a + 1ULL]; ++e) {
        const AccountId other = network.followers[e];
        if (other < a) continue;
        const auto row = network.followers_of(other);
        const auto back = std::lower_bound(row.begin(), row.end(), a);
        if (back == row.end() || *back != a) continue;
        const Words words = draw(a, other, ordinal);
        if (uniform(words[0]) >= probability) continue;
        dropped.set(words[1] & 1 ? e : network.offsets[other] + static_cast<std::uint64_t>(back - row.begin()));
      }
    }
  });
  close_gaps(network, dropped);
}

}  // namespace passalong
