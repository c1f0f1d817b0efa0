// Thresholds and adoption: the linear threshold model by picks (Kempe, Kleinberg & Tardos 2003), Watts's window (2002),
// Granovetter's equilibrium (1978), Bass's crowd counted exactly, the spread of fractional SIR (Feng et al. 2015).
#pragma once
#include <vector>

#include "sim/theory/branching.hpp"
#include "sim/theory/small_graphs.hpp"

namespace passalong::theory {

// P(size = k), k = 0..n, from one seed where each node's weights are 1 / degree: each picks one neighbour, all alike;
// active is who is led to the seed. By counting all picks.
std::vector<double> picked_sizes(unsigned nodes, const Edges& undirected, unsigned seed);

// On Poisson networks of mean z: nodes of degree up to `most` follow a single active neighbour (most = floor(1 / phi)).
struct Window {
  double low = 0, high = 0;  // z * P(Poisson(z) <= most - 2) = 1
};
Window cascade_window(unsigned most);
double vulnerable_offspring(double mean, unsigned most);  // that product: below 1 no cascade becomes large
double trigger_probability(double mean, unsigned most);   // that one random node sets off a large cascade

// The least x with x = P(threshold <= x), thresholds normal.
double normal_equilibrium(double mean, double sd);

// P(k adopters at t), k = 0..n, from 0: each of the others at the rate p + q k / n.
std::vector<double> adopters(unsigned n, double p, double q, double t);

// Fractional SIR from one random account of an undirected network without short cycles: a contact is passed on with
// T_k = 1 - (1 - share / k^overload)^steps, k those the receiver follows.
struct Spread {
  double reproduction = 0;                                        // of an account that was reached
  double first = 0;                                               // whom the first account wins itself
  double size() const { return 1 + first / (1 - reproduction); }  // mean, below the threshold
};
Spread fractional_spread(const Degrees& degrees, double share, double overload, int steps);

}  // namespace passalong::theory
