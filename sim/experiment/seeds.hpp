// Which accounts to court: the seeds that together reach most under a scenario's model, beside an estimate of their
// reach that owes nothing to how they were chosen, and two sets one might have taken without looking.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "sim/engine/influence/influence.hpp"
#include "sim/scenario/scenario.hpp"

namespace passalong {

struct SeedsOptions {
  bool by_samples = false;  // greedy on live graphs; else reverse sets (IMM)
  std::uint32_t count = 10;
  double epsilon = 0.1;
  double confidence = 0;  // that the guarantee holds; 0: 1 - 1 / accounts
  std::uint32_t samples = 1000;
  std::uint32_t replicates = 1000;  // of the estimate
  unsigned threads = 0;
  std::function<void(const char* phase)> progress{};
};

struct ChosenSeed {
  std::string label;
  std::uint32_t followers = 0;
  double foreseen = 0;    // what it adds, as the choice counted it
  Estimate gain, spread;  // what it adds, and what all up to it reach, by fresh cascades
};

struct SeedsReport {
  std::vector<ChosenSeed> seeds;
  Estimate most_followed, random;  // reach of as many such accounts
  std::uint64_t accounts = 0, follows = 0;
  double least_share = 0;  // of the best reach, that is guaranteed but for `failure`; 0: nothing is
  double failure = 0;
  Influence choice;  // how it was made
  double choosing_seconds = 0, seconds = 0;
  unsigned threads = 0;
};

// Failure(Exit::usage) where more accounts are asked for than there are; Exit::scenario where the model is none of
// cascades or each replicate has its own network; Exit::resources where it does not fit.
SeedsReport choose_seeds(const Scenario& scenario, const SeedsOptions& options);

}  // namespace passalong
