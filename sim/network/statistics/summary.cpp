// Figures of a network: one pass over its rows each.
#include "sim/network/statistics/summary.hpp"

#include <algorithm>

#include "sim/network/statistics/power_law.hpp"

namespace passalong {

// Rows are visited in order, so within any row the accounts already visited form a growing prefix: each row keeps one
// cursor, and finding a follow's return costs no search.
double share_returned(const Network& network) {
  std::vector<std::uint64_t> cursor(network.offsets.begin(), network.offsets.end() - 1);
  std::uint64_t pairs = 0;
  for (AccountId a = 0; a < network.accounts(); ++a) {
    const auto row = network.followers_of(a);
    for (auto f = std::upper_bound(row.begin(), row.end(), a); f != row.end(); ++f) {
      std::uint64_t& at = cursor[*f];
      while (at < network.offsets[*f + 1ULL] && network.followers[at] < a) ++at;
      pairs += at < network.offsets[*f + 1ULL] && network.followers[at] == a;
    }
  }
  return network.follows() == 0 ? 0 : 2 * static_cast<double>(pairs) / static_cast<double>(network.follows());
}

NetworkSummary describe(const Network& network) {
  NetworkSummary out;
  out.accounts = network.accounts();
  out.follows = network.follows();
  out.self_loops = network.self_loops;
  out.duplicates = network.duplicates;
  out.bytes = network.bytes();
  std::vector<unsigned long long> histogram;
  for (AccountId a = 0; a < network.accounts(); ++a) {
    const std::uint32_t count = network.follower_count(a);
    if (count >= histogram.size()) histogram.resize(count + 1ULL);
    ++histogram[count];
  }
  out.most_followers = histogram.empty() ? 0 : histogram.size() - 1;
  out.mean_followers =
      network.accounts() == 0 ? 0 : static_cast<double>(network.follows()) / static_cast<double>(network.accounts());
  out.reciprocity = share_returned(network);
  out.tail_exponent = fit_tail_exponent(histogram);
  return out;
}

}  // namespace passalong
