// Each draw looks up one follow and searches one list.
#include "sim/network/statistics/sketch.hpp"

#include <algorithm>
#include <limits>

#include "sim/base/random.hpp"
#include "sim/base/uniform_below.hpp"
#include "sim/network/network.hpp"
#include "sim/network/statistics/counts.hpp"
#include "sim/network/statistics/samples.hpp"

namespace passalong {
namespace {
constexpr std::size_t draws = 400'000;

bool is_returned(const Network& network, std::uint64_t follow) {
  const auto next = std::upper_bound(network.offsets.begin(), network.offsets.end(), follow);
  const auto followed = static_cast<AccountId>(next - network.offsets.begin() - 1);
  return network.follows(followed, network.followers[follow]);
}

double sample_reciprocity(const Network& network, Team& team) {
  if (network.follows() == 0) return 0;
  const Stream draw(0, 0, Purpose::network_sample);
  const auto returned = team.sum<std::uint64_t>(draws, 1024, 0, [&](std::size_t begin, std::size_t end) {
    std::uint64_t sum = 0;
    for (std::size_t k = begin; k < end; ++k) {
      const Words words = draw(static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(Drawn::follow));
      sum += is_returned(network, uniform_below(network.follows(), words[0], words[1]));
    }
    return sum;
  });
  return static_cast<double>(returned) / static_cast<double>(draws);
}
}  // namespace

NetworkSummary sketch(const Network& network, Team& team) {
  NetworkSummary out;
  describe_counts(network, out);
  for (double NetworkSummary::*figure :
       {&NetworkSummary::without_return, &NetworkSummary::triangles, &NetworkSummary::triangles_error,
        &NetworkSummary::clustering, &NetworkSummary::clustering_error, &NetworkSummary::transitivity,
        &NetworkSummary::transitivity_error, &NetworkSummary::followees_to_followees,
        &NetworkSummary::followers_to_followees, &NetworkSummary::followees_to_followers,
        &NetworkSummary::followers_to_followers, &NetworkSummary::assortativity, &NetworkSummary::effective_diameter,
        &NetworkSummary::effective_diameter_error, &NetworkSummary::mean_path, &NetworkSummary::mean_path_error,
        &NetworkSummary::spectral_radius, &NetworkSummary::spectral_low, &NetworkSummary::spectral_high})
    out.*figure = std::numeric_limits<double>::quiet_NaN();
  out.reciprocity = sample_reciprocity(network, team);
  return out;
}

}  // namespace passalong
