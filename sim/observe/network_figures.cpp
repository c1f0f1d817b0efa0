// Bins double in width, so that a power law stays readable and any network has few of them.
#include "sim/observe/network_figures.hpp"

#include <algorithm>
#include <bit>

namespace passalong {
namespace {

std::size_t bins_in_use(const std::vector<NetworkFigures>& networks) {
  std::size_t most = 1;
  for (const NetworkFigures& n : networks)
    for (std::size_t b = 0; b < n.followers.size(); ++b)
      if (n.followers[b] + n.followees[b] > 0) most = std::max(most, b + 1);
  return most;
}

std::vector<std::int64_t> lower_borders(std::size_t bins) {
  std::vector<std::int64_t> borders{0};
  for (std::size_t b = 1; b < bins; ++b) borders.push_back(1LL << (b - 1));
  return borders;
}

}  // namespace

NetworkFigures measure_network(const Network& network) {
  NetworkFigures figures;
  figures.summary = describe(network);
  for (AccountId a = 0; a < network.accounts(); ++a) {
    ++figures.followers[static_cast<std::size_t>(std::bit_width(network.follower_count(a)))];
    ++figures.followees[static_cast<std::size_t>(std::bit_width(network.followees[a]))];
  }
  return figures;
}

Group tabulate_networks(const std::vector<NetworkFigures>& networks, bool by_replicate) {
  const std::vector<std::string> each =
      by_replicate ? std::vector<std::string>{"replicate"} : std::vector<std::string>{};
  const std::size_t bins = bins_in_use(networks);
  Group group{"network", {{"degree_bin", bins}}, {}};

  const auto count = [&](const char* name, const char* units, const char* text, const auto& of) {
    std::vector<std::int64_t> values;
    for (const NetworkFigures& n : networks) values.push_back(static_cast<std::int64_t>(of(n.summary)));
    group.variables.push_back({name, units, text, each, std::move(values), "i8", {}});
  };
  const auto figure = [&](const char* name, const char* units, const char* text, double NetworkSummary::*of) {
    std::vector<double> values;
    for (const NetworkFigures& n : networks) values.push_back(n.summary.*of);
    group.variables.push_back({name, units, text, each, std::move(values), "f8", {}});
  };
  const auto histogram = [&](const char* name, const char* text, DegreeBins NetworkFigures::*of) {
    std::vector<std::int64_t> values;
    for (const NetworkFigures& n : networks) values.insert(values.end(), (n.*of).begin(), (n.*of).begin() + bins);
    std::vector<std::string> dimensions = each;
    dimensions.push_back("degree_bin");
    group.variables.push_back({name, "accounts", text, dimensions, std::move(values), "i8", {}});
  };

  count("accounts", "accounts", "accounts", [](const auto& s) { return s.accounts; });
  count("edges", "follows", "follows", [](const auto& s) { return s.follows; });
  count("most_followers", "accounts", "followers of the most followed account",
        [](const auto& s) { return s.most_followers; });
  count("self_loops", "follows", "follows of oneself met in the file and dropped",
        [](const auto& s) { return s.self_loops; });
  count("duplicates", "follows", "repeated follows met in the file and dropped",
        [](const auto& s) { return s.duplicates; });
  figure("mean_followers", "accounts", "mean number of followers", &NetworkSummary::mean_followers);
  figure("reciprocity", "1", "share of follows that are returned", &NetworkSummary::reciprocity);
  figure("exponent", "1", "exponent of the tail of the follower counts (Clauset et al. 2009)",
         &NetworkSummary::tail_exponent);
  group.variables.push_back({"degree_low",
                             "accounts",
                             "least count in the bin; the next bin's is one more than its most",
                             {"degree_bin"},
                             lower_borders(bins),
                             "i8",
                             {}});
  histogram("follower_histogram", "accounts by number of followers", &NetworkFigures::followers);
  histogram("followee_histogram", "accounts by number of accounts they follow", &NetworkFigures::followees);
  return group;
}

}  // namespace passalong
