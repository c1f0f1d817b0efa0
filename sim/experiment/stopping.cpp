#include "sim/experiment/stopping.hpp"

#include <algorithm>

#include "sim/experiment/confidence_sequence.hpp"

namespace passalong {
namespace {

// Where the values of a series are among those of a world.
struct Series {
  std::size_t first = 0;  // column; those of further brands follow
  bool flow = false;
};

Series find_series(const Ensemble& ensemble, const std::string& name) {
  std::size_t first = 0;
  for (const Quantity& q : ensemble.quantities) {
    if (series_name(q) == name) return {first, q.flow};
    first += q.everyones || ensemble.brands.empty() ? 1 : ensemble.brands.size();
  }
  return {first, false};  // refused before
}

// As it stands on the last day; of a flow, all of it.
double value_at_end(const std::vector<double>& column, bool flow) {
  if (!flow) return column.back();
  double sum = 0;
  for (const double v : column) sum += v;
  return sum;
}

std::vector<std::vector<double>> values_at_end(const Ensemble& ensemble, const std::string& name) {
  const Series series = find_series(ensemble, name);
  const std::size_t brands = std::max<std::size_t>(1, ensemble.brands.size());
  std::vector<std::vector<double>> values(ensemble.worlds.size() * brands);
  for (std::size_t arm = 0; arm < values.size(); ++arm)
    for (const WorldRecord* world : ensemble.worlds[arm / brands])
      values[arm].push_back(value_at_end(world->columns[series.first + arm % brands], series.flow));
  return values;
}

}  // namespace

Until until_of(const Scenario& scenario) {
  Until until = read_until(scenario.until);
  if (until.metric.empty()) until.metric = "followers";
  if (until.metric == "posts") until.metric = "posts_made";
  return until;
}

std::size_t next_look(std::size_t done, std::size_t most) {
  return std::min(most, done == 0 ? least_judged : done + std::max<std::size_t>(2, done / 4));
}

StoppingRule::StoppingRule(const Scenario& scenario)
    : scenario_(scenario),
      until_(until_of(scenario)),
      most_(static_cast<std::size_t>(scenario.replicates)),
      next_(until_.asked() ? next_look(0, most_) : most_) {}

void StoppingRule::look(const Ensemble& ensemble) {
  const std::size_t done = ensemble.replicates.size();
  next_ = done < most_ ? next_look(done, most_) : 0;
  if (!until_.asked()) return;
  outlook_ = stock_of(ensemble);
  if (!outlook_->stopped.empty()) next_ = 0;
  if (next_ == 0 && outlook_->stopped.empty()) outlook_->stopped = "replicates";
}

void StoppingRule::break_off(const Ensemble& ensemble) {
  if (is_enough() || !until_.asked() || ensemble.replicates.empty()) return;
  outlook_ = stock_of(ensemble);
  outlook_->stopped = "interrupted";
}

Outlook StoppingRule::stock_of(const Ensemble& ensemble) const {
  const bool brands = !ensemble.brands.empty();
  return take_stock(until_, brands ? "brand" : "strategy", brands ? ensemble.brands : ensemble.strategies,
                    values_at_end(ensemble, until_.metric), scenario_.replicates);
}

}  // namespace passalong
