// Cumulative flows become differences here, and times become days.
#include "sim/observe/recorder.hpp"

#include <algorithm>
#include <string>

namespace passalong {
namespace {

PostRow row_of(const PostRecord& post, double day) {
  return {.day = day,
          .ordinal = post.id.ordinal,
          .kind = post.content.kind,
          .quality = post.content.value,
          .deliveries = post.tally.deliveries,
          .impressions = post.tally.impressions,
          .cascade = measure_cascade(post.parents)};
}

// The cumulative flow called world_NAME or, where a world has none, NAME; 0 where it has neither.
std::uint64_t flow(const World& world, const std::vector<double>& values, const std::string& name) {
  double found = 0;
  for (std::size_t q = 0; q < values.size(); ++q) {
    if (world.quantities()[q].name == "world_" + name) return static_cast<std::uint64_t>(values[q]);
    if (world.quantities()[q].name == name) found = values[q];
  }
  return static_cast<std::uint64_t>(found);
}

}  // namespace

OutputSteps::OutputSteps(const Scenario& scenario)
    : first(scenario.ticks(scenario.warm_up)),
      every(std::max<Tick>(1, scenario.ticks(scenario.output.every))),
      rows(1 + static_cast<std::size_t>(scenario.ticks(scenario.duration) / every)) {}

std::vector<double> output_days(const Scenario& scenario) {
  const OutputSteps steps(scenario);
  std::vector<double> days;
  for (std::size_t row = 0; row < steps.rows; ++row)
    days.push_back(static_cast<double>(row) * steps.every * scenario.tick / 24);
  return days;
}

Recorder::Recorder(const Scenario& scenario, World& world)
    : scenario_(scenario), world_(world), steps_(scenario), posts_wanted_(scenario.output.posts) {
  record_.columns.resize(world.quantities().size());
  for (auto& column : record_.columns) column.reserve(steps_.rows);
}

void Recorder::observe() {
  if (!steps_.falls_on(world_.now())) return;
  collect_posts();
  measure();
  if (world_.now() >= steps_.first) sample();
}

void Recorder::measure() {
  world_.measure(now_);
  record_.work = {flow(world_, now_, "deliveries"), flow(world_, now_, "impressions"), flow(world_, now_, "shares")};
}

void Recorder::sample() {
  const bool first = world_.now() == steps_.first;
  for (std::size_t q = 0; q < now_.size(); ++q) {
    const bool flows = world_.quantities()[q].flow;
    record_.columns[q].push_back(!flows ? now_[q] : first ? 0 : now_[q] - before_[q]);
  }
  before_ = now_;
}

void Recorder::collect_posts() {
  for (const PostRecord& post : world_.take_closed()) {
    if (!posts_wanted_ || post.born < steps_.first) continue;
    record_.posts.push_back(row_of(post, (post.born - steps_.first) * scenario_.tick / 24));
  }
}

WorldRecord Recorder::finish() {
  world_.close_all();
  collect_posts();
  std::ranges::sort(record_.posts, {}, &PostRow::ordinal);
  measure();
  return std::move(record_);
}

}  // namespace passalong
