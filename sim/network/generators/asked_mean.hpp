// What the kinds whose mean is a parameter have in common.
#pragma once
#include "sim/network/network.hpp"

namespace passalong {

double asked_mean(const NetworkSection& section);
// Failure(Exit::scenario) where no network of that size has the mean that is asked for.
void refuse_unreachable_mean(const NetworkSection& section);

}  // namespace passalong
