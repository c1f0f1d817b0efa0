// Runs a scenario: every strategy in every replicate, as independent worlds over shared networks and populations.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>

#include "sim/engine/world.hpp"
#include "sim/experiment/outlook.hpp"
#include "sim/observe/result.hpp"

namespace passalong {

struct Progress {
  const char* phase = "";                         // "network", "population", "worlds"
  std::uint64_t ticks_done = 0, ticks_total = 0;  // over all worlds
  std::uint64_t worlds_done = 0, worlds_total = 0;
  std::uint64_t deliveries = 0;
  double seconds = 0;
  std::string outlook{};  // how the comparison stands, where that decides how many replicates there are
};

class LiveBoard;  // live_board.hpp

// Added to the signal's number, it ends a run at the next tick instead of after the replicates in hand.
inline constexpr int at_once = 1 << 16;

struct RunOptions {
  unsigned threads = 0;                                          // 0: every core
  double max_seconds = std::numeric_limits<double>::infinity();  // no replicate is begun after that
  const std::atomic<int>* stop = nullptr;           // a signal's number ends the run after the replicates in hand
  std::function<void(const Progress&)> progress{};  // called from one thread at a time, at most ten times a second
  std::string history{};                            // canonical: verb, scenario name, --set, --seed, --replicates
  LiveBoard* board = nullptr;                       // where watchers look on; null: there are none
};

struct RunReport {
  Result result;  // only whole replicates; result.complete is false when some are missing
  double seconds = 0;
  std::uint64_t deliveries = 0, impressions = 0, shares = 0;  // of its worlds, warm-up included
  std::uint64_t peak_memory_bytes = 0;
  unsigned threads = 0;
  int stopped_by = 0;                // signal number; -1: max_seconds
  std::optional<Outlook> outlook{};  // of worlds `until` something; its `stopped` says what ended the run
};

// Failure(Exit::resources) before anything is built where the forecast does not fit the memory this process may use;
// Failure(Exit::interrupted, terminated or, for max_seconds, run) where it was stopped before one replicate was whole.
RunReport run(const Scenario& scenario, const RunOptions& options);
// The same with a model that need not be in the list.
RunReport run(const Scenario& scenario, const ModelEntry& model, const RunOptions& options);

struct Forecast {
  std::uint64_t accounts = 0, follows = 0, memory_bytes = 0, deliveries = 0;
  double seconds = 0;
};
struct NetworkSize {
  std::uint64_t accounts = 0, follows = 0;
};
// What a run would take on this machine; nothing is built. A network file is sized by its bytes, or is as large as
// `file` says; memory stays what the run itself, which has not read the file yet, will ask for.
Forecast forecast(const Scenario& scenario, unsigned threads, std::optional<NetworkSize> file = {});
// The memory this process may use: the least of MemAvailable, the cgroup's limit, RLIMIT_AS and, where it is set, the
// environment's PASSALONG_MEMORY_LIMIT.
std::uint64_t available_memory();

}  // namespace passalong
