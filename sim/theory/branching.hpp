// Branching processes: extinction and total progeny (Galton & Watson 1874, Borel 1942, Otter 1949), and outbreaks on
// random networks, which begin as such processes (Newman 2002; Newman, Strogatz & Watts 2001; Boguna & Serrano 2005).
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <utility>

namespace passalong::theory {

using Generating = std::function<double(double)>;  // x -> sum of p_k x^k

Generating poisson_offspring(double mean);
Generating binomial_offspring(unsigned n, double p);
double extinct_by(const Generating& offspring, int generation);  // P(no one in that generation)
double extinction(const Generating& offspring);                  // the least fixed point

// P(N = n) of the total progeny of one ancestor with Poisson offspring of mean l <= 1 (Borel).
double borel(std::uint64_t n, double l);

// S = 1 - exp(-R S): the giant outbreak on a Poisson network.
double poisson_outbreak(double reproduction);

// How many accounts have each degree; and each pair (followees, followers).
using Degrees = std::map<std::uint32_t, double>;
using JointDegrees = std::map<std::pair<std::uint32_t, std::uint32_t>, double>;

JointDegrees poisson_degrees(double mean);  // both, independently
Degrees power_law_degrees(double exponent, std::uint32_t least, std::uint32_t most);
double percolation_threshold(const Degrees& degrees);             // <k> / (<k^2> - <k>)
double percolation_giant(const Degrees& degrees, double chance);  // share of accounts in the giant cluster

// Cascades along followers, each tried with `chance`, from a random account.
struct DirectedOutbreak {
  double probability = 0;  // that it becomes large
  double share = 0;        // of accounts that a large one reaches
};
DirectedOutbreak directed_outbreak(const JointDegrees& degrees, double chance);
double directed_extinct_by(const JointDegrees& degrees, double chance, int generation);

}  // namespace passalong::theory
