// The one table of distributions: names, parameters, ranges.
#include "sim/scenario/forms.hpp"

#include <fmt/format.h>

#include <limits>

#include "sim/scenario/units.hpp"

namespace passalong {
namespace {
using Kind = Distribution::Kind;
constexpr double any = 1e15, infinite = std::numeric_limits<double>::infinity();
constexpr DistributionForm::Parameter none{nullptr, 0, 0, ""};
constexpr DistributionForm forms[] = {
    {Kind::constant,
     "constant",
     {{"value", -any, any, "the value"}, none},
     -any,
     any,
     [](double value, double) { return Distribution::constant(value); }},
    {Kind::uniform,
     "uniform",
     {{"low", -any, any, "the least value"}, {"high", -any, any, "the greatest value"}},
     -any,
     any,
     Distribution::uniform},
    {Kind::beta, "beta", {{"a", 0.01, 1e4, "first shape"}, {"b", 0.01, 1e4, "second shape"}}, 0, 1, Distribution::beta},
    {Kind::normal,
     "normal",
     {{"mean", -any, any, "the mean"}, {"sd", 0, any, "the standard deviation"}},
     -infinite,
     infinite,
     Distribution::normal},
    {Kind::log_normal,
     "log-normal",
     {{"mean", 1e-12, any, "mean of the value itself"}, {"sigma", 0, 10, "standard deviation of its logarithm"}},
     0,
     infinite,
     Distribution::log_normal},
    {Kind::exponential,
     "exponential",
     {{"mean", 1e-12, any, "the mean"}, none},
     0,
     infinite,
     [](double mean, double) { return Distribution::exponential(mean); }},
    {Kind::gamma,
     "gamma",
     {{"shape", 0.01, 1e4, "the shape"}, {"mean", 1e-12, any, "the mean"}},
     0,
     infinite,
     Distribution::gamma},
};
}  // namespace

std::span<const DistributionForm> distribution_forms() { return forms; }

const DistributionForm& form_of(const Distribution& distribution) {
  for (const DistributionForm& form : forms)
    if (form.kind == distribution.kind()) return form;
  return forms[0];
}

const DistributionForm* find_form(const std::string& name) {
  for (const DistributionForm& form : forms)
    if (name == form.name) return &form;
  return nullptr;
}

std::string write_distribution(const Distribution& distribution) {
  if (distribution.kind() == Kind::constant) return fmt::format("{}", distribution.first());
  const DistributionForm& form = form_of(distribution);
  std::string text =
      fmt::format("{{ distribution = \"{}\", {} = {}", form.name, form.parameters[0].name, distribution.first());
  if (form.parameters[1].name) text += fmt::format(", {} = {}", form.parameters[1].name, distribution.second());
  return text + " }";
}

std::string write_numbers(const std::vector<double>& values) { return fmt::format("[{}]", fmt::join(values, ", ")); }

std::string write_matrix(const std::vector<std::vector<double>>& rows) {
  std::string text;
  for (const std::vector<double>& row : rows) text += (text.empty() ? "" : ", ") + write_numbers(row);
  return "[" + text + "]";
}

double least_of(const Distribution& distribution) {
  const bool bounded_by_parameter = distribution.kind() == Kind::constant || distribution.kind() == Kind::uniform;
  return bounded_by_parameter ? distribution.first() : form_of(distribution).lowest;
}

double most_of(const Distribution& distribution) {
  if (distribution.kind() == Kind::constant) return distribution.first();
  return distribution.kind() == Kind::uniform ? distribution.second() : form_of(distribution).highest;
}

std::string write_quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      quoted += std::string("\\") + c;
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      quoted += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    else
      quoted += c;
  }
  return quoted + '"';
}

namespace {
std::string write_labels(const std::vector<std::string>& labels) {
  std::string text;
  for (const std::string& label : labels) text += (text.empty() ? "" : ", ") + write_quoted(label);
  return text;
}

std::string write_choice(const AccountChoice& choice) {
  const std::string at = choice.at > 0 ? fmt::format(", at = {}", write_quoted(write_duration(choice.at))) : "";
  if (choice.random > 0) return fmt::format("{{ random = {}{} }}", choice.random, at);
  if (choice.top > 0) return fmt::format("{{ top = {}{} }}", choice.top, at);
  return at.empty() ? write_labels(choice.labels)
                    : fmt::format("{{ labels = [{}]{} }}", write_labels(choice.labels), at);
}
}  // namespace

std::string write_accounts(const std::vector<AccountChoice>& choices) {
  if (choices.size() == 1 && choices.front().labels.empty()) return write_choice(choices.front());
  std::string text;
  for (const AccountChoice& choice : choices) text += (text.empty() ? "" : ", ") + write_choice(choice);
  return "[" + text + "]";
}

}  // namespace passalong
