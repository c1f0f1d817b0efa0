// What readers infer and how fast: the two-sided sequential test (Wald 1945), the best and the mean of many guesses,
// the kernel of reaction times (Zhao et al. 2015).
#pragma once

namespace passalong::theory {

// The log-odds that an author is a pitcher after so many posts of each kind (Bayes).
double log_odds_after(double prior, double q1, double q0, int pitches, int others);

// Posts until the odds are 19 to 1 either way, starting even, where a share of the posts are pitches: from the chain of
// counts itself.
struct Detection {
  double posts = 0;   // mean
  double square = 0;  // mean of squares
  double wrong = 0;   // share that end on the wrong side
};
Detection detection(double q1, double q0, double pitch_share);
double wald_posts(double q1, double q0);  // ln 19 / KL, which takes no account of overshoot

double expected_best(unsigned n);  // of n standard normal draws
double variance_of_best(unsigned n);
double crowd_variance(double sigma, double common, double n);  // sigma^2 (1 / n + rho (1 - 1 / n))

// Share of reactions within so many seconds: flat to s0, then a power law; normalised.
double kernel_within(double seconds, double theta, double plateau);
double seismic_plateau_density(double theta, double plateau);  // c: the density up to s0

}  // namespace passalong::theory
