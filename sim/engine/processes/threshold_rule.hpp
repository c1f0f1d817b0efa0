// An account is active as soon as enough of those it follows are: their number, their share or the sum of the follows'
// weights reaches its threshold. Everything is counted in whole units, so that the order of telling cannot matter.
#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "sim/base/distribution.hpp"
#include "sim/engine/processes/contagion.hpp"
#include "sim/engine/seed_parameters.hpp"

namespace passalong {

enum class Measure : std::uint8_t { number, share, weight, relative_weight };

struct ThresholdPlan {
  Distribution threshold;
  Measure measure = Measure::share;
  bool one_by_one = false;
};

// What replicates share: how much each needs to have been told, and how much a follow tells.
class Thresholds {
 public:
  // Failure(Exit::scenario) where the network has no such weights.
  Thresholds(const ThresholdPlan& plan, const ProcessSetting& setting);

  bool weighed() const { return plan_.measure >= Measure::weight; }
  bool some_alone() const;  // a threshold can be 0
  Stream draws(std::uint32_t replicate) const;
  // In units; 0: active without being told, out_of_reach: by no number of them.
  std::uint64_t need(AccountId account, const Stream& draws) const;
  std::uint64_t units(AccountId follower, std::uint64_t follow) const {
    if (!weighed()) return 1;
    const double weight = static_cast<double>(setting_.network->weights[follow]);
    const double of = sums_.empty() ? 1 : sums_[follower];
    return of > 0 ? static_cast<std::uint64_t>(weight / of * whole + 0.5) : 0;
  }

  static constexpr std::uint64_t out_of_reach = 1ULL << 62;
  static constexpr double whole = 0x1p40;  // units of a weight of 1

 private:
  static constexpr double rounding_of_weights = 1e-6;

  double slack(std::uint32_t followees) const;
  void add_up_weights();
  void refuse_too_much() const;

  ThresholdPlan plan_;
  ProcessSetting setting_;
  std::vector<double> sums_;  // of the weights of an account's followees, where they are to be relative
};

// State: units still needed.
template <class State_>
class ThresholdRule {
 public:
  using State = State_;
  explicit ThresholdRule(const Thresholds& thresholds) : thresholds_(&thresholds) {}

  void begin(std::uint32_t replicate) { draws_ = thresholds_->draws(replicate); }
  bool told(State& state, AccountId account, std::uint64_t follow) {
    if (state == untouched<State>) {
      constexpr std::uint64_t most = untouched<State> - 8;  // more than an account can be told
      state = static_cast<State>(std::min(most, thresholds_->need(account, draws_)));
    }
    const auto units = static_cast<State>(sizeof(State) > 4 ? thresholds_->units(account, follow) : 1);
    if (state <= units) return true;
    state -= units;
    return false;
  }
  bool some_alone() const { return thresholds_->some_alone(); }
  bool alone(AccountId account) const { return thresholds_->need(account, draws_) == 0; }
  void tell(ProcessRecord&) const {}

 private:
  const Thresholds* thresholds_;
  Stream draws_;
};

std::unique_ptr<Process> threshold_process(const ThresholdPlan& plan, const SeedParameters& seeds,
                                           const ProcessSetting& setting);

}  // namespace passalong
