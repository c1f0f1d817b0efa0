// Bins double in width, so that a power law stays readable and any network has few of them.
#include "sim/observe/network_figures.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/network/statistics/sketch.hpp"

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

struct Count {
  const char *name, *units, *long_name;
  std::uint64_t NetworkSummary::*of;
};
struct Figure {
  const char *name, *units, *long_name;
  double NetworkSummary::*of;
};
struct Flag {
  const char *name, *long_name;
  bool NetworkSummary::*of;
};
struct Histogram {
  const char *name, *long_name;
  DegreeBins NetworkSummary::*of;
};

constexpr Count counts[]{
    {"accounts", "accounts", "accounts", &NetworkSummary::accounts},
    {"edges", "follows", "follows", &NetworkSummary::follows},
    {"ties", "ties", "pairs of accounts of which either follows the other", &NetworkSummary::ties},
    {"most_followers", "accounts", "followers of the most followed account", &NetworkSummary::most_followers},
    {"most_followees", "accounts", "accounts followed by the one that follows most", &NetworkSummary::most_followees},
    {"self_loops", "follows", "follows of oneself met in the file and dropped", &NetworkSummary::self_loops},
    {"duplicates", "follows", "repeated follows met in the file and dropped", &NetworkSummary::duplicates},
    {"exponent_from", "accounts", "follower count at which the fitted tail begins", &NetworkSummary::tail_from},
    {"components", "1", "weakly connected components", &NetworkSummary::components},
    {"largest_component", "accounts", "accounts in the largest weakly connected component",
     &NetworkSummary::largest_component},
    {"strong_components", "1", "strongly connected components", &NetworkSummary::strong_components},
    {"largest_strong_component", "accounts", "accounts in the largest strongly connected component",
     &NetworkSummary::largest_strong_component},
    {"distance_sources", "accounts", "accounts that distances were taken from", &NetworkSummary::sources},
    {"spectral_iterations", "1", "iterations made for the spectral radius", &NetworkSummary::spectral_iterations},
};

constexpr Figure figures[]{
    {"mean_followers", "accounts", "mean number of followers", &NetworkSummary::mean_followers},
    {"reciprocity", "1", "share of follows that are returned", &NetworkSummary::reciprocity},
    {"without_return", "1", "share of accounts none of whose followees follows back", &NetworkSummary::without_return},
    {"exponent", "1", "exponent of the tail of the follower counts (Clauset et al. 2009)",
     &NetworkSummary::tail_exponent},
    {"exponent_error", "1", "standard error of exponent", &NetworkSummary::tail_exponent_error},
    {"triangles", "1", "triangles of ties", &NetworkSummary::triangles},
    {"triangles_error", "1", "standard error of triangles, 0 where they were counted",
     &NetworkSummary::triangles_error},
    {"clustering", "1", "mean over accounts of the share of pairs of their ties that are tied",
     &NetworkSummary::clustering},
    {"clustering_error", "1", "standard error of clustering, 0 where it was counted",
     &NetworkSummary::clustering_error},
    {"transitivity", "1", "share of two ties that meet which a third one closes", &NetworkSummary::transitivity},
    {"transitivity_error", "1", "standard error of transitivity, 0 where it was counted",
     &NetworkSummary::transitivity_error},
    {"followees_to_followees", "1", "correlation over follows: follower's followees, followed's followees",
     &NetworkSummary::followees_to_followees},
    {"followers_to_followees", "1", "correlation over follows: follower's followers, followed's followees",
     &NetworkSummary::followers_to_followees},
    {"followees_to_followers", "1", "correlation over follows: follower's followees, followed's followers",
     &NetworkSummary::followees_to_followers},
    {"followers_to_followers", "1", "correlation over follows: follower's followers, followed's followers",
     &NetworkSummary::followers_to_followers},
    {"assortativity", "1", "correlation over ties of the numbers of ties at their ends",
     &NetworkSummary::assortativity},
    {"effective_diameter", "1", "distance along ties that 90 % of connected pairs do not exceed, interpolated",
     &NetworkSummary::effective_diameter},
    {"effective_diameter_error", "1", "standard error of effective_diameter, 0 where all distances were taken",
     &NetworkSummary::effective_diameter_error},
    {"mean_path", "1", "mean distance of connected pairs along ties", &NetworkSummary::mean_path},
    {"mean_path_error", "1", "standard error of mean_path, 0 where all distances were taken",
     &NetworkSummary::mean_path_error},
    {"spectral_radius", "1", "largest eigenvalue of the adjacency matrix", &NetworkSummary::spectral_radius},
    {"spectral_low", "1", "lower bound of spectral_radius", &NetworkSummary::spectral_low},
    {"spectral_high", "1", "upper bound of spectral_radius", &NetworkSummary::spectral_high},
};

