// attention-memes and simsom as one would play them on a table: posts in one list, feeds as lists of cards. Written
// from models/ODD.md alone, for small worlds.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "sim/engine/processes/process.hpp"

namespace passalong {

// All that a result has of one replicate, by name; a table's columns as table/column.
using PlainFigures = std::map<std::string, std::vector<double>>;

struct PlainMemeRule {
  double fresh = 0.45, reading = 0.016, memory = 0.4, window = 1;
  std::uint32_t ticks = 1;
};
PlainFigures play_memes_plainly(const PlainMemeRule& rule, const Network& network, std::uint64_t seed,
                                std::uint32_t replicate);

struct PlainFeedRule {
  double fresh = 0.5, slope = 10, appeal = 4, recency = 0.4, power = 0.4, converged = 1e-4, smoothing = 0.8;
  bool appealing = true, popular = true, recent = true, together = true;
  std::uint32_t slots = 15, flooding = 1, bot_follows = 3, ticks = 0;  // 0: until it has converged
  double bots = 0, infiltration = 0.01, deception = 0;
};
PlainFigures play_feeds_plainly(const PlainFeedRule& rule, const Network& network, std::uint64_t seed,
                                std::uint32_t replicate);

double plain_entropy(const std::map<std::uint64_t, double>& counts);

}  // namespace passalong
