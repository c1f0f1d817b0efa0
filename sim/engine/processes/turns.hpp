// Who acts at each step where one account at a time does, any account with the same chance; drawn some steps ahead, so
// that what they will look at can be fetched.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>

#include "sim/base/random.hpp"
#include "sim/base/types.hpp"
#include "sim/base/uniform_below.hpp"

namespace passalong {

class Turns {
 public:
  struct Turn {
    AccountId who;
    std::uint32_t first, second;  // the draw's other two words
  };

  // Drawn at (the step's low word, its high word, 0, 0): words 0 and 1 say who.
  Turns(const Stream& draws, std::uint64_t accounts) : draws_(draws), accounts_(accounts) {}

  const Turn& at(std::uint64_t step) {
    if (step / block != held_) draw(step / block);
    return turns_[step % block];
  }
  // At the step, or at the end of what is drawn together with it.
  const Turn& soon(std::uint64_t step, std::uint64_t ahead) const {
    return turns_[std::min(step % block + ahead, block - 1)];
  }

 private:
  static constexpr std::uint64_t block = 1024, none = ~std::uint64_t{0};

  void draw(std::uint64_t which) {
    std::array<std::uint32_t, block> low, high, zero{};
    std::array<std::array<std::uint32_t, block>, 4> words;
    for (std::uint64_t i = 0; i < block; ++i) {
      low[i] = static_cast<std::uint32_t>(which * block + i);
      high[i] = static_cast<std::uint32_t>((which * block + i) >> 32);
    }
    draws_.fill({low.data(), high.data(), zero.data(), zero.data()}, block,
                {{words[0].data(), words[1].data(), words[2].data(), words[3].data()}});
    for (std::uint64_t i = 0; i < block; ++i)
      turns_[i] = {static_cast<AccountId>(uniform_below(accounts_, words[0][i], words[1][i])), words[2][i],
                   words[3][i]};
    held_ = which;
  }

  Stream draws_;
  std::uint64_t accounts_, held_ = none;
  std::array<Turn, block> turns_;
};

}  // namespace passalong
