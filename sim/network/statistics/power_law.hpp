// The truncated power law: density ~ x^-exponent on [lower, upper]. Follower counts have one (Kwak et al. 2010).
#pragma once
#include <span>

namespace passalong {

struct PowerLaw {
  double exponent = 2, lower = 1, upper = 1;

  // The one with this upper end whose mean is `mean`, 0 < mean <= upper; its lower end is found by bisection. Where
  // the tail alone is heavier than that (exponents near or below 1), the lower end stops at 1e-12 * upper.
  static PowerLaw with_mean(double exponent, double upper, double mean);
  double mean() const;
  double quantile(double u) const;
};

// The tail of counts: those of `from` and more, `number` of them.
struct TailFit {
  double exponent = 0, error = 0;  // error: (exponent - 1) / sqrt(number), eq. 3.2
  double from = 0, number = 0;
  double distance = 0;  // Kolmogorov and Smirnov's, between the tail and the law fitted to it
};

// By maximum likelihood, the tail beginning where the fit is best by Kolmogorov and Smirnov's distance (Clauset,
// Shalizi & Newman 2009, eqs. 3.7 and 3.9; eq. 3.7 is good to 1 % from counts of 6 on). histogram[x] is how many have
// count x. All 0 where fewer than 50 counts vary.
TailFit fit_tail(std::span<const unsigned long long> histogram);
inline double fit_tail_exponent(std::span<const unsigned long long> histogram) { return fit_tail(histogram).exponent; }

}  // namespace passalong
