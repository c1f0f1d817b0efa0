// Back ends of Team. Both hand out worker numbers, run `work` once on each, and bring the first exception home.
#include "sim/base/parallel.hpp"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

#ifdef PASSALONG_TBB
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/partitioner.h>
#include <tbb/task_arena.h>
#endif

namespace passalong {
namespace {
// Keeps the first exception of a parallel region.
class FirstError {
 public:
  template <class F>
  void guard(const F& f) {
    try {
      f();
    } catch (...) {
      const std::scoped_lock lock(mutex_);
      if (!error_) error_ = std::current_exception();
    }
  }
  void rethrow() {
    if (error_) std::rethrow_exception(error_);
  }

 private:
  std::mutex mutex_;
  std::exception_ptr error_;
};
}  // namespace

#ifdef PASSALONG_TBB

constexpr std::size_t most_workers = 1024;

struct Team::Backend {
  explicit Backend(unsigned workers) : arena(static_cast<int>(workers)) {
    // More workers than cores are honoured, side by side too: the least of all limits counts, so there is only one.
    static const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism, most_workers);
  }
  tbb::task_arena arena;
};

void Team::launch(const std::function<void(unsigned)>& work) {
  FirstError error;
  backend_->arena.execute([&] {
    tbb::parallel_for(
        0U, workers_, [&](unsigned worker) { error.guard([&] { work(worker); }); }, tbb::simple_partitioner{});
  });
  error.rethrow();
}
const char* parallel_backend() { return "tbb"; }
unsigned hardware_threads() { return static_cast<unsigned>(std::max(1, tbb::info::default_concurrency())); }

#else

struct Team::Backend {
  explicit Backend(unsigned workers) {
    for (unsigned w = 1; w < workers; ++w) threads.emplace_back([this, w] { serve(w); });
  }
  ~Backend() {
    {
      const std::scoped_lock lock(mutex);
      stop = true;
    }
    wake.notify_all();
    for (auto& t : threads) t.join();
  }
  void serve(unsigned worker) {
    std::size_t seen = 0;
    for (;;) {
      std::unique_lock lock(mutex);
      wake.wait(lock, [&] { return stop || round != seen; });
      if (stop) return;
      seen = round;
      lock.unlock();
      error->guard([&] { (*task)(worker); });
      lock.lock();
      if (--busy == 0) done.notify_one();
    }
  }
  std::mutex mutex;
  std::condition_variable wake, done;
  std::vector<std::thread> threads;
  const std::function<void(unsigned)>* task = nullptr;
  FirstError* error = nullptr;
  std::size_t round = 0, busy = 0;
  bool stop = false;
};

void Team::launch(const std::function<void(unsigned)>& work) {
  FirstError error;
  Backend& b = *backend_;
  {
    const std::scoped_lock lock(b.mutex);
    b.task = &work, b.error = &error, b.busy = b.threads.size(), ++b.round;
  }
  b.wake.notify_all();
  error.guard([&] { work(0); });
  std::unique_lock lock(b.mutex);
  b.done.wait(lock, [&] { return b.busy == 0; });
  lock.unlock();
  error.rethrow();
}
const char* parallel_backend() { return "threads"; }
unsigned hardware_threads() { return std::max(1U, std::thread::hardware_concurrency()); }

#endif

Team::Team(unsigned workers)
    : workers_(workers == 0 ? hardware_threads() : workers),
      backend_(workers_ > 1 ? std::make_unique<Backend>(workers_) : nullptr) {}
Team::~Team() = default;
Team::Team(Team&&) noexcept = default;
Team& Team::operator=(Team&&) noexcept = default;

}  // namespace passalong
