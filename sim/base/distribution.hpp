// Named distributions a scenario can give a trait. Every draw is the inverse distribution function of one uniform,
// so that two runs that share the uniform share the person, and nothing depends on the standard library's samplers.
#pragma once
#include <memory>
#include <vector>

namespace passalong {

class Distribution {
 public:
  enum class Kind { constant, uniform, beta, normal, log_normal, exponential, gamma };

  static Distribution constant(double value);
  static Distribution uniform(double low, double high);
  static Distribution beta(double a, double b);
  static Distribution normal(double mean, double sd);
  static Distribution log_normal(double mean, double sigma);  // mean of the variable itself, sigma of its log
  static Distribution exponential(double mean);
  static Distribution gamma(double shape, double mean);

  Distribution() : Distribution(constant(0)) {}

  Kind kind() const { return kind_; }
  double first() const { return first_; }
  double second() const { return second_; }
  double mean() const;
  // The value below which a share u of draws lies, 0 < u < 1. beta and gamma are tabulated at 4,096 points and
  // inverted beyond the first and the last.
  double quantile(double u) const;
  // quantile(normal_cdf(z)), without the detour where the distribution is normal or log-normal: for Gaussian copulas.
  double at_score(double z) const;
  bool operator==(const Distribution& o) const {
    return kind_ == o.kind_ && first_ == o.first_ && second_ == o.second_;
  }

 private:
  Distribution(Kind kind, double first, double second);
  double look_up(double u) const;
  double cdf(double x) const;  // beta and gamma

  struct Table;  // quantiles at (i + 1/2) / size
  static std::shared_ptr<Table> shared_table(Kind kind, double first, double second);
  const std::vector<double>& table() const;

  Kind kind_;
  double first_, second_;
  std::shared_ptr<Table> table_;
};

}  // namespace passalong
