// Decides whether another replicate may begin: not once a signal has come or the time is over. What has begun is
// finished, in all its arms, unless the run is to end at once.
#pragma once
#include <atomic>
#include <mutex>
#include <vector>

#include "sim/base/stopwatch.hpp"
#include "sim/experiment/run.hpp"

namespace passalong {

class Gate {
 public:
  Gate(const RunOptions& options, std::size_t replicates);

  bool admit(std::size_t replicate);    // the same answer for all its arms
  bool shut() const;                    // leave everything as it is
  void break_off() { broken_ = true; }  // a world has failed: no use in finishing the others
  // What keeps replicates out: a signal's number, -1 for the time, 0 for nothing.
  int reason() const;
  // The failure of a run that they have left without one whole replicate. What there could be less of: "accounts".
  [[noreturn]] void refuse_nothing_whole(const char* less_of) const;

 private:
  enum class Answer : char { none, yes, no };

  const RunOptions& options_;
  Stopwatch watch_;
  std::mutex asking_;
  std::vector<Answer> answers_;
  std::atomic<bool> broken_{false};
};

}  // namespace passalong
