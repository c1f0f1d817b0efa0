// The words every layer shares: who (AccountId), what (PostId), when (Tick).
#pragma once
#include <cstdint>

namespace passalong {

using AccountId = std::uint32_t;
using Tick = std::int32_t;

// Ids at and above this one are not accounts; networks that would need them are refused by name.
inline constexpr std::uint64_t max_accounts = 0xffff'ff00ULL;

// A post is its author and the author's running number: 64 bits, stable over threads and machines.
struct PostId {
  AccountId author = 0;
  std::uint32_t ordinal = 0;
  bool operator==(const PostId&) const = default;
};

}  // namespace passalong
