// What a network looks like in numbers. Nothing here depends on the number of workers: sums are taken in a fixed order,
// samples are keyed draws, and what is sampled is decided by counted work, never by time.
#pragma once
#include <array>
#include <cstdint>

namespace passalong {

class Team;
struct Network;

// How many accounts have a count of 0, 1, 2-3, 4-7, ...: bin b begins at 2^(b-1).
using DegreeBins = std::array<std::int64_t, 33>;

// A *tie* joins two accounts of which either follows the other: the undirected, simple network that most published
// figures are about. Errors are standard errors, 0 where the figure is exact.
struct NetworkSummary {
  std::uint64_t accounts = 0, follows = 0, ties = 0;
  std::uint64_t self_loops = 0, duplicates = 0;  // met in the file and dropped
  std::uint64_t bytes = 0;                       // the network's, in memory
  std::uint64_t most_followers = 0, most_followees = 0;
  double mean_followers = 0;
  double reciprocity = 0;     // share of follows that are returned
  double without_return = 0;  // share of accounts none of whose followees follows back (Kwak et al. 2010)
  DegreeBins followers{}, followees{};

  // Power laws fitted to the tails of follower and followee counts (Clauset, Shalizi & Newman 2009); exponent 0: too
  // few counts. `_from`: the count at which the tail begins.
  double tail_exponent = 0, tail_exponent_error = 0, followee_exponent = 0, followee_exponent_error = 0;
  std::uint64_t tail_from = 0, followee_tail_from = 0;

  double triangles = 0, triangles_error = 0;
  double clustering = 0, clustering_error = 0;      // mean over accounts, 0 for those with fewer than two ties
  double transitivity = 0, transitivity_error = 0;  // share of two ties that meet which a third one closes
  bool triangles_sampled = false;                   // and with them the figures beside them

  std::uint64_t components = 0, largest_component = 0;                // weakly connected; the second in accounts
  std::uint64_t strong_components = 0, largest_strong_component = 0;  // strongly connected

  // Pearson's correlation over follows of a count of the follower with a count of the followed, followers or followees
  // (Newman 2003; Foster et al. 2010), and over ties of the numbers of ties. NaN where a count does not vary.
  double followees_to_followees = 0, followers_to_followees = 0, followees_to_followers = 0, followers_to_followers = 0;
  double assortativity = 0;

  // Over pairs of accounts that ties connect: the distance that 90 % of them do not exceed, interpolated (Leskovec et
  // al. 2005), and the mean distance. From `sources` accounts drawn at random, or from all.
  double effective_diameter = 0, effective_diameter_error = 0, mean_path = 0, mean_path_error = 0;
  std::uint64_t sources = 0;
  bool distances_sampled = false;

  // Largest eigenvalue of the directed adjacency matrix, and two numbers it certainly lies between.
  double spectral_radius = 0, spectral_low = 0, spectral_high = 0, spectral_tolerance = 0;
  std::uint64_t spectral_iterations = 0;
  bool spectral_converged = true;  // high - low <= tolerance * high
};

// How much work goes into a description. A look is one entry of a list of followers or followees read.
struct DescribeOptions {
  std::uint64_t triangle_looks = 0;  // triangles are counted where it takes no more, else sampled
  std::uint32_t wedges = 0;          // pairs of ties drawn, for each of triangles and clustering
  std::uint64_t distance_looks = 0;  // distances are sampled from as many accounts as this allows, 64 at least
  double spectral_tolerance = 1e-6;  // relative
  std::uint64_t spectral_looks = 0;  // iterations stop here, but not before 4
};
inline constexpr DescribeOptions for_describing{1'000'000'000, 2'000'000, 400'000'000, 1e-6, 20'000'000'000};
inline constexpr DescribeOptions for_runs{20'000'000, 30'000, 30'000'000, 1e-3, 200'000'000};

// Everything above. Failure(Exit::resources) where memory does not suffice.
NetworkSummary describe(const Network& network, Team& team, const DescribeOptions& options);
NetworkSummary describe(const Network& network);  // alone, with the work of for_runs
// Bytes that describing takes on top of the network at its peak.
std::uint64_t forecast_describe_bytes(const Network& network, const DescribeOptions& options);

// Share of follows that are returned, exactly, without lists of followees.
double share_returned(const Network& network);

}  // namespace passalong
