// Kendall's rank correlation with ties corrected, tau-b (Kendall 1945), in n log n steps (Knight 1966).
#pragma once
#include <span>

namespace passalong {

// Of n pairs (x[i], y[i]); 0 where all x or all y are equal.
double rank_correlation(std::span<const double> x, std::span<const double> y);

}  // namespace passalong
