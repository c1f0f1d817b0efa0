// Continues one past under several futures: the worlds of a result are simulated again up to a tick, checked against
// it, and each goes on as often as there are futures. The arms of the result are kept as they are; the futures stand
// beside.
#pragma once
#include <functional>
#include <string>

#include "sim/experiment/futures.hpp"
#include "sim/experiment/run.hpp"

namespace passalong {

struct BranchOptions {
  RunOptions run{};  // history: what is to be added to the result's
  std::string at{};  // read_moment
  std::vector<FutureWish> futures{};
  std::function<void(const std::string&)> note{};  // told what is left out of the result, before anything is simulated
};

// scenario: that of the result (scenario_of). The result has the arms and the replicates of the past, and root
// attributes branch_of (the past's digest), branch_at and futures. Failures as of `run` and read_futures; Failure(
// Exit::run) where the past does not come out as the result has it; Failure(Exit::scenario) where a future could not be
// told by the same series.
RunReport branch(const Result& past, const Scenario& scenario, const BranchOptions& options);

}  // namespace passalong
