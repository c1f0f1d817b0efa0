// What posts are made of, what they are worth to a reader and how long passing on takes, as models/ODD.md tells it, for
// the reference simulator.
#pragma once
#include <vector>

#include "tests/reference_policy.hpp"
#include "tests/reference_witness.hpp"

namespace passalong::reference {

// Which of several shares a point from 0 to their sum falls into.
std::size_t pick(const std::vector<double>& shares, double left);
inline float stored(double x) { return static_cast<float>(x); }  // 2. what is kept in 32 bits

Post ordinary_post(const Setting& world, AccountId i, std::uint32_t n, Tick now);  // Background
Post studied_post(const Work& work, AccountId j, std::uint32_t n, Tick now);
// mechanisms/appraisal: V; age in hours.
double merit(const Appraisal& w, double age, const Post& p, double sim, double a, const View& view);
double delay(const Delay& d, double lifetime, double u, double trust);  // mechanisms/delay, hours

}  // namespace passalong::reference
