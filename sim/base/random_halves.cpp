// Sixteen-bit draws in bulk: Philox4x32-10 on eight counters at once. Each 32-bit word sits in a 64-bit lane whose
// upper half is ignored, so that a round is two multiplications, two shifts and four exclusive ors. The same integers
// at any width; the widest the processor has is chosen when the program starts.
#include <algorithm>

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
  Eight next() const { return {actors + 8 * step, step, ordinals + 8, halves + (along == 1 ? 64 : 8), along}; }
};
using Draw = void (*)(Key, Eight, std::size_t count);

void draw_eight(Key key, const Eight& e) {
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

[[maybe_unused]] void draw_plain(Key key, Eight e, std::size_t count) {
  for (; count > 0; count -= std::min<std::size_t>(count, 8), e = e.next()) draw_eight(key, e);
}

#ifdef PASSALONG_WIDE
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"  // of the header's own undefined registers (GCC bug 105593)
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#define PASSALONG_AVX512 __attribute__((target("avx512f"), always_inline)) inline
struct State {
  __m512i c0, c1, c2, c3;
};

PASSALONG_AVX512 State load(const Eight& e) {
  const __m512i c0 = e.step ? _mm512_loadu_si512(e.actors) : _mm512_set1_epi64(static_cast<long long>(*e.actors));
  const __m256i ordinals = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(e.ordinals));
  return {c0, _mm512_srli_epi64(c0, 32), _mm512_cvtepu32_epi64(ordinals), _mm512_setzero_si512()};
}

PASSALONG_AVX512 void turn(State& s, __m512i k0, __m512i k1) {
  const __m512i p0 = _mm512_mul_epu32(s.c0, _mm512_set1_epi64(m0)), p1 = _mm512_mul_epu32(s.c2, _mm512_set1_epi64(m1));
  s.c0 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(p1, 32), s.c1, k0, 0x96);
  s.c2 = _mm512_ternarylogic_epi64(_mm512_srli_epi64(p0, 32), s.c3, k1, 0x96);
  s.c1 = p1, s.c3 = p0;
}

PASSALONG_AVX512 void store_by_draw(const State& s, std::uint16_t* halves) {
  const __m512i low = _mm512_mask_shuffle_epi32(s.c0, 0xAAAA, s.c1, static_cast<_MM_PERM_ENUM>(0xA0)),
                high = _mm512_mask_shuffle_epi32(s.c2, 0xAAAA, s.c3, static_cast<_MM_PERM_ENUM>(0xA0));
  const __m512i first = _mm512_set_epi64(11, 3, 10, 2, 9, 1, 8, 0),
                second = _mm512_set_epi64(15, 7, 14, 6, 13, 5, 12, 4);
  _mm512_storeu_si512(halves, _mm512_permutex2var_epi64(low, first, high));
  _mm512_storeu_si512(halves + 32, _mm512_permutex2var_epi64(low, second, high));
}

PASSALONG_AVX512 void store_by_place(const State& s, std::uint16_t* halves, std::size_t along) {
  for (const __m512i word : {s.c0, s.c1, s.c2, s.c3}) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(halves), _mm512_cvtepi64_epi16(word));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(halves + along), _mm512_cvtepi64_epi16(_mm512_srli_epi64(word, 16)));
    halves += 2 * along;
  }
}

PASSALONG_AVX512 void store(const State& s, const Eight& e) {
  if (e.along == 1) {
    store_by_draw(s, e.halves);
  } else {
    store_by_place(s, e.halves, e.along);
  }
}

// Two at a time: the one's multiplications fill the other's waits.
__attribute__((target("avx512f"))) void draw_avx512(Key key, Eight e, std::size_t count) {
  __m512i k0[10], k1[10];
  for (std::uint32_t round = 0; round < 10; ++round) {
    k0[round] = _mm512_set1_epi64(key[0] + round * w0);
    k1[round] = _mm512_set1_epi64(key[1] + round * w1);
  }
  for (; count > 8; count -= std::min<std::size_t>(count, 16), e = e.next().next()) {
    State a = load(e), b = load(e.next());
    for (int round = 0; round < 10; ++round) turn(a, k0[round], k1[round]), turn(b, k0[round], k1[round]);
    store(a, e);
    store(b, e.next());
  }
  if (count == 0) return;
  State a = load(e);
  for (int round = 0; round < 10; ++round) turn(a, k0[round], k1[round]);
  store(a, e);
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
  draw(key_, {actors, 1, ordinals, halves, 1}, count);
}

void Stream::halves_by_place(std::uint64_t actor, const std::uint32_t* ordinals, std::size_t count, std::size_t stride,
                             std::uint16_t* halves) const {
  draw(key_, {&actor, 0, ordinals, halves, stride}, count);
}

}  // namespace passalong
