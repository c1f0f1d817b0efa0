// A whole number in [0, n) from two random words, by multiplication: even up to n / 2^64 (Lemire 2019).
#pragma once
#include <cstdint>

namespace passalong {

inline std::uint64_t uniform_below(std::uint64_t n, std::uint32_t high, std::uint32_t low) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>(Wide{std::uint64_t{high} << 32 | low} * n >> 64);
}

}  // namespace passalong
