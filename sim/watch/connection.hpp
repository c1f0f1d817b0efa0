// One connection as the HTTP library reads and writes it, with limits that the library has not: so many bytes, so much
// time in all, and an end as soon as the run ends. Who is slow is cut off.
#pragma once
#include <httplib.h>

#include <array>
#include <chrono>

#include "sim/watch/socket.hpp"

namespace passalong {

class Connection final : public httplib::Stream {
 public:
  // over: readable once everybody is to go.
  Connection(Socket socket, int over);
  ~Connection() override;  // waits a moment for the other side to take what was written
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* to, std::size_t most) override;
  ssize_t write(const char* from, std::size_t count) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override { ip.clear(), port = 0; }
  void get_local_ip_and_port(std::string& ip, int& port) const override { ip.clear(), port = 0; }
  socket_t socket() const override { return socket_.number(); }

 private:
  using Clock = std::chrono::steady_clock;
  bool wait(short events) const;  // false: the time is over, or the run
  bool fill();

  static constexpr std::size_t longest_request = 16 << 10;
  static constexpr std::chrono::milliseconds to_ask{3000}, to_take{10000}, to_leave{100};

  Socket socket_;
  int over_;
  Clock::time_point deadline_ = Clock::now() + to_ask;
  bool asked_ = false;  // the answer has begun
  std::array<char, 4096> buffer_{};
  std::size_t begin_ = 0, end_ = 0, taken_ = 0;
};

}  // namespace passalong
