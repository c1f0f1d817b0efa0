// Philox4x32-10 for many actors at once, in a loop the compiler can vectorise. The same integers at any width: the
// fastest form the processor has is chosen when the program starts.
#include "sim/base/random.hpp"

namespace passalong {

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_THREAD__) && \
    !defined(__SANITIZE_ADDRESS__)
#define PASSALONG_ANY_WIDTH __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define PASSALONG_ANY_WIDTH
#endif

PASSALONG_ANY_WIDTH
void Stream::first_words(const std::uint32_t* actors, std::size_t count, std::uint32_t author, std::uint32_t ordinal,
                         std::uint32_t* words) const {
  constexpr std::uint64_t m0 = 0xD251'1F53, m1 = 0xCD9E'8D57;  // Salmon et al. 2011, table 2
  for (std::size_t i = 0; i < count; ++i) {
    std::uint32_t c0 = actors[i], c1 = author, c2 = ordinal, c3 = 0, k0 = key_[0], k1 = key_[1];
    for (int round = 0; round < 10; ++round) {
      const std::uint64_t p0 = m0 * c0, p1 = m1 * c2;
      c0 = static_cast<std::uint32_t>(p1 >> 32) ^ c1 ^ k0;
      c1 = static_cast<std::uint32_t>(p1);
      c2 = static_cast<std::uint32_t>(p0 >> 32) ^ c3 ^ k1;
      c3 = static_cast<std::uint32_t>(p0);
      k0 += 0x9E37'79B9, k1 += 0xBB67'AE85;
    }
    words[i] = c0;
  }
}

}  // namespace passalong
