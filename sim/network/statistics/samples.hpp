// What the keyed draws of Purpose::network_sample are for: the second part of their counter.
#pragma once
#include <cstdint>

namespace passalong {

enum class Drawn : std::uint32_t {
  wedge = 1,             // attempt 0: the account in its middle, 1: its ties
  wedge_of_account = 2,  // the same, accounts evenly
  source = 3,            // attempt 0: an account that distances are taken from
  follow = 4,            // attempt 0: a follow that is looked for the other way round (words 0 and 1)
};

// A word as a whole number below n, n <= 2^32. Unevenness is below n / 2^32.
inline std::uint64_t scaled(std::uint32_t word, std::uint64_t n) { return word * n >> 32; }

}  // namespace passalong
