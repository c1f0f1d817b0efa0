// More replicates than a page could tell apart are counted, not kept.
#include "sim/experiment/live_plays.hpp"

#include <utility>

#include "sim/experiment/manifest.hpp"

namespace passalong {

LivePlays::LivePlays(const Scenario& scenario, std::string input_hash, std::string history)
    : scenario_(scenario), input_hash_(std::move(input_hash)), history_(std::move(history)) {}

void LivePlays::add(const ProcessForm& form, std::size_t replicate, const ProcessRecord& record) {
  const std::scoped_lock lock(mutex_);
  ++finished_;
  if (replicate >= most_shown || values_ + record.series.size() > most_values) return;
  if (shown_.empty()) form_ = form;
  if (shown_.size() <= replicate) shown_.resize(replicate + 1);
  shown_[replicate] = record;
  values_ += record.series.size();
}

Headway LivePlays::headway() const {
  const std::scoped_lock lock(mutex_);
  return {.planned = scenario_.replicates, .finished = finished_, .changes = static_cast<std::uint64_t>(finished_)};
}

std::optional<Result> LivePlays::result() const {
  std::unique_lock lock(mutex_);
  if (shown_.empty()) return {};
  Result result = tabulate_processes(form_, shown_, scenario_.tick / 24);
  lock.unlock();
  result.complete = false;
  attach_manifest(result, scenario_, input_hash_, history_);
  return result;
}

}  // namespace passalong
