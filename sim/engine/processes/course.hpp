// What models of contagion in steps have in common: seeds that come at their moments, and the course over time.
#pragma once
#include <cstdint>
#include <limits>
#include <vector>

#include "sim/engine/processes/process.hpp"
#include "sim/engine/seed_parameters.hpp"
#include "sim/engine/seeds.hpp"

namespace passalong {

inline constexpr std::uint32_t no_last_step = std::numeric_limits<std::uint32_t>::max();

// Of all replicates.
struct ContagionSetting {
  const ProcessSetting* process = nullptr;
  const Network* network = nullptr;
  const Seeds* seeds = nullptr;
  std::uint32_t last_step = no_last_step;
  bool neighbourhood = false;  // the followers of seeds are seeds with them
  bool one_by_one = false;     // updates take turns in a random order, anew each step; else all at once
  Stream order_of(std::uint32_t replicate) const { return process->stream(Purpose::update_order, replicate); }
};

// The last step of a scenario; no_last_step where a process ends by itself.
std::uint32_t last_step_of(const Scenario& scenario);
// A model's seeds on its network; Failure(Exit::scenario) where the network has not what they ask for.
Seeds seeds_of(const SeedParameters& parameters, const ProcessSetting& setting);
// Traits of accounts are those of the first replicate where only behaviour is drawn anew.
std::uint32_t trait_replicate(const Scenario& scenario, std::uint32_t replicate);

// The seeds of a replicate, by moment.
class Arrivals {
 public:
  void begin(const Seeds& seeds, std::uint32_t replicate) {
    seeds.of(replicate, seeds_);
    next_ = 0;
  }
  bool none_left() const { return next_ == seeds_.size(); }
  double next_moment() const { return none_left() ? std::numeric_limits<double>::infinity() : seeds_[next_].at; }
  AccountId take_next() { return seeds_[next_++].account; }
  // One whose moment lies between two steps comes with the later.
  template <class Strike>
  void take(std::uint32_t step, const Strike& strike) {
    while (next_moment() <= step) strike(take_next());
  }

 private:
  std::vector<Seed> seeds_;
  std::size_t next_ = 0;
};

// Sums of one replicate.
struct Course {
  std::uint64_t active = 0, tried = 0, heard = 0, moved = 0;
  std::uint32_t depth = 0;

  // A row: so many became active by others, so many are seeds.
  void add(ProcessRecord& record, std::uint64_t came, std::uint64_t struck) {
    active += came + struck, moved += came;
    record.series.push_back(static_cast<double>(active));
    record.series.push_back(static_cast<double>(came + struck));
  }
  void finish(ProcessRecord& record) const {
    record.finals = {static_cast<double>(active), static_cast<double>(depth)};
    record.deliveries = tried, record.impressions = heard, record.shares = moved;
  }
};
// size and depth; active and newly_active.
const ProcessForm& course_form();

// Each follow is walked once at most: what contagion in steps takes, with so many bytes of state an account.
ProcessDemand contagion_demand(double accounts, double follows, double bytes_an_account);

}  // namespace passalong
