// Which curves of a result the page shows.
#pragma once
#include <string>

#include "sim/observe/result.hpp"
#include "sim/report/chart.hpp"

namespace passalong {

// A series over time, one curve a strategy or brand, with the range that holds the middle 80 % of the replicates.
Chart series_chart(const Result& result, const std::string& series, bool large);
// Each other one minus the last, with the band that holds the whole mean curve with 95 %.
Chart difference_chart(const Result& result, const std::string& series);
// A quantile of finite values, between neighbours by distance (Hyndman & Fan's type 7); NaN of none.
double sample_quantile(std::vector<double> values, double share);
std::string capitalised(std::string text);

}  // namespace passalong
