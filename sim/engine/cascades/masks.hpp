// Sixteen comparisons at a time, as bits.
#pragma once
#include <cstdint>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace passalong {

struct Compared {
  std::uint32_t at_most = 0, equal = 0;  // bit i: halves[i] <= / == limit
};

#ifdef __SSE2__
inline Compared compare_eight(const std::uint16_t* halves, __m128i limits) {
  const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(halves));
  const __m128i at_most = _mm_cmpeq_epi16(_mm_subs_epu16(x, limits), _mm_setzero_si128());
  const auto both = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(at_most, _mm_cmpeq_epi16(x, limits))));
  return {both & 0xffU, both >> 8};
}
inline Compared compare_eight(const std::uint16_t* halves, std::uint16_t limit) {
  return compare_eight(halves, _mm_set1_epi16(static_cast<short>(limit)));
}
inline Compared compare_eight(const std::uint16_t* halves, const std::uint16_t* limits) {
  return compare_eight(halves, _mm_loadu_si128(reinterpret_cast<const __m128i*>(limits)));
}
inline Compared compare_sixteen(const std::uint16_t* halves, std::uint16_t limit) {
  const __m128i t = _mm_set1_epi16(static_cast<short>(limit));
  const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(halves));
  const __m128i y = _mm_loadu_si128(reinterpret_cast<const __m128i*>(halves + 8));
  const __m128i zero = _mm_setzero_si128();
  const __m128i at_most =
      _mm_packs_epi16(_mm_cmpeq_epi16(_mm_subs_epu16(x, t), zero), _mm_cmpeq_epi16(_mm_subs_epu16(y, t), zero));
  const __m128i equal = _mm_packs_epi16(_mm_cmpeq_epi16(x, t), _mm_cmpeq_epi16(y, t));
  return {static_cast<std::uint32_t>(_mm_movemask_epi8(at_most)), static_cast<std::uint32_t>(_mm_movemask_epi8(equal))};
}
// Bit i: keys[i] == key.
inline std::uint32_t find_eight(const std::uint32_t* keys, std::uint32_t key) {
  const __m128i k = _mm_set1_epi32(static_cast<int>(key));
  const __m128i low = _mm_cmpeq_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(keys)), k);
  const __m128i high = _mm_cmpeq_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(keys + 4)), k);
  const __m128i both = _mm_packs_epi16(_mm_packs_epi32(low, high), _mm_setzero_si128());
  return static_cast<std::uint32_t>(_mm_movemask_epi8(both));
}
#else
inline Compared compare_eight(const std::uint16_t* halves, const std::uint16_t* limits) {
  Compared c;
  for (std::uint32_t i = 0; i < 8; ++i) {
    c.at_most |= static_cast<std::uint32_t>(halves[i] <= limits[i]) << i;
    c.equal |= static_cast<std::uint32_t>(halves[i] == limits[i]) << i;
  }
  return c;
}
inline Compared compare_sixteen(const std::uint16_t* halves, std::uint16_t limit) {
  Compared c;
  for (std::uint32_t i = 0; i < 16; ++i) {
    c.at_most |= static_cast<std::uint32_t>(halves[i] <= limit) << i;
    c.equal |= static_cast<std::uint32_t>(halves[i] == limit) << i;
  }
  return c;
}
inline std::uint32_t find_eight(const std::uint32_t* keys, std::uint32_t key) {
  std::uint32_t found = 0;
  for (std::uint32_t i = 0; i < 8; ++i) found |= static_cast<std::uint32_t>(keys[i] == key) << i;
  return found;
}
inline Compared compare_eight(const std::uint16_t* halves, std::uint16_t limit) {
  const std::uint16_t limits[8] = {limit, limit, limit, limit, limit, limit, limit, limit};
  return compare_eight(halves, limits);
}
#endif

}  // namespace passalong
