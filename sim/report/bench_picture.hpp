// A benchmark as one picture, an SVG that stands alone: how fast each workload is by threads, and how near to what the
// machine's memory allows.
#pragma once
#include <string>

#include "sim/experiment/bench/bench.hpp"

namespace passalong {

std::string draw_bench(const BenchReport& report);

// 41.2 M: three digits, with k, M, G for a thousand, a million, a billion.
std::string short_number(double value);

}  // namespace passalong
