// Progress of a run, gathered from all workers and told to one listener.
#pragma once
#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

#include "sim/base/stopwatch.hpp"
#include "sim/experiment/run.hpp"

namespace passalong {

class Meter {
 public:
  Meter(const RunOptions& options, std::uint64_t worlds, std::uint64_t ticks_a_world);

  void begin(const char* phase);
  void tick(std::uint64_t new_deliveries);
  void end_world() { worlds_done_.fetch_add(1, std::memory_order_relaxed); }
  void end_worlds(std::uint64_t worlds);   // of one tick each
  void tell_outlook(std::string outlook);  // between two batches of replicates
  void finish();
  double seconds() const { return watch_.seconds(); }

 private:
  void tell();
  void tell_now_and_then();

  const std::function<void(const Progress&)>& listener_;
  Stopwatch watch_;
  std::uint64_t worlds_, ticks_;
  std::atomic<std::uint64_t> ticks_done_{0}, worlds_done_{0}, deliveries_{0};
  std::atomic<double> next_{0};  // when to tell again
  std::mutex telling_;
  const char* phase_ = "";  // changed between the phases alone, when no worker is about
  std::string outlook_;     // likewise
};

}  // namespace passalong
