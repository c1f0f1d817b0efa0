// Numbers and names as people read them, for the terminal and the page.
#pragma once
#include <string>
#include <string_view>

#include "sim/experiment/statistics.hpp"

namespace passalong {

// The one rule for numbers, kept by the page too (sim/report/page/numbers.js): whole from 100 on, thousands apart, else
// four digits; an exact half to the even one: 4,006, 194, 0.2914. "none" where it is not finite.
std::string readable(double value);
std::string readable_signed(double value);  // +1,429
// "1,350 to 1,508", or "unknown" where an end is not finite.
std::string readable(const Interval& interval);
std::string readable_signed(const Interval& interval);
std::string percent(double share);               // 94 %
std::string share_text(double share);            // 30.5 %, 0.07 %
std::string in_quotes(const std::string& name);  // 'give'
std::string days_text(double days);              // 1 day, 60 days
std::string spoken(std::string_view name);       // trust_mean: "trust mean"; a/b: "a per b"
const char* several(std::string_view arm);       // strategies, brands, files, arms
bool more_is_better(std::string_view series);    // followers yes; suspicion or unfollows no
bool less_is_better(std::string_view series);
// In how many replicates a is above b: "all 8 replicates", "1 of 8 replicates, level in 7".
std::string count_wins(const PairResult& pair);
bool excludes_zero(const Interval& interval);

}  // namespace passalong
