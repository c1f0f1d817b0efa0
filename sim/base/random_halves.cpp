// Sixteen-bit draws in bulk: Philox4x32-10 on eight counters at once. Each 32-bit word sits in a 64-bit lane whose
// upper half is ignored, so that a round is two multiplications, two shifts and four exclusive ors. The same integers
// at any width; the widest the processor has is chosen when the program starts.
#include <cstring>

#include "sim/base/random.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
#define PASSALONG_WIDE 1
#include <immintrin.h>
#endif

namespace passalong {
namespace {
constexpr std::uint32_t m0 = 0xD251'1F53, m1 = 0xCD9E'8D57, w0 = 0x9E37'79B9, w1 = 0xBB67'AE85;  // Salmon et al. 2011
using Key = std::array<std::uint32_t, 2>;

// Eight draws. actors step by `step` (0: one for all); halves are `along` apart within a draw and `across` from draw to
// draw.
struct Eight {
  const std::uint64_t* actors;
  std::size_t step;
  const std::uint32_t* ordinals;
  std::uint16_t* halves;
  std::size_t along;  // 1: by draw
};
using Draw = void (*)(Key, const Eight&);

[[maybe_unused]] void draw_plain(Key key, const Eight& e) {
  const std::size_t across = e.along == 1 ? 8 : 1;
  for (std::size_t i = 0; i < 8; ++i) {
    const std::uint64_t actor = e.actors[i * e.step];
    std::uint32_t c0 = static_cast<std::uint32_t>(actor), c1 = static_cast<std::uint32_t>(actor >> 32),
                  c2 = e.ordinals[i], c3 = 0, k0 = key[0], k1 = key[1];
    for (int round = 0; round < 10; ++round, k0 += w0, k1 += w1) {
      const std::uint64_t p0 = std::uint64_t{m0} * c0, p1 = std::uint64_t{m1} * c2;
      c0 = static_cast<std::uint32_t>(p1 >> 32) ^ c1 ^ k0;
      c1 = static_cast<std::uint32_t>(p1);
      c2 = static_cast<std::uint32_t>(p0 >> 32) ^ c3 ^ k1;
      c3 = static_cast<std::uint32_t>(p0);
    }
    std::uint16_t* out = e.halves + i * across;
    std::size_t h = 0;
    for (const std::uint32_t word : {c0, c1, c2, c3}) {
      out[e.along * h++] = static_cast<std::uint16_t>(word);
      out[e.along * h++] = static_cast<std::uint16_t>(word >> 16);
    }
  }
}

#ifdef PASSALONG_WIDE
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"  // of the header's own undefined registers (GCC bug 105593)
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
__attribute__((target("avx512f"))) void draw_avx512(Key key, const Eight& e) {
  const __m512i a = _mm512_set1_epi64(m0), b = _mm512_set1_epi64(m1);
  __m512i c0 = e.step ? _mm512_loadu_si512(e.actors) : _mm512_set1_epi64(static_cast<long long>(*e.actors));
  __m512i c1 = _mm512_srli_epi64(c0, 32);
  __m512i c2 = _mm512_cvtepu32_epi64(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(e.ordinals)));
  __m512i c3 = _mm512_setzero_si512();
  for (std::uint32_t round = 0, k0 = key[0], k1 = key[1]; round < 10; ++round, k0 += w0, k1 += w1) {
    const __m512i p0 = _mm512_mul_epu32(c0, a), p1 = _mm512_mul_epu32(c2, b);
    c0 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(p1, 32), c1, _mm512_set1_epi64(k0), 0x96);
    c2 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(p0, 32), c3, _mm512_set1_epi64(k1), 0x96);
    c1 = p1, c3 = p0;
  }
  if (e.along == 1) {
    const __m512i low = _mm512_mask_shuffle_epi32(c0, 0xAAAA, c1, static_cast<_MM_PERM_ENUM>(0xA0)),
                  high = _mm512_mask_shuffle_epi32(c2, 0xAAAA, c3, static_cast<_MM_PERM_ENUM>(0xA0));
    const __m512i first = _mm512_set_epi64(11, 3, 10, 2, 9, 1, 8, 0),
                  second = _mm512_set_epi64(15, 7, 14, 6, 13, 5, 12, 4);
    _mm512_storeu_si512(e.halves, _mm512_permutex2var_epi64(low, first, high));
    _mm512_storeu_si512(e.halves + 32, _mm512_permutex2var_epi64(low, second, high));
    return;
  }
  std::size_t h = 0;
  for (const __m512i word : {c0, c1, c2, c3}) {
    const auto put = [&](__m128i eight) {
      _mm_storeu_si128(reinterpret_cast<__m128i*>(e.halves + e.along * h++), eight);
    };
    put(_mm512_cvtepi64_epi16(word));
    put(_mm512_cvtepi64_epi16(_mm512_srli_epi64(word, 16)));
  }
}
#pragma GCC diagnostic pop
#endif

Draw widest() {
#ifdef PASSALONG_WIDE
  if (__builtin_cpu_supports("avx512f")) return draw_avx512;
#endif
  return draw_plain;
}
const Draw draw = widest();
}  // namespace

void Stream::halves_by_draw(const std::uint64_t* actors, const std::uint32_t* ordinals, std::size_t count,
                            std::uint16_t* halves) const {
  for (std::size_t i = 0; i < count; i += 8) draw(key_, {actors + i, 1, ordinals + i, halves + 8 * i, 1});
}

void Stream::halves_by_place(std::uint64_t actor, const std::uint32_t* ordinals, std::size_t count, std::size_t stride,
                             std::uint16_t* halves) const {
  for (std::size_t i = 0; i < count; i += 8) draw(key_, {&actor, 0, ordinals + i, halves + i, stride});
}

}  // namespace passalong
