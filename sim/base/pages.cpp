#include "sim/base/pages.hpp"

#include <sys/mman.h>

#include <cstdint>

namespace passalong {

void make_pages(void* data, std::size_t bytes, Team& team) {
  constexpr std::size_t piece = 8 * huge_page;
  prefer_huge_pages(data, bytes);
#ifdef MADV_POPULATE_WRITE
  if (bytes < 2 * piece) return;
  const auto begin = (reinterpret_cast<std::uintptr_t>(data) + huge_page - 1) & ~(huge_page - 1);
  const auto end = (reinterpret_cast<std::uintptr_t>(data) + bytes) & ~(huge_page - 1);
  // Systems that do not know the request make the pages when they are first written.
  team.blocks(end - begin, piece, [&](std::size_t from, std::size_t to, unsigned) {
    static_cast<void>(madvise(reinterpret_cast<void*>(begin + from), to - from, MADV_POPULATE_WRITE));
  });
#else
  static_cast<void>(team);
#endif
}

}  // namespace passalong
