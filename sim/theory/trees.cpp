#include "sim/theory/trees.hpp"

namespace passalong::theory {

double mean_distance(const std::vector<std::uint32_t>& parents) {
  const std::size_t n = parents.size();
  std::vector<std::vector<double>> apart(n, std::vector<double>(n));
  double sum = 0;
  for (std::size_t k = 1; k < n; ++k)  // a child is one further from everyone than its parent
    for (std::size_t j = 0; j < k; ++j) sum += apart[k][j] = apart[j][k] = apart[parents[k]][j] + 1;
  return n < 2 ? 0 : 2 * sum / static_cast<double>(n * (n - 1));
}
double star_virality(double nodes) { return 2 * (nodes - 1) / nodes; }
double path_virality(double nodes) { return (nodes + 1) / 3; }

}  // namespace passalong::theory
