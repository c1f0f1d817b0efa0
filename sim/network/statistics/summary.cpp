// The figures of a network, put together. What needs much memory is freed before the next needs some.
#include "sim/network/statistics/summary.hpp"

#include <algorithm>
#include <new>
#include <optional>

#include "sim/base/failure.hpp"
#include "sim/network/network.hpp"
#include "sim/network/statistics/assortativity.hpp"
#include "sim/network/statistics/components.hpp"
#include "sim/network/statistics/counts.hpp"
#include "sim/network/statistics/distances.hpp"
#include "sim/network/statistics/links.hpp"
#include "sim/network/statistics/spectrum.hpp"
#include "sim/network/statistics/triangles.hpp"

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

namespace {
void describe_returns(const Links& links, NetworkSummary& out) {
  std::uint64_t returned = 0, without = 0, ends = 0;
  for (AccountId a = 0; a < links.accounts(); ++a) {
    const std::uint32_t returns = links.returned(a);
    returned += returns, without += returns == 0, ends += links.ties[a];
  }
  out.ties = ends / 2;
  if (out.follows > 0) out.reciprocity = static_cast<double>(returned) / static_cast<double>(out.follows);
  if (out.accounts > 0) out.without_return = static_cast<double>(without) / static_cast<double>(out.accounts);
}

void describe_triangles(const Links& links, const DescribeOptions& options, Team& team, NetworkSummary& out) {
  std::optional<Triangles> found;
  // Planning alone takes four looks a tie.
  if (4 * out.ties <= options.triangle_looks) found = count_triangles(links, options.triangle_looks, team);
  if (!found) found = sample_triangles(links, options.wedges, team);
  out.triangles = found->triangles, out.triangles_error = found->triangles_error;
  out.clustering = found->clustering, out.clustering_error = found->clustering_error;
  out.transitivity = found->transitivity, out.transitivity_error = found->transitivity_error;
  out.triangles_sampled = found->sampled;
}

void describe_components(const Links& links, NetworkSummary& out) {
  const Components weak = weak_components(links);
  out.components = weak.sizes.size(), out.largest_component = weak.largest();
}

void describe_assortativity(const Links& links, Team& team, NetworkSummary& out) {
  const Assortativity found = correlate_degrees(links, team);
  out.followees_to_followees = found.followees_to_followees;
  out.followers_to_followees = found.followers_to_followees;
  out.followees_to_followers = found.followees_to_followers;
  out.followers_to_followers = found.followers_to_followers;
  out.assortativity = found.ties;
}

void describe_distances(const Links& links, const DescribeOptions& options, Team& team, NetworkSummary& out) {
  const Distances found = measure_distances(links, options.distance_looks, team);
  out.effective_diameter = found.effective_diameter, out.mean_path = found.mean_path;
  out.effective_diameter_error = found.effective_diameter_error, out.mean_path_error = found.mean_path_error;
  out.sources = found.sources, out.distances_sampled = found.sampled;
}

// All that needs to know who is tied to whom.
void describe_ties(const Network& network, const DescribeOptions& options, Team& team, NetworkSummary& out) {
  const Links links = link_both_ways(network, team);
  describe_returns(links, out);
  describe_components(links, out);
  describe_assortativity(links, team, out);
  describe_triangles(links, options, team, out);
  describe_distances(links, options, team, out);
}

void describe_strong(const Network& network, const DescribeOptions& options, Team& team, NetworkSummary& out) {
  const Components strong = strong_components(network);
  out.strong_components = strong.sizes.size(), out.largest_strong_component = strong.largest();
  const SpectralRadius found =
      spectral_radius(network, strong, options.spectral_tolerance, options.spectral_looks, team);
  out.spectral_radius = found.value, out.spectral_low = found.low, out.spectral_high = found.high;
  out.spectral_tolerance = options.spectral_tolerance, out.spectral_iterations = found.iterations;
  out.spectral_converged = found.converged;
}
}  // namespace

NetworkSummary describe(const Network& network, Team& team, const DescribeOptions& options) try {
  NetworkSummary out;
  describe_counts(network, out);
  describe_ties(network, options, team, out);
  describe_strong(network, options, team, out);
  return out;
} catch (const std::bad_alloc&) {
  throw Failure(Exit::resources, "there is no memory to describe the network",
                "it takes about " + std::to_string(forecast_describe_bytes(network, options) >> 20) +
                    " MiB on top of the network's " + std::to_string(network.bytes() >> 20) + " MiB");
}

NetworkSummary describe(const Network& network) {
  Team alone(1);
  return describe(network, alone, for_runs);
}

// Lists of ties and their lengths, and with them either the ranked ties or what the waves need.
std::uint64_t forecast_describe_bytes(const Network& network, const DescribeOptions& options) {
  const std::uint64_t ranked = 2 * network.follows() <= options.triangle_looks ? 4 * network.follows() : 0;
  return 4 * network.follows() + 12ULL * network.accounts() + ranked + 36ULL * network.accounts();
}

}  // namespace passalong
