#include "sim/theory/small_graphs.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace passalong::theory {
namespace {

// Sums, over all live-edge graphs by their weight, how large the cluster of each node is.
class Enumeration {
 public:
  Enumeration(unsigned nodes, const Edges& edges, double p) : edges_(edges), p_(p), spread_(nodes) {}
  std::vector<double> run() {
    std::vector<unsigned> cluster(spread_.size());
    std::iota(cluster.begin(), cluster.end(), 0U);
    branch(0, 1, cluster);
    return {spread_.begin(), spread_.end()};
  }

 private:
  // Edge by edge: not live, or live, which joins two clusters.
  void branch(std::size_t edge, double weight, const std::vector<unsigned>& cluster) {
    if (edge == edges_.size()) return count(weight, cluster);
    const unsigned a = cluster[edges_[edge].first], b = cluster[edges_[edge].second];
    if (a == b) return branch(edge + 1, weight, cluster);
    branch(edge + 1, weight * (1 - p_), cluster);
    std::vector<unsigned> joined = cluster;
    std::replace(joined.begin(), joined.end(), std::max(a, b), std::min(a, b));
    branch(edge + 1, weight * p_, joined);
  }
  void count(double weight, const std::vector<unsigned>& cluster) {
    for (std::size_t node = 0; node < cluster.size(); ++node)
      spread_[node] += static_cast<long double>(weight) *
                       static_cast<long double>(std::count(cluster.begin(), cluster.end(), cluster[node]));
  }

  const Edges& edges_;
  double p_;
  // A million equal terms would all be rounded to the same side: doubles lose 1e-11 by that.
  std::vector<long double> spread_;
};

double choose(unsigned n, unsigned k) {
  return std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0));
}

}  // namespace

std::vector<double> undirected_spread(unsigned nodes, const Edges& edges, double p) {
  return Enumeration(nodes, edges, p).run();
}

// Gilbert's recursion: c_k = P(k nodes are connected); the seed's cluster has k of n nodes where these are connected
// and none of them has a live edge to the others.
std::vector<double> complete_sizes(unsigned n, double p) {
  std::vector<double> connected(n + 1), sizes(n + 1);
  for (unsigned k = 1; k <= n; ++k) {
    connected[k] = 1;
    for (unsigned j = 1; j < k; ++j)
      connected[k] -= choose(k - 1, j - 1) * connected[j] * std::pow(1 - p, static_cast<double>(j) * (k - j));
    sizes[k] = choose(n - 1, k - 1) * connected[k] * std::pow(1 - p, static_cast<double>(k) * (n - k));
  }
  return sizes;
}
double complete_spread(unsigned n, double p) {
  const std::vector<double> sizes = complete_sizes(n, p);
  double mean = 0;
  for (unsigned k = 1; k <= n; ++k) mean += k * sizes[k];
  return mean;
}

double diamond_reach(double p) { return 1 - std::pow(1 - p * p, 2); }
double star_spread(unsigned leaves, double p) { return 1 + leaves * p; }
double path_spread(unsigned nodes, double p) {
  double sum = 0;
  for (unsigned k = 0; k < nodes; ++k) sum += std::pow(p, k);
  return sum;
}
double cycle_spread(unsigned nodes, double p) {
  double sum = 1;
  for (unsigned a = 1; a < nodes; ++a) sum += 2 * std::pow(p, a);
  return sum - (nodes - 1) * std::pow(p, nodes);
}

const std::vector<const char*>& florentine_families() {
  static const std::vector<const char*> families{"Acciaiuoli", "Albizzi",  "Barbadori",    "Bischeri", "Castellani",
                                                 "Ginori",     "Guadagni", "Lamberteschi", "Medici",   "Pazzi",
                                                 "Peruzzi",    "Ridolfi",  "Salviati",     "Strozzi",  "Tornabuoni"};
  return families;
}
const Edges& florentine_marriages() {
  static const Edges marriages{{0, 8},   {8, 2},  {8, 11}, {8, 14},  {8, 1},  {8, 12},  {12, 9},
                               {4, 10},  {4, 13}, {4, 2},  {10, 13}, {10, 3}, {13, 11}, {13, 3},
                               {11, 14}, {14, 6}, {1, 5},  {1, 6},   {3, 6},  {6, 7}};
  return marriages;
}

}  // namespace passalong::theory
