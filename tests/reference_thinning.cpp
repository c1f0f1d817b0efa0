// Written from models/ODD.md, one follower after the other.
#include "tests/reference_thinning.hpp"

#include <cmath>

namespace passalong::reference {

std::vector<AccountId> Thinning::seen_by(AccountId sharer, const Post& post, const std::vector<AccountId>& list,
                                         const std::vector<double>& see) const {
  static const double bounds[] = {1, 2, 3, 4, 6, 8, 11, 15, 20, 27, 36, 48, 64, 96, 160, 256};
  std::vector<AccountId> readers;
  for (std::uint32_t place = 0; place < list.size(); ++place) {
    const AccountId reader = list[place];
    const double* bound = bounds;
    while (most[reader] > *bound * 8388608) ++bound;
    const Words four = world_.stream(Purpose::glance).at(sharer, post.author, post.ordinal, place / 16);
    const std::uint32_t byte = four[place % 16 / 4] >> 8 * (place % 4) & 255;
    const std::uint32_t word = world_.stream(Purpose::sight).at(reader, post.author, post.ordinal, sharer)[0];
    if (byte < *bound && word / 2 < std::floor(see[reader] * 256 / *bound) && reader != post.author)
      readers.push_back(reader);
  }
  return readers;
}

}  // namespace passalong::reference
