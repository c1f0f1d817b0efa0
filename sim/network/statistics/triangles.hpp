// Triangles and clustering of the undirected network of ties: counted, or estimated from ties that meet ("wedges").
#pragma once
#include <cstdint>
#include <optional>

#include "sim/network/statistics/links.hpp"

namespace passalong {

// Errors are standard errors, 0 where counted.
struct Triangles {
  double triangles = 0, triangles_error = 0;
  double clustering = 0, clustering_error = 0;      // mean over all accounts; fewer than two ties count as 0 (SNAP)
  double transitivity = 0, transitivity_error = 0;  // 3 triangles / wedges
  bool sampled = false;
};

// Every triangle, found once, from its account with the fewest ties (Latapy 2008, "forward"). Nothing where that takes
// more than `most_looks`. 4 bytes a tie and 20 an account, and 8 an account for each worker.
std::optional<Triangles> count_triangles(const Links& links, std::uint64_t most_looks, Team& team);

// From `wedges` wedges drawn evenly, for triangles and transitivity, and as many drawn evenly over accounts, for
// clustering (Seshadhri, Pinar & Kolda 2013). The standard errors are those of a share, never 0.
Triangles sample_triangles(const Links& links, std::uint32_t wedges, Team& team);

// Pairs of ties that meet at an account, over all accounts.
double count_wedges(const Links& links, Team& team);

}  // namespace passalong
