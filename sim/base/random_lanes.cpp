// Philox4x32-10 for many counters at once. One form a processor's width, chosen when the program starts, all giving the
// same integers: the compiler's own vectorising of 32 x 32 -> 64 bit products is two to three times as slow as these.
#if defined(__x86_64__) && defined(__GNUC__)
#define PASSALONG_X86 1
#if !defined(__clang__)  // g++ 12 takes the undefined lanes that its own header merges into for a mistake
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wpsabi"
#endif
#include <immintrin.h>
#endif

#include <cstddef>

#include "sim/base/random.hpp"

namespace passalong {
namespace {

constexpr std::uint32_t m0 = 0xD251'1F53, m1 = 0xCD9E'8D57;  // Salmon et al. 2011, table 2
constexpr std::uint32_t step0 = 0x9E37'79B9, step1 = 0xBB67'AE85;

struct Key {
  std::uint32_t first, second;
};
using Fill = void (*)(const Stream::Counters&, std::size_t begin, std::size_t end, const Stream::WordColumns&, Key);

void fill_one_by_one(const Stream::Counters& at, std::size_t begin, std::size_t end, const Stream::WordColumns& words,
                     Key key) {
  for (std::size_t i = begin; i < end; ++i) {
    std::uint32_t c0 = at.actor[i], c1 = at.author[i], c2 = at.ordinal[i], c3 = at.last[i];
    Key k = key;
    for (int round = 0; round < 10; ++round, k.first += step0, k.second += step1) {
      const std::uint64_t p0 = std::uint64_t{m0} * c0, p1 = std::uint64_t{m1} * c2;
      c0 = static_cast<std::uint32_t>(p1 >> 32) ^ c1 ^ k.first, c1 = static_cast<std::uint32_t>(p1);
      c2 = static_cast<std::uint32_t>(p0 >> 32) ^ c3 ^ k.second, c3 = static_cast<std::uint32_t>(p0);
    }
    words.of[0][i] = c0, words.of[1][i] = c1, words.of[2][i] = c2, words.of[3][i] = c3;
  }
}

#ifdef PASSALONG_X86
// A counter's words lie in the low halves of 64-bit lanes; what is left in the high halves is never read.
__attribute__((target("avx512f"))) void fill_by_sixteen(const Stream::Counters& at, std::size_t begin, std::size_t end,
                                                        const Stream::WordColumns& words, Key key) {
  const auto load = [](const std::uint32_t* from) __attribute__((target("avx512f"), always_inline)) {
    return _mm512_cvtepu32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(from)));
  };
  const auto store = [](std::uint32_t * to, __m512i lanes) __attribute__((target("avx512f"), always_inline)) {
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), _mm512_cvtepi64_epi32(lanes));
  };
  const __m512i by0 = _mm512_set1_epi64(m0), by1 = _mm512_set1_epi64(m1);
  std::size_t i = begin;
  for (; i + 16 <= end; i += 16) {
    __m512i a0 = load(at.actor + i), a1 = load(at.author + i), a2 = load(at.ordinal + i), a3 = load(at.last + i);
    __m512i b0 = load(at.actor + i + 8), b1 = load(at.author + i + 8), b2 = load(at.ordinal + i + 8),
            b3 = load(at.last + i + 8);
    Key k = key;
    for (int round = 0; round < 10; ++round, k.first += step0, k.second += step1) {
      const __m512i k0 = _mm512_set1_epi64(k.first), k1 = _mm512_set1_epi64(k.second);
      const __m512i p0 = _mm512_mul_epu32(by0, a0), p1 = _mm512_mul_epu32(by1, a2);
      const __m512i q0 = _mm512_mul_epu32(by0, b0), q1 = _mm512_mul_epu32(by1, b2);
      constexpr int exclusive_or = 0x96;
      a0 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(p1, 32), a1, k0, exclusive_or), a1 = p1;
      a2 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(p0, 32), a3, k1, exclusive_or), a3 = p0;
      b0 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(q1, 32), b1, k0, exclusive_or), b1 = q1;
      b2 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(q0, 32), b3, k1, exclusive_or), b3 = q0;
    }
    store(words.of[0] + i, a0), store(words.of[1] + i, a1), store(words.of[2] + i, a2), store(words.of[3] + i, a3);
    store(words.of[0] + i + 8, b0), store(words.of[1] + i + 8, b1), store(words.of[2] + i + 8, b2);
    store(words.of[3] + i + 8, b3);
  }
  fill_one_by_one(at, i, end, words, key);
}

