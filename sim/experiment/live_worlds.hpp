// The worlds of a run as watchers see them: every output row as soon as it stands. A worker locks its own world's rows
// alone, once an output day; whoever looks locks one world after another.
#pragma once
#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "sim/experiment/live_board.hpp"
#include "sim/observe/recorder.hpp"
#include "sim/observe/tables.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

class LiveWorlds final : public SoFar {
 public:
  // Attributes come from the scenario, which must live as long, and from these two (see attach_manifest).
  LiveWorlds(const Scenario& scenario, std::string input_hash, std::string history);

  // By the worker who has the world, task being replicate * arms + arm: before its first tick, whenever it has another
  // row, and at its end.
  void begin(std::size_t task, const std::vector<Quantity>& quantities);
  void show(std::size_t task, const std::vector<std::vector<double>>& columns);
  void end(std::size_t task, const WorldRecord& record);

  Headway headway() const override;
  std::optional<Result> result() const override;
  std::vector<RunningCurve> running() const override;  // of the first quantity, as a rule the followers

 private:
  struct Lane {
    mutable std::mutex mutex;
    WorldRecord record;
    bool begun = false, ended = false;
    std::size_t rows() const { return record.columns.empty() ? 0 : record.columns.front().size(); }
  };
  struct Replicate {
    std::int64_t number = 0;
    std::vector<WorldRecord> worlds;  // by arm
    bool whole = false;
  };
  std::vector<Replicate> copy() const;
  std::size_t align(std::vector<Replicate>& replicates) const;
  Ensemble ensemble_of(const std::vector<Replicate>& replicates) const;
  std::vector<Variable> series_of(Ensemble ensemble) const;
  void add_groups(Result& result, const Ensemble& whole) const;

  const Scenario& scenario_;
  std::string input_hash_, history_;
  std::size_t arms_;
  mutable std::mutex naming_;
  std::vector<Quantity> quantities_;
  std::deque<Lane> lanes_;
};

}  // namespace passalong
