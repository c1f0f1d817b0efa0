// Independent cascades on small graphs, exactly: by enumerating live-edge graphs (Kempe, Kleinberg & Tardos 2003, claim
// 2.6), by the chain binomial on complete graphs (Reed & Frost; Gilbert 1959), and by formula.
#pragma once
#include <utility>
#include <vector>

namespace passalong::theory {

using Edges = std::vector<std::pair<unsigned, unsigned>>;  // an undirected edge, or from the first to the second

// Expected number of active nodes from each single seed, every undirected edge live with probability p.
std::vector<double> undirected_spread(unsigned nodes, const Edges& edges, double p);
// P(size = k), k = 0..n, of a cascade from one of n nodes all tied to each other.
std::vector<double> complete_sizes(unsigned n, double p);
double complete_spread(unsigned n, double p);

double diamond_reach(double p);                 // s -> a, b -> t: P(t becomes active)
double star_spread(unsigned leaves, double p);  // from the hub
double path_spread(unsigned nodes, double p);   // from an end
double cycle_spread(unsigned nodes, double p);
// The 20 marriages of the 15 Florentine families (Padgett & Ansell 1993), families in alphabetic order.
const Edges& florentine_marriages();
const std::vector<const char*>& florentine_families();

}  // namespace passalong::theory