constexpr Flag flags[]{
    {"triangles_sampled", "whether triangles and clustering were sampled, not counted",
     &NetworkSummary::triangles_sampled},
    {"distances_sampled", "whether distances were taken from a sample of accounts", &NetworkSummary::distances_sampled},
};

constexpr Histogram histograms[]{
    {"follower_histogram", "accounts by number of followers", &NetworkSummary::followers},
    {"followee_histogram", "accounts by number of accounts they follow", &NetworkSummary::followees},
};

}  // namespace

NetworkFigures measure_network(const Network& network, Team& team) {
  return network.follows() > most_follows_linked ? sketch(network, team) : describe(network, team, for_runs);
}
NetworkFigures measure_network(const Network& network) { return describe(network); }

Group tabulate_networks(const std::vector<NetworkFigures>& networks, bool by_replicate) {
  const std::vector<std::string> each =
      by_replicate ? std::vector<std::string>{"replicate"} : std::vector<std::string>{};
  std::vector<std::string> each_bin = each;
  each_bin.push_back("degree_bin");
  const std::size_t bins = bins_in_use(networks);
  Group group{"network", {{"degree_bin", bins}}, {}};
  const auto column = [&](auto of, auto value) {  // of every network
    std::vector<decltype(value)> values;
    for (const NetworkSummary& n : networks) values.push_back(static_cast<decltype(value)>(n.*of));
    return values;
  };
  // Of sketches, what is not known is absent.
  const bool sketched = std::ranges::all_of(networks, is_sketch);
  for (const Count& c : counts)
    if (!sketched || networks.front().*c.of > 0)
      group.variables.push_back({c.name, c.units, c.long_name, each, column(c.of, std::int64_t{}), "i8", {}});
  for (const Figure& f : figures)
    if (!sketched || !std::isnan(networks.front().*f.of))
      group.variables.push_back({f.name, f.units, f.long_name, each, column(f.of, double{}), "f8", {}});
  if (sketched)
    group.variables.push_back({"sketched",
                               "1",
                               "whether the network was too large to look into: reciprocity is sampled",
                               each,
                               std::vector<std::int64_t>(networks.size(), 1),
                               "i1",
                               {"no", "yes"}});
  for (const Flag& f : flags)
    if (!sketched)
      group.variables.push_back({f.name, "1", f.long_name, each, column(f.of, std::int64_t{}), "i1", {"no", "yes"}});
  group.variables.push_back({"degree_low",
                             "accounts",
                             "least count in the bin; the next bin's is one more than its most",
                             {"degree_bin"},
                             lower_borders(bins),
                             "i8",
                             {}});
  for (const Histogram& h : histograms) {
    std::vector<std::int64_t> values;
    for (const NetworkSummary& n : networks)
      values.insert(values.end(), (n.*h.of).begin(), (n.*h.of).begin() + static_cast<std::ptrdiff_t>(bins));
    group.variables.push_back({h.name, "accounts", h.long_name, each_bin, std::move(values), "i8", {}});
  }
  return group;
}

}  // namespace passalong
