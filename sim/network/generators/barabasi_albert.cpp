// To pick an account in proportion to its ties is to pick either end of an earlier tie (Batagelj & Brandes 2005). Where
// that end was itself picked, its counter is asked again, back to an end that is known: no table of ties is needed, and
// every newcomer can be done on its own (Sanders & Schulz 2016).
#include "sim/network/generators/barabasi_albert.hpp"

#include "sim/base/random.hpp"
#include "sim/network/generators/drawn_rows.hpp"
#include "sim/network/generators/picks.hpp"

namespace passalong {
namespace {
constexpr std::uint32_t tries = 64;  // to find someone new; then the next by number who is

class Attachment {
 public:
  Attachment(std::uint32_t ties, const Stream& draw) : ties_(ties), draw_(draw) {}

  // Whom the newcomer's tie leads to by this draw. Earlier ties are followed back along their first draws.
  AccountId end(AccountId newcomer, std::uint32_t tie, std::uint32_t attempt) const {
    for (;; attempt = 0) {
      const std::uint32_t before = newcomer - ties_;  // newcomers with ties
      if (before == 0) return tie;
      const Words words = draw_(newcomer, tie, attempt);
      newcomer = ties_ + pick_below(before, words[0], words[1]);
      if (words[3] & 1U) return newcomer;  // the end that made the tie
      tie = pick_below(ties_, words[2]);
    }
  }
  AccountId new_end(AccountId newcomer, std::uint32_t tie, TieSet& others) const {
    AccountId found = 0;
    for (std::uint32_t attempt = 0; attempt < tries; ++attempt)
      if (others.insert(found = end(newcomer, tie, attempt))) return found;
    do found = found + 1 == newcomer ? 0 : found + 1;
    while (!others.insert(found));
    return found;
  }

 private:
  std::uint32_t ties_;
  const Stream& draw_;
};
}  // namespace

Network generate_barabasi_albert(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate,
                                 Team& team) {
  const AccountId accounts = accounts_of(section), ties = static_cast<AccountId>(section.newcomer_follows);
  const Stream draw(seed, replicate, Purpose::attachment);
  const Attachment attachment(ties, draw);
  std::vector<TieSet> own(team.workers(), TieSet(accounts));
  return draw_rows(accounts, accounts - ties, section.is_mutual(), team,
                   [&](std::size_t begin, std::size_t end, unsigned worker, auto& follow) {
                     for (std::size_t i = begin; i < end; ++i) {
                       const auto newcomer = static_cast<AccountId>(ties + i);
                       own[worker].clear();
                       for (std::uint32_t t = 0; t < ties; ++t)
                         follow(newcomer, attachment.new_end(newcomer, t, own[worker]));
                     }
                   });
}

double mean_barabasi_albert(const NetworkSection& section) {
  const auto accounts = static_cast<double>(section.accounts), ties = static_cast<double>(section.newcomer_follows);
  return (section.is_mutual() ? 2 : 1) * ties * (accounts - ties) / accounts;
}

}  // namespace passalong
