// What a page draws over time: a series by arm, replicate and day, flows added up so that they say how much has come of
// it by then.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/observe/result.hpp"

namespace passalong {

struct Course {
  std::string name, label, unit, about;
  std::string one;      // the label of a single one, where it has another form
  bool total = false;   // a flow, added up from the first row on
  bool counts = false;  // it counts things; else it is a level such as a mean or a share
  std::vector<std::vector<std::vector<double>>> values;  // [arm][replicate][row]

  std::vector<double> over_replicates(std::size_t arm, std::size_t row) const;      // those with a value
  std::vector<std::vector<double>> difference(std::size_t a, std::size_t b) const;  // [replicate][row], a - b
  std::vector<double> last_of(std::size_t arm) const;  // by replicate, at the last row: NaN where it has none
};

// A result of a model without strategies as one with a single arm, so that one page serves both.
class Armed {
 public:
  explicit Armed(const Result& given);
  const Result& result() const { return made_ ? *made_ : given_; }

 private:
  const Result& given_;
  std::optional<Result> made_;  // only where there is no arm: results can be large
};
// Of a result with arms: every series that is told by arm, replicate and time.
std::vector<Course> courses_of(const Result& result);

// Everyone else among the followers: those who are neither fans nor sellers, at least; empty where these are not told.
std::vector<Course> derived_courses(const std::vector<Course>& courses);

const Course* find_course(const std::vector<Course>& courses, std::string_view name);
// Rows to draw: all, or so many evenly spaced ones with the first and the last.
std::vector<std::size_t> thinned_rows(std::size_t rows, std::size_t most);
// The last row at which every arm has a replicate.
std::size_t last_row(const std::vector<Course>& courses, std::size_t rows);

}  // namespace passalong
