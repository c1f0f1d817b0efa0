// The arms of futures beside those of their past, in one result.
#pragma once
#include "sim/experiment/futures.hpp"
#include "sim/observe/tables.hpp"

namespace passalong {

// The past's tables, cut to the ensemble's replicates, with the ensemble's arms after its own. Brands of futures are
// further brands of the one strategy; what is told of everyone is then the past's alone.
Result join_futures(const Result& past, const Ensemble& ensemble, const Futures& futures, const Scenario& scenario);
// Root attributes: those of the past, and what was asked for.
void describe_branch(Result& result, const Result& past, const Futures& futures, const BranchMoment& moment,
                     const std::string& history);

}  // namespace passalong
