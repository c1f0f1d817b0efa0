// A classic model in which follows do not each decide by one independent draw (those are cascades): an epidemic, a
// threshold, a feed of memes. A Process is what all replicates share, constant once made; each worker plays one
// replicate after the other on a Player of its own, whose buffers live on.
//
// To add one: a file in models/ with the parameters, a Process and a Player, and its line in models/models.cpp. Draws
// are named by (replicate, purpose, who, ...), never by the worker, so that any number of threads gives the same.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/base/parallel.hpp"
#include "sim/base/random.hpp"
#include "sim/network/network.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

// What a replicate tells. A series has a value a tick, the start being tick 0; a stock stays as it was last, a flow is
// 0 where a replicate ended before others. A final has one value; `size` (accounts) and `depth` are expected among
// them.
struct ProcessQuantity {
  const char* name;
  const char* units;
  const char* long_name;
  bool integer = true;
  bool flow = false;  // of series: what happened within the tick
};
struct ProcessTable {  // rows of each replicate, such as one a meme; becomes a group of the result
  const char* group;
  const char* dimension;
  std::vector<ProcessQuantity> columns;
};
struct ProcessForm {
  std::vector<ProcessQuantity> finals, series;
  std::vector<ProcessTable> tables{};
};

struct ProcessRecord {
  std::vector<double> finals;               // in the order of the form
  std::vector<double> series;               // (tick, quantity)
  std::vector<std::vector<double>> tables;  // each (row, column)
  // As `run` counts: copies or contacts tried, those that came through, accounts that changed by them.
  std::uint64_t deliveries = 0, impressions = 0, shares = 0;
};

class Player {
 public:
  virtual ~Player() = default;
  // Fills an empty record. Asks go_on now and then, and returns false where it says no: the record is then worthless.
  virtual bool play(std::uint32_t replicate, const std::function<bool()>& go_on, ProcessRecord& record) = 0;
};

class Process {
 public:
  virtual ~Process() = default;
  virtual const ProcessForm& form() const = 0;
  // Player and process share; the process must live longer. The team is the player's own, for replicates so large that
  // several workers play one.
  virtual std::unique_ptr<Player> player(Team& team) const = 0;
};

struct ProcessSetting {  // must outlive the process
  const Scenario* scenario = nullptr;
  const Network* network = nullptr;
  Stream stream(Purpose purpose, std::uint32_t replicate) const {
    return {static_cast<std::uint64_t>(scenario->seed), replicate, purpose};
  }
};

// Of one replicate, before there is a network, by accounts and follows.
struct ProcessDemand {
  double bytes = 0;       // of a player
  double kept = 0;        // bytes of the record, but for what it has by tick
  double shared = 0;      // bytes of the process
  double deliveries = 0;  // tried
  double seconds = 0;
  double ticks = 0;  // rows of the series; the scenario's where it has a duration
};

}  // namespace passalong
