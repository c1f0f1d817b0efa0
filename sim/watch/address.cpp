// getaddrinfo knows names and numbers of both kinds; the errors say what to try instead.
#include "sim/watch/address.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>

#include "sim/base/failure.hpp"

namespace passalong {
namespace {

struct FreeAddresses {
  void operator()(addrinfo* first) const { freeaddrinfo(first); }
};
using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
  throw Failure(Exit::usage, "--watch: `" + text + "` " + why,
                "[HOST:]PORT, for example 8421 or [::1]:8421; --watch alone takes a port that is free");
}

std::uint16_t port_of(const std::string& text, const std::string& digits) {
  unsigned port = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, fault] = std::from_chars(digits.data(), end, port);
  if (fault != std::errc() || stop != end) refuse(text, "does not end in a port");
  if (port < 1 || port > 65535) refuse(text, "has no port from 1 to 65535");
  return static_cast<std::uint16_t>(port);
}

std::string without_brackets(const std::string& host) {
  const bool has = host.size() > 2 && host.front() == '[' && host.back() == ']';
  return has ? host.substr(1, host.size() - 2) : host;
}

std::string in_url(const std::string& host) { return host.find(':') == host.npos ? host : "[" + host + "]"; }

Addresses resolve(const WatchAddress& address, std::uint16_t port) {
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM, hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  const int fault = getaddrinfo(address.host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (fault != 0)
    throw Failure(Exit::run, fmt::format("--watch: no address of `{}` is known: {}", address.host, gai_strerror(fault)),
                  "leave the host out to watch from this machine");
  return Addresses(found);
}

bool is_loopback(const sockaddr& address) {
  if (address.sa_family == AF_INET)
    return ntohl(reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr) >> 24 == 127;
  return IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
}

bool is_any(const sockaddr& address) {
  if (address.sa_family == AF_INET) return reinterpret_cast<const sockaddr_in&>(address).sin_addr.s_addr == 0;
  return IN6_IS_ADDR_UNSPECIFIED(&reinterpret_cast<const sockaddr_in6&>(address).sin6_addr);
}

std::uint16_t port_in(const Socket& socket) {
  sockaddr_storage name{};
  socklen_t size = sizeof name;
  if (getsockname(socket.number(), reinterpret_cast<sockaddr*>(&name), &size) != 0) return 0;
  return ntohs(name.ss_family == AF_INET ? reinterpret_cast<const sockaddr_in&>(name).sin_port
                                         : reinterpret_cast<const sockaddr_in6&>(name).sin6_port);
}

// Without a socket where another has the place; errno then says why.
Socket bind_to(const addrinfo& where) {
  Socket socket(::socket(where.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, where.ai_protocol));
  const int yes = 1;
  setsockopt(socket.number(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const bool bound = bind(socket.number(), where.ai_addr, where.ai_addrlen) == 0;
  return bound && listen(socket.number(), SOMAXCONN) == 0 ? std::move(socket) : Socket();
}

Listener try_to_listen(const WatchAddress& address, std::uint16_t port) {
  const Addresses found = resolve(address, port);
  Listener listener;
  listener.socket = bind_to(*found);
  if (listener.socket.number() < 0) return listener;
  listener.host = in_url(address.host), listener.port = port_in(listener.socket);
  listener.loopback = is_loopback(*found->ai_addr), listener.any = is_any(*found->ai_addr);
  return listener;
}

[[noreturn]] void tell_why_not(const WatchAddress& address, std::uint16_t port) {
  const int fault = errno;
  const std::string help = fault == EADDRINUSE ? fmt::format(
                                                     "another program, perhaps another run, has this port; "
                                                     "try --watch {}, or --watch alone for one that is free",
                                                     port < 65535 ? port + 1 : port - 1)
                           : fault == EACCES ? "ports below 1024 are not for everyone; try --watch 8421"
                                             : "leave the host out to watch from this machine";
  throw Failure(Exit::run,
                fmt::format("--watch: cannot listen on {}:{}: {}", in_url(address.host), port, std::strerror(fault)),
                help);
}

bool is_number(const std::string& host) {
  in6_addr place{};
  return inet_pton(AF_INET, host.c_str(), &place) == 1 || inet_pton(AF_INET6, host.c_str(), &place) == 1;
}

// Without its port, in small letters.
std::string name_in(const std::string& header) {
  const std::size_t bracket = header.rfind(']'), colon = header.rfind(':');
  const bool has_port = colon != header.npos && (bracket == header.npos || colon > bracket);
  std::string name = without_brackets(header.substr(0, has_port ? colon : header.npos));
  std::ranges::transform(name, name.begin(),
                         [](char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
  return name;
}

}  // namespace

WatchAddress read_watch_address(const std::string& text) {
  if (text.empty()) return {};
  const std::size_t colon = text.rfind(':');
  if (colon == text.npos) return {.port = port_of(text, text)};
  const std::string host = text.substr(0, colon), port = text.substr(colon + 1);
  if (host.empty()) refuse(text, "has no host before the colon");
  if (without_brackets(host) == host && host.find(':') != host.npos) refuse(text, "lacks brackets around its host");
  return {.host = without_brackets(host), .port = port_of(text, port)};
}

bool looks_like_address(const std::string& word) {
  const std::size_t digits = word.find_last_not_of("0123456789");
  return !word.empty() && word.back() >= '0' && word.back() <= '9' && (digits == word.npos || word[digits] == ':');
}

Listener listen_on(const WatchAddress& address) {
  const std::uint16_t wanted = address.port == 0 ? usual_watch_port : address.port;
  Listener listener = try_to_listen(address, wanted);
  if (listener.socket.number() < 0 && address.port == 0) listener = try_to_listen(address, 0);
  if (listener.socket.number() < 0) tell_why_not(address, wanted);
  return listener;
}

bool is_host_of(const Listener& listener, const std::string& host_header) {
  const std::string name = name_in(host_header);
  if (name == "localhost" || name == "127.0.0.1" || name == "::1") return true;
  return name == name_in(listener.host) || (listener.any && is_number(name));
}

}  // namespace passalong
