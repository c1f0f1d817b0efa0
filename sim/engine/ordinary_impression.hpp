// A copy of an ordinary post before a reader who may see it, with all that the reader must know of the event: it is
// written once and read once in order, which costs less than finding the event again from where the reader is.
#pragma once
#include <cstdint>

#include "sim/engine/ordinary.hpp"

namespace passalong {

struct OrdinaryImpression {
  AccountId reader;
  AccountId sharer;  // the author itself for its publication
  PostId post;
  float value;
  std::uint32_t packed;  // age in ticks, kind, topic

  static std::uint32_t pack(Tick age, PostKind kind, std::uint8_t topic) {
    return static_cast<std::uint32_t>(age) << 10 | static_cast<std::uint32_t>(kind) << 8 | topic;
  }
  Tick age() const { return static_cast<Tick>(packed >> 10); }
  PostKind kind() const { return static_cast<PostKind>(packed >> 8 & 3); }
  std::uint8_t topic() const { return static_cast<std::uint8_t>(packed); }
  bool shared() const { return sharer != post.author; }
};
static_assert(sizeof(OrdinaryImpression) == 24);

}  // namespace passalong
