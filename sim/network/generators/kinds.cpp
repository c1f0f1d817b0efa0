// The list of generators: one line a kind.
#include "sim/network/generators/kinds.hpp"

#include <algorithm>

#include "sim/network/generators/asked_mean.hpp"
#include "sim/network/generators/barabasi_albert.hpp"
#include "sim/network/generators/chung_lu.hpp"
#include "sim/network/generators/communities.hpp"
#include "sim/network/generators/configuration.hpp"
#include "sim/network/generators/erdos_renyi.hpp"
#include "sim/network/generators/florentine.hpp"
#include "sim/network/generators/preferential_attachment.hpp"
#include "sim/network/generators/regular.hpp"
#include "sim/network/generators/rmat.hpp"
#include "sim/network/generators/stochastic_block.hpp"
#include "sim/network/generators/watts_strogatz.hpp"

namespace passalong {

std::span<const KindOfNetwork> kinds_of_network() {
  static const std::vector<KindOfNetwork> kinds{
      {"configuration", generate_configuration, mean_configuration},
      {"chung-lu", generate_chung_lu, asked_mean},
      {"erdos-renyi", generate_erdos_renyi, asked_mean},
      {"stochastic-block", generate_stochastic_block, asked_mean},
      {"communities", generate_communities, asked_mean},
      {"barabasi-albert", generate_barabasi_albert, mean_barabasi_albert},
      {"preferential-attachment", generate_preferential_attachment, mean_preferential_attachment},
      {"watts-strogatz", generate_watts_strogatz, mean_watts_strogatz},
      {"ring", generate_ring, mean_ring},
      {"lattice", generate_lattice, mean_lattice},
      {"rmat", generate_rmat, mean_rmat},
      {"complete", generate_complete, mean_complete},
      {"star", generate_star, mean_star},
      {"path", generate_path, mean_path},
      {"tree", generate_tree, mean_tree},
      {"florentine", generate_florentine, mean_florentine},
      {"well-mixed", generate_well_mixed, mean_well_mixed},
  };
  return kinds;
}

const KindOfNetwork* find_kind(const std::string& name) {
  const auto all = kinds_of_network();
  const auto kind = std::find_if(all.begin(), all.end(), [&](const KindOfNetwork& k) { return name == k.name; });
  return kind == all.end() ? nullptr : &*kind;
}

}  // namespace passalong
