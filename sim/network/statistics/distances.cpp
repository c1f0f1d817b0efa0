// Sources, and what their waves' counts say.
#include "sim/network/statistics/distances.hpp"

#include <cmath>
#include <numeric>

#include "sim/base/random.hpp"
#include "sim/network/statistics/samples.hpp"
#include "sim/network/statistics/waves.hpp"

namespace passalong {
namespace {
constexpr std::size_t sources_a_wave = 64, deep = 4096;

using Histogram = std::vector<double>;  // [d]: pairs at distance d + 1

void add(DistanceCounts& to, const DistanceCounts& more) {
  if (more.size() > to.size()) to.resize(more.size());
  for (std::size_t d = 0; d < more.size(); ++d)
    for (std::size_t g = 0; g < more[d].size(); ++g) to[d][g] += more[d][g];
}

double mean_distance(const Histogram& pairs) {
  double sum = 0, all = 0;
  for (std::size_t d = 0; d < pairs.size(); ++d) sum += pairs[d] * static_cast<double>(d + 1), all += pairs[d];
  return all > 0 ? sum / all : 0;
}

double effective_diameter(const Histogram& pairs) {
  const double goal = 0.9 * std::accumulate(pairs.begin(), pairs.end(), 0.0);
  double below = 0;
  for (std::size_t d = 0; d < pairs.size(); ++d) {
    if (below + pairs[d] > goal) return static_cast<double>(d) + (goal - below) / pairs[d];
    below += pairs[d];
  }
  return static_cast<double>(pairs.size());
}

// Groups of sources: the eight of every wave, apart for each of a few waves in turn. Few where distances are long, as
// each keeps a count for each distance.
class Groups {
 public:
  void add(const DistanceCounts& counts, std::size_t wave) {
    if (wave == 0) parts_.resize(counts.size() > deep ? 1 : 4);
    passalong::add(parts_[wave % parts_.size()], counts);
  }

  // Without the g-th; all of them for g = size().
  Histogram without(std::size_t g) const {
    Histogram pairs;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      pairs.resize(std::max(pairs.size(), parts_[p].size()));
      for (std::size_t d = 0; d < parts_[p].size(); ++d)
        for (std::size_t i = 0; i < 8; ++i) pairs[d] += 8 * p + i == g ? 0.0 : static_cast<double>(parts_[p][d][i]);
    }
    return pairs;
  }
  std::size_t size(std::size_t waves) const { return 8 * std::min(waves, parts_.size()); }

 private:
  std::vector<DistanceCounts> parts_;
};

// sqrt((n - 1) / n * sum of (value without g - their mean)^2).
double jackknife(const std::vector<double>& without) {
  const auto n = static_cast<double>(without.size());
  double mean = 0, squares = 0;
  for (const double v : without) mean += v / n;
  for (const double v : without) squares += (v - mean) * (v - mean);
  return std::sqrt((n - 1) / n * squares);
}

std::vector<AccountId> draw_sources(AccountId accounts, std::size_t wave) {
  const Stream draw(0, 0, Purpose::network_sample);
  std::vector<AccountId> sources(sources_a_wave);
  for (std::size_t s = 0; s < sources.size(); ++s) {
    const Words words =
        draw(static_cast<std::uint32_t>(wave * sources_a_wave + s), static_cast<std::uint32_t>(Drawn::source));
    sources[s] = static_cast<AccountId>(scaled(words[0], accounts));
  }
  return sources;
}

std::vector<AccountId> next_sources(AccountId accounts, std::size_t wave) {
  std::vector<AccountId> sources(std::min(sources_a_wave, accounts - wave * sources_a_wave));
  std::iota(sources.begin(), sources.end(), static_cast<AccountId>(wave * sources_a_wave));
  return sources;
}

void estimate_errors(Distances& found, const Groups& groups, std::size_t waves) {
  std::vector<double> diameters, means;
  for (std::size_t g = 0; g < groups.size(waves); ++g) {
    const Histogram pairs = groups.without(g);
    diameters.push_back(effective_diameter(pairs)), means.push_back(mean_distance(pairs));
  }
  found.effective_diameter_error = jackknife(diameters), found.mean_path_error = jackknife(means);
}
}  // namespace

Distances measure_distances(const Links& links, std::uint64_t most_looks, Team& team) {
  const AccountId accounts = links.accounts();
  if (accounts == 0) return {};
  const std::size_t all_waves = (accounts + sources_a_wave - 1) / sources_a_wave;
  Waves waves(links, team);
  // The first wave tells what one costs; a fresh start follows where all can be afforded.
  DistanceCounts first = waves.from(draw_sources(accounts, 0));
  const std::uint64_t affordable = most_looks / std::max<std::uint64_t>(1, waves.looks());
  const bool sampled = affordable < all_waves;
  const std::size_t count = sampled ? std::max<std::size_t>(1, affordable) : all_waves;
  Groups groups;
  for (std::size_t w = 0; w < count; ++w)
    groups.add(sampled && w == 0 ? first : waves.from(sampled ? draw_sources(accounts, w) : next_sources(accounts, w)),
               w);
  const Histogram pairs = groups.without(groups.size(count));
  Distances found{effective_diameter(pairs), 0, mean_distance(pairs), 0, 0, sampled};
  found.sources = sampled ? count * sources_a_wave : accounts;
  if (sampled) estimate_errors(found, groups, count);
  return found;
}

}  // namespace passalong
