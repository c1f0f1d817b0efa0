// The steps of 64 waves.
#include "sim/network/statistics/waves.hpp"

#include <atomic>

#include "sim/network/account_sums.hpp"
#include "sim/network/statistics/zeros.hpp"

namespace passalong {
namespace {
constexpr std::uint64_t small_front = 16;  // a front with fewer than 1 in so many of all ties is small

// Set bits of each byte, summed over at most 8191 words: the sums stand in 16 bits each.
class ByteCounts {
 public:
  void add(std::uint64_t x) {
    x -= x >> 1 & 0x5555'5555'5555'5555U;
    x = (x & 0x3333'3333'3333'3333U) + (x >> 2 & 0x3333'3333'3333'3333U);
    x = (x + (x >> 4)) & 0x0f0f'0f0f'0f0f'0f0fU;
    even_ += x & lanes, odd_ += x >> 8 & lanes;
  }
  void into(std::array<std::uint64_t, 8>& sums) {
    for (unsigned lane = 0; lane < 4; ++lane) {
      std::atomic_ref(sums[2 * lane]).fetch_add(even_ >> 16 * lane & 0xffffU, std::memory_order_relaxed);
      std::atomic_ref(sums[2 * lane + 1]).fetch_add(odd_ >> 16 * lane & 0xffffU, std::memory_order_relaxed);
    }
    even_ = odd_ = 0;
  }

 private:
  static constexpr std::uint64_t lanes = 0x00ff'00ff'00ff'00ffU;
  std::uint64_t even_ = 0, odd_ = 0;
};
}  // namespace

Waves::Waves(const Links& links, Team& team)
    : links_(links),
      team_(team),
      seen_(zeros<Bits>(links.accounts())),
      front_(zeros<Bits>(links.accounts())),
      next_(zeros<Bits>(links.accounts())) {
  for (const std::uint32_t t : links.ties) all_ties_ += t;
}

DistanceCounts Waves::from(std::span<const AccountId> sources) {
  DistanceCounts counts;
  start(sources);
  while (front_ties_ > 0) {
    std::array<std::uint64_t, 8> reached{};
    if (front_ties_ < all_ties_ / small_front) {
      push(reached);
    } else {
      pull(reached);
    }
    if (std::all_of(reached.begin(), reached.end(), [](std::uint64_t n) { return n == 0; })) break;
    counts.push_back(reached);
  }
  return counts;
}

void Waves::start(std::span<const AccountId> sources) {
  std::fill(seen_.begin(), seen_.end(), 0);
  std::fill(front_.begin(), front_.end(), 0);
  for (std::size_t s = 0; s < sources.size(); ++s) front_[sources[s]] |= Bits{1} << s;
  for (const AccountId a : sources) seen_[a] = front_[a];
  all_ = sources.size() == 64 ? ~Bits{0} : (Bits{1} << sources.size()) - 1;
  listed_.assign(sources.begin(), sources.end());
  std::sort(listed_.begin(), listed_.end());
  listed_.erase(std::unique(listed_.begin(), listed_.end()), listed_.end());
  front_ties_ = 0;
  for (const AccountId a : listed_) front_ties_ += links_.ties[a];
}

void Waves::push(std::array<std::uint64_t, 8>& reached) {
  std::vector<AccountId> next;
  const auto meet = [&](Bits wave, AccountId b) {
    const Bits fresh = wave & ~seen_[b];
    if (fresh == 0) return;
    if (next_[b] == 0) next.push_back(b);
    next_[b] |= fresh;
  };
  for (const AccountId a : listed_) {
    for (const AccountId b : links_.followers_of(a)) meet(front_[a], b);
    for (const AccountId b : links_.others_of(a)) meet(front_[a], b);
    looks_ += links_.ties[a];
  }
  for (const AccountId a : listed_) front_[a] = 0;
  std::swap(front_, next_);
  std::swap(listed_, next);
  front_ties_ = 0;
  ByteCounts counts;
  for (std::size_t i = 0; i < listed_.size(); ++i) {
    const AccountId a = listed_[i];
    seen_[a] |= front_[a], front_ties_ += links_.ties[a];
    counts.add(front_[a]);
    if (i % accounts_a_block == accounts_a_block - 1) counts.into(reached);
  }
  counts.into(reached);
}

void Waves::pull(std::array<std::uint64_t, 8>& reached) {
  std::atomic<std::uint64_t> front_ties{0}, looks{0};
  team_.blocks(links_.accounts(), accounts_a_block, [&](std::size_t begin, std::size_t end, unsigned) {
    ByteCounts counts;
    std::uint64_t its_ties = 0, its_looks = 0;
    for (auto a = static_cast<AccountId>(begin); a < end; ++a) {
      const Bits missing = all_ & ~seen_[a];
      if (missing == 0) continue;
      Bits met = 0;
      const auto meet = [&](std::span<const AccountId> others) {
        for (const AccountId b : others) {
          met |= front_[b], ++its_looks;
          if ((missing & ~met) == 0) break;
        }
      };
      meet(links_.followers_of(a));
      if ((missing & ~met) != 0) meet(links_.others_of(a));
      const Bits fresh = met & missing;
      if (fresh == 0) continue;
      next_[a] = fresh, seen_[a] |= fresh, its_ties += links_.ties[a];
      counts.add(fresh);
    }
    counts.into(reached);
    front_ties += its_ties, looks += its_looks;
  });
  looks_ += looks, front_ties_ = front_ties;
  std::swap(front_, next_);
  std::fill(next_.begin(), next_.end(), 0);
  collect_front();
}

void Waves::collect_front() {
  listed_.clear();
  if (front_ties_ >= all_ties_ / small_front) return;
  for (AccountId a = 0; a < links_.accounts(); ++a)
    if (front_[a] != 0) listed_.push_back(a);
}

}  // namespace passalong
