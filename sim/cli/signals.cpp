// Handlers may only call what is async-signal-safe: write, unlink, _exit, and a lock-free atomic.
#include "sim/cli/signals.hpp"

#include <unistd.h>

#include <array>
#include <csignal>
#include <cstring>

namespace passalong {
namespace {

static_assert(std::atomic<int>::is_always_lock_free);
static_assert(std::atomic<bool>::is_always_lock_free);
std::atomic<int> caught{0};
std::atomic<bool> under_way{false};   // a replicate is in hand
std::array<char, 4200> unfinished{};  // a path, ready before the first signal

template <std::size_t N>
void say(const char (&text)[N]) {
  (void)!write(STDERR_FILENO, text, N - 1);
}

// While the network is being made there is nothing to finish, and what is being written is not whole.
void stop_with_nothing(int signal) {
  if (unfinished[0]) unlink(unfinished.data());
  if (signal == SIGTERM) {
    say("\nterminated: nothing was whole yet, nothing was written\n");
  } else {
    say("\ninterrupted: nothing was whole yet, nothing was written\n");
  }
  _exit(128 + signal);
}

extern "C" void on_signal(int signal) {
  if (!under_way) stop_with_nothing(signal);
  if (caught.exchange(signal) == 0) {
    say("\nstopping: the replicate in hand is being finished; once more stops at once\n");
    return;
  }
  if (unfinished[0]) unlink(unfinished.data());
  say("\nstopped at once; no unfinished file is left\n");
  _exit(128 + signal);
}

}  // namespace

const std::atomic<int>* watch_signals(const std::string& partial) {
  if (partial.size() < unfinished.size()) std::memcpy(unfinished.data(), partial.c_str(), partial.size() + 1);
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaddset(&action.sa_mask, SIGINT);
  sigaddset(&action.sa_mask, SIGTERM);
  for (const int signal : {SIGINT, SIGTERM}) sigaction(signal, &action, nullptr);
  return &caught;
}

void leave_signals() {
  for (const int signal : {SIGINT, SIGTERM}) std::signal(signal, SIG_DFL);
}

void finish_what_is_in_hand() { under_way = true; }

}  // namespace passalong
