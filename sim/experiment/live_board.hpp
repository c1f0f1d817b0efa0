// What a run under way shows to whoever watches: how far it is, and its result so far. Runs write, watchers read, from
// any thread; nothing of it reaches the result.
#pragma once
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "sim/experiment/run.hpp"
#include "sim/observe/result.hpp"

namespace passalong {

// How far the replicates are.
struct Headway {
  std::int64_t planned = 0, finished = 0, running = 0;
  double day = 0, days = 0;   // of the least advanced world that runs; of all
  std::uint64_t changes = 0;  // grows whenever there is more to see
};

// The leading quantity of a replicate in hand, as far as it is.
struct RunningCurve {
  std::size_t arm = 0;  // the strategy, or the brand
  std::vector<double> values;
};

// What a run keeps for watchers. Asked from other threads than those that add to it.
class SoFar {
 public:
  virtual ~SoFar() = default;
  virtual Headway headway() const = 0;
  // Of the whole replicates; until there is one, of whoever has got to a day, and NaN beyond. Nothing where there is no
  // row yet.
  virtual std::optional<Result> result() const = 0;
  // Of the replicates that are not in it, where these are told row by row.
  virtual std::vector<RunningCurve> running() const { return {}; }
};

class LiveBoard {
 public:
  void tell(const Progress& progress);
  Progress progress() const;
  std::optional<double> seconds_left() const;  // by the ticks done; nothing before the first
  Headway headway() const;
  std::optional<Result> result() const;
  std::vector<RunningCurve> running() const;

  // Lays open what a run keeps, until it ends.
  class Showing {
   public:
    Showing(LiveBoard* board, const SoFar* so_far);  // no board: nobody watches
    ~Showing();
    Showing(const Showing&) = delete;
    Showing& operator=(const Showing&) = delete;

   private:
    LiveBoard* board_;
  };

 private:
  mutable std::mutex telling_, showing_;
  Progress progress_;
  std::optional<double> ticking_since_;  // seconds
  Headway last_;                         // as it stood when the run ended
  const SoFar* so_far_ = nullptr;
};

}  // namespace passalong
