// Cumulative flows become differences here, and times become days.
#include "sim/observe/recorder.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace passalong {
namespace {

PostRow row_of(const PostRecord& post, double day) {
  return {.studied = post.studied,
          .day = day,
          .ordinal = post.id.ordinal,
          .kind = post.content.kind,
          .quality = post.content.value,
          .deliveries = post.tally.deliveries,
          .impressions = post.tally.impressions,
          .cascade = measure_cascade(post.parents)};
}

// The cumulative flow called world_NAME or, where a world has none, NAME of all its studied accounts; 0 where it has
// neither.
std::uint64_t flow(const std::vector<const Quantity*>& told, const std::vector<double>& values,
                   const std::string& name) {
  double found = 0;
  for (std::size_t v = 0; v < values.size(); ++v) {
    if (told[v]->name == "world_" + name) return static_cast<std::uint64_t>(values[v]);
    if (told[v]->name == name) found += values[v];
  }
  return static_cast<std::uint64_t>(found);
}

std::vector<const Quantity*> told_by(const World& world) {
  std::vector<const Quantity*> told;
  for (const Quantity& q : world.quantities()) told.insert(told.end(), q.everyones ? 1 : world.studied(), &q);
  return told;
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
    : scenario_(scenario),
      world_(world),
      steps_(scenario),
      posts_wanted_(scenario.output.posts),
      trees_(scenario.output.cascades, scenario.output.viral_size),
      told_(told_by(world)) {
  record_.columns.resize(told_.size());
  for (auto& column : record_.columns) column.reserve(steps_.rows);
  if (scenario.output.base_rates) record_.base_rates.emplace(scenario.tick);
}

// What a flow has come to may look different by other weights: then what it came to since the last row counts.
Recorder::Recorder(Recorder& past, World& heir)
    : scenario_(past.scenario_),
      world_(heir),
      steps_(past.steps_),
      posts_wanted_(past.posts_wanted_),
      trees_(past.trees_) {
  past.collect_posts();
  past.measure();
  record_ = past.record_, before_ = past.before_, trees_ = past.trees_;
  const std::vector<const Quantity*> all = told_by(heir);
  std::vector<std::size_t> taken(all.size());
  for (const Quantity* quantity : past.told_) {
    std::size_t at = 0;
    while (at < all.size() && (taken[at] != 0 || std::string(all[at]->name) != quantity->name)) ++at;
    told_.push_back(all.at(at)), places_.push_back(at), taken[at] = 1;
  }
  measure();
  for (std::size_t v = 0; v < before_.size(); ++v)
    if (now_[v] != past.now_[v]) before_[v] = now_[v] - (past.now_[v] - before_[v]);
}

void Recorder::begin_anew() {
  for (auto& column : record_.columns) column.clear();
  before_.clear();
  observe();
}

void Recorder::observe() {
  if (record_.base_rates) collect_births();
  if (!steps_.falls_on(world_.now())) return;
  collect_posts();
  measure();
  if (world_.now() >= steps_.first) sample();
}

void Recorder::measure() {
  world_.measure(now_);
  if (!places_.empty()) {
    const std::vector<double> all = std::exchange(now_, std::vector<double>(places_.size()));
    for (std::size_t v = 0; v < places_.size(); ++v) now_[v] = all[places_[v]];
  }
  record_.work = {flow(told_, now_, "deliveries"), flow(told_, now_, "impressions"), flow(told_, now_, "shares")};
}

void Recorder::sample() {
  const bool first = world_.now() == steps_.first;
  for (std::size_t v = 0; v < now_.size(); ++v)
    record_.columns[v].push_back(!told_[v]->flow ? now_[v] : first ? 0 : now_[v] - before_[v]);
  before_ = now_;
}

void Recorder::collect_posts() {
  for (PostRecord& post : world_.take_closed()) {
    if (!posts_wanted_ || post.born < steps_.first) continue;
    record_.posts.push_back(row_of(post, (post.born - steps_.first) * scenario_.tick / 24));
    trees_.take(std::move(post));
  }
}

void Recorder::collect_births() {
  for (const OrdinaryBirths& births : world_.take_closed_births())
    if (births.born >= steps_.first) record_.base_rates->add(births);
}

WorldRecord Recorder::finish() {
  world_.close_all();
  collect_posts();
  std::ranges::sort(record_.posts, {}, [](const PostRow& p) { return std::pair(p.studied, p.ordinal); });
  record_.trees = trees_.finish();
  measure();
  record_.trust = world_.trust_ledgers();
  return std::move(record_);
}

}  // namespace passalong
