// How a benchmark's report is told: as text for a terminal, and as JSON.
#pragma once
#include <string>

#include "sim/cli/json.hpp"
#include "sim/experiment/bench/bench.hpp"

namespace passalong {

std::string bench_text(const BenchReport& report, std::size_t width);
Json bench_json(const BenchReport& report);

}  // namespace passalong
