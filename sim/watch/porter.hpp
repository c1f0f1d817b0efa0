// Lets connections in and keeps each waiting until it has said something; then one of a few workers serves it. Who is
// silent holds up nobody, and at the end all are sent away at once.
#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "sim/watch/socket.hpp"

namespace passalong {

class Porter {
 public:
  // over becomes readable when serving must end.
  using Serve = std::function<void(Socket connection, int over)>;
  Porter(int listening, Serve serve);
  ~Porter();
  Porter(const Porter&) = delete;
  Porter& operator=(const Porter&) = delete;

 private:
  using Clock = std::chrono::steady_clock;
  struct Guest {
    Socket socket;
    Clock::time_point since;
  };
  void receive();
  bool admit();  // false: nobody more is at the door
  bool look();   // false: it is over
  void pass_on(std::vector<bool> spoken);
  void work();

  static constexpr std::size_t most_waiting = 64, workers = 4;
  static constexpr std::chrono::seconds patience{15};

  int listening_;
  Serve serve_;
  Socket over_;
  std::deque<Guest> waiting_;  // of the receiving thread alone; the longest there first
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Socket> ready_;
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace passalong
