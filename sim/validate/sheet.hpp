// Where a target writes its rows, and what it may ask for: a scenario run the way users run it, a seed of its own, how
// much to compute.
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sim/experiment/run.hpp"
#include "sim/validate/gate.hpp"

namespace passalong {

struct Effort {
  bool quick = false;
  std::uint64_t seed = 1;
  unsigned threads = 0;
  std::string networks{};  // a folder with real networks; empty: targets that need them give no rows
};

// Many measurements of one quantity.
class Sample {
 public:
  Sample() = default;
  explicit Sample(std::span<const double> values) {
    for (const double v : values) add(v);
  }
  void add(double value);
  double mean() const { return mean_; }
  double variance() const;  // unbiased
  double se() const;        // of the mean
  double count() const { return n_; }

 private:
  double n_ = 0, mean_ = 0, squares_ = 0;
};

class Sheet {
 public:
  Sheet(const Effort& effort, std::string target) : effort_(effort), target_(std::move(target)) {}

  bool quick() const { return effort_.quick; }
  const std::string& networks() const { return effort_.networks; }
  unsigned threads() const { return effort_.threads; }
  template <class Number>
  Number full_or(Number full, Number quick) const {
    return effort_.quick ? quick : full;
  }
  std::uint64_t seed();  // another at each call; all from the run's seed, the target and the number of the call
  // The scenario of a TOML text, to which a seed is added; as `passalong run` runs it.
  RunReport run(const std::string& toml);
  RunReport run(const std::string& toml, std::uint64_t seed, unsigned threads);
  Scenario read(const std::string& toml, std::uint64_t seed) const;

  void exact(std::string what, double expected, double got, double tolerance = 1e-12);
  // Evaluators against the figures that were printed: {printed, evaluated}. The row is the largest difference.
  void as_published(const std::vector<std::pair<double, double>>& figures, double tolerance);
  void equal(std::string what, double expected, double got);
  void mean(std::string what, double expected, const Sample& sample);   // t
  void mean(std::string what, double expected, double got, double se);  // z: the error is known
  void share(std::string what, double expected, double count, double n);
  void band(std::string what, double low, double high, const Sample& sample);
  void band(std::string what, double low, double high, double got, double se);
  void share_band(std::string what, double low, double high, double count, double n);
  // Counts against shares that sum to 1; cells expected to hold fewer than 20 are joined to their neighbours:
  // with five a tail that should hold 1e-5 holds ten times as much.
  void fit(std::string what, const std::vector<double>& shares, const std::vector<double>& counts);
  // A chi-square statistic of one's own; n as in Gate.
  void fit(std::string what, double statistic, double freedom, double n);

  const std::vector<Row>& rows() const { return rows_; }

 private:
  void add(std::string what, double expected, double got, Gate gate) {
    rows_.push_back({std::move(what), expected, got, gate});
  }
  const Effort& effort_;
  std::string target_;
  std::uint64_t calls_ = 0;
  std::vector<Row> rows_;
};

// What is found in results.
std::vector<double> replicate_values(const Result& result, const std::string& name);  // (replicate)
std::vector<double> course_of(const Result& result, const std::string& name, std::size_t replicate = 0,
                              std::size_t arm = 0);  // over time
double last_of(const Result& result, const std::string& name, std::size_t replicate = 0, std::size_t arm = 0);
// A column of a group.
std::vector<double> column_of(const Result& result, const std::string& group, const std::string& name);

}  // namespace passalong
