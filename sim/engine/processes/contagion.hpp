// Contagion by being told: in steps, whoever became active in the last tells each of its followers once, and a rule
// says when a follower has been told enough. What is active stays so. Work goes with the follows of those who are
// active.
//
// A Rule has `State`, an unsigned type whose greatest three values are the player's, and
//   void begin(replicate)
//   bool told(State& state, AccountId account, std::uint64_t follow)   state: untouched, or what the last call left;
//                                                                      true: enough, never to be told again
//   bool some_alone(), alone(account)                                  who is active without being told, from step 1 on
//   void tell(ProcessRecord& record)                                   tables, where the form has some
#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <queue>
#include <tuple>
#include <vector>

#include "sim/base/column.hpp"
#include "sim/engine/processes/course.hpp"
#include "sim/engine/processes/process.hpp"
#include "sim/engine/seeds.hpp"

namespace passalong {

template <class State>
inline constexpr State untouched = std::numeric_limits<State>::max();

template <class Rule>
class ContagionPlayer final : public Player {
 public:
  using State = typename Rule::State;

  ContagionPlayer(const ContagionSetting& setting, Rule rule)
      : setting_(setting), network_(*setting.network), rule_(std::move(rule)), states_(network_.accounts(), fresh) {}

  bool play(std::uint32_t replicate, const std::function<bool()>& go_on, ProcessRecord& record) override {
    begin(replicate);
    for (std::uint32_t step = 0;; ++step) {
      const std::uint64_t came = update(step);
      if (came > 0) course_.depth = step;
      course_.add(record, came, strike(step));
      if (step == 0 && rule_.some_alone()) gather_alone();
      if (step == setting_.last_step) break;
      if (!go_on()) return false;
      for (const AccountId account : wave_) tell_of(account);
      if (ready_.empty() && arrivals_.none_left()) break;
    }
    course_.finish(record);
    rule_.tell(record);
    return true;
  }

 private:
  static constexpr State fresh = untouched<State>, active = fresh - 1, ready = fresh - 2;
  static constexpr std::size_t ahead = 16;  // lists of followers are known, so their states can be fetched in time

  void begin(std::uint32_t replicate) {
    forget();
    rule_.begin(replicate);
    order_ = setting_.order_of(replicate);
    arrivals_.begin(*setting_.seeds, replicate);
    course_ = {};
  }

  // Of few accounts one by one, of many all at once.
  void forget() {
    if (touched_.size() > states_.size() / 16) {
      std::ranges::fill(states_, fresh);
    } else {
      for (const AccountId account : touched_) states_[account] = fresh;
    }
    touched_.clear(), ready_.clear(), wave_.clear();
  }

  void gather_alone() {
    for (AccountId a = 0; a < network_.accounts(); ++a)
      if (states_[a] == fresh && rule_.alone(a)) states_[a] = ready, touched_.push_back(a), ready_.push_back(a);
  }

  // Who becomes active in this step by what others did; wave_ are those who have not told of it yet.
  std::uint64_t update(std::uint32_t step) {
    wave_.clear();
    if (setting_.one_by_one) return sweep(step);
    for (const AccountId account : ready_)
      if (states_[account] != active) states_[account] = active, wave_.push_back(account);
    ready_.clear();
    return wave_.size();
  }

  using Turn = std::tuple<std::uint32_t, std::uint32_t, AccountId>;
  Turn turn_of(AccountId account, std::uint32_t step) const {
    const Words words = order_(account, 0, step);
    return {words[0], words[1], account};
  }

  // Whoever has been told enough before its turn becomes active in its turn, else in that of the next step.
  std::uint64_t sweep(std::uint32_t step) {
    std::priority_queue<Turn, std::vector<Turn>, std::greater<>> turns;
    for (const AccountId account : ready_) turns.push(turn_of(account, step));
    ready_.clear();
    std::uint64_t came = 0;
    while (!turns.empty()) {
      const Turn now = turns.top();
      turns.pop();
      const AccountId account = std::get<2>(now);
      if (states_[account] == active) continue;
      states_[account] = active, ++came;
      const std::size_t before = ready_.size();
      tell_of(account);
      const auto later = std::partition(ready_.begin() + static_cast<std::ptrdiff_t>(before), ready_.end(),
                                        [&](AccountId a) { return turn_of(a, step) < now; });
      for (auto a = later; a != ready_.end(); ++a) turns.push(turn_of(*a, step));
      ready_.erase(later, ready_.end());
    }
    return came;
  }

  // Seeds whose moment has come and who are not active already.
  std::uint64_t strike(std::uint32_t step) {
    std::uint64_t struck = 0;
    arrivals_.take(step, [&](AccountId account) {
      struck += activate_seed(account);
      if (!setting_.neighbourhood) return;
      for (const AccountId follower : network_.followers_of(account)) struck += activate_seed(follower);
    });
    return struck;
  }

  bool activate_seed(AccountId account) {
    State& state = states_[account];
    if (state == active) return false;
    if (state == fresh) touched_.push_back(account);
    state = active, wave_.push_back(account);
    return true;
  }

  void tell_of(AccountId account) {
    const auto followers = network_.followers_of(account);
    const std::uint64_t first = network_.offsets[account];
    course_.tried += followers.size();
    for (std::size_t i = 0; i < followers.size(); ++i) {
      if (i + ahead < followers.size()) __builtin_prefetch(&states_[followers[i + ahead]], 1);
      tell(followers[i], first + i);
    }
  }

  void tell(AccountId follower, std::uint64_t follow) {
    State& state = states_[follower];
    if (state == active || state == ready) return;
    if (state == fresh) touched_.push_back(follower);
    ++course_.heard;
    if (rule_.told(state, follower, follow)) state = ready, ready_.push_back(follower);
  }

  const ContagionSetting& setting_;
  const Network& network_;
  Rule rule_;
  HugeColumn<State> states_;
  std::vector<AccountId> touched_, ready_, wave_;
  Arrivals arrivals_;
  Stream order_;
  Course course_;
};

}  // namespace passalong
