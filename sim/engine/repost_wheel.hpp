// Shares of ordinary posts that will appear later, by the tick in which they do. Workers put them down side by side;
// their order means nothing.
#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "sim/engine/ordinary.hpp"

namespace passalong {

class RepostWheel {
 public:
  RepostWheel() = default;
  // Nothing is put down for more than `lifetime` ticks ahead.
  RepostWheel(Tick lifetime, unsigned workers)
      : workers_(workers), slots_((static_cast<std::size_t>(lifetime) + 1) * workers) {}

  void add(unsigned worker, Tick due, const Repost& share) { slots_[first_of(due) + worker].push_back(share); }
  std::vector<std::vector<Repost>*> due(Tick now) {
    std::vector<std::vector<Repost>*> all;
    for (unsigned w = 0; w < workers_; ++w) all.push_back(&slots_[first_of(now) + w]);
    return all;
  }
  void clear(Tick now) {
    for (std::vector<Repost>* shares : due(now)) shares->clear();
  }
  std::uint64_t bytes() const {
    std::uint64_t sum = slots_.capacity() * sizeof(slots_[0]);
    for (const auto& slot : slots_) sum += slot.capacity() * sizeof(Repost);
    return sum;
  }
  // A slot's shares in order, whoever put them down.
  template <class Archive>
  void visit(Archive& a) {
    constexpr bool loading = requires { a.finish(); };
    for (std::size_t first = 0; first < slots_.size(); first += workers_) {
      std::vector<Repost> all;
      for (unsigned w = 0; w < workers_; ++w) all.insert(all.end(), slots_[first + w].begin(), slots_[first + w].end());
      std::sort(all.begin(), all.end());
      a(all);
      if constexpr (!loading) continue;
      for (unsigned w = 0; w < workers_; ++w) slots_[first + w].clear();
      slots_[first] = std::move(all);
    }
  }

 private:
  std::size_t first_of(Tick due) const { return static_cast<std::size_t>(due) % (slots_.size() / workers_) * workers_; }
  unsigned workers_ = 1;
  std::vector<std::vector<Repost>> slots_;  // by tick, then worker
};

}  // namespace passalong
