// Tails and quantiles of the distributions that tests compare with, from std <cmath> alone: nothing of the simulator.
#pragma once
#include <cstdint>

namespace passalong::theory {

double normal_tail(double z);                   // P(Z > z)
double normal_point(double tail);               // z with P(Z > z) = tail
double student_tail(double t, double freedom);  // infinite freedom: normal
double student_point(double tail, double freedom);
double chi_square_tail(double x, double freedom);
double chi_square_point(double tail, double freedom);
double noncentral_chi_square_tail(double x, double freedom, double noncentrality);
// P(K >= k) and P(K <= k) of a binomial count.
double binomial_at_least(std::uint64_t k, std::uint64_t n, double p);
double binomial_at_most(std::uint64_t k, std::uint64_t n, double p);

// Twice the smaller tail, at most 1: exact for a binomial count (Clopper & Pearson 1934).
double binomial_two_sided(std::uint64_t k, std::uint64_t n, double p);

double regular_beta(double x, double a, double b);  // I_x(a, b)
double upper_gamma(double a, double x);             // Q(a, x)

}  // namespace passalong::theory
