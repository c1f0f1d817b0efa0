// One thread polls all who wait; the workers take turns with those who have spoken.
#include "sim/watch/porter.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <cerrno>

namespace passalong {

Porter::Porter(int listening, Serve serve)
    : listening_(listening), serve_(std::move(serve)), over_(eventfd(0, EFD_CLOEXEC)) {
  threads_.emplace_back([this] { receive(); });
  for (std::size_t w = 0; w < workers; ++w) threads_.emplace_back([this] { work(); });
}

Porter::~Porter() {
  {
    const std::scoped_lock lock(mutex_);
    closing_ = true;
  }
  (void)eventfd_write(over_.number(), 1);
  changed_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Porter::receive() {
  while (look()) {
  }
}

bool Porter::look() {
  std::vector<pollfd> all{{over_.number(), POLLIN, 0}, {listening_, POLLIN, 0}};
  for (const Guest& guest : waiting_) all.push_back({guest.socket.number(), POLLIN, 0});
  constexpr int a_second = 1000;
  if (poll(all.data(), all.size(), a_second) < 0 && errno != EINTR) return false;
  if (all[0].revents != 0) return false;
  std::vector<bool> spoken;
  for (std::size_t g = 2; g < all.size(); ++g) spoken.push_back(all[g].revents != 0);
  pass_on(std::move(spoken));
  while (all[1].revents != 0 && admit()) {
  }
  return true;
}

// To a worker whoever has spoken; away whoever has been silent for too long.
void Porter::pass_on(std::vector<bool> spoken) {
  std::deque<Guest> silent;
  const auto now = Clock::now();
  for (std::size_t g = 0; g < waiting_.size(); ++g) {
    if (spoken[g]) {
      const std::scoped_lock lock(mutex_);
      if (ready_.size() < most_waiting) ready_.push_back(std::move(waiting_[g].socket));
      changed_.notify_one();
    } else if (now - waiting_[g].since < patience) {
      silent.push_back(std::move(waiting_[g]));
    }
  }
  waiting_ = std::move(silent);
}

// Where there are too many, the one who has been silent longest goes.
bool Porter::admit() {
  Socket guest(accept4(listening_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  const bool guest_came = guest.number() >= 0;
  const bool out_of_places = !guest_came && (errno == EMFILE || errno == ENFILE);
  if (!waiting_.empty() && (waiting_.size() >= most_waiting || out_of_places)) waiting_.pop_front();
  if (guest_came) waiting_.push_back({std::move(guest), Clock::now()});
  if (out_of_places) std::this_thread::sleep_for(std::chrono::milliseconds(50));
  return guest_came;
}

void Porter::work() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closing_ || !ready_.empty(); });
    if (closing_) return;
    Socket connection = std::move(ready_.front());
    ready_.pop_front();
    lock.unlock();
    serve_(std::move(connection), over_.number());
  }
}

}  // namespace passalong
