// Rows are copied as they come and again when somebody looks: there are few of them beside the work of making one.
#include "sim/experiment/live_worlds.hpp"

#include <algorithm>
#include <limits>

#include "sim/experiment/manifest.hpp"

namespace passalong {
namespace {

void pad(WorldRecord& world, std::size_t width, std::size_t rows) {
  world.columns.resize(width);
  for (auto& column : world.columns) column.resize(rows, std::numeric_limits<double>::quiet_NaN());
}

std::size_t rows_of(const WorldRecord& world) { return world.columns.empty() ? 0 : world.columns.front().size(); }

std::size_t longest(const std::vector<WorldRecord>& worlds) {
  std::size_t rows = 0;
  for (const WorldRecord& world : worlds) rows = std::max(rows, rows_of(world));
  return rows;
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
    for (Quantity& q : quantities_) q.integer = false;  // whoever is not there yet is NaN
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
  lanes_[task].record = record;
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

bool LiveWorlds::any_whole() const { return headway().finished > 0; }

// Of the whole replicates or, as long as there is none, of those that have a row.
LiveWorlds::Copy LiveWorlds::copy() const {
  Copy all{.worlds = {}, .replicates = {}, .whole = any_whole()};
  for (std::size_t first = 0; first < lanes_.size(); first += arms_) {
    std::vector<WorldRecord> replicate;
    bool whole = true;
    for (std::size_t task = first; task < first + arms_; ++task) {
      const std::scoped_lock lock(lanes_[task].mutex);
      whole = whole && lanes_[task].ended;
      if (all.whole && !whole) break;
      replicate.push_back(lanes_[task].record);
    }
    if (all.whole ? !whole : longest(replicate) == 0) continue;
    all.replicates.push_back(static_cast<std::int64_t>(first / arms_));
    std::ranges::move(replicate, std::back_inserter(all.worlds));
  }
  const std::size_t rows = longest(all.worlds);
  std::size_t width = 0;
  for (const WorldRecord& world : all.worlds) width = std::max(width, world.columns.size());
  for (WorldRecord& world : all.worlds) pad(world, width, rows);
  return all;
}

Ensemble LiveWorlds::ensemble_of(const Copy& copy) const {
  Ensemble ensemble{{}, {}, copy.replicates, {}, std::vector<std::vector<const WorldRecord*>>(arms_)};
  for (const StrategySection& strategy : scenario_.strategies) ensemble.strategies.push_back(strategy.name);
  for (const StrategySection& brand : scenario_.brands) ensemble.brands.push_back(brand.name);
  if (!ensemble.brands.empty()) ensemble.strategies = {arm_of_brands};
  for (std::size_t i = 0; i < copy.worlds.size(); ++i) ensemble.worlds[i % arms_].push_back(&copy.worlds[i]);
  const std::scoped_lock lock(naming_);
  ensemble.quantities = quantities_;
  return ensemble;
}

std::optional<Result> LiveWorlds::result() const {
  const Copy now = copy();
  if (now.replicates.empty()) return {};
  const Ensemble ensemble = ensemble_of(now);
  Result result;
  result.strategies = ensemble.strategies, result.brands = ensemble.brands, result.replicates = ensemble.replicates;
  result.time = output_days(scenario_);
  result.time.resize(longest(now.worlds));
  result.series = tabulate_series(ensemble);
  if (now.whole && scenario_.output.posts)
    result.groups.push_back(tabulate_posts(ensemble, scenario_.output.viral_size));
  if (now.whole && scenario_.output.base_rates) result.groups.push_back(tabulate_base_rates(ensemble));
  if (now.whole && scenario_.output.trust) result.groups.push_back(tabulate_trust(ensemble, scenario_.tick));
  result.complete = false;
  attach_manifest(result, scenario_, input_hash_, history_);
  return result;
}

}  // namespace passalong
