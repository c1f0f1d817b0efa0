// Chances beside followees: a follow is found again by its place in the other list, which is sorted.
#include "sim/engine/influence/reverse.hpp"

#include <algorithm>

#include "sim/engine/cascades/chances.hpp"

namespace passalong {
namespace {
constexpr std::size_t block = 4096;
constexpr std::size_t most_powers = 256;
constexpr std::size_t most_tabled = 1 << 16;  // longest row whose factor is kept

void place_chances(const CascadePlan& plan, AccountId reader, Reverse& reverse) {
  const Network& network = *plan.network;
  std::uint64_t place = reverse.rows.offsets[reader];
  float most = 0;
  for (const AccountId followed : reverse.rows.of(reader)) {
    const auto readers = network.followers_of(followed);
    const auto at = std::ranges::lower_bound(readers, reader) - readers.begin();
    const std::uint64_t follow = network.offsets[followed] + static_cast<std::uint64_t>(at);
    const auto chance = static_cast<float>(chance_of(network, plan.chances, follow, reader));
    reverse.own[place++] = chance;
    most = std::max(most, chance);
  }
  reverse.most[reader] = most;
  reverse.factors[reader] = skip_factor(static_cast<double>(most));
}

std::vector<double> powers(double base) {
  std::vector<double> all{1};
  while (all.size() < most_powers) all.push_back(all.back() * base);
  return all;
}

std::vector<double> nones_by_length(const std::vector<double>& factors) {
  std::vector<double> nones(factors.size());
  for (std::size_t length = 1; length < nones.size(); ++length)
    nones[length] = passalong::exp(static_cast<double>(length) / factors[length]);
  return nones;
}

std::vector<double> factors_by_length(const Network& network) {
  const std::uint32_t longest = network.followees.empty() ? 0 : std::ranges::max(network.followees);
  std::vector<double> factors(std::min<std::size_t>(longest + 1ULL, most_tabled));
  for (std::size_t length = 1; length < factors.size(); ++length)
    factors[length] = skip_factor(1.0 / static_cast<double>(length));
  return factors;
}
}  // namespace

Reverse reverse_of(const CascadePlan& plan, Team& team) {
  Reverse reverse{.rows = followees_of(*plan.network, team), .chances = plan.chances};
  if (plan.chances.kind == Chances::Kind::uniform)
    reverse.factors = {skip_factor(plan.chances.probability)}, reverse.nones = powers(1 - plan.chances.probability);
  if (plan.chances.kind == Chances::Kind::followees)
    reverse.factors = factors_by_length(*plan.network), reverse.nones = nones_by_length(reverse.factors);
  if (plan.chances.kind == Chances::Kind::uniform || plan.chances.kind == Chances::Kind::followees) return reverse;
  reverse.own.resize(plan.network->follows());
  reverse.most.resize(plan.network->accounts());
  reverse.factors.resize(plan.network->accounts());
  team.blocks(plan.network->accounts(), block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t a = begin; a < end; ++a) place_chances(plan, static_cast<AccountId>(a), reverse);
  });
  return reverse;
}

}  // namespace passalong
