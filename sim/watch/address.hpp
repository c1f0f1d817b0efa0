// Where a run can be watched: this machine alone, unless another address is asked for.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "sim/watch/socket.hpp"

namespace passalong {

inline constexpr std::uint16_t usual_watch_port = 8421;

struct WatchAddress {
  std::string host = "127.0.0.1";  // a name or a number; IPv6 without its brackets
  std::uint16_t port = 0;          // 0: the usual one or, where that is taken, any that is free
};
// [HOST:]PORT; an IPv6 address stands in brackets. Failure(Exit::usage).
WatchAddress read_watch_address(const std::string& text);
// Whether a word is meant as such an address, right or wrong, rather than as a file.
bool looks_like_address(const std::string& word);

struct Listener {
  Socket socket;
  std::string host;  // as a URL has it
  std::uint16_t port = 0;
  bool loopback = true;  // no other machine can reach it
  bool any = false;      // it listens on every address this machine has
};
// Failure(Exit::run) where nothing can listen there.
Listener listen_on(const WatchAddress& address);

// Whether a request's Host header names this listener. A page of another site whose name was made to point here has
// that name in it, and must not read what stands here (DNS rebinding); numbers cannot be bent so.
bool is_host_of(const Listener& listener, const std::string& host_header);

}  // namespace passalong
