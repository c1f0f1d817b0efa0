// How distributions are written: a bare number, or a table { distribution = "log-normal", mean = 25, sigma = 1 }.
#pragma once
#include <span>
#include <string>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/scenario/fields.hpp"

namespace passalong {

struct DistributionForm {
  struct Parameter {
    const char* name;  // null: the form has no second parameter
    double low, high;
    const char* help;
  };
  Distribution::Kind kind;
  const char* name;
  Parameter parameters[2];
  double lowest, highest;  // of what it can yield, where that does not depend on the parameters
  Distribution (*make)(double first, double second);
};

std::span<const DistributionForm> distribution_forms();
const DistributionForm& form_of(const Distribution& distribution);
const DistributionForm* find_form(const std::string& name);
// As TOML; a constant is a bare number.
std::string write_distribution(const Distribution& distribution);
// Lists of numbers, as TOML.
std::string write_numbers(const std::vector<double>& values);
std::string write_matrix(const std::vector<std::vector<double>>& rows);
std::string write_accounts(const std::vector<AccountChoice>& choices);
std::string write_quoted(const std::string& text);
// The least and the greatest value it can yield; infinite where unbounded.
double least_of(const Distribution& distribution);
double most_of(const Distribution& distribution);

}  // namespace passalong
