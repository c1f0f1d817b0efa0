// One pass over the accounts for each kind of count.
#include "sim/network/statistics/counts.hpp"

#include <bit>
#include <vector>

#include "sim/network/network.hpp"
#include "sim/network/statistics/power_law.hpp"

namespace passalong {
namespace {
struct Degrees {
  DegreeBins bins{};
  std::vector<unsigned long long> histogram;  // by count
  std::uint64_t most = 0;
};

template <class Count>
Degrees count_degrees(const Network& network, const Count& count) {
  Degrees found;
  for (AccountId a = 0; a < network.accounts(); ++a) {
    const std::uint32_t degree = count(a);
    if (degree >= found.histogram.size()) found.histogram.resize(degree + 1ULL);
    ++found.histogram[degree], ++found.bins[static_cast<std::size_t>(std::bit_width(degree))];
  }
  if (!found.histogram.empty()) found.most = found.histogram.size() - 1;
  return found;
}
}  // namespace

void describe_counts(const Network& network, NetworkSummary& out) {
  out.accounts = network.accounts(), out.follows = network.follows(), out.bytes = network.bytes();
  out.self_loops = network.self_loops, out.duplicates = network.duplicates;
  if (out.accounts > 0) out.mean_followers = static_cast<double>(out.follows) / static_cast<double>(out.accounts);
  const Degrees in = count_degrees(network, [&](AccountId a) { return network.follower_count(a); });
  const Degrees other = count_degrees(network, [&](AccountId a) { return network.followees[a]; });
  out.followers = in.bins, out.most_followers = in.most;
  out.followees = other.bins, out.most_followees = other.most;
  const TailFit tail = fit_tail(in.histogram), other_tail = fit_tail(other.histogram);
  out.tail_exponent = tail.exponent, out.tail_exponent_error = tail.error;
  out.tail_from = static_cast<std::uint64_t>(tail.from);
  out.followee_exponent = other_tail.exponent, out.followee_exponent_error = other_tail.error;
  out.followee_tail_from = static_cast<std::uint64_t>(other_tail.from);
}

}  // namespace passalong
