// Each row by geometric jumps over those who do not follow.
#include "sim/network/generators/erdos_renyi.hpp"

#include "sim/network/generators/asked_mean.hpp"
#include "sim/network/generators/drawn_rows.hpp"
#include "sim/network/generators/independent_rows.hpp"
#include "sim/network/generators/spacings.hpp"

namespace passalong {
namespace {
// take(x) for those x below `end` that are chosen, each with the same chance; gap = 1 / hazard.
template <class Take>
void choose_below(std::uint64_t end, double gap, Spacings spacings, const Take& take) {
  for (std::uint64_t x = 0; x < end; ++x) {
    const double jump = spacings.next() * gap;
    if (jump >= static_cast<double>(end - x)) return;
    x += static_cast<std::uint64_t>(static_cast<std::int64_t>(jump));
    take(static_cast<AccountId>(x));
  }
}
}  // namespace

Network generate_erdos_renyi(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate, Team& team) {
  refuse_unreachable_mean(section);
  const auto accounts = static_cast<AccountId>(section.accounts);
  const Stream skips(seed, replicate, Purpose::skip);
  const double gap = 1 / hazard(section.mean_followers / static_cast<double>(accounts - 1));
  if (section.mutual)
    return draw_rows(accounts, accounts, true, team, [&](std::size_t begin, std::size_t end, unsigned, auto& follow) {
      for (auto row = static_cast<AccountId>(begin); row < end; ++row)
        choose_below(row, gap, Spacings(skips, row), [&](AccountId other) { follow(other, row); });
    });
  return draw_independent_rows(accounts, team, [&](AccountId row, unsigned, const auto& take) {
    choose_below(accounts - 1, gap, Spacings(skips, row), [&](AccountId x) { take(x + (x >= row)); });
  });
}

}  // namespace passalong
