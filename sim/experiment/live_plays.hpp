// The replicates of a classic process as watchers see them: each when it is over, the first of them if there are many.
#pragma once
#include <mutex>
#include <string>

#include "sim/experiment/live_board.hpp"
#include "sim/experiment/process_tables.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

class LivePlays final : public SoFar {
 public:
  // As for LiveWorlds.
  LivePlays(const Scenario& scenario, std::string input_hash, std::string history);

  void add(const ProcessForm& form, std::size_t replicate, const ProcessRecord& record);

  Headway headway() const override;
  std::optional<Result> result() const override;

 private:
  static constexpr std::size_t most_shown = 1000, most_values = 2'000'000;

  const Scenario& scenario_;
  std::string input_hash_, history_;
  mutable std::mutex mutex_;
  ProcessForm form_;
  ProcessRecords shown_;
  std::size_t values_ = 0;  // of the courses shown
  std::int64_t finished_ = 0;
};

}  // namespace passalong
