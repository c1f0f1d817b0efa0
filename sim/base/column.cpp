#include "sim/base/column.hpp"

#include <sys/mman.h>

#include <cstdint>

namespace passalong {

void prefer_huge_pages(void* data, std::size_t bytes) {
  constexpr std::uintptr_t page = 4096;
  const auto begin = (reinterpret_cast<std::uintptr_t>(data) + page - 1) & ~(page - 1);
  const auto end = (reinterpret_cast<std::uintptr_t>(data) + bytes) & ~(page - 1);
  // Where the system does not know the hint, nothing is lost but speed.
  if (end >= begin + 2 * huge_page)
    static_cast<void>(madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE));
}

}  // namespace passalong
