// Whether a tie moves is its own counter's, so an account can ask about the ties of others without waiting for them.
#include "sim/network/generators/watts_strogatz.hpp"

#include "sim/base/random.hpp"
#include "sim/network/generators/drawn_rows.hpp"
#include "sim/network/generators/picks.hpp"
#include "sim/network/generators/regular.hpp"

namespace passalong {
namespace {
constexpr std::uint32_t tries = 64;

class Rewiring {
 public:
  Rewiring(const NetworkSection& section, const Stream& draw)
      : accounts_(accounts_of(section)),
        side_(static_cast<std::uint32_t>(section.neighbours / 2)),
        share_(section.rewiring),
        mutual_(section.is_mutual()),
        draw_(draw) {}

  template <class Follow>
  void draw_ties(AccountId maker, TieSet& own, Follow& follow) const {
    own.clear();
    bool all_stay = true;
    for (std::uint32_t tie = 1; tie <= side_; ++tie) {
      const bool stays = !moves(maker, tie);
      all_stay = all_stay && stays;
      if (!stays) continue;
      own.insert(place(maker, tie));
      follow(maker, place(maker, tie));
    }
    if (all_stay) return;
    for (std::uint32_t tie = 1; tie <= side_; ++tie)
      if (moves(maker, tie)) follow(maker, new_end(maker, tie, own));
  }

 private:
  bool moves(AccountId maker, std::uint32_t tie) const { return uniform(draw_(maker, tie)[0]) < share_; }
  AccountId place(AccountId maker, std::uint32_t tie) const {
    return maker >= tie ? maker - tie : maker + (accounts_ - tie);
  }
  bool is_tied_in_place_to(AccountId other, AccountId maker) const {
    const AccountId ahead = other >= maker ? other - maker : other + (accounts_ - maker);
    return ahead <= side_ && !moves(other, ahead);
  }
  AccountId new_end(AccountId maker, std::uint32_t tie, TieSet& own) const {
    for (std::uint32_t attempt = 0; attempt < tries; ++attempt) {
      const Words words = draw_(maker, tie, attempt);
      const AccountId end = pick_below(accounts_, words[1], words[2]);
      if (end == maker || end == place(maker, tie) || (mutual_ && is_tied_in_place_to(end, maker))) continue;
      if (own.insert(end)) return end;
    }
    own.insert(place(maker, tie));
    return place(maker, tie);
  }

  AccountId accounts_;
  std::uint32_t side_;
  double share_;
  bool mutual_;
  const Stream& draw_;
};
}  // namespace

Network generate_watts_strogatz(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate,
                                Team& team) {
  const Stream draw(seed, replicate, Purpose::rewired_end);
  const Rewiring rewiring(section, draw);
  const AccountId accounts = accounts_of(section);
  std::vector<TieSet> own(team.workers(), TieSet(accounts));
  return draw_rows(accounts, accounts, section.is_mutual(), team,
                   [&](std::size_t begin, std::size_t end, unsigned worker, auto& follow) {
                     for (std::size_t a = begin; a < end; ++a)
                       rewiring.draw_ties(static_cast<AccountId>(a), own[worker], follow);
                   });
}
double mean_watts_strogatz(const NetworkSection& section) { return mean_ring(section); }

}  // namespace passalong
