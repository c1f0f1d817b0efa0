// The reasons to stop only ever grow, so asking once a replicate is enough.
#include "sim/experiment/gate.hpp"

#include <csignal>

#include "sim/base/failure.hpp"

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

void Gate::refuse_nothing_whole(const char* less_of) const {
  const int why = reason();
  if (why < 0)
    throw Failure(Exit::run, "the time limit was reached before one replicate was whole",
                  std::string("allow more time, or simulate fewer ") + less_of);
  throw Failure(why == SIGTERM ? Exit::terminated : Exit::interrupted, "stopped before one replicate was whole");
}

}  // namespace passalong
