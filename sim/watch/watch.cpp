// The HTTP library reads requests and writes answers; what is asked for goes to the site. Everything is answered before
// the library's own routes, which stay empty: there are no folders, ranges or uploads to reach.
#include "sim/watch/watch.hpp"

#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "sim/watch/connection.hpp"
#include "sim/watch/porter.hpp"

namespace passalong {
namespace {

using Handled = httplib::Server::HandlerResponse;

constexpr const char* no_host = "this page is for its own address alone\n";

void put(const Answer& answer, httplib::Response& response) {
  response.status = answer.status;
  if (!answer.edition.empty()) response.set_header("ETag", answer.edition);
  if (answer.status == 405) response.set_header("Allow", "GET, HEAD");
  if (!answer.type.empty()) response.set_content(*answer.body, answer.type);
}

// A browser is one watcher, however many pages of the run it has open: they ask alike.
Asked asked_by(const httplib::Request& request) {
  return {request.method, request.path, request.get_header_value("If-None-Match"),
          request.get_param_value("page") + request.get_header_value("User-Agent")};
}

class Desk : public httplib::Server {
 public:
  Desk(const Listener& listener, Site& site) {
    set_default_headers({{"Content-Security-Policy", live_page_policy() + "; frame-ancestors 'none'"},
                         {"X-Content-Type-Options", "nosniff"},
                         {"X-Frame-Options", "DENY"},
                         {"Referrer-Policy", "no-referrer"},
                         {"Cross-Origin-Resource-Policy", "same-origin"},
                         {"Cache-Control", "no-cache"}});
    set_pre_routing_handler([&](const httplib::Request& request, httplib::Response& response) {
      const bool ours =
          request.get_header_value_count("Host") == 1 && is_host_of(listener, request.get_header_value("Host"));
      put(ours ? site.answer(asked_by(request)) : Answer{403, "text/plain", "", refusal_}, response);
      return Handled::Handled;
    });
    set_exception_handler(
        [](const httplib::Request&, httplib::Response& response, const std::exception_ptr&) { response.status = 500; });
  }

  // Compressing would take time from the run, and nothing here has parts.
  void answer(Connection& connection) {
    bool closed = true;
    process_request(connection, true, closed, [](httplib::Request& request) {
      request.headers.erase("Accept-Encoding");
      request.ranges.clear();
    });
  }

 private:
  std::shared_ptr<const std::string> refusal_ = std::make_shared<const std::string>(no_host);
};

}  // namespace

struct Watch::Parts {
  Parts(const WatchAddress& address, RunWatched run)
      : listener(listen_on(address)),
        site(board, std::move(run)),
        desk(listener, site),
        porter(listener.socket.number(), [this](Socket socket, int over) {
          Connection connection(std::move(socket), over);
          desk.answer(connection);
        }) {}

  LiveBoard board;
  Listener listener;
  Site site;
  Desk desk;
  Porter porter;
};

Watch::Watch(const WatchAddress& address, RunWatched run) : parts_(std::make_unique<Parts>(address, std::move(run))) {}

Watch::~Watch() = default;

std::string Watch::url() const { return fmt::format("http://{}:{}/", parts_->listener.host, parts_->listener.port); }
bool Watch::is_private() const { return parts_->listener.loopback; }
LiveBoard& Watch::board() { return parts_->board; }

void Watch::end(const Result& result) {
  using namespace std::chrono_literals;
  if (!parts_->site.is_watched()) return;
  parts_->site.end(result);
  const auto last = std::chrono::steady_clock::now() + 5s;
  while (parts_->site.is_watched() && std::chrono::steady_clock::now() < last) std::this_thread::sleep_for(20ms);
}

}  // namespace passalong
