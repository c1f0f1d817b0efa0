#include "sim/engine/cascades/notes.hpp"

namespace passalong {

Counts& Counts::operator+=(Counts&& other) {
  trials += other.trials, successes += other.successes, activations += other.activations;
  if (small.size() < other.small.size()) small.swap(other.small);
  for (std::size_t size = 0; size < other.small.size(); ++size) small[size] += other.small[size];
  large.insert(large.end(), other.large.begin(), other.large.end());
  return *this;
}

void Notes::keep(const Ended& cascade) {
  const std::uint32_t replicate = plan_.first_replicate + cascade.place;
  seeds_.of(replicate, start_);
  counts_.large.push_back({.replicate = replicate,
                           .size = cascade.size,
                           .depth = cascade.depth,
                           .seed = start_.front(),
                           .structural_virality = structural_virality(cascade.distances, cascade.size)});
}

}  // namespace passalong
