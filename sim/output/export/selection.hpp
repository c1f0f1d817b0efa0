// Which part of a result an export is of.
#pragma once
#include <cstdint>
#include <optional>
#include <string>

namespace passalong {

// Empty: all of them.
struct Selection {
  std::string arm;  // a strategy, or a brand where several share their worlds
  std::optional<std::int64_t> replicate, post;
  bool all() const { return arm.empty() && !replicate && !post; }
};

}  // namespace passalong
