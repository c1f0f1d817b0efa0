// The parts of a page's data, each one field or a few of its JSON object; what a result does not hold gives none.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "sim/experiment/statistics.hpp"
#include "sim/observe/result.hpp"
#include "sim/report/course.hpp"
#include "sim/report/json_writer.hpp"
#include "sim/report/report.hpp"

namespace passalong {

// A result with what is drawn of it; `result` has arms.
struct PageSource {
  const Result& result;
  const std::vector<Course>& courses;
  bool policies = true;  // arms are strategies or brands; else the one arm is a classic model
  bool live = false;     // some replicates have not come to the end
  std::size_t last = 0;  // the row that figures are of
};

// What the page is mainly about: followers where there are any.
std::string main_metric(const PageSource& source);
Comparison main_comparison(const PageSource& source);  // of a result of policies with a main metric

void write_courses(JsonWriter& json, const PageSource& source);     // days, series
void write_posts(JsonWriter& json, const PageSource& source);       // sizes and shapes of cascades
void write_tree(JsonWriter& json, const PageSource& source);        // one cascade
void write_sizes(JsonWriter& json, const PageSource& source);       // of a classic model's replicates
void write_base_rates(JsonWriter& json, const PageSource& source);  // beside what has been observed
void write_variations(JsonWriter& json, const PageSource& source, const std::vector<Variation>& variations);
void write_origin(JsonWriter& json, const Result& result);  // scenario, assumptions, command

void write_trust(JsonWriter& json, const PageSource& source);  // how often posts are passed on, by trust

void write_branch(JsonWriter& json, const Result& result);  // where futures part
// The arms that are futures, each with the arm it parts from; none but in a branched result.
std::vector<std::pair<std::size_t, std::size_t>> futures_of(const Result& result);

// An integer or floating variable of a group as numbers; empty where there is none.
std::vector<double> numbers_of(const Group& group, const std::string& variable);
const Group* find_group(const Result& result, const std::string& name);
const Variable* find_variable(const Group& group, const std::string& name);
std::vector<double> numbers_of(const Variable& variable);

// A quantile of finite values, between neighbours by distance (Hyndman & Fan's type 7); NaN of none.
double sample_quantile(std::vector<double> values, double share);
void write_estimate(JsonWriter& json, const Estimate& estimate);  // [mean, low, high]

}  // namespace passalong
