// Rows are copied as they come and again when somebody looks: there are few of them beside the work of making one.
#include "sim/experiment/live_worlds.hpp"

#include <algorithm>
#include <limits>

#include "sim/experiment/manifest.hpp"

namespace passalong {
namespace {

std::size_t rows_of(const WorldRecord& world) { return world.columns.empty() ? 0 : world.columns.front().size(); }

template <class Worlds>
std::size_t longest(const Worlds& worlds) {
  std::size_t rows = 0;
  for (const auto& world : worlds) rows = std::max(rows, rows_of(world));
  return rows;
}

void pad(WorldRecord& world, std::size_t width, std::size_t rows) {
  world.columns.resize(width);
  for (auto& column : world.columns) column.resize(rows, std::numeric_limits<double>::quiet_NaN());
}

}  // namespace

LiveWorlds::LiveWorlds(const Scenario& scenario, std::string input_hash, std::string history)
    : scenario_(scenario),
      input_hash_(std::move(input_hash)),
      history_(std::move(history)),
      arms_(scenario.arms()),
      lanes_(arms_ * static_cast<std::size_t>(scenario.replicates)) {}

void LiveWorlds::begin(std::size_t task, const std::vector<Quantity>& quantities) {
  {
    const std::scoped_lock lock(naming_);
    if (quantities_.empty()) quantities_ = quantities;
  }
  const std::scoped_lock lock(lanes_[task].mutex);
  lanes_[task].begun = true;
}

void LiveWorlds::show(std::size_t task, const std::vector<std::vector<double>>& columns) {
  Lane& lane = lanes_[task];
  if (columns.empty() || columns.front().size() == lane.rows()) return;  // only this worker changes it
  const std::scoped_lock lock(lane.mutex);
  lane.record.columns.resize(columns.size());
  for (std::size_t c = 0; c < columns.size(); ++c) {
    auto& shown = lane.record.columns[c];
    shown.insert(shown.end(), columns[c].begin() + static_cast<std::ptrdiff_t>(shown.size()), columns[c].end());
  }
}

void LiveWorlds::end(std::size_t task, const WorldRecord& record) {
  const std::scoped_lock lock(lanes_[task].mutex);
  WorldRecord& kept = lanes_[task].record;  // but for its trees, which can be larger than all the rest
  kept.columns = record.columns, kept.posts = record.posts, kept.work = record.work;
  kept.base_rates = record.base_rates, kept.trust = record.trust;
  lanes_[task].ended = true;
}

Headway LiveWorlds::headway() const {
  const std::vector<double> days = output_days(scenario_);
  Headway now{.planned = scenario_.replicates, .days = days.back()};
  std::size_t least = std::numeric_limits<std::size_t>::max();
  for (std::size_t first = 0; first < lanes_.size(); first += arms_) {
    std::size_t begun = 0, ended = 0;
    for (std::size_t task = first; task < first + arms_; ++task) {
      const Lane& lane = lanes_[task];
      const std::scoped_lock lock(lane.mutex);
      begun += lane.begun, ended += lane.ended;
      if (lane.begun && !lane.ended) least = std::min(least, lane.rows());
      now.changes += lane.rows() + lane.ended;
    }
    now.finished += ended == arms_;
    now.running += begun > 0 && ended < arms_;
  }
  if (now.running > 0 && least > 0 && least < days.size()) now.day = days[least - 1];
  return now;
}

// Those that have begun, as far as they are.
std::vector<LiveWorlds::Replicate> LiveWorlds::copy() const {
  std::vector<Replicate> all;
  for (std::size_t first = 0; first < lanes_.size(); first += arms_) {
    Replicate replicate{.number = static_cast<std::int64_t>(first / arms_), .worlds = {}, .whole = true};
    for (std::size_t task = first; task < first + arms_; ++task) {
      const std::scoped_lock lock(lanes_[task].mutex);
      replicate.whole = replicate.whole && lanes_[task].ended;
      replicate.worlds.push_back(lanes_[task].record);
    }
    if (longest(replicate.worlds) > 0) all.push_back(std::move(replicate));
  }
  return all;
}

Ensemble LiveWorlds::ensemble_of(const std::vector<Replicate>& replicates) const {
  Ensemble ensemble{{}, {}, {}, {}, std::vector<std::vector<const WorldRecord*>>(arms_)};
  for (const StrategySection& strategy : scenario_.strategies) ensemble.strategies.push_back(strategy.name);
  for (const StrategySection& brand : scenario_.brands) ensemble.brands.push_back(brand.name);
  if (!ensemble.brands.empty()) ensemble.strategies = {arm_of_brands};
  for (const Replicate& replicate : replicates) {
    ensemble.replicates.push_back(replicate.number);
    for (std::size_t arm = 0; arm < arms_; ++arm) ensemble.worlds[arm].push_back(&replicate.worlds[arm]);
  }
  const std::scoped_lock lock(naming_);
  ensemble.quantities = quantities_;
  return ensemble;
}

// Whole replicates are enough in themselves: strategies are compared on the same ones, and no day has others than the
// day before. Until there is one, whoever is there is all there is to see.
std::optional<Result> LiveWorlds::result() const {
  std::vector<Replicate> replicates = copy();
  const bool any_whole = std::ranges::any_of(replicates, &Replicate::whole);
  if (any_whole) std::erase_if(replicates, [](const Replicate& r) { return !r.whole; });
  if (replicates.empty()) return {};
  const std::size_t rows = any_whole ? OutputSteps(scenario_).rows : align(replicates);
  const Ensemble ensemble = ensemble_of(replicates);
  Result result;
  result.strategies = ensemble.strategies, result.brands = ensemble.brands, result.replicates = ensemble.replicates;
  result.time = output_days(scenario_);
  result.time.resize(rows);
  result.series = any_whole ? tabulate_series(ensemble) : series_of(ensemble);
  if (any_whole) add_groups(result, ensemble);
  result.complete = false;
  attach_manifest(result, scenario_, input_hash_, history_);
  return result;
}

// All as long as the longest.
std::size_t LiveWorlds::align(std::vector<Replicate>& replicates) const {
  std::size_t rows = 0, width = 0;
  for (const Replicate& replicate : replicates)
    for (const WorldRecord& world : replicate.worlds)
      rows = std::max(rows, rows_of(world)), width = std::max(width, world.columns.size());
  for (Replicate& replicate : replicates)
    for (WorldRecord& world : replicate.worlds) pad(world, width, rows);
  return rows;
}

// With NaN where somebody is not there yet, which no whole number is; what counts things still says so.
std::vector<Variable> LiveWorlds::series_of(Ensemble ensemble) const {
  const std::vector<Quantity> told = ensemble.quantities;
  for (Quantity& q : ensemble.quantities) q.integer = false;
  std::vector<Variable> series = tabulate_series(ensemble);
  for (std::size_t q = 0; q < series.size(); ++q) series[q].dtype = told[q].integer ? "i8" : "f8";
  return series;
}

std::vector<RunningCurve> LiveWorlds::running() const {
  const std::vector<Replicate> replicates = copy();
  std::vector<RunningCurve> curves;
  if (std::ranges::none_of(replicates, &Replicate::whole)) return curves;  // the result has them
  const std::size_t brands = std::max<std::size_t>(1, scenario_.brands.size());
  for (const Replicate& replicate : replicates)
    for (std::size_t arm = 0; arm < arms_ && !replicate.whole; ++arm)
      for (std::size_t brand = 0; brand < brands && rows_of(replicate.worlds[arm]) > 0; ++brand)
        curves.push_back({arm + brand, replicate.worlds[arm].columns[brand]});
  return curves;
}

void LiveWorlds::add_groups(Result& result, const Ensemble& whole) const {
  if (scenario_.output.posts) result.groups.push_back(tabulate_posts(whole, scenario_.output.viral_size));
  if (scenario_.output.base_rates) result.groups.push_back(tabulate_base_rates(whole));
  if (scenario_.output.trust) result.groups.push_back(tabulate_trust(whole, scenario_.tick));
}

}  // namespace passalong
