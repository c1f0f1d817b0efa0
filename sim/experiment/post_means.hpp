// Means over the posts of a replicate, from the table /posts: posts.size, posts.went_viral (a share) and so on.
#pragma once
#include <vector>

#include "sim/experiment/metric.hpp"

namespace passalong {

inline constexpr const char* post_prefix = "posts.";

std::vector<Metric> post_metrics(const Result& result);
// Of the column that m.metric names after the prefix, over the posts that appeared up to each day, to the size and
// shape their cascades had in the end; NaN before the first. False where there is no such column.
bool add_post_means(const Result& result, Measure& m);

}  // namespace passalong
