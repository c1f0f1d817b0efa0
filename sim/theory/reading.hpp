// What the conversation's simplest worlds come to: how likely a reader of a given taste passes a post on.
#pragma once

namespace passalong::theory {

// E of rate (1 - exp(-k max(0, U))) over U ~ N(worth, noise^2), by Simpson's rule.
double chance_to_pass_on(double rate, double steepness, double worth, double noise);

}  // namespace passalong::theory
