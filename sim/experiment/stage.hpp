// What worlds stand on: a network and its people. Made once for all who share it, by whoever needs it first, and freed
// when the last one is done.
#pragma once
#include <condition_variable>
#include <exception>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "sim/engine/world.hpp"
#include "sim/observe/network_figures.hpp"
#include "sim/population/population.hpp"

namespace passalong {

struct Stage {
  std::shared_ptr<const Ground> ground;
  std::shared_ptr<const TopicTraits> topics;
  std::shared_ptr<const Population> population;
};

// The setting of one arm's world on it; both must outlive the world.
Setting setting_on(const Stage& stage, const Scenario& scenario, std::size_t arm, std::uint32_t replicate);

class Stages {
 public:
  Stages(const Scenario& scenario, std::size_t arms);
  // Make what all replicates share: the network, unless each has its own, and with redraw = "behaviour" the people.
  void prepare_network(unsigned threads);
  void prepare_population(unsigned threads);
  void survey(
      Team& team);  // measures the shared network; one that a replicate has for itself is measured when it is made

  Stage take(std::size_t replicate, Team& team);  // makes it, or waits while another worker does
  void give_back(std::size_t replicate);          // once an arm
  // Of the network of each replicate in `of`, or of the one network.
  std::vector<NetworkFigures> figures(const std::vector<std::int64_t>& of) const;
  bool network_by_replicate() const { return own_network_; }

 private:
  struct Place {
    Stage stage;
    std::size_t arms_left = 0;
    bool ready = false;
    std::exception_ptr failure;
  };
  Stage make_ground(std::size_t replicate, Team& team) const;
  void note_figures(std::size_t replicate, const Network& network, Team& team);
  Stage make(std::size_t replicate, Team& team);
  void fill(Place& place, std::size_t replicate, Team& team);

  const Scenario& scenario_;
  std::size_t arms_;
  bool own_network_, own_people_;
  Stage shared_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::size_t, Place> places_;            // of the replicates in hand
  std::map<std::size_t, NetworkFigures> figures_;  // by replicate; only 0 where they share a network
};

}  // namespace passalong
