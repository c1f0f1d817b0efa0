// The comparison of 32 random bytes with 32 bounds has a form for processors that can look 32 bytes up at once.
#include "sim/engine/glance.hpp"

#include <algorithm>

#if defined(__x86_64__) && defined(__GNUC__)
#define PASSALONG_X86 1
#include <immintrin.h>
#endif

namespace passalong {
namespace {
constexpr std::size_t block = 16'384;  // accounts

#ifdef PASSALONG_X86
__attribute__((target("avx2"))) void find_at_once(std::span<const Glance::Group> groups, std::uint32_t* masks) {
  const __m256i bounds = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0, 1, 2, 3, 5, 7, 10, 14, 19, 26, 35, 47, 63, 95, static_cast<char>(159),
                    static_cast<char>(255)));  // less one: a bound of 256 fits a byte
  const __m128i half = _mm_set1_epi8(15);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const __m128i pairs = _mm_loadu_si128(reinterpret_cast<const __m128i*>(groups[g].row));
    const __m128i even = _mm_and_si128(pairs, half), odd = _mm_and_si128(_mm_srli_epi16(pairs, 4), half);
    const __m256i classes = _mm256_set_m128i(_mm_unpackhi_epi8(even, odd), _mm_unpacklo_epi8(even, odd));
    const __m256i most = _mm256_shuffle_epi8(bounds, classes);
    const __m256i random = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(groups[g].bytes.data()));
    masks[g] = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_max_epu8(random, most), most)));
  }
}
#endif
}  // namespace

std::uint32_t Glance::passing_plainly(const std::uint8_t* row, const std::uint8_t* bytes) {
  std::uint32_t mask = 0;
  for (unsigned k = 0; k < together; ++k)
    mask |= static_cast<std::uint32_t>(bytes[k] < bounds[row[k / 2] >> 4 * (k % 2) & 15]) << k;
  return mask;
}

void Glance::find_passing(std::span<const Group> groups, std::uint32_t* masks) {
#ifdef PASSALONG_X86
  static const bool at_once = __builtin_cpu_supports("avx2");
  if (at_once) return find_at_once(groups, masks);
#endif
  for (std::size_t g = 0; g < groups.size(); ++g) masks[g] = passing_plainly(groups[g].row, groups[g].bytes.data());
}

std::uint8_t Glance::class_of(std::uint32_t most) {
  std::uint8_t c = 0;
  while (most > std::uint32_t{bounds[c]} << 23) ++c;
  return c;
}

void Glance::arrange(std::span<const std::uint32_t> most, const Follows& follows, Team& team) {
  classes_.resize(most.size());
  team.blocks(most.size(), block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t i = begin; i < end; ++i) classes_[i] = class_of(most[i]);
  });
  std::uint64_t follows_in_all = follows.ties();
  if (follows.can_change()) {
    begins_.resize(most.size());
    follows_in_all = 0;
    for (std::size_t a = 0; a < most.size(); ++a)
      begins_[a] = follows_in_all, follows_in_all += follows.count(static_cast<AccountId>(a));
  }
  rows_.resize((follows_in_all + most.size()) / 2 + 2 * together);
  team.blocks(most.size(), block, [&](std::size_t begin, std::size_t end, unsigned) {
    for (std::size_t a = begin; a < end; ++a) arrange_row(static_cast<AccountId>(a), follows);
  });
}

void Glance::arrange_row(AccountId account, const Follows& follows) {
  constexpr std::size_t ahead = 64;
  const auto list = follows.list(account);
  std::uint8_t* row = rows_.data() + first(account, begin(account, follows.network()));
  for (std::size_t k = 0; k < list.size(); k += 2) {
    // Rows lie one after the other, so what is ahead of this one is the next.
    __builtin_prefetch(&classes_[list[std::min(k + ahead, list.size() - 1)]]);
    const std::uint8_t odd = k + 1 < list.size() ? classes_[list[k + 1]] : 0;
    *row++ = static_cast<std::uint8_t>(classes_[list[k]] | odd << 4);
  }
}

}  // namespace passalong
