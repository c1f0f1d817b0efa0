// Sizes and means that no network has.
#include "sim/network/generators/asked_mean.hpp"

#include <fmt/format.h>

#include "sim/base/failure.hpp"

namespace passalong {

double asked_mean(const NetworkSection& section) { return section.mean_followers; }

void refuse_unreachable_mean(const NetworkSection& section) {
  if (section.accounts < 2)
    throw Failure(Exit::scenario, fmt::format("network.accounts = {} leaves no one to follow", section.accounts),
                  "a network needs at least 2 accounts");
  if (static_cast<std::uint64_t>(section.accounts) > max_accounts)
    throw Failure(Exit::scenario, fmt::format("network.accounts = {} is too many", section.accounts),
                  fmt::format("at most {} accounts have numbers", max_accounts));
  if (!(section.mean_followers > 0))
    throw Failure(Exit::scenario, fmt::format("network.mean_followers = {} makes no network", section.mean_followers),
                  "give a number above 0");
  if (section.mean_followers > static_cast<double>(section.accounts - 1))
    throw Failure(Exit::scenario,
                  fmt::format("network.mean_followers = {} is more than the {} other accounts there are",
                              section.mean_followers, section.accounts - 1),
                  "raise network.accounts or lower network.mean_followers");
}

}  // namespace passalong
