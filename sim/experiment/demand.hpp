// What a run needs, by part, from the scenario alone.
#pragma once
#include <cstdint>
#include <optional>

#include "sim/experiment/run.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

struct Demand {
  std::uint64_t accounts = 0, follows = 0;
  std::uint64_t worlds = 0, arms = 1;
  std::uint64_t deliveries = 0;  // of all worlds
  bool own_network = false;      // each replicate has a network of its own

  // Bytes. The network while it is made and while it stands, the people of one replicate and what drawing them takes
  // besides, one world, all records; and what measuring the network takes beside the first worlds.
  std::uint64_t making = 0, ground = 0, people = 0, peopling = 0, world = 0, records = 0, measuring = 0;
  std::uint64_t worker = 0;  // a thread's own buffers in its world
  // On one thread: what happens once, once a replicate, and in all worlds together.
  double seconds_once = 0, seconds_a_replicate = 0, seconds_of_worlds = 0;

  std::uint64_t bytes(unsigned groups, unsigned threads = 1) const;  // at the peak, with so many worlds side by side
  unsigned groups_within(std::uint64_t bytes_to_use, unsigned threads) const;  // at least 1
};

// `file`: the size of the network file, where it has been read.
Demand estimate_demand(const Scenario& scenario, std::optional<NetworkSize> file = {});

}  // namespace passalong
