// Asks the steps for their follows, twice.
#include "sim/network/generators/preferential_attachment.hpp"

#include "sim/network/generators/drawn_rows.hpp"
#include "sim/network/generators/growth_steps.hpp"
#include "sim/network/generators/picks.hpp"

namespace passalong {

Network generate_preferential_attachment(const NetworkSection& section, std::uint64_t seed, std::uint32_t replicate,
                                         Team& team) {
  const GrowthSteps steps(section, seed, replicate, team);
  const auto draw = [&](std::size_t begin, std::size_t end, unsigned, auto& follow) {
    std::vector<AccountId> followers(end - begin), followed(end - begin);
    steps.followers(begin, followers);
    steps.followed(begin, followed);
    for (std::size_t i = 0; i < followers.size(); ++i)
      if (followers[i] != followed[i]) follow(followers[i], followed[i]);
  };
  Network network = draw_rows(accounts_of(section), steps.size(), section.is_mutual(), team, draw);
  network.self_loops = steps.size() - network.duplicates - network.follows();
  return network;
}

double mean_preferential_attachment(const NetworkSection& section) {
  const auto accounts = static_cast<double>(section.accounts);
  return (accounts - 1) / accounts / (1 - section.beta);
}

}  // namespace passalong
