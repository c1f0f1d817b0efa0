// Serves a run while it goes on: a page that shows its result grow. Read-only, and for this machine alone unless
// another address is asked for.
#pragma once
#include <memory>
#include <string>

#include "sim/watch/address.hpp"
#include "sim/watch/site.hpp"

namespace passalong {

class Watch {
 public:
  // Failure(Exit::run) where nothing can listen there.
  Watch(const WatchAddress& address, RunWatched run);
  ~Watch();  // at once, whoever is reading
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  std::string url() const;
  bool is_private() const;  // no other machine can reach it
  LiveBoard& board();       // where the run shows how far it is

  // The result is written: gives it to every open page, which takes a few seconds at most and none where there is no
  // page.
  void end(const Result& result);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace passalong
