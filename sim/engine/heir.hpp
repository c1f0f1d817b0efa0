// A world that can go on from another's past: the same people on the same network, with what has happened to them so
// far, under another policy or other rules from now on.
#pragma once
#include <string>

#include "sim/engine/world.hpp"

namespace passalong {

class Heir {
 public:
  virtual ~Heir() = default;
  // bytes: what a world of `before` saved, of the same network, population, replicate and accounts under study. What
  // has been published, scheduled, learned and counted stays; everything from this tick on follows this world's own
  // scenario. Where nothing has changed it goes on bit-identically. Failure(Exit::input) where the state does not fit.
  virtual void inherit(const std::string& bytes, const Setting& before) = 0;
};

}  // namespace passalong
