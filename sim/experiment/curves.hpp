// One root series of a result as numbers: by arm (strategy or, where they share a world, brand), replicate and output.
#pragma once
#include <string>
#include <vector>

#include "sim/observe/result.hpp"

namespace passalong {

class Curves {
 public:
  // Failure(Exit::usage), with a suggestion, where the result has no such series over arm, replicate and time.
  Curves(const Result& result, const std::string& series);

  const Variable& variable() const { return *variable_; }
  double at(std::size_t arm, std::size_t replicate, std::size_t time) const;
  std::vector<double> over_replicates(std::size_t arm, std::size_t time) const;
  std::vector<std::vector<double>> difference(std::size_t a, std::size_t b) const;  // [replicate][time], a - b

 private:
  const Variable* variable_;
  std::size_t replicates_, times_;
};

// The names of the series that have the three dimensions Curves needs.
std::vector<std::string> comparable_series(const Result& result);

}  // namespace passalong
