// Epidemics exactly: where everybody meets everybody, as Markov chains (Bailey 1975), and on large random networks
// (Miller, Slim & Volz 2012).
#pragma once
#include <vector>

namespace passalong::theory {

// Share ever infected of a large undirected network with Poisson degrees, SIR in continuous time from few seeds.
double edge_based_share(double mean_degree, double infection, double recovery);

// P(size = k), k = 0..n, of SIR in continuous time from one of n accounts that all follow each other, by the chain of
// what happens next. The same with an exposed state of whatever length.
std::vector<double> well_mixed_sizes(unsigned n, double infection, double recovery);

// P(k infected at t), k = 0..n, of SIS (with recovery 0: SI) from `start` of n likewise.
std::vector<double> well_mixed_infected(unsigned n, unsigned start, double infection, double recovery, double t);

}  // namespace passalong::theory
