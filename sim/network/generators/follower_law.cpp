// The discrete law is a table of its distribution function, looked up by bisection.
#include "sim/network/generators/follower_law.hpp"

#include <algorithm>

#include "sim/base/failure.hpp"
#include "sim/base/math.hpp"

namespace passalong {
namespace {
constexpr std::uint64_t most_tabulated = 1 << 24;
}

FollowerLaw::FollowerLaw(const NetworkSection& n)
    : most_(std::min(n.cutoff * static_cast<double>(n.accounts), static_cast<double>(n.accounts - 1))),
      least_(static_cast<std::uint64_t>(n.least_followers)) {
  if (least_ == 0) {
    scaled_ = PowerLaw::with_mean(n.exponent, most_, n.mean_followers);
    return;
  }
  const auto most = static_cast<std::uint64_t>(most_ * (1 + 1e-12));
  if (most < least_ || most - least_ >= most_tabulated)
    throw Failure(Exit::scenario,
                  "network.least_followers = " + std::to_string(least_) + " to cutoff x accounts = " +
                      std::to_string(most) + " is no range of follower counts that can be tabulated",
                  "the largest must not be below the least, and at most " + std::to_string(most_tabulated) +
                      " above it: change network.cutoff");
  double sum = 0;
  for (std::uint64_t k = least_; k <= most; ++k)
    cumulative_.push_back(sum += passalong::power(static_cast<double>(k), -n.exponent));
  for (double& c : cumulative_) c /= sum;
}

double FollowerLaw::mean() const {
  if (least_ == 0) return scaled_.mean();
  double mean = static_cast<double>(least_);
  for (std::size_t i = 0; i + 1 < cumulative_.size(); ++i) mean += 1 - cumulative_[i];
  return mean;
}

std::uint64_t FollowerLaw::count(double u, double rounding) const {
  if (least_ == 0) return static_cast<std::uint64_t>(std::min(scaled_.quantile(u) + rounding, std::max(most_, 1.0)));
  const auto at = std::lower_bound(cumulative_.begin(), cumulative_.end() - 1, u) - cumulative_.begin();
  return least_ + static_cast<std::uint64_t>(at);
}

}  // namespace passalong
