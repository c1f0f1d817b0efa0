// Structural virality the slow way: distances of all pairs in a tree (Goel et al. 2016), and its closed forms.
#pragma once
#include <cstdint>
#include <vector>

namespace passalong::theory {

double mean_distance(const std::vector<std::uint32_t>& parents);  // of node k > 0; parents[0] is not read
double star_virality(double nodes);                               // 2 (n - 1) / n
double path_virality(double nodes);                               // (n + 1) / 3

}  // namespace passalong::theory
