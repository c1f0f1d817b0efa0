#include "sim/validate/sheet.hpp"

#include <algorithm>
#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/theory/tails.hpp"

namespace passalong {
namespace {

std::uint64_t mix(std::uint64_t x) {  // splitmix64: any bijection that scatters does
  x += 0x9e3779b97f4a7c15U;
  x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
  x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
  return x ^ (x >> 31U);
}

std::vector<double> numbers_of(const Column& column) {
  return std::visit([](const auto& values) { return std::vector<double>(values.begin(), values.end()); }, column);
}

const Variable& variable_of(const Result& result, const std::string& name) {
  const Variable* found = result.find(name);
  if (found == nullptr) throw Failure(Exit::run, "the result of a validation run has no `" + name + "`");
  return *found;
}

}  // namespace

void Sample::add(double value) {
  ++n_;
  const double before = value - mean_;
  mean_ += before / n_, squares_ += before * (value - mean_);
}
double Sample::variance() const { return n_ > 1 ? squares_ / (n_ - 1) : std::numeric_limits<double>::quiet_NaN(); }
double Sample::se() const { return std::sqrt(variance() / n_); }

std::uint64_t Sheet::seed() {
  std::uint64_t x = mix(effort_.seed);
  for (const char c : target_) x = mix(x ^ static_cast<unsigned char>(c));
  return mix(x ^ ++calls_) >> 2U;  // a scenario's seed is a positive number
}

Scenario Sheet::read(const std::string& toml, std::uint64_t seed) const {
  const std::vector<ModelChoice> models = model_choices();
  return parse_scenario("seed = " + std::to_string(seed) + "\n" + toml, "validate-" + target_ + ".toml", models);
}
RunReport Sheet::run(const std::string& toml) { return run(toml, seed(), effort_.threads); }
RunReport Sheet::run(const std::string& toml, std::uint64_t seed, unsigned threads) {
  return passalong::run(read(toml, seed), {.threads = threads});
}

void Sheet::exact(std::string what, double expected, double got, double tolerance) {
  add(std::move(what), expected, got, {.tolerance = tolerance});
}
void Sheet::as_published(const std::vector<std::pair<double, double>>& figures, double tolerance) {
  double off = 0;
  for (const auto& [printed, evaluated] : figures) off = std::max(off, std::fabs(evaluated - printed));
  const std::string count = std::to_string(figures.size());
  exact("formula against " + count + (figures.size() == 1 ? " published figure" : " published figures"), 0, off,
        tolerance);
}
void Sheet::equal(std::string what, double expected, double got) { exact(std::move(what), expected, got, 0); }
void Sheet::mean(std::string what, double expected, const Sample& sample) {
  add(std::move(what), expected, sample.mean(),
      {.kind = Gate::Kind::mean, .se = sample.se(), .freedom = sample.count() - 1});
}
void Sheet::mean(std::string what, double expected, double got, double se) {
  add(std::move(what), expected, got, {.kind = Gate::Kind::mean, .se = se});
}
void Sheet::share(std::string what, double expected, double count, double n) {
  add(std::move(what), expected, count / n,
      {.kind = Gate::Kind::share,
       .se = std::sqrt(expected * (1 - expected) / n),
       .count = static_cast<std::uint64_t>(count),
       .n = n});
}
void Sheet::band(std::string what, double low, double high, const Sample& sample) {
  add(std::move(what), std::clamp(sample.mean(), low, high), sample.mean(),
      {.kind = Gate::Kind::band, .se = sample.se(), .freedom = sample.count() - 1, .low = low, .high = high});
}
void Sheet::band(std::string what, double low, double high, double got, double se) {
  add(std::move(what), std::clamp(got, low, high), got, {.kind = Gate::Kind::band, .se = se, .low = low, .high = high});
}
void Sheet::share_band(std::string what, double low, double high, double count, double n) {
  const double got = count / n, expected = std::clamp(got, low, high);
  add(std::move(what), expected, got,
      {.kind = Gate::Kind::in_share,
       .se = std::sqrt(expected * (1 - expected) / n),
       .count = static_cast<std::uint64_t>(count),
       .n = n,
       .low = low,
       .high = high});
}

void Sheet::fit(std::string what, const std::vector<double>& shares, const std::vector<double>& counts) {
  constexpr double least = 20;
  double n = 0;
  for (const double c : counts) n += c;
  std::vector<std::pair<double, double>> cells;  // expected, counted
  double expected = 0, counted = 0;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    expected += n * shares[k], counted += counts[k];
    if (expected >= least) cells.emplace_back(expected, counted), expected = counted = 0;
  }
  if (cells.empty()) cells.emplace_back(0, 0);
  cells.back().first += expected, cells.back().second += counted;
  double statistic = 0;
  for (const auto& [e, c] : cells) statistic += (c - e) * (c - e) / e;
  fit(std::move(what), statistic, static_cast<double>(cells.size()) - 1, n);
}
void Sheet::fit(std::string what, double statistic, double freedom, double n) {
  add(std::move(what), freedom, statistic,
      {.kind = Gate::Kind::fit, .se = std::sqrt(2 * freedom), .freedom = freedom, .n = n});
}

std::vector<double> replicate_values(const Result& result, const std::string& name) {
  return numbers_of(variable_of(result, name).values);
}
std::vector<double> course_of(const Result& result, const std::string& name, std::size_t replicate, std::size_t arm) {
  const std::vector<double> all = numbers_of(variable_of(result, name).values);
  const std::size_t rows = result.time.size(), replicates = result.replicates.size();
  const auto first = all.begin() + static_cast<std::ptrdiff_t>((arm * replicates + replicate) * rows);
  return {first, first + static_cast<std::ptrdiff_t>(rows)};
}
double last_of(const Result& result, const std::string& name, std::size_t replicate, std::size_t arm) {
  return course_of(result, name, replicate, arm).back();
}
std::vector<double> column_of(const Result& result, const std::string& group, const std::string& name) {
  for (const Group& g : result.groups)
    for (const Variable& v : g.variables)
      if (g.name == group && v.name == name) return numbers_of(v.values);
  throw Failure(Exit::run, "the result of a validation run has no `" + group + "/" + name + "`");
}

}  // namespace passalong