__attribute__((target("avx2"))) void fill_by_four(const Stream::Counters& at, std::size_t begin, std::size_t end,
                                                  const Stream::WordColumns& words, Key key) {
  const auto load = [](const std::uint32_t* from) __attribute__((target("avx2"), always_inline)) {
    return _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(from)));
  };
  const auto store = [](std::uint32_t * to, __m256i lanes) __attribute__((target("avx2"), always_inline)) {
    const __m256i low = _mm256_permutevar8x32_epi32(lanes, _mm256_setr_epi32(0, 2, 4, 6, 0, 2, 4, 6));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to), _mm256_castsi256_si128(low));
  };
  const __m256i by0 = _mm256_set1_epi64x(m0), by1 = _mm256_set1_epi64x(m1);
  std::size_t i = begin;
  for (; i + 8 <= end; i += 8) {
    __m256i a0 = load(at.actor + i), a1 = load(at.author + i), a2 = load(at.ordinal + i), a3 = load(at.last + i);
    __m256i b0 = load(at.actor + i + 4), b1 = load(at.author + i + 4), b2 = load(at.ordinal + i + 4),
            b3 = load(at.last + i + 4);
    Key k = key;
    for (int round = 0; round < 10; ++round, k.first += step0, k.second += step1) {
      const __m256i k0 = _mm256_set1_epi64x(k.first), k1 = _mm256_set1_epi64x(k.second);
      const __m256i p0 = _mm256_mul_epu32(by0, a0), p1 = _mm256_mul_epu32(by1, a2);
      const __m256i q0 = _mm256_mul_epu32(by0, b0), q1 = _mm256_mul_epu32(by1, b2);
      a0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p1, 32), a1), k0), a1 = p1;
      a2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(p0, 32), a3), k1), a3 = p0;
      b0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(q1, 32), b1), k0), b1 = q1;
      b2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(q0, 32), b3), k1), b3 = q0;
    }
    store(words.of[0] + i, a0), store(words.of[1] + i, a1), store(words.of[2] + i, a2), store(words.of[3] + i, a3);
    store(words.of[0] + i + 4, b0), store(words.of[1] + i + 4, b1), store(words.of[2] + i + 4, b2);
    store(words.of[3] + i + 4, b3);
  }
  fill_one_by_one(at, i, end, words, key);
}
#endif

// In order from the plainest on; the last is this machine's fastest.
std::size_t forms(Fill* list) {
  std::size_t count = 0;
  list[count++] = fill_one_by_one;
#ifdef PASSALONG_X86
  if (__builtin_cpu_supports("avx2")) list[count++] = fill_by_four;
  if (__builtin_cpu_supports("avx512f")) list[count++] = fill_by_sixteen;
#endif
  return count;
}

Fill form(std::size_t which) {
  Fill list[3];
  const std::size_t count = forms(list);
  return list[which < count ? which : count - 1];
}

}  // namespace

std::size_t Stream::widths() {
  Fill list[3];
  return forms(list);
}

void Stream::fill(const Counters& counters, std::size_t count, const WordColumns& words) const {
  static const Fill fastest = form(~std::size_t{0});
  fastest(counters, 0, count, words, {key_[0], key_[1]});
}

void Stream::fill_with(std::size_t width, const Counters& counters, std::size_t count, const WordColumns& words) const {
  form(width)(counters, 0, count, words, {key_[0], key_[1]});
}

}  // namespace passalong
