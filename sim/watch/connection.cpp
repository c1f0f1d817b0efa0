// Nothing blocks but poll, which also wakes when everybody is to go.
#include "sim/watch/connection.hpp"

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace passalong {

Connection::Connection(Socket socket, int over) : socket_(std::move(socket)), over_(over) {}

// Closing with something unread would reset the connection and could take the answer with it.
Connection::~Connection() {
  shutdown(socket_.number(), SHUT_WR);
  deadline_ = std::min(deadline_, Clock::now() + to_leave);
  std::size_t left = 16 * longest_request;
  while (left > 0 && wait(POLLIN)) {
    const ssize_t got = recv(socket_.number(), buffer_.data(), buffer_.size(), 0);
    if (got <= 0) break;
    left -= std::min(left, static_cast<std::size_t>(got));
  }
}

bool Connection::wait(short events) const {
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
    if (left <= 0) return false;
    std::array<pollfd, 2> both{{{socket_.number(), events, 0}, {over_, POLLIN, 0}}};
    const int ready = poll(both.data(), both.size(), static_cast<int>(left));
    if (ready < 0 && errno == EINTR) continue;
    return ready > 0 && both[1].revents == 0;
  }
}

bool Connection::fill() {
  if (taken_ >= longest_request || !wait(POLLIN)) return false;
  const std::size_t most = std::min(buffer_.size(), longest_request - taken_);
  const ssize_t got = recv(socket_.number(), buffer_.data(), most, 0);
  if (got <= 0) return false;
  begin_ = 0, end_ = static_cast<std::size_t>(got), taken_ += end_;
  return true;
}

ssize_t Connection::read(char* to, std::size_t most) {
  if (begin_ == end_ && !fill()) return -1;
  const std::size_t count = std::min(most, end_ - begin_);
  std::memcpy(to, buffer_.data() + begin_, count);
  begin_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t Connection::write(const char* from, std::size_t count) {
  if (!asked_) asked_ = true, deadline_ = Clock::now() + to_take;
  for (std::size_t done = 0; done < count;) {
    if (!wait(POLLOUT)) return -1;
    const ssize_t sent = send(socket_.number(), from + done, count - done, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return -1;
    if (sent > 0) done += static_cast<std::size_t>(sent);
  }
  return static_cast<ssize_t>(count);
}

}  // namespace passalong
