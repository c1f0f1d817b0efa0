#include "sim/engine/processes/threshold_rule.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/failure.hpp"
#include "sim/network/labels.hpp"
#include "sim/scenario/forms.hpp"

namespace passalong {
namespace {
[[noreturn]] void refuse(const Scenario& scenario, std::string message, std::string help) {
  throw Failure(Exit::scenario, {Fault{.file = scenario.path, .message = std::move(message), .help = std::move(help)}});
}

class ThresholdProcess final : public Process {
 public:
  ThresholdProcess(const ThresholdPlan& plan, const SeedParameters& seeds, const ProcessSetting& setting)
      : setting_(setting), seeds_(seeds_of(seeds, setting)), thresholds_(plan, setting) {
    steps_ = {&setting_, setting.network, &seeds_, last_step_of(*setting.scenario), false, plan.one_by_one};
  }
  const ProcessForm& form() const override { return course_form(); }
  std::unique_ptr<Player> player(Team&) const override {
    if (thresholds_.weighed()) return make<std::uint64_t>();
    return make<std::uint32_t>();
  }

 private:
  template <class State>
  std::unique_ptr<Player> make() const {
    return std::make_unique<ContagionPlayer<ThresholdRule<State>>>(steps_, ThresholdRule<State>(thresholds_));
  }
  ProcessSetting setting_;
  Seeds seeds_;
  Thresholds thresholds_;
  ContagionSetting steps_;
};
}  // namespace

Thresholds::Thresholds(const ThresholdPlan& plan, const ProcessSetting& setting) : plan_(plan), setting_(setting) {
  if (!weighed() || setting_.network->follows() == 0) return;
  if (setting_.network->weights.empty())
    refuse(*setting_.scenario, "`weights` = \"weight\" or \"relative-weight\", but the network has no weights",
           "choose \"followees\", or import the network with its weights");
  add_up_weights();
}

// Serially, by followed, then follower: the sums have one value.
void Thresholds::add_up_weights() {
  const Network& network = *setting_.network;
  sums_.assign(network.accounts(), 0);
  for (std::uint64_t f = 0; f < network.follows(); ++f)
    sums_[network.followers[f]] += static_cast<double>(network.weights[f]);
  if (plan_.measure == Measure::relative_weight) return;
  refuse_too_much();
  sums_ = {};
}

void Thresholds::refuse_too_much() const {
  const auto most = std::ranges::max_element(sums_);
  if (*most <= 1 + rounding_of_weights) return;
  const auto account = static_cast<AccountId>(most - sums_.begin());
  refuse(*setting_.scenario,
         fmt::format("the weights of those whom account {} follows sum to {:.6g}, more than 1",
                     label_of(*setting_.network, account), *most),
         "choose \"relative-weight\", which divides by the sum, or other weights");
}

// What exceeds 0 by rounding alone is 0.
bool Thresholds::some_alone() const { return least_of(plan_.threshold) <= 1e-9; }

Stream Thresholds::draws(std::uint32_t replicate) const {
  return setting_.stream(Purpose::threshold, trait_replicate(*setting_.scenario, replicate));
}

std::uint64_t Thresholds::need(AccountId account, const Stream& draws) const {
  constexpr double rounding = 1e-9;
  const double threshold = plan_.threshold.quantile(uniform(draws(account)[0]));
  const std::uint32_t followees = setting_.network->followees[account];
  const double scale = weighed() ? whole : plan_.measure == Measure::share ? followees : 1.0;
  if (threshold <= rounding) return 0;
  if (plan_.measure == Measure::share && followees == 0) return out_of_reach;
  const double units = std::ceil(threshold * scale - rounding - slack(followees));
  return units < 0x1p61 ? static_cast<std::uint64_t>(std::max(1.0, units)) : out_of_reach;
}

// What weights may miss together: each is rounded to a unit, and one from a file is of single precision.
double Thresholds::slack(std::uint32_t followees) const {
  if (!weighed()) return 0;
  return sums_.empty() ? whole * rounding_of_weights : 0.5 * followees;
}

std::unique_ptr<Process> threshold_process(const ThresholdPlan& plan, const SeedParameters& seeds,
                                           const ProcessSetting& setting) {
  return std::make_unique<ThresholdProcess>(plan, seeds, setting);
}

}  // namespace passalong
