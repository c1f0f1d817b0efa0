// What fills and drains: word of mouth by numbers (Bass 1969), narrowing by affinity, renewal, trust in the long run.
#pragma once
#include <vector>

namespace passalong::theory {

double bass_share(double innovation, double imitation, double t);
struct BassPeak {
  double time = 0, share = 0, rate = 0;
};
BassPeak bass_peak(double innovation, double imitation);
// The same in whole days, F <- F + (1 - F)(1 - exp(-(p + q F))), and the variance of F among n people, whose
// fluctuations feed on themselves (van Kampen's linear noise). By day, from 0.
struct BassCourse {
  std::vector<double> share, variance;
};
BassCourse bass_by_days(double innovation, double imitation, double people, int days);

// Affinity uniform on (0, 1), hazard c (1 - a), x = c t: who is left, and their mean affinity.
double narrowed_share(double x);
double narrowed_affinity(double x);

// A stock that loses q of it a day, after losses gaining g from those of n who are not in it.
double renewed_stock(double first, double hazard, double inflow, double people, int days);

double narrowed_fans(double x);  // share of them with an affinity above one half

double long_run_trust(double good_share, double loss);  // p / (p + rho (1 - p))
// E of (1 + G) / (2 + G + rho (n - G)), G ~ binomial(n, p): beta counts from (1, 1), nothing forgotten; and its
// variance.
struct Moments {
  double mean = 0, variance = 0;
};
Moments trust_after(int posts, double good_share, double loss);

}  // namespace passalong::theory
