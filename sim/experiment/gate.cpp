// The reasons to stop only ever grow, so asking once a replicate is enough.
#include "sim/experiment/gate.hpp"

namespace passalong {

Gate::Gate(const RunOptions& options, std::size_t replicates) : options_(options), answers_(replicates) {}

int Gate::reason() const {
  const int signal = options_.stop == nullptr ? 0 : options_.stop->load(std::memory_order_relaxed);
  if (signal != 0) return signal % at_once;
  return watch_.seconds() > options_.max_seconds ? -1 : 0;
}

bool Gate::admit(std::size_t replicate) {
  if (shut()) return false;
  const std::scoped_lock lock(asking_);
  Answer& answer = answers_[replicate];
  if (answer == Answer::none) answer = reason() == 0 ? Answer::yes : Answer::no;
  return answer == Answer::yes;
}

bool Gate::shut() const {
  if (broken_.load(std::memory_order_relaxed)) return true;
  return options_.stop != nullptr && options_.stop->load(std::memory_order_relaxed) >= at_once;
}

}  // namespace passalong
