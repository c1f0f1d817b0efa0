// Replicates of a classic process as the variables of a result.
#pragma once
#include <optional>
#include <vector>

#include "sim/engine/processes/process.hpp"
#include "sim/observe/result.hpp"

namespace passalong {

using ProcessRecords = std::vector<std::optional<ProcessRecord>>;  // by replicate; nothing where it was not played

// So many values of a series are written, and kept, at most: replicates times ticks.
inline constexpr std::size_t most_values_of_courses = 10'000'000;

// Replicates, finals, series and tables. The course over time is left out where that would be more, or where some of
// it has not been kept; the root attribute `left_out` then says so.
Result tabulate_processes(const ProcessForm& form, const ProcessRecords& records, double days_a_tick,
                          bool courses_kept = true);

}  // namespace passalong
