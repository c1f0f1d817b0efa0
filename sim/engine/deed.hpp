// What a reader does that concerns others: noted while all react side by side, taken up after them, one after the
// other, in the order of readers, and of a reader in the order of what it read.
#pragma once
#include <cstdint>

#include "sim/base/types.hpp"

namespace passalong {

struct Deed {
  std::uint32_t kind = 0;  // the name of the mechanism it belongs to, hashed: number_of_name
  std::uint32_t studied = 0;
  AccountId reader = 0;
  std::uint32_t ordinal = 0;  // of the post
  float amount = 0;
};

}  // namespace passalong
