// When a run may end before its last replicate, as people write it: until = "decided", "reach decided", "followers
// ±1%", "±20".
#pragma once
#include <string>
#include <string_view>

#include "sim/scenario/precision.hpp"

namespace passalong {

struct Until {
  std::string metric{};   // a series of worlds, or "size"; empty: the usual one
  bool decided = false;   // once one arm is ahead of all others
  Precision precision{};  // once differences are known so closely
  std::string problem{};  // empty: none. A phrase that follows the quoted text: "has no ±"

  bool asked() const { return decided || precision.asked(); }
};

Until read_until(std::string_view text);  // of an empty text: nothing is asked

}  // namespace passalong
