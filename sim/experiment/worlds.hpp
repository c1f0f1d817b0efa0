// Runs the worlds of a scenario, several at a time. Which one runs where and when changes nothing in what they record.
#pragma once
#include <optional>
#include <vector>

#include "sim/experiment/gate.hpp"
#include "sim/experiment/meter.hpp"
#include "sim/experiment/stage.hpp"
#include "sim/experiment/stopping.hpp"
#include "sim/observe/recorder.hpp"

namespace passalong {

struct Recording {
  std::vector<Quantity> quantities;
  std::vector<std::optional<WorldRecord>> worlds;  // [replicate * arms + arm]; empty where it did not end
};

// How many worlds run side by side, and the threads they share.
struct Workforce {
  unsigned groups = 1, threads = 1;
};

class LiveWorlds;  // live_worlds.hpp

// As many replicates as the rule asks for, look after look. live: who is to be told of every row; null: nobody.
Recording record_worlds(const Scenario& scenario, const ModelEntry& model, const Workforce& force, Stages& stages,
                        Gate& gate, Meter& meter, StoppingRule& rule, LiveWorlds* live = nullptr);

// Those all of whose worlds have ended.
Ensemble whole_replicates(const Scenario& scenario, const Recording& recording);

}  // namespace passalong
