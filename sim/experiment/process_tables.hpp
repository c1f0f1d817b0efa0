// Replicates of a classic process as the variables of a result.
#pragma once
#include <optional>
#include <vector>

#include "sim/engine/processes/process.hpp"
#include "sim/observe/result.hpp"

namespace passalong {

using ProcessRecords = std::vector<std::optional<ProcessRecord>>;  // by replicate; nothing where it was not played

// Replicates, finals, series and tables. The course over time is left out where it would have more than 10,000,000
// values; the root attribute `left_out` then says so.
Result tabulate_processes(const ProcessForm& form, const ProcessRecords& records, double days_a_tick);

}  // namespace passalong
