// The one door to threads. A Team of n workers runs loops; a Team of one runs them inline, in order. Results must not
// depend on which worker takes which index: write to your index, or to your worker's own place and sort afterwards.
// Two back ends, chosen when building: oneTBB, and std::thread (for ThreadSanitizer, which cannot see into Debian's
// TBB).
#pragma once
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

namespace passalong {

class Team {
 public:
  explicit Team(unsigned workers);  // 0 means every core
  ~Team();
  Team(Team&&) noexcept;
  Team& operator=(Team&&) noexcept;

  unsigned workers() const { return workers_; }

  // body(index, worker) for every index in [0, count), worker in [0, workers()). Dynamic; blocks until all are done.
  // The first exception thrown by a body is thrown here. Not re-entrant: a body must not use the same Team.
  template <class Body>
  void each(std::size_t count, const Body& body) {
    if (workers_ == 1 || count < 2) {
      for (std::size_t i = 0; i < count; ++i) body(i, 0U);
      return;
    }
    std::atomic<std::size_t> next{0};
    launch([&](unsigned worker) {
      for (std::size_t i; (i = next.fetch_add(1, std::memory_order_relaxed)) < count;) body(i, worker);
    });
  }

  // body(begin, end, worker) over fixed blocks of [0, count): the borders do not depend on the number of workers.
  template <class Body>
  void blocks(std::size_t count, std::size_t block, const Body& body) {
    each((count + block - 1) / block,
         [&](std::size_t b, unsigned worker) { body(b * block, std::min(count, (b + 1) * block), worker); });
  }

  // Sum of part(begin, end) over fixed blocks, added in block order: the same bits for any number of workers.
  template <class T, class Part>
  T sum(std::size_t count, std::size_t block, T zero, const Part& part) {
    std::vector<T> parts((count + block - 1) / block, zero);
    blocks(count, block, [&](std::size_t b, std::size_t e, unsigned) { parts[b / block] = part(b, e); });
    for (const T& p : parts) zero += p;
    return zero;
  }

 private:
  void launch(const std::function<void(unsigned worker)>& work);  // once on every worker

  struct Backend;
  unsigned workers_;
  std::unique_ptr<Backend> backend_;
};

const char* parallel_backend();  // "tbb" or "threads"
unsigned hardware_threads();     // what this process may use (affinity and cgroup respected where the system tells)

}  // namespace passalong
