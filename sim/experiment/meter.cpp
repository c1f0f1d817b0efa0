// A worker that finds another one telling goes on with its work.
#include "sim/experiment/meter.hpp"

namespace passalong {

constexpr double pause_seconds = 0.1;

Meter::Meter(const RunOptions& options, std::uint64_t worlds, std::uint64_t ticks_a_world)
    : listener_(options.progress), worlds_(worlds), ticks_(worlds * ticks_a_world) {}

void Meter::begin(const char* phase) {
  phase_ = phase;
  tell();
}

void Meter::tick(std::uint64_t new_deliveries) {
  ticks_done_.fetch_add(1, std::memory_order_relaxed);
  if (new_deliveries > 0) deliveries_.fetch_add(new_deliveries, std::memory_order_relaxed);
  tell_now_and_then();
}

void Meter::end_worlds(std::uint64_t worlds) {
  ticks_done_.fetch_add(worlds, std::memory_order_relaxed);
  worlds_done_.fetch_add(worlds, std::memory_order_relaxed);
  tell_now_and_then();
}

void Meter::tell_now_and_then() {
  if (!listener_ || seconds() < next_.load(std::memory_order_relaxed)) return;
  const std::unique_lock lock(telling_, std::try_to_lock);
  if (lock.owns_lock() && seconds() >= next_.load(std::memory_order_relaxed)) tell();
}

void Meter::tell_outlook(std::string outlook) {
  outlook_ = std::move(outlook);
  tell();
}

void Meter::finish() { tell(); }

void Meter::tell() {
  if (!listener_) return;
  Progress p{phase_, ticks_done_, ticks_, worlds_done_, worlds_, deliveries_, seconds(), outlook_};
  next_ = p.seconds + pause_seconds;
  listener_(p);
}

}  // namespace passalong
