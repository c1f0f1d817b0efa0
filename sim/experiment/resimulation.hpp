// From a result back to what made it: its scenario, read again with the input files it names, and any of its worlds,
// stepped anew. Nothing is taken on trust: files must have the bytes they had, rows the values they had.
#pragma once
#include <string>

#include "sim/experiment/stage.hpp"
#include "sim/observe/recorder.hpp"

namespace passalong {

// The scenario of a result read from `file`: its text is the original one, its overrides name the input files where
// they were found: in the folder `inputs`, where one is given, beside the result, or in the current folder.
// Failure(Exit::input) where the result does not tell, where files are missing or are not those it was made with;
// Failure(Exit::scenario) where this version reads its scenario differently.
Scenario scenario_of(const Result& result, const std::string& file, const std::string& inputs = {});

// One world of a scenario, as `run` plays it: bit-identical, on a network and people of its own.
class ResimulatedWorld {
 public:
  // The scenario must outlive it. arm: of strategies; 0 where there are none or brands share the world.
  // Failure(Exit::usage) where the model's replicates are not worlds.
  ResimulatedWorld(const Scenario& scenario, std::size_t arm, std::uint32_t replicate, unsigned threads);

  World& world() { return *world_; }
  const Stage& stage() const { return stage_; }
  Tick now() const { return world_->now(); }
  Tick last() const { return scenario_.last_tick(); }
  void step();  // and take note, as a run does
  const WorldRecord& record() const { return recorder_->so_far(); }
  WorldRecord finish() { return recorder_->finish(); }  // closes the posts that are still alive
  // The rows so far are those of the result. Failure(Exit::run) names the first that differs.
  void verify(const Result& result) const;

 private:
  const Scenario& scenario_;
  std::size_t arm_;
  std::uint32_t replicate_;
  Team team_;
  Stages stages_;
  Stage stage_;
  std::unique_ptr<World> world_;
  std::unique_ptr<Recorder> recorder_;
};

// Failure(Exit::usage) where its replicates are cascades or plays of a process: there is no world to step.
void check_has_worlds(const Scenario& scenario);

// Which world of a result rows belong to.
struct WorldPlace {
  std::size_t arm = 0;  // of its strategies
  std::int64_t replicate = 0;
};
// As ResimulatedWorld::verify, for the rows of any record. A replicate the result has not is left unchecked.
void verify_rows(const World& world, const WorldRecord& record, const Result& result, const WorldPlace& place);

}  // namespace passalong
