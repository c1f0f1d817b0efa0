// The world an explanation is about: found in the result, played again tick by tick with an inquiry, and checked.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "sim/experiment/explanation.hpp"

namespace passalong {

class Replay {
 public:
  // author: the brand asked about, where brands share the world; none: all of them.
  Replay(const Result& result, const Question& question);

  struct Place {
    std::size_t arm = 0;
    std::optional<std::size_t> brand{};
    std::int64_t replicate = 0;
  };
  const Scenario& scenario() const { return scenario_; }
  const Place& place() const { return place_; }
  const Stage& stage() const { return world_->stage(); }
  const Played& played() const { return played_; }
  Tick now() const { return world_->now(); }
  Tick last() const { return world_->last(); }
  Tick first_of_day(double day) const;  // tick; of the run's days, not below 0

  // On to a tick; each(happenings of the tick, the inquiry's answers stand in it).
  using Each = std::function<void(const std::vector<Happening>&)>;
  void play(Tick until, Inquiry& inquiry, const Each& each);
  Played check();  // the rows so far are those of the result

 private:
  const Result& result_;
  Scenario scenario_;
  Place place_;
  std::unique_ptr<ResimulatedWorld> world_;
  Played played_;
};

// Which world a strategy or brand and a replicate name. Failure(Exit::usage).
Replay::Place place_of(const Result& result, const std::string& strategy, std::optional<std::int64_t> replicate);

}  // namespace passalong
