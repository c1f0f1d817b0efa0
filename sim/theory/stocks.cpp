#include "sim/theory/stocks.hpp"

#include <cmath>

namespace passalong::theory {

double bass_share(double innovation, double imitation, double t) {
  const double e = std::exp(-(innovation + imitation) * t);
  return (1 - e) / (1 + imitation / innovation * e);
}
BassPeak bass_peak(double innovation, double imitation) {
  const double both = innovation + imitation;
  return {std::log(imitation / innovation) / both, 0.5 - innovation / (2 * imitation), both * both / (4 * imitation)};
}

BassCourse bass_by_days(double innovation, double imitation, double people, int days) {
  BassCourse course{{0}, {0}};
  for (int day = 0; day < days; ++day) {
    const double F = course.share.back(), stay = std::exp(-(innovation + imitation * F));
    const double slope = stay * (1 + (1 - F) * imitation);  // dF'/dF
    course.share.push_back(F + (1 - F) * (1 - stay));
    course.variance.push_back(slope * slope * course.variance.back() + (1 - F) * stay * (1 - stay) / people);
  }
  return course;
}

double narrowed_share(double x) { return -std::expm1(-x) / x; }
double narrowed_affinity(double x) { return 1 - (1 / x - 1 / std::expm1(x)); }

double renewed_stock(double first, double hazard, double inflow, double people, int days) {
  double stock = first;
  for (int day = 0; day < days; ++day) stock = stock * std::exp(-hazard) + inflow * (1 - stock / people);
  return stock;
}
double narrowed_fans(double x) { return std::expm1(-x / 2) / std::expm1(-x); }

double long_run_trust(double good_share, double loss) { return good_share / (good_share + loss * (1 - good_share)); }
Moments trust_after(int posts, double good_share, double loss) {
  double mean = 0, square = 0;
  for (int good = 0; good <= posts; ++good) {
    const double chance =
        std::exp(std::lgamma(posts + 1.0) - std::lgamma(good + 1.0) - std::lgamma(posts - good + 1.0) +
                 good * std::log(good_share) + (posts - good) * std::log1p(-good_share));
    const double trust = (1 + good) / (2 + good + loss * (posts - good));
    mean += chance * trust, square += chance * trust * trust;
  }
  return {mean, square - mean * mean};
}

}  // namespace passalong::theory
