// Row-major lookup with the checks that make it safe for any file that could be read.
#include "sim/experiment/curves.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>

#include "sim/base/failure.hpp"
#include "sim/base/suggest.hpp"

namespace passalong {
namespace {
bool comparable(const Result& result, const Variable& v) {
  const std::size_t size = std::visit([](const auto& values) { return values.size(); }, v.values);
  std::vector<std::string> dimensions{"strategy", "replicate", "time"};
  if (!result.brands.empty()) dimensions.insert(dimensions.begin() + 1, "brand");  // of the one strategy
  return v.dimensions == dimensions && size > 0 &&
         size == result.arms().size() * result.replicates.size() * result.time.size();
}

// The series meant by a name: the first that it begins, as `posts` does `posts_made`, else the one nearest in letters.
std::optional<std::string> meant(const std::string& name, const std::vector<std::string>& known) {
  for (const std::string& word : known)
    if (!name.empty() && word.starts_with(name + "_")) return word;
  return suggest(name, known);
}

[[noreturn]] void refuse(const Result& result, const std::string& series) {
  const auto known = comparable_series(result);
  if (known.empty()) {
    throw Failure(Exit::usage, "this result has no series to compare",
                  "it needs at least one [[strategy]] or [[brand]] and one whole replicate");
  }
  if (!result.brands.empty() && result.find(series) != nullptr) {
    throw Failure(Exit::usage, fmt::format("'{}' is about everyone: it is not told by {}", series, result.arm()),
                  fmt::format("told by {} are {}", result.arm(), fmt::join(known, ", ")));
  }
  const auto near = meant(series, known);
  throw Failure(Exit::usage, fmt::format("there is no series '{}' in this result", series),
                near ? fmt::format("did you mean '{}'?", *near) : fmt::format("it has {}", fmt::join(known, ", ")));
}
}  // namespace

Curves::Curves(const Result& result, const std::string& series)
    : variable_(result.find(series)), replicates_(result.replicates.size()), times_(result.time.size()) {
  if (variable_ == nullptr || !comparable(result, *variable_)) refuse(result, series);
}

double Curves::at(std::size_t arm, std::size_t replicate, std::size_t time) const {
  const std::size_t index = (arm * replicates_ + replicate) * times_ + time;
  return std::visit([&](const auto& values) { return static_cast<double>(values[index]); }, variable_->values);
}

std::vector<double> Curves::over_replicates(std::size_t arm, std::size_t time) const {
  std::vector<double> values(replicates_);
  for (std::size_t r = 0; r < replicates_; ++r) values[r] = at(arm, r, time);
  return values;
}

std::vector<std::vector<double>> Curves::difference(std::size_t a, std::size_t b) const {
  std::vector<std::vector<double>> curves(replicates_, std::vector<double>(times_));
  for (std::size_t r = 0; r < replicates_; ++r) {
    for (std::size_t t = 0; t < times_; ++t) curves[r][t] = at(a, r, t) - at(b, r, t);
  }
  return curves;
}

std::vector<std::string> comparable_series(const Result& result) {
  std::vector<std::string> names;
  for (const Variable& v : result.series) {
    if (comparable(result, v)) names.push_back(v.name);
  }
  return names;
}

}  // namespace passalong
