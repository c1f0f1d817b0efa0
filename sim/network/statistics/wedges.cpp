// Triangles and clustering from drawn wedges: two ties that meet, closed where a third joins their other ends.
#include <cmath>

#include "sim/base/random.hpp"
#include "sim/network/account_sums.hpp"
#include "sim/network/statistics/samples.hpp"
#include "sim/network/statistics/triangles.hpp"

namespace passalong {
namespace {

// Whether a uniformly drawn pair of ties of `a`, which has two at least, is closed.
bool closed(const Links& links, AccountId a, const Stream& draw, std::uint32_t sample, std::uint32_t what) {
  const Words words = draw(sample, what, 1);
  const std::uint64_t first = scaled(words[0], links.ties[a]), second = scaled(words[1], links.ties[a] - 1ULL);
  return links.tied(links.tie(a, first), links.tie(a, second + (second >= first)));
}

struct Share {
  double value = 0, error = 0;
};

// The error is that of (hits + 1) / (drawn + 2), so that no share is taken for certain.
Share share(std::uint64_t hits, std::uint32_t drawn) {
  const double n = drawn, p = (static_cast<double>(hits) + 1) / (n + 2);
  return {static_cast<double>(hits) / n, std::sqrt(p * (1 - p) / n)};
}

template <class Pick>
Share draw_wedges(const Links& links, std::uint32_t wedges, Drawn what, Team& team, const Pick& pick) {
  const Stream draw(0, 0, Purpose::network_sample);
  const auto kind = static_cast<std::uint32_t>(what);
  const auto hits = team.sum<std::uint64_t>(wedges, 1024, 0, [&](std::size_t begin, std::size_t end) {
    std::uint64_t sum = 0;
    for (auto sample = static_cast<std::uint32_t>(begin); sample < end; ++sample) {
      const AccountId a = pick(draw(sample, kind));
      sum += links.ties[a] > 1 && closed(links, a, draw, sample, kind);
    }
    return sum;
  });
  return share(hits, wedges);
}

// Running sums of wedges: whole numbers, exact below 2^53.
std::vector<double> wedges_up_to(const Links& links) {
  std::vector<double> sums(links.accounts());
  double sum = 0;
  for (std::size_t a = 0; a < sums.size(); ++a) sums[a] = sum += 0.5 * links.ties[a] * (links.ties[a] - 1.0);
  return sums;
}
}  // namespace

Triangles sample_triangles(const Links& links, std::uint32_t wedges, Team& team) {
  Triangles found;
  found.sampled = true;
  const std::vector<double> up_to = wedges_up_to(links);
  if (up_to.empty() || up_to.back() == 0 || wedges == 0) return found;
  const Share closing = draw_wedges(links, wedges, Drawn::wedge, team, [&](const Words& words) {
    const double at = (static_cast<double>(words[0]) * 4294967296.0 + words[1]) / 18446744073709551616.0 * up_to.back();
    const auto found_at = std::upper_bound(up_to.begin(), up_to.end() - 1, at);
    return static_cast<AccountId>(found_at - up_to.begin());
  });
  const Share local = draw_wedges(links, wedges, Drawn::wedge_of_account, team, [&](const Words& words) {
    return static_cast<AccountId>(scaled(words[0], links.accounts()));
  });
  found.transitivity = closing.value, found.transitivity_error = closing.error;
  found.triangles = closing.value * up_to.back() / 3, found.triangles_error = closing.error * up_to.back() / 3;
  found.clustering = local.value, found.clustering_error = local.error;
  return found;
}

}  // namespace passalong
